"""Who speaks for the sides of goals, and who stands above both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.db.models import F, QuerySet

from sightline.goals.models import Goal, Side
from sightline.people.models import (
    Assignment,
    Employee,
    Employment,
    ReportingLine,
    Role,
    RoleGrant,
    UnitLine,
)

Standing = dict[tuple[int, str], list[int]]
"""By goal and side those who speak for the side."""


def standing_on(goals: Iterable[Goal], day: date) -> Standing:
    """Who speaks for both sides of these goals on a day, in few reads however many they are.

    Those who work here, in the order of their keys; see `queries.owners.speakers`.
    """
    goals = list(goals)
    leads = _pairs(
        RoleGrant.objects.on(day).filter(
            role=Role.UNIT_LEAD, unit__in={one.unit_id for one in goals if one.unit_id}
        ),
        *("unit", "employee"),
    )
    owners = {one.pk: _owners(one, leads) for one in goals}
    people = {person for some in owners.values() for person in some}
    managers = _pairs(Assignment.objects.on(day).filter(employee__in=people), "employee", "manager")
    everybody = people | {key for some in managers.values() for key in some}
    works = Employment.objects.on(day).filter(employee__in=everybody)
    here = set(works.values_list("employee", flat=True))
    found: Standing = {}
    for goal, some in owners.items():
        above = {key for person in some for key in managers.get(person, ())}
        found[goal, Side.OWNER] = sorted(here.intersection(some))
        found[goal, Side.LEAD] = sorted(here.intersection(above))
    return found


def _owners(goal: Goal, leads: dict[int, list[int]]) -> list[int]:
    if goal.employee_id is not None:
        return [goal.employee_id]
    return leads.get(goal.unit_id or 0, [])


def _pairs(rows: QuerySet[Any], key: str, value: str) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    told = rows.exclude(**{value: None}).annotate(of=F(key), one=F(value))
    for of, one in told.order_by().values_list("of", "one"):
        found.setdefault(of, []).append(one)
    return found


def mediator_for(goal: Goal, day: date) -> Employee | None:
    """Whom the two sides may ask: the first above both who speaks for neither; None without one.

    Of a goal of a person that is the manager's manager, or who is next above; of a unit the head of
    the unit above, or above that, else who is above the lead's manager.
    """
    standing = standing_on([goal], day)
    parties = {*standing[goal.pk, Side.OWNER], *standing[goal.pk, Side.LEAD]}
    above = list(_above(goal, standing[goal.pk, Side.LEAD], day))
    works = Employment.objects.on(day).filter(employee__in=set(above) - parties)
    people = {one.employee_id: one.employee for one in works.select_related("employee")}
    return next((people[one] for one in above if one in people), None)


def _above(goal: Goal, leads: list[int], day: date) -> Iterator[int]:
    """Those above, the nearest first."""
    if goal.unit_id is not None:
        lines = UnitLine.objects.on(day).filter(unit=goal.unit_id, depth__gt=0).order_by("depth")
        units = list(lines.values_list("above", flat=True))
        grants = RoleGrant.objects.on(day).filter(role=Role.UNIT_LEAD, unit__in=units)
        heads = sorted(
            grants.values_list("unit", "employee"), key=lambda one: (units.index(one[0] or 0), one)
        )
        yield from (employee for _unit, employee in heads)
    rows = ReportingLine.objects.on(day).filter(employee__in=leads).order_by("depth", "manager")
    yield from rows.values_list("manager", flat=True)
