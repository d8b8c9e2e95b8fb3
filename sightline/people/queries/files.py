"""What is in a person's file, and what may be called up from it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, Max, OuterRef, Prefetch, QuerySet

from sightline.foundation.core.fingerprints import fingerprint
from sightline.foundation.ledger.models import Record
from sightline.people import policies
from sightline.people.events import FileRead
from sightline.people.models import (
    Assignment,
    DottedLine,
    Employee,
    Leave,
    Pay,
    Position,
    RoleGrant,
)
from sightline.people.queries.people import PersonSeen, employees_seen_by
from sightline.people.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Stay:
    """A time in a post, as the viewer may know it."""

    assignment: Assignment
    ends_on: date | None
    reason: str
    may_open: bool
    """Whether the page of the position exists for the viewer."""


def stays(viewer: Viewer, person: PersonSeen) -> list[Stay]:
    """The posts of a person, latest first. Ends to come and reasons only where the file is open."""
    held = Assignment.objects.filter(employee=person.employee)
    seen = Position.objects.filter(policies.positions_visible_to(viewer), pk=OuterRef("position"))
    rows: QuerySet[Any] = held.select_related("position__unit").order_by("-from_on")
    rows = rows.annotate(may_open=Exists(seen))
    if person.file_open:
        rows = rows.select_related("manager")
        return [Stay(row, row.ends_on, row.reason, row.may_open) for row in rows]
    rows = rows.prefetch_related(Prefetch("manager", employees_seen_by(viewer)))
    return [
        Stay(row, row.ends_on if row.until_on <= viewer.today else None, "", row.may_open)
        for row in rows.filter(from_on__lte=viewer.today)
    ]


def leaves(person: PersonSeen) -> list[Leave]:
    """Times away, latest first; none unless the file is open."""
    if not person.file_open:
        return []
    return list(Leave.objects.filter(employee=person.employee).order_by("-from_on"))


def pays(person: PersonSeen) -> list[Pay]:
    """What a person was and is paid, latest first; none unless the file is open."""
    if not person.file_open:
        return []
    return list(Pay.objects.filter(employee=person.employee).order_by("-from_on"))


def dotted_lines(viewer: Viewer, employee: Employee, day: date) -> list[DottedLine]:
    """Whom a person answers to besides the manager, on a day (of days to come: today).

    Whoever leads by a dotted line today works here today, so who works here sees him; those of a
    past day may have left since.
    """
    rows = DottedLine.objects.on(min(day, viewer.today)).filter(employee=employee)
    if day < viewer.today or not viewer.is_employed:
        rows = rows.filter(manager__in=employees_seen_by(viewer))
    return list(rows.select_related("manager"))


def assignment_seen_by(viewer: Viewer, assignment_id: int) -> Assignment | None:
    """A time in a post, of somebody whose file is open to the viewer."""
    rows = Assignment.objects.select_related("employee", "position__unit", "manager")
    return rows.filter(employee__in=_files(viewer), pk=assignment_id).first()


def leave_seen_by(viewer: Viewer, leave_id: int) -> Leave | None:
    """A leave of somebody whose file is open to the viewer."""
    rows = Leave.objects.select_related("employee")
    return rows.filter(employee__in=_files(viewer), pk=leave_id).first()


def dotted_line_seen_by(viewer: Viewer, line_id: int) -> DottedLine | None:
    """A dotted line of somebody whose file is open to the viewer."""
    rows = DottedLine.objects.select_related("employee", "manager")
    return rows.filter(employee__in=_files(viewer), pk=line_id).first()


def _files(viewer: Viewer) -> QuerySet[Employee]:
    return Employee.objects.filter(policies.file_open_to(viewer))


def as_it_stands(employee: Employee) -> str:
    """A sign that changes whenever what people keep of a person changes; being read is no change.

    What other apps record of the person does not count: nobody who asks may know of all of it.
    """
    changes = Record.objects.filter(subject=employee.ref, kind__startswith="people.")
    changes = changes.exclude(kind=FileRead.kind())
    return fingerprint(changes.aggregate(last=Max("pk"))["last"])


def names_of_refs(refs: Iterable[str]) -> dict[str, str]:
    """The names behind the ledger's words for people ("employee:42"), as far as they are known."""
    keys = {ref: ref.removeprefix("employee:") for ref in refs if ref.startswith("employee:")}
    known = Employee.objects.in_bulk([int(key) for key in keys.values()])
    return {ref: known[int(key)].name for ref, key in keys.items() if int(key) in known}


def roles_of(employee: Employee, day: date) -> list[RoleGrant]:
    """The roles a person holds on a day."""
    return list(RoleGrant.objects.on(day).filter(employee=employee).select_related("unit"))
