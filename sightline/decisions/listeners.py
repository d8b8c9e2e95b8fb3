"""What follows when something is done about a decision: people are told, and its day is kept."""

from __future__ import annotations

from sightline.decisions import jobs
from sightline.decisions.events import (
    DecisionApproved,
    DecisionCarriedOut,
    DecisionChecked,
    DecisionHindered,
    DecisionPassed,
    DecisionProposed,
    DecisionRejected,
    DecisionReplied,
    DecisionSentBack,
    DecisionWithdrawn,
)
from sightline.foundation.ledger.listen import listens_to
from sightline.foundation.ledger.models import Record

NEWS = (
    DecisionProposed,
    DecisionChecked,
    DecisionPassed,
    DecisionReplied,
    DecisionApproved,
    DecisionSentBack,
    DecisionRejected,
    DecisionWithdrawn,
    DecisionCarriedOut,
    DecisionHindered,
)


@listens_to(*NEWS)
def tell_those_concerned(event: object, record: Record) -> None:
    """Ask for those to be told whom an act concerns."""
    jobs.tell_of_decision.enqueue(record.pk)


@listens_to(DecisionApproved)
def carry_out_when_due(event: DecisionApproved, record: Record) -> None:
    """Ask for a decision to be carried out at once when its day has come already."""
    jobs.carry_out_decision.enqueue(event.decision_id)
