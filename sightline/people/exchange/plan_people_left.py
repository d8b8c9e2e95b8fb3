"""People who are missing from the file and so have left, when the person who imports says so."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from sightline.foundation.core.spans import Span
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
from sightline.people.rules.succession import turns_of_followers


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
    above = {number: _above(plan, number, Span(left_on)) for number in leavers}
    reports = _reports_of(plan, left_on)
    followed = {leaver.number for _row, leaver in reports}
    for number, employment in leavers.items():
        successors = [one for _days, one in above[number] if one and number in followed]
        _end(plan, employment, left_on, next(iter(successors), None))
    _end_what_goes_along(plan, [row.employee for row in leavers.values()], left_on)
    for row, leaver in reports:
        _hand_over(plan, row, _turns(plan, row, above[leaver.number], left_on))


def _may_end(plan: Plan, person: Employee) -> bool:
    """Whether the person is one of those whom the viewer looks after, and not the viewer."""
    if person.pk == plan.viewer.employee.pk:
        words = _("You are missing from the file. Nobody ends their own employment.")
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


_Above = list[tuple[Span, Employee | None]]
"""Under whom somebody is, or would be, on which days."""


def _above(plan: Plan, number: str, days: Span, below: frozenset[str] = frozenset()) -> _Above:
    """Who would have been above a leaver: the nearest manager who stays."""
    found: _Above = []
    below |= {number}
    for row in plan.snapshot.assignments.get(number, []):
        if not (part := row.span & days):
            continue
        if row.manager is None or row.manager.number not in plan.leaving:
            found.append((part, row.manager))
        elif row.manager.number not in below:
            found += _above(plan, row.manager.number, part, below)
    return found


def _reports_of(plan: Plan, on: date) -> list[tuple[Assignment, Employee]]:
    """Who stays and reports to one who leaves, each row with the leaver."""
    return [
        (row, row.manager)
        for number, rows in plan.snapshot.assignments.items()
        if number not in plan.leaving
        for row in rows
        if row.until_on > on and row.manager and row.manager.number in plan.leaving
    ]


_Turn = tuple[date, Employee | None]


def _turns(plan: Plan, row: Assignment, above: _Above, on: date) -> list[_Turn]:
    """Who follows the leaver, as when somebody leaves by form; else the manager before."""
    start = max(on, row.from_on)
    turns = turns_of_followers(Span(start, row.until_on), above, [row.employee])
    return [*turns] or [(start, _manager_before(plan, row))]


def _manager_before(plan: Plan, row: Assignment) -> Employee | None:
    rows = plan.snapshot.assignments[row.employee.number]
    place = rows.index(row)
    return rows[place - 1].manager if place else None


def _fault(plan: Plan, row: Assignment, manager: Employee | None, until: date) -> str:
    """Why somebody cannot report to the manager above; "" when he can."""
    name = plan.snapshot.name_of(row.employee)
    if manager is None:
        words = _("%(name)s would report to nobody. Give the row of %(name)s another manager.")
        return words % {"name": name}
    works = plan.snapshot.employments[manager.number][-1]
    if works.until_on < until:
        words = _("%(manager)s leaves on %(day)s. Give the row of %(name)s another manager.")
        return words % {"manager": manager.name, "day": works.until_on, "name": name}
    return ""


def _hand_over(plan: Plan, row: Assignment, turns: list[_Turn]) -> None:
    """Cut an assignment into one for each of the managers to come; refused when one cannot be."""
    ends = [*(day for day, _manager in turns[1:]), row.until_on]
    for (_day, manager), end in zip(turns, ends, strict=True):
        if fault := _fault(plan, row, manager, end):
            about = plan.snapshot.name_of(row.employee)
            error = CellError(0, f"{PEOPLE}.manager", shown(row.manager), fault, about)
            plan.errors.append(error)
            return
    whole = before = copy_of(row)
    rows = plan.snapshot.assignments[row.employee.number]
    place = rows.index(row)
    if row.from_on < turns[0][0]:
        plan.writes.change(row, until_on=turns[0][0])
    for (day, manager), end in zip(turns, ends, strict=True):
        values = {"manager": manager, "cause": Assignment.Cause.MANAGER, "until_on": end}
        if day == row.from_on:
            after = row
            plan.writes.change(row, **values)
        else:
            place, after = place + 1, copy_of(whole, from_on=day, reason="", **values)
            plan.writes.create(after)
            rows.insert(place, after)
        _tell(plan, before, after)
        before = after


def _tell(plan: Plan, before: Assignment, after: Assignment) -> None:
    person = after.employee
    fields = [("manager", shown(before.manager), shown(after.manager))]
    plan.entries.append(Entry(PEOPLE, CHANGED, person.number, person.name, 0, fields))
    words = (after.cause, str(after.from_on), told(before), told(after))
    plan.writes.events.append(lambda: AssignmentChanged(person.pk, *words))
