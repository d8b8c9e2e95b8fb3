"""One change of a decision at a time, and never past what may follow."""

from __future__ import annotations

from django.utils.translation import gettext as _

from sightline.decisions.models import Decision, Passing, Proposal
from sightline.decisions.queries.decisions import newest_proposal
from sightline.decisions.rules import stages
from sightline.foundation.core.dates import now
from sightline.foundation.core.errors import Refused


def hold(decision: Decision) -> Proposal:
    """Let nobody else change the decision until this transaction ends; read it anew.

    Gives the version that is worked on.
    """
    rows = Decision.objects.select_for_update(of=("self",), no_key=True)
    held = rows.get(pk=decision.pk)
    decision.stage, decision.due_on = held.stage, held.due_on
    decision.changed_at = held.changed_at
    proposal = newest_proposal(decision)
    proposal.decision = decision
    return proposal


def go_to(decision: Decision, stage: str) -> None:
    """Bring a held decision to its next stage; refused when that may not follow."""
    refuse_way(decision, stage)
    decision.stage = stage
    touch(decision)


def refuse_way(decision: Decision, stage: str) -> None:
    """Refuse a stage that may not follow the present one."""
    if not stages.may_follow(decision.stage, stage):
        words = _("This decision is at “%(stage)s”; that does not lead there. Look at it again.")
        raise Refused(words % {"stage": Decision.Stage(decision.stage).label})


def note_writing(proposal: Proposal) -> None:
    """Note that a version was written further: on the decision only while nobody else reads that.

    Of what was sent back others go on seeing the day and the last change of the version before.
    """
    if proposal.decision.stage == stages.DRAFT:
        proposal.decision.due_on = proposal.on
        touch(proposal.decision)


def touch(decision: Decision) -> None:
    """Note that something was done about a held decision."""
    decision.changed_at = now()
    decision.save(update_fields=["stage", "due_on", "changed_at"])


def subject_of(decision: Decision) -> str:
    """Whom a record is about: the person, once a version was passed to him; before, nobody."""
    passed = Passing.objects.filter(proposal__decision=decision).exists()
    return decision.employee.ref if passed else ""
