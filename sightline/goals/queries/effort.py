"""Where effort goes in a period, unit by unit: read at once, kept until something changes."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.core.cache import cache
from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet, Subquery

from sightline.foundation.core.dates import now
from sightline.goals.models import Closing, Contribution, Goal, Period, Revision, Side
from sightline.goals.queries.drift import STALE
from sightline.goals.rules.status import is_on_time
from sightline.goals.rules.trace import Link, Planned, Trace, add_up, effort_of, traced
from sightline.people.models import Assignment

KEPT_SECONDS = 3600
EXACT_BELOW_SECONDS = 0.5


@dataclass(slots=True)
class UnitEffort:
    """The effort of those whose post is in one unit, as sums over people by capacity."""

    capacity: float = 0.0
    people: int = 0
    planless: int = 0
    goals: int = 0
    sums: Trace = field(default_factory=dict)
    fresh: Trace = field(default_factory=dict)
    """The same without links to what has changed since they were confirmed."""

    serving: dict[int, int] = field(default_factory=dict)
    """By objective how many people serve it at all."""

    squares: Trace = field(default_factory=dict)
    """By objective the sum over people of their effort for it, squared: see `concentration`."""

    weight: float = 0.0
    shaped: float = 0.0
    """Of the weight in all plans that of goals which their owners drafted or answered."""

    ended: int = 0
    """Goals that were done or missed; what was dropped is neither."""

    on_time: int = 0
    loose: list[int] = field(default_factory=list)
    """Goals that lead neither to an objective nor to a responsibility."""


Efforts = dict[int, UnitEffort]


@dataclass(frozen=True, slots=True)
class _Kept:
    """Figures as they were worked out once: from what, when, and in how many seconds."""

    stamp: str
    at: datetime
    took: float
    efforts: Efforts


def efforts_in(period: Period, today: date) -> Efforts:
    """The effort of each unit in a period. Who is asked for may see it.

    Exact while working it out takes less than half a second; beyond, figures are up to twenty
    times as old as it took: a minute, in a house of ten thousand.
    """
    day = day_in(period, today)
    key, stamp = f"goals.efforts:{period.pk}:{day}", _stamp(day)
    kept: _Kept | None = cache.get(key)
    if kept is not None and _still_holds(kept, stamp):
        return kept.efforts
    begin = time.perf_counter()
    efforts = _efforts(period, day)
    cache.set(key, _Kept(stamp, now(), time.perf_counter() - begin, efforts), KEPT_SECONDS)
    return efforts


def day_in(period: Period, today: date) -> date:
    """The day whose organisation a period is read by: today, or the day of it nearest to that."""
    return min(max(today, period.from_on), period.span.last)


def _still_holds(kept: _Kept, stamp: str) -> bool:
    age = (now() - kept.at).total_seconds()
    return kept.stamp == stamp or (kept.took > EXACT_BELOW_SECONDS and age < 20 * kept.took)


def _stamp(day: date) -> str:
    """Another one whenever a goal or a share has changed, or who holds a post on the day."""
    changed = Subquery(Goal.objects.order_by("-changed_at").values("changed_at")[:1])
    posts = Assignment.objects.on(day).annotate(changed=changed)
    found = posts.aggregate(last=Max("pk"), number=Count("pk"), at=Max("changed"))
    return f"{found['at']}:{found['last']}:{found['number']}"


def goals_of_period(period: Period) -> Q:
    """Agreed goals of people in periods that meet this one; what was dropped does not count."""
    return (
        Q(employee__isnull=False, agreed_number__isnull=False)
        & Q(period__from_on__lt=period.until_on, period__until_on__gt=period.from_on)
        & ~Q(closing__outcome=Closing.Outcome.DROPPED)
    )


def links_of(rows: QuerySet[Contribution]) -> list[Link]:
    """Contributions to goals and objectives as the trace takes them."""
    told = rows.filter(responsibility=None).values_list(
        "goal", "share_percent", "parent", "objective"
    )
    return [
        Link(goal, float(share) / 100, parent, objective)
        for goal, share, parent, objective in told.order_by()
    ]


def _efforts(period: Period, day: date) -> Efforts:
    rows = Contribution.objects.exclude(goal__stage=Goal.Stage.DRAFT)
    serving_post = set(rows.filter(responsibility__isnull=False).values_list("goal", flat=True))
    running = rows.exclude(goal__stage=Goal.Stage.CLOSED)
    stale = set(running.filter(STALE).values_list("goal", "parent"))
    links = links_of(rows)
    traces = traced(links)
    fresh = traces
    if stale:
        fresh = traced(link for link in links if (link.goal, link.parent or 0) not in stale)
    plans, ended, shaped = _plans(period), _ended(period), _shaped(period)
    found: Efforts = {}
    posts = Assignment.objects.on(day).values_list("employee", "position__unit", "share_percent")
    for employee, unit, share in posts.order_by():
        _add(found.setdefault(unit, UnitEffort()), share / 100, plans.get(employee, []), traces)
        for one in plans.get(employee, ()):
            found[unit].weight += one.weight
            found[unit].shaped += one.weight if one.goal in shaped else 0
        for in_time in ended.get(employee, ()):
            found[unit].ended += 1
            found[unit].on_time += in_time
        if stale:
            add_up(found[unit].fresh, share / 100, effort_of(plans.get(employee, []), fresh))
        found[unit].loose += [
            one.goal
            for one in plans.get(employee, [])
            if not traces.get(one.goal) and one.goal not in serving_post
        ]
    if not stale:
        for effort in found.values():
            effort.fresh = effort.sums
    return found


def _plans(period: Period) -> dict[int, list[Planned]]:
    plans: dict[int, list[Planned]] = {}
    rows = Goal.objects.filter(goals_of_period(period))
    for goal, employee, weight in rows.values_list("pk", "employee", "weight_percent").order_by():
        plans.setdefault(employee or 0, []).append(Planned(goal, weight))
    return plans


def _shaped(period: Period) -> set[int]:
    """The goals in which their owners had a hand: they drafted them, or passed one back changed."""
    answers = Revision.objects.filter(goal=OuterRef("pk"), side=Side.OWNER)
    by_owner = Q(drafted_by=F("employee")) | Exists(answers)
    return set(Goal.objects.filter(goals_of_period(period), by_owner).values_list("pk", flat=True))


def _ended(period: Period) -> dict[int, list[bool]]:
    """Of each person the goals of exactly this period that ended: whether they were on time."""
    rows = Closing.objects.filter(goal__period=period, goal__employee__isnull=False)
    rows = rows.exclude(outcome=Closing.Outcome.DROPPED)
    found: dict[int, list[bool]] = {}
    for owner, outcome, on, due in rows.values_list(
        "goal__employee", "outcome", "on", "goal__due_on"
    ):
        in_time = outcome == Closing.Outcome.DONE and is_on_time(on, due)
        found.setdefault(owner or 0, []).append(in_time)
    return found


def _add(
    unit: UnitEffort, capacity: float, plan: list[Planned], traces: Mapping[int, Trace]
) -> None:
    effort = effort_of(plan, traces)
    unit.capacity += capacity
    unit.people += 1
    unit.planless += not plan
    unit.goals += len(plan)
    add_up(unit.sums, capacity, effort)
    for objective, share in effort.items():
        unit.serving[objective] = unit.serving.get(objective, 0) + 1
        unit.squares[objective] = unit.squares.get(objective, 0.0) + (capacity * share) ** 2


def summed(units: Iterable[UnitEffort]) -> UnitEffort:
    """The effort of several units as one."""
    whole = UnitEffort()
    for one in units:
        whole.capacity += one.capacity
        whole.people += one.people
        whole.planless += one.planless
        whole.goals += one.goals
        whole.loose += one.loose
        whole.ended += one.ended
        whole.on_time += one.on_time
        whole.weight += one.weight
        whole.shaped += one.shaped
        add_up(whole.sums, 1, one.sums)
        add_up(whole.fresh, 1, one.fresh)
        add_up(whole.squares, 1, one.squares)
        for objective, count in one.serving.items():
            whole.serving[objective] = whole.serving.get(objective, 0) + count
    return whole
