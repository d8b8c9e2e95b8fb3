"""From the proposer's hands to the person's: proposed, checked, passed on."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from sightline.decisions import policies
from sightline.decisions.actions.drafting import Terms, write_proposal
from sightline.decisions.actions.holding import go_to, hold, subject_of
from sightline.decisions.events import DecisionChecked, DecisionPassed, DecisionProposed
from sightline.decisions.models import Check, Checking, Decision, Passing, Proposal
from sightline.decisions.queries.cases import findings_of
from sightline.decisions.queries.decisions import needs_checked_by
from sightline.decisions.queries.evidence import digest_of
from sightline.decisions.rules import checks, kinds, stages
from sightline.decisions.wording import sentence_of_finding
from sightline.foundation.access.decisions import require
from sightline.foundation.core.dates import now
from sightline.foundation.core.errors import Refused
from sightline.foundation.ledger.record import record
from sightline.people.models import Assignment
from sightline.people.viewer import Viewer

GROUNDS_LEAST = 60
"""Characters; shorter grounds are a heading, not a reason."""


@transaction.atomic
def propose(*, by: Viewer, decision: Decision) -> Proposal:
    """Send the draft: from now on this version stands. Refused when a check blocks."""
    require(policies.may_write(by, decision))
    proposal = hold(decision)
    require(policies.may_write(by, decision))
    _refuse_what_is_not_ready(by, proposal)
    if not subject_of(decision):
        decision.due_on = proposal.on
    go_to(decision, stages.PROPOSED)
    keep_checks(by, proposal)
    proposal.sent_at = now()
    proposal.save()
    record(
        DecisionProposed(
            decision.pk,
            proposal.number,
            subject_of(decision),
            digest_of(proposal),
            proposal.policy_version,
        ),
        by=by,
    )
    return proposal


@transaction.atomic
def propose_as_written(*, by: Viewer, decision: Decision, terms: Terms) -> Proposal:
    """Write down what is proposed and send it, or do neither."""
    write_proposal(by=by, decision=decision, terms=terms)
    return propose(by=by, decision=decision)


def _refuse_what_is_not_ready(by: Viewer, proposal: Proposal) -> None:
    kind, wrong = proposal.decision.kind, []
    if len(proposal.grounds.strip()) < GROUNDS_LEAST:
        words = _("Say in your own words why, in %d characters or more.")
        wrong.append(("grounds", words % GROUNDS_LEAST))
    if proposal.on < by.today:
        wrong.append(("on", _("Give a day from today on.")))
    if kind in kinds.CHANGES_POST:
        wrong += _wrong_about_the_post(proposal)
    if kind in kinds.GIVES_AWARD and proposal.amount is None:
        wrong.append(("amount", _("Say how much.")))
    if wrong:
        raise Refused.all(wrong)


def _wrong_about_the_post(proposal: Proposal) -> list[tuple[str, str]]:
    if proposal.position is None:
        return [("position", _("Choose the post."))]
    held = Assignment.objects.on(proposal.on).filter(employee=proposal.decision.employee_id)
    if held.filter(position__code=proposal.position.code).exists():
        return [("position", _("This is the post of that day already; choose the new one."))]
    position = policies.position_on_its_day(proposal)
    if position is None or proposal.on not in position.span:
        return [("position", _("This post does not stand on that day."))]
    return []


def keep_checks(viewer: Viewer, proposal: Proposal) -> list[Check]:
    """Hold a version against the policy in force, and keep what was found; a block refuses."""
    needs, found = findings_of(viewer, proposal)
    refuse_blocks(found)
    proposal.policy_version = needs.version
    proposal.save(update_fields=["policy_version"])
    Check.objects.filter(proposal=proposal).delete()
    moment = now()
    return Check.objects.bulk_create(
        Check(
            proposal=proposal,
            code=one.code,
            outcome=one.outcome,
            finding=one.finding,
            numbers=one.numbers,
            place=place,
            at=moment,
        )
        for place, one in enumerate(found, start=1)
    )


def refuse_blocks(found: list[checks.Finding]) -> None:
    """Refuse to go on while a check blocks, with what each of those found."""
    if checks.is_blocked(found):
        blocks = [one for one in found if one.outcome == checks.BLOCKS]
        raise Refused.all(
            ("", sentence_of_finding(one.code, one.finding, one.numbers)) for one in blocks
        )


@transaction.atomic
def check_proposal(*, by: Viewer, decision: Decision, words: str = "") -> Checking:
    """HR has read it and stands for the checks; warnings want a word why it goes on.

    The decision will be carried out for whoever does this, so he must be able to make the change.
    """
    require(policies.may_check(by, decision))
    proposal = hold(decision)
    require(policies.may_check(by, decision))
    go_to(decision, stages.CHECKED)
    found = keep_checks(by, proposal)
    if any(one.outcome == Check.Outcome.WARNS for one in found) and not words.strip():
        raise Refused(_("A check warns: say why the proposal goes on all the same."), field="words")
    checking = Checking.objects.create(proposal=proposal, by=by.employee, at=now(), words=words)
    outcomes = tuple(f"{one.code}: {one.outcome}" for one in found)
    about = subject_of(decision)
    record(DecisionChecked(decision.pk, proposal.number, about, outcomes), by=by)
    return checking


@transaction.atomic
def pass_to_person(*, by: Viewer, decision: Decision) -> Passing:
    """Let the person read the proposal and reply, within the days that the policy gives."""
    require(policies.may_pass_on(by, decision))
    proposal = hold(decision)
    decision.due_on = proposal.on
    go_to(decision, stages.REPLY)
    until = by.today + timedelta(days=needs_checked_by(proposal).reply_days)
    passing = Passing.objects.create(proposal=proposal, by=by.employee, at=now(), until_on=until)
    record(
        DecisionPassed(
            decision.pk,
            proposal.number,
            decision.employee.ref,
            digest_of(proposal),
            until.isoformat(),
        ),
        by=by,
    )
    return passing
