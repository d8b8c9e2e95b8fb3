"""What people are told when something around them changes. Each is told once, by a job."""

from __future__ import annotations

from sightline.foundation.ledger.listen import Told, listens_to_many
from sightline.people import jobs
from sightline.people.actions.telling import is_news
from sightline.people.events import (
    AssignmentChanged,
    EmployeeHired,
    EmploymentContinued,
    EmploymentEnded,
    LeaveTaken,
    RoleGranted,
)


@listens_to_many(
    EmployeeHired, AssignmentChanged, EmploymentEnded, EmploymentContinued, LeaveTaken, RoleGranted
)
def tell_those_concerned(changes: Told) -> None:
    """Ask for those to be told whom changes concern; one job for what was recorded together."""
    news = [record.pk for event, record in changes if is_news(event, record.at.date())]
    if news:
        jobs.tell_of_changes.enqueue(news)
