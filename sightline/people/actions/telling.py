"""Who is told of a change, and in which words.

What happened is read from the ledger; who is concerned is read from the organisation. Nobody is
told what he may not see: plans and leave go to the person and to the manager, never to the team.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from sightline.foundation.core.dates import today
from sightline.foundation.ledger.models import Record
from sightline.foundation.ledger.queries import event_of, record_numbered
from sightline.foundation.notices.notify import notify
from sightline.foundation.ui.words import day as in_words
from sightline.people.events import (
    AboutEmployee,
    AssignmentChanged,
    EmployeeHired,
    EmploymentContinued,
    EmploymentEnded,
    LeaveTaken,
    RoleGranted,
)
from sightline.people.models import Assignment, Employee

KIND = "people.changes"
STALE = timedelta(days=30)
"""What took effect longer ago than this is history being entered, not news."""


@dataclass(frozen=True, slots=True)
class Word:
    """Something to say to somebody."""

    to: Employee
    say: Callable[[], str]


def tell_of(record_id: int) -> int:
    """Tell everybody whom a recorded change concerns, the actor left out; tells how many.

    Safe to do twice: each person is told once of each record.
    """
    record = record_numbered(record_id)
    event = event_of(record) if record else None
    if record is None or not isinstance(event, AboutEmployee):
        return 0
    employee = Employee.objects.select_related("account").filter(pk=event.employee_id).first()
    if employee is None:  # brought by an import that was undone since
        return 0
    readers = [word for word in words_about(event, employee) if word.to.ref != record.actor]
    told = [_tell(word, employee, record) for word in readers]
    return sum(told)


def _tell(word: Word, employee: Employee, record: Record) -> bool:
    if word.to.account is None:
        return False
    notice = notify(
        account=word.to.account,
        kind=KIND,
        sentence=word.say,
        url=reverse("person", args=[employee.pk]),
        key=f"record:{record.pk}",
    )
    return notice is not None


def is_news(event: AboutEmployee, today: date) -> bool:
    """Whether an event took effect lately or has yet to; the rest is history being entered."""
    on = _effective_on(event)
    return on is None or on >= today - STALE


def words_about(event: AboutEmployee, employee: Employee) -> Iterator[Word]:
    """Who hears what about an event."""
    on = _effective_on(event)
    manager = _manager(employee, on)

    named = {"role": event.role, "unit": event.unit} if isinstance(event, RoleGranted) else {}

    def to(reader: Employee | None, sentence: Callable[[], str]) -> Iterator[Word]:
        if reader is not None:
            day = in_words(on, "long") if on else ""
            yield Word(reader, lambda: sentence() % {"name": employee.name, "day": day, **named})

    if isinstance(event, EmployeeHired):
        yield from to(manager, lambda: _("%(name)s starts in your team on %(day)s."))
    elif isinstance(event, AssignmentChanged):
        yield from to(employee, lambda: _("Your post changes on %(day)s; your page says how."))
        if event.after.get("manager") != event.before.get("manager"):
            yield from to(manager, lambda: _("%(name)s reports to you from %(day)s."))
    elif isinstance(event, EmploymentEnded):
        yield from to(manager, lambda: _("%(name)s leaves on %(day)s."))
    elif isinstance(event, EmploymentContinued):
        yield from to(manager, lambda: _("%(name)s stays after all."))
    elif isinstance(event, LeaveTaken):
        yield from to(employee, lambda: _("Your leave from %(day)s is on record."))
        yield from to(manager, lambda: _("%(name)s is away from %(day)s."))
    elif isinstance(event, RoleGranted):
        yield from to(employee, lambda: _role_given(event))


def _role_given(event: RoleGranted) -> str:
    if event.unit:
        return _("You were given a role: %(role)s of %(unit)s, from %(day)s.")
    return _("You were given a role: %(role)s, from %(day)s.")


def _effective_on(event: AboutEmployee) -> date | None:
    told = getattr(event, "on", "") or getattr(event, "from_on", "")
    return date.fromisoformat(told) if told else None


def _manager(employee: Employee, on: date | None) -> Employee | None:
    """The manager on a day; of one who has left by then, the last one."""
    held = Assignment.objects.filter(employee=employee, from_on__lte=on or today())
    last = held.select_related("manager__account").order_by("-from_on").first()
    return last.manager if last else None
