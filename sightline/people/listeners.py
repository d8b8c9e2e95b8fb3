"""What people are told when something around them changes. Each is told once, by a job."""

from __future__ import annotations

from sightline.foundation.ledger.listen import listens_to
from sightline.foundation.ledger.models import Record
from sightline.people import jobs
from sightline.people.actions.telling import is_news
from sightline.people.events import (
    AboutEmployee,
    AssignmentChanged,
    EmployeeHired,
    EmploymentContinued,
    EmploymentEnded,
    LeaveTaken,
    RoleGranted,
)


@listens_to(
    EmployeeHired, AssignmentChanged, EmploymentEnded, EmploymentContinued, LeaveTaken, RoleGranted
)
def tell_those_concerned(event: AboutEmployee, record: Record) -> None:
    """Ask for those to be told whom a change concerns."""
    if is_news(event, record.at.date()):
        jobs.tell_of_change.enqueue(record.pk)
