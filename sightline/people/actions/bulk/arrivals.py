"""Many people at once, each with all that happened to them here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from sightline.foundation.access.decisions import require
from sightline.foundation.core.errors import Refused
from sightline.foundation.core.spans import FOREVER, Span
from sightline.foundation.ledger.events import Event
from sightline.foundation.ledger.record import record_all
from sightline.people import policies
from sightline.people.actions.assignments import told
from sightline.people.actions.bulk import checks
from sightline.people.actions.histories import History, InPost, Stay
from sightline.people.actions.lines import redraw_reporting_lines
from sightline.people.events import (
    AssignmentChanged,
    DottedLineDrawn,
    EmployeeHired,
    EmploymentEnded,
    LeaveTaken,
    PaySet,
    RoleGranted,
)
from sightline.people.models import (
    Assignment,
    DottedLine,
    Employee,
    Employment,
    Leave,
    Pay,
    Position,
    Role,
    RoleGrant,
    Unit,
)
from sightline.people.viewer import Viewer

BATCH = 1_000
Cause = Assignment.Cause


@dataclass(slots=True)
class Lot:
    """The rows and events that histories come to, before anything is written."""

    by: Viewer
    people: dict[str, Employee]
    positions: dict[str, Position]
    units: dict[str, Unit]
    employments: list[Employment] = field(default_factory=list)
    assignments: list[Assignment] = field(default_factory=list)
    leaves: list[Leave] = field(default_factory=list)
    pays: list[Pay] = field(default_factory=list)
    dotted_lines: list[DottedLine] = field(default_factory=list)
    grants: list[RoleGrant] = field(default_factory=list)
    events: list[tuple[date, str, Event]] = field(default_factory=list)

    def tell(self, on: date, event: Event, reason: str = "") -> None:
        """Keep an event for the ledger."""
        self.events.append((on, reason, event))


@transaction.atomic
def hire_with_histories(*, by: Viewer, histories: Sequence[History]) -> list[Employee]:
    """Take in people with their past and plans; managers are among them or here already."""
    require(policies.may_change_organisation(by))
    checks.refuse_doubles(histories)
    for history in histories:
        checks.refuse_disorder(history)
    arriving = [Employee(**history.details.as_dict()) for history in histories]
    for employee in arriving:
        employee.set_keys()
    Employee.objects.bulk_create(arriving, batch_size=BATCH)
    lot = _lot(by, arriving, histories)
    for employee, history in zip(arriving, histories, strict=True):
        _add(lot, employee, history)
    _check(lot)
    _write(lot)
    redraw_reporting_lines([employee.pk for employee in arriving])
    _record(lot)
    return arriving


def _lot(by: Viewer, arriving: Sequence[Employee], histories: Sequence[History]) -> Lot:
    posts = [post for one in histories for stay in one.stays for post in stay.posts]
    managers = {post.manager for post in posts} | {
        line.manager for one in histories for line in one.also_under
    }
    people = {employee.number: employee for employee in arriving}
    known = _found(Employee.objects.all(), "number", managers - set(people) - {""})
    standing = Position.objects.filter(until_on=FOREVER).select_related("unit")
    return Lot(
        by=by,
        people=people | known,
        positions=_found(standing, "code", {post.position for post in posts}),
        units=_found(
            Unit.objects.all(),
            "code",
            {held.unit for one in histories for held in one.roles if held.unit},
        ),
    )


def _found(rows: Any, key: str, wanted: Iterable[str]) -> dict[str, Any]:
    wanted = set(wanted)
    found = {getattr(row, key): row for row in rows.filter(**{f"{key}__in": wanted})}
    if missing := sorted(wanted - set(found)):
        raise Refused(_("Nothing and nobody here is called %s.") % missing[0])
    return found


def _add(lot: Lot, employee: Employee, history: History) -> None:
    for again, stay in enumerate(history.stays):
        _add_stay(lot, employee, stay, again=bool(again))
    end = history.stays[-1].until_on if history.stays else FOREVER
    _add_pays(lot, employee, history)
    for away in history.leaves:
        until_on = min(away.until_on, _end_of_stay(history, away.from_on))
        lot.leaves.append(
            Leave(employee=employee, kind=away.kind, from_on=away.from_on, until_on=until_on)
        )
        back = "" if away.until_on == FOREVER else str(away.until_on)
        lot.tell(away.from_on, LeaveTaken(employee.pk, away.kind, str(away.from_on), back))
    for line in history.also_under:
        manager = lot.people[line.manager]
        lot.dotted_lines.append(
            DottedLine(
                employee=employee,
                manager=manager,
                purpose=line.purpose,
                from_on=line.on,
                until_on=_end_of_stay(history, line.on),
            )
        )
        lot.tell(line.on, DottedLineDrawn(employee.pk, manager.name, line.purpose, str(line.on)))
    _add_roles(lot, employee, history, end)


def _add_stay(lot: Lot, employee: Employee, stay: Stay, *, again: bool) -> None:
    lot.employments.append(
        Employment(
            employee=employee,
            from_on=stay.posts[0].on,
            until_on=stay.until_on,
            end_reason=stay.end_reason,
        )
    )
    before: Assignment | None = None
    ends = [post.on for post in stay.posts[1:]] + [stay.until_on]
    for post, until_on in zip(stay.posts, ends, strict=True):
        row = _assignment(lot, employee, post, until_on)
        row.cause = _cause(before, row, again=again)
        lot.assignments.append(row)
        _tell_assignment(lot, before, row, again=again)
        before = row
    if stay.until_on != FOREVER:
        ended = EmploymentEnded(employee.pk, str(stay.until_on), stay.end_reason, "")
        lot.tell(stay.until_on, ended, stay.end_reason)


def _assignment(lot: Lot, employee: Employee, post: InPost, until_on: date) -> Assignment:
    return Assignment(
        employee=employee,
        position=lot.positions[post.position],
        manager=lot.people[post.manager] if post.manager else None,
        share_percent=post.share_percent,
        reason=post.reason,
        from_on=post.on,
        until_on=until_on,
    )


def _cause(before: Assignment | None, row: Assignment, *, again: bool) -> Cause:
    if before is None:
        return Cause.REHIRED if again else Cause.HIRED
    if before.position_id != row.position_id:
        return Cause.MOVED
    return Cause.MANAGER if before.manager_id != row.manager_id else Cause.SHARE


def _tell_assignment(lot: Lot, before: Assignment | None, row: Assignment, *, again: bool) -> None:
    employee, position = row.employee, row.position
    event: Event
    if before is None:
        event = EmployeeHired(
            employee.pk,
            employee.name,
            position.title,
            position.unit.name,
            str(row.from_on),
            again,
        )
    else:
        event = AssignmentChanged(employee.pk, row.cause, str(row.from_on), told(before), told(row))
    lot.tell(row.from_on, event, row.reason)


def _add_pays(lot: Lot, employee: Employee, history: History) -> None:
    for place, paid in enumerate(history.pays, start=1):
        following = history.pays[place].on if place < len(history.pays) else FOREVER
        lot.pays.append(
            Pay(
                employee=employee,
                amount=paid.amount,
                currency=paid.currency,
                reason=paid.reason,
                from_on=paid.on,
                until_on=min(following, _end_of_stay(history, paid.on)),
            )
        )
        event = PaySet(employee.pk, str(paid.amount), paid.currency, str(paid.on))
        lot.tell(paid.on, event, paid.reason)


def _add_roles(lot: Lot, employee: Employee, history: History, end: date) -> None:
    for held in history.roles:
        require(policies.may_grant(lot.by, employee, held.role))
        role, unit = Role(held.role), lot.units[held.unit] if held.unit else None
        lot.grants.append(
            RoleGrant(
                employee=employee,
                role=role,
                unit=unit,
                granted_by=lot.by.employee,
                from_on=held.on,
                until_on=end,
            )
        )
        event = RoleGranted(
            employee.pk, str(role.label), unit.name if unit else "", str(held.on), ""
        )
        lot.tell(held.on, event)


def _end_of_stay(history: History, day: date) -> date:
    return next(stay.until_on for stay in history.stays if day in stay.span)


def _check(lot: Lot) -> None:
    arriving: dict[int, list[Span]] = {}
    for row in lot.employments:
        arriving.setdefault(row.employee_id, []).append(row.span)
    checks.refuse_posts_not_there(lot.assignments)
    checks.refuse_full_posts(lot.assignments)
    checks.refuse_absent_managers(lot.assignments, arriving)
    checks.refuse_doubled_leads(lot.grants)


def _write(lot: Lot) -> None:
    Employment.objects.bulk_create(lot.employments, batch_size=BATCH)
    Assignment.objects.bulk_create(lot.assignments, batch_size=BATCH)
    Leave.objects.bulk_create(lot.leaves, batch_size=BATCH)
    Pay.objects.bulk_create(lot.pays, batch_size=BATCH)
    DottedLine.objects.bulk_create(lot.dotted_lines, batch_size=BATCH)
    RoleGrant.objects.bulk_create(lot.grants, batch_size=BATCH)


def _record(lot: Lot) -> None:
    """The events in the order of their days, those with one reason together."""
    by_reason: dict[str, list[Event]] = {}
    for _day, reason, event in sorted(lot.events, key=lambda told: told[0]):
        by_reason.setdefault(reason, []).append(event)
    for reason in sorted(by_reason):
        record_all(by_reason[reason], by=lot.by, reason=reason)
