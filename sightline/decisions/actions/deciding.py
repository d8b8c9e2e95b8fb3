"""What the person says, what the second person decides, and what ends a decision early."""

from __future__ import annotations

from secrets import token_hex

from django.db import transaction
from django.utils.translation import gettext as _

from sightline.decisions import policies
from sightline.decisions.actions.holding import go_to, hold, subject_of, touch
from sightline.decisions.actions.proposing import refuse_blocks
from sightline.decisions.events import (
    DecisionApproved,
    DecisionRejected,
    DecisionReplied,
    DecisionSentBack,
    DecisionWithdrawn,
    EvidenceOpened,
)
from sightline.decisions.models import (
    Decision,
    Evidence,
    Opening,
    Proposal,
    Reply,
    Verdict,
    Withdrawal,
)
from sightline.decisions.queries.cases import findings_anew
from sightline.decisions.queries.evidence import digest_of
from sightline.decisions.rules import dossier, stages
from sightline.foundation.access.decisions import require
from sightline.foundation.core.dates import now
from sightline.foundation.core.errors import Refused
from sightline.foundation.ledger.record import record
from sightline.foundation.ui.words import day
from sightline.people.viewer import Viewer


def open_evidence(*, by: Viewer, proposal: Proposal) -> Opening | None:
    """Note that somebody opened the evidence; once a version, and never of the proposer."""
    decision = proposal.decision
    if by.employee.pk == decision.proposer_id or policies.has_opened(by, proposal):
        return None
    with transaction.atomic():
        require(policies.may_open_evidence(by, decision))
        opening, is_new = Opening.objects.get_or_create(
            proposal=proposal, by=by.employee, defaults={"at": now()}
        )
        if is_new:
            about = subject_of(decision)
            record(EvidenceOpened(decision.pk, proposal.number, about), by=by)
    return opening


@transaction.atomic
def reply_to_proposal(*, by: Viewer, decision: Decision, stance: str, words: str = "") -> Reply:
    """The person says what he thinks of it. Once said it stands."""
    require(policies.may_reply(by, decision))
    proposal = hold(decision)
    require(policies.may_reply(by, decision))
    if stance == Reply.Stance.OBJECTS and not words.strip():
        raise Refused(_("Say why you object, so that it can be weighed."), field="words")
    reply = Reply.objects.create(
        proposal=proposal,
        by=by.employee,
        at=now(),
        stance=stance,
        words=words.strip(),
        salt=token_hex(16),
    )
    touch(decision)
    said = dossier.digest({"stance": stance, "words": reply.words, "salt": reply.salt})
    record(DecisionReplied(decision.pk, proposal.number, decision.employee.ref, said), by=by)
    return reply


def what_is_missing(viewer: Viewer, proposal: Proposal, *, has_opened: bool | None = None) -> str:
    """Why a verdict cannot be given yet, for the button and for the action; "" when it can."""
    if proposal.decision.stage != stages.REPLY:
        return _("A verdict is given when HR has checked the proposal and the person has it.")
    if has_opened is None:
        has_opened = policies.has_opened(viewer, proposal)
    if not has_opened:
        return _("Open the evidence first: on what this rests, and what of it you may read.")
    if not hasattr(proposal, "reply") and viewer.today < proposal.passing.until_on:
        words = _("The person may reply before %s; the verdict waits for that.")
        return words % day(proposal.passing.until_on)
    return ""


@transaction.atomic
def approve(*, by: Viewer, decision: Decision, reason: str) -> Verdict:
    """The second person approves, in his own words, having seen the evidence and the reply."""
    proposal = _before_a_verdict(by, decision)
    if missing := what_is_missing(by, proposal):
        raise Refused(missing)
    verdict = _verdict(by, proposal, Verdict.Outcome.APPROVED, reason)
    go_to(decision, stages.APPROVED)
    refuse_blocks(findings_anew(by, proposal))
    record(
        DecisionApproved(
            decision.pk,
            proposal.number,
            decision.employee.ref,
            digest_of(proposal),
            decision.due_on.isoformat(),
        ),
        by=by,
    )
    return verdict


@transaction.atomic
def reject(*, by: Viewer, decision: Decision, reason: str) -> Verdict:
    """The second person says no; the decision ends here."""
    proposal = _before_a_verdict(by, decision)
    if missing := what_is_missing(by, proposal):
        raise Refused(missing)
    verdict = _verdict(by, proposal, Verdict.Outcome.REJECTED, reason)
    go_to(decision, stages.REJECTED)
    said = _digest_of_reason(verdict)
    record(DecisionRejected(decision.pk, proposal.number, decision.employee.ref, said), by=by)
    return verdict


@transaction.atomic
def send_back(*, by: Viewer, decision: Decision, reason: str) -> Verdict:
    """HR, or the second person, wants it written anew; what was sent stays readable."""
    require(policies.may_send_back(by, decision))
    proposal = hold(decision)
    require(policies.may_send_back(by, decision))
    go_to(decision, stages.SENT_BACK)
    verdict = _verdict(by, proposal, Verdict.Outcome.SENT_BACK, reason)
    said = _digest_of_reason(verdict)
    record(DecisionSentBack(decision.pk, proposal.number, subject_of(decision), said), by=by)
    _next_version(proposal)
    return verdict


@transaction.atomic
def withdraw(*, by: Viewer, decision: Decision, reason: str = "") -> Withdrawal:
    """Take the decision back before it is carried out.

    A draft, which nobody but its writer has read, takes no reason.
    """
    require(policies.may_withdraw(by, decision))
    proposal = hold(decision)
    require(policies.may_withdraw(by, decision))
    if decision.stage != stages.DRAFT:
        _refuse_no_reason(reason)
    go_to(decision, stages.WITHDRAWN)
    withdrawal = Withdrawal.objects.create(
        decision=decision, by=by.employee, at=now(), reason=reason.strip(), salt=token_hex(16)
    )
    said = _digest_of_reason(withdrawal)
    record(DecisionWithdrawn(decision.pk, proposal.number, subject_of(decision), said), by=by)
    return withdrawal


def _before_a_verdict(by: Viewer, decision: Decision) -> Proposal:
    require(policies.may_approve(by, decision))
    proposal = hold(decision)
    require(policies.may_approve(by, decision))
    return proposal


def _verdict(by: Viewer, proposal: Proposal, outcome: str, reason: str) -> Verdict:
    _refuse_no_reason(reason)
    return Verdict.objects.create(
        proposal=proposal,
        by=by.employee,
        at=now(),
        outcome=outcome,
        reason=reason.strip(),
        salt=token_hex(16),
    )


def _digest_of_reason(said: Verdict | Withdrawal) -> str:
    return dossier.digest({"reason": said.reason, "salt": said.salt})


def _refuse_no_reason(reason: str) -> None:
    if not reason.strip():
        raise Refused(_("Say why, in a sentence."), field="reason")


def _next_version(proposal: Proposal) -> Proposal:
    """A new version with the same words and evidence, to be written further."""
    rows = list(Evidence.objects.filter(proposal=proposal))
    following = Proposal.objects.create(
        decision=proposal.decision,
        number=proposal.number + 1,
        grounds=proposal.grounds,
        on=proposal.on,
        position=proposal.position,
        manager=proposal.manager,
        amount=proposal.amount,
        currency=proposal.currency,
    )
    for row in rows:
        row.pk, row.proposal = None, following
        row._state.adding = True
    Evidence.objects.bulk_create(rows)
    return following
