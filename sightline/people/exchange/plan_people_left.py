"""People who are missing from the file and so have left, when the person who imports says so."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from sightline.foundation.exchange.errors import CellError
from sightline.people.actions.assignments import told
from sightline.people.actions.dated import copy_of
from sightline.people.events import AssignmentChanged, EmploymentEnded
from sightline.people.exchange.columns import PEOPLE
from sightline.people.exchange.plan import CHANGED, ENDED, Entry, Plan, shown
from sightline.people.models import (
    Assignment,
    DottedLine,
    Employee,
    Employment,
    Leave,
    Pay,
    RoleGrant,
)


def plan_missing(plan: Plan, present: set[str]) -> None:
    """End the employment of everybody whose number is not in the file."""
    left_on = plan.wish.left_on
    if not plan.wish.missing_left or left_on is None:
        return
    leavers: dict[str, Employment] = {}
    for number, rows in plan.snapshot.employments.items():
        working = next((row for row in rows if row.from_on < left_on < row.until_on), None)
        if working and number not in present and _may_end(plan, working.employee):
            leavers[number] = working
    plan.leaving = dict.fromkeys(leavers, left_on)
    for number, employment in leavers.items():
        _end(plan, employment, left_on, _successor(plan, number, leavers, left_on))
    _end_what_goes_along(plan, [row.employee for row in leavers.values()], left_on)
    _hand_over_reports(plan, leavers, left_on)


def _may_end(plan: Plan, person: Employee) -> bool:
    """Whether the person is one of those whom the viewer looks after, and not the viewer."""
    if person.pk == plan.viewer.employee.pk:
        words = _("You are missing from the file. Nobody ends his own employment.")
        plan.errors.append(CellError(0, f"{PEOPLE}.number", person.number, words, person.name))
        return False
    return plan.snapshot.keeps(person)


def _end(plan: Plan, employment: Employment, on: date, successor: Employee | None) -> None:
    person = employment.employee
    plan.writes.change(employment, until_on=on, end_reason=_("missing from the imported file"))
    held = plan.snapshot.assignment(person)
    fields = [("position", shown(held.position) if held else "", "")]
    plan.entries.append(Entry(PEOPLE, ENDED, person.number, person.name, 0, fields))
    reason, after = employment.end_reason, successor.ref if successor else ""
    plan.writes.events.append(lambda: EmploymentEnded(person.pk, str(on), reason, after))
    rows = plan.snapshot.assignments.get(person.number, [])
    plan.snapshot.assignments[person.number] = _cut(plan, rows, on)


def _cut(plan: Plan, rows: list[Any], on: date) -> list[Any]:
    """End rows on a day; those that would have begun by then are taken out."""
    kept = []
    for row in rows:
        if row.from_on >= on:
            plan.writes.remove(row)
            continue
        if row.until_on > on:
            plan.writes.change(row, until_on=on)
        kept.append(row)
    return kept


def _end_what_goes_along(plan: Plan, people: list[Employee], on: date) -> None:
    """Leave, pay, roles and second lines end with the employment."""
    keys = {person.pk for person in people}
    if not keys:
        return
    for model in (Leave, Pay, RoleGrant, DottedLine):
        rows = model.objects.filter(until_on__gt=on).order_by("pk")
        _cut(plan, [row for row in rows if _concerns(row, keys)], on)


def _concerns(row: Any, keys: set[int]) -> bool:
    return row.employee_id in keys or (isinstance(row, DottedLine) and row.manager_id in keys)


def _successor(
    plan: Plan, number: str, leavers: dict[str, Employment], on: date
) -> Employee | None:
    """The nearest manager above a leaver who stays."""
    for _step in range(100):
        rows = plan.snapshot.assignments.get(number, [])
        held = next((row for row in reversed(rows) if row.from_on < on), None)
        if held is None or held.manager is None:
            return None
        manager: Employee = held.manager
        if manager.number not in leavers:
            return manager
        number = manager.number
    return None


def _hand_over_reports(plan: Plan, leavers: dict[str, Employment], on: date) -> None:
    """Those who report to a leaver go to the manager above; a row that names one is refused."""
    for number in list(plan.snapshot.assignments):
        if number in leavers:
            continue
        for row in list(plan.snapshot.assignments[number]):
            if row.until_on > on and row.manager and row.manager.number in leavers:
                _hand_over(plan, row, _successor(plan, row.manager.number, leavers, on), on)


def _fault(plan: Plan, row: Assignment, manager: Employee | None) -> str:
    """Why somebody cannot report to the manager above; "" when he can."""
    name = plan.snapshot.name_of(row.employee)
    if manager is None or manager is row.employee:
        words = _("%(name)s would report to nobody. Give the row of %(name)s another manager.")
        return words % {"name": name}
    works = plan.snapshot.employments[manager.number][-1]
    if works.until_on < row.until_on:
        words = _("%(manager)s leaves on %(day)s. Give the row of %(name)s another manager.")
        return words % {"manager": manager.name, "day": works.until_on, "name": name}
    return ""


def _hand_over(plan: Plan, row: Assignment, manager: Employee | None, on: date) -> None:
    person = row.employee
    if fault := _fault(plan, row, manager):
        about = plan.snapshot.name_of(person)
        plan.errors.append(CellError(0, f"{PEOPLE}.manager", shown(row.manager), fault, about))
        return
    before, old, cause = told(row), row.manager, Assignment.Cause.MANAGER
    if row.from_on >= on:
        plan.writes.change(row, manager=manager, cause=cause)
        changed = row
    else:
        changed = copy_of(row, from_on=on, manager=manager, cause=cause, reason="")
        plan.writes.change(row, until_on=on)
        plan.writes.create(changed)
        rows = plan.snapshot.assignments[person.number]
        rows.insert(rows.index(row) + 1, changed)
    after = told(changed)
    fields = [("manager", shown(old), shown(manager))]
    plan.entries.append(Entry(PEOPLE, CHANGED, person.number, person.name, 0, fields))
    plan.writes.events.append(lambda: AssignmentChanged(person.pk, cause, str(on), before, after))
