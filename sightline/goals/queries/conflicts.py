"""Goals of a period that do not go together, found over all of them at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import OuterRef, Q, Subquery, Sum

from sightline.goals.models import Closing, Contribution, Goal, Period
from sightline.goals.queries.goals import seen_among
from sightline.goals.rules.conflicts import (
    Accountable,
    Aim,
    Conflict,
    answered_for_twice,
    conflicts_between,
    off_target,
)
from sightline.goals.rules.plans import WHOLE
from sightline.people.models import Employee
from sightline.people.policies import file_open_to
from sightline.people.viewer import Viewer
from sightline.strategy.models import Measure, Strategy, Target, TargetShare
from sightline.strategy.queries.target_shares import shares_seen_by

AIM = ("from_on", "due_on", "measured_by", "value_unit", "start_value", "target_value", "stage")

LOOKED_AT = 25
"""So many conflicts of a kind are looked at to find those that the viewer may see."""

QUARTERS = 4

SHOWN = 5
"""So many of a kind are shown at most."""


class Found(NamedTuple):
    """One conflict: of a goal with another one, of a goal by itself, or of a person's plan."""

    kind: Conflict
    goal: int = 0
    other: int = 0
    person: int = 0
    percent: int = 0
    """What the weights of the person's plan add up to."""


@dataclass(frozen=True, slots=True)
class _Running:
    """A goal that runs: its unit or that of the person whose it is."""

    unit: int
    is_of_unit: bool
    aim: Aim


def conflicts_in(period: Period, homes: Mapping[int, int]) -> dict[int, list[Found]]:
    """What does not go together among the goals that run in a period, by the owner's unit.

    `homes` tells the unit of each person who works here.
    """
    running = _running(period, homes)
    links = Contribution.objects.filter(goal__in=Goal.objects.filter(_runs_in(period)).values("pk"))
    above: dict[int, set[int]] = {}
    found: list[tuple[int, Found]] = []
    columns = [f"parent__{name}" for name in AIM]
    for goal, parent, *aim in links.filter(parent__isnull=False).values_list(
        "goal", "parent", *columns
    ):
        above.setdefault(goal, set()).add(parent)
        kinds = conflicts_between(running[goal].aim, _aim(aim))
        found += [(running[goal].unit, Found(kind, goal, parent)) for kind in kinds]
    found += _answered_for_twice(running, above)
    found += _alone(running, above, set(links.values_list("goal", flat=True)))
    found += _plans_off(period, homes)
    by_unit: dict[int, list[Found]] = {}
    for unit, one in sorted(found):
        by_unit.setdefault(unit, []).append(one)
    return by_unit


def _runs_in(period: Period) -> Q:
    meets = Q(period__from_on__lt=period.until_on, period__until_on__gt=period.from_on)
    return meets & Q(agreed_number__isnull=False) & ~Q(stage=Goal.Stage.CLOSED)


def _running(period: Period, homes: Mapping[int, int]) -> dict[int, _Running]:
    rows = Goal.objects.filter(_runs_in(period)).order_by()
    return {
        key: _Running(unit or homes.get(employee or 0, 0), unit is not None, _aim(aim))
        for key, employee, unit, *aim in rows.values_list("pk", "employee", "unit", *AIM)
    }


def _aim(columns: Iterable[Any]) -> Aim:
    begin, due, measured_by, value_unit, start, target, stage = columns
    return Aim(begin, due, measured_by, value_unit, start, target, stage == Goal.Stage.CLOSED)


def _answered_for_twice(
    running: Mapping[int, _Running], above: Mapping[int, set[int]]
) -> Iterator[tuple[int, Found]]:
    of_units = [
        Accountable(key, one.unit, one.aim, frozenset(above.get(key, ())))
        for key, one in running.items()
        if one.is_of_unit
    ]
    for one, other in answered_for_twice(of_units):
        yield running[one].unit, Found(Conflict.TWO_OWNERS, one, other)


def _alone(
    running: Mapping[int, _Running], above: Mapping[int, set[int]], serving: set[int]
) -> Iterator[tuple[int, Found]]:
    """What serves nothing at all is told elsewhere, as leading nowhere."""
    with_goals = {one.unit for one in running.values() if one.is_of_unit}
    for key in sorted(serving - above.keys()):
        one = running[key]
        if not one.is_of_unit and one.unit in with_goals:
            yield one.unit, Found(Conflict.ALONE, key)


