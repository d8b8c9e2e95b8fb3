"""What the ledger does by the clock."""

from __future__ import annotations

from django_tasks import task

from sightline.foundation.jobs import schedule
from sightline.foundation.ledger.sequence import sequence


@schedule.every(seconds=2)
@task
def put_new_records_into_the_log() -> int:
    """Give new records their places, and sign the log's head."""
    return sequence()
