"""What people are told about commitments of units. Each is told once, by a job."""

from __future__ import annotations

from sightline.foundation.ledger.listen import Told, listens_to_many
from sightline.strategy import jobs
from sightline.strategy.events import CommitmentAgreed, CommitmentPassedBack, CommitmentProposed


@listens_to_many(CommitmentProposed, CommitmentAgreed, CommitmentPassedBack)
def tell_those_concerned(steps: Told) -> None:
    """Ask for those to be told whom the steps concern; one job for what was recorded together."""
    jobs.tell_of_commitments.enqueue([record.pk for _event, record in steps])