def _plans_off(period: Period, homes: Mapping[int, int]) -> Iterator[tuple[int, Found]]:
    """Plans count as `queries.plans.counts` says: not drafts, nor what was dropped."""
    rows = Goal.objects.filter(period=period, employee__isnull=False)
    rows = rows.exclude(stage=Goal.Stage.DRAFT).exclude(closing__outcome=Closing.Outcome.DROPPED)
    sums = rows.values("employee").order_by("employee").annotate(percent=Sum("weight_percent"))
    for person, percent in sums.values_list("employee", "percent"):
        if person in homes and percent != WHOLE:
            yield homes[person], Found(Conflict.PLAN_OFF, person=person, percent=percent)


@dataclass(frozen=True, slots=True)
class ConflictSeen:
    """A conflict as the viewer reads it: he may see both goals, or the person's plan."""

    found: Found
    goal: Goal | None = None
    other: Goal | None = None
    person: Employee | None = None
    parts: PartsSeen | None = None


@dataclass(frozen=True, slots=True)
class PartsSeen:
    """A target that is to add up, and what the parts of the units come to."""

    measure: Measure
    due_on: date
    target: Decimal
    total: Decimal


@dataclass(frozen=True, slots=True)
class KindSeen:
    """The conflicts of a kind, a few of them; and whether the viewer might see more."""

    kind: Conflict
    shown: list[ConflictSeen]
    more: bool


def conflicts_seen(viewer: Viewer, found: Iterable[Found]) -> list[KindSeen]:
    """The conflicts that the viewer may see, the gravest kind first, a few of each."""
    by_kind: dict[Conflict, list[Found]] = {kind: [] for kind in Conflict}
    for one in found:
        if len(by_kind[one.kind]) < LOOKED_AT:
            by_kind[one.kind].append(one)
    looked_at = [one for some in by_kind.values() for one in some]
    keys = {key for one in looked_at for key in (one.goal, one.other)} - {0}
    goals = {row.pk: row for row in seen_among(viewer, Goal.objects.filter(pk__in=keys))}
    people = _people(viewer, {one.person for one in looked_at} - {0})
    seen: list[KindSeen] = []
    for kind, some in by_kind.items():
        rows = [
            ConflictSeen(one, goals.get(one.goal), goals.get(one.other), people.get(one.person))
            for one in some
            if {one.goal, one.other} - {0} <= goals.keys()
            and (not one.person or one.person in people)
        ]
        if rows:
            seen.append(KindSeen(kind, rows[:SHOWN], len(rows) > SHOWN))
    return seen


def targets_missed(viewer: Viewer, period: Period) -> list[KindSeen]:
    """Targets shared out over units that are to add up and do not: of each measure the next due.

    Of the strategy in force, from the period on. Where a unit's quarters are not all written,
    nothing is told yet.
    """
    value = Target.objects.filter(measure=OuterRef("measure"), due_on=OuterRef("due_on"))
    rows = shares_seen_by(viewer).filter(
        measure__decomposition=Measure.Decomposition.ADDITIVE,
        measure__objective__strategy__stage=Strategy.Stage.IN_FORCE,
        due_on__gte=period.from_on,
    )
    parts: dict[int, list[Any]] = {}
    for one in rows.annotate(target=Subquery(value.values("value"))).order_by("due_on", "pk"):
        some = parts.setdefault(one.measure_id, [])
        if one.target is not None and (not some or some[0].due_on == one.due_on):
            some.append(one)
    found: dict[Conflict, list[ConflictSeen]] = {}
    for some in parts.values():
        if some and _are_whole(some):
            seen = PartsSeen(
                some[0].measure, some[0].due_on, some[0].target, sum(one.value for one in some)
            )
            grows = seen.measure.direction != Measure.Direction.DOWN
            kind = off_target(seen.total, seen.target, grows=grows)
            if kind is not None:
                found.setdefault(kind, []).append(ConflictSeen(Found(kind), parts=seen))
    return [KindSeen(kind, some[:SHOWN], len(some) > SHOWN) for kind, some in sorted(found.items())]


def _are_whole(parts: Iterable[TargetShare]) -> bool:
    """Whether each unit has its part of the year, or those of all four quarters."""
    quarters: dict[int, set[int | None]] = {}
    for one in parts:
        quarters.setdefault(one.unit_id, set()).add(one.quarter)
    return all(None in some or len(some) == QUARTERS for some in quarters.values())


def _people(viewer: Viewer, keys: set[int]) -> dict[int, Employee]:
    rows = Employee.objects.filter(file_open_to(viewer), pk__in=keys) if keys else ()
    return {one.pk: one for one in rows}
