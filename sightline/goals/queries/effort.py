"""Where effort goes in a period, unit by unit: read at once, kept until something changes."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.core.cache import cache
from django.db.models import BigIntegerField, Count, F, Max, Q, QuerySet, Subquery, Sum

from sightline.foundation.core.dates import now
from sightline.goals.models import (
    Closing,
    Contribution,
    Goal,
    Period,
    SightAnswer,
    SightShare,
)
from sightline.goals.queries.conflicts import Found, conflicts_in
from sightline.goals.queries.drift import STALE
from sightline.goals.queries.voices import acts_in
from sightline.goals.rules.agreement import Agreement, agreement, together
from sightline.goals.rules.status import is_on_time
from sightline.goals.rules.unity import Mix, add_up
from sightline.goals.rules.voices import Voices, add_voices, voices
from sightline.people.models import Assignment
from sightline.strategy.models import StrategyStep

if TYPE_CHECKING:
    from sightline.goals.rules.trace import Shares  # loads numpy

KEPT_SECONDS = 3600
EXACT_BELOW_SECONDS = 0.5
MOST_TIMES_AS_OLD = 20


@dataclass(slots=True)
class UnitEffort:
    """The effort of those whose post is in one unit, as sums over people by capacity."""

    capacity: float = 0.0
    people: int = 0
    planless: int = 0
    goals: int = 0
    sums: Mix = field(default_factory=dict)
    fresh: Mix = field(default_factory=dict)
    """The same without links to what has changed since they were confirmed."""

    serving: dict[int, int] = field(default_factory=dict)
    """By objective how many people serve it at all."""

    squares: Mix = field(default_factory=dict)
    """By objective the sum over people of their effort for it, squared: see `concentration`."""

    voices: Voices = field(default_factory=dict)
    """What either side did with the goals that everyone may see, by weight; see rules.voices."""

    voiced: int = 0
    """How many people have such goals."""

    ended: int = 0
    """Goals that were done or missed; what was dropped is neither."""

    on_time: int = 0
    loose: list[int] = field(default_factory=list)
    """Goals that lead neither to an objective nor to a responsibility."""

    conflicts: list[Found] = field(default_factory=list)
    """What does not go together; of unit goals that of the unit's own."""

    agreement: Agreement = field(default_factory=Agreement)
    """Of those who said whom their work serves; read on the last day of a period, and after."""


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

    Exact while working it out takes less than half a second. Beyond, what is kept is told, which
    `keep_up` works out anew within seconds of a change; where no worker runs, it is worked out
    here once it is twenty times as old as it took.
    """
    day = day_in(period, today)
    key, stamp = _key(period, day), _stamp(period, day)
    kept: _Kept | None = cache.get(key)
    if kept is not None and _still_holds(kept, stamp):
        return kept.efforts
    return _keep(period, day, stamp)


def keep_up(today: date) -> int:
    """Work out anew what was asked for lately and has changed since; tells how many."""
    found = 0
    for period in Period.objects.all():
        for day in {day_in(period, today + timedelta(days=n)) for n in (-1, 0, 1)}:
            kept: _Kept | None = cache.get(_key(period, day))
            if kept is not None and kept.stamp != (stamp := _stamp(period, day)):
                _keep(period, day, stamp)
                found += 1
    return found


def _key(period: Period, day: date) -> str:
    return f"goals.efforts.3:{period.pk}:{day}"


def _keep(period: Period, day: date, stamp: str) -> Efforts:
    begin = time.perf_counter()
    efforts = _efforts(period, day)
    kept = _Kept(stamp, now(), time.perf_counter() - begin, efforts)
    cache.set(_key(period, day), kept, KEPT_SECONDS)
    return efforts


def day_in(period: Period, today: date) -> date:
    """The day whose organisation a period is read by: today, or the day of it nearest to that."""
    return min(max(today, period.from_on), period.span.last)


def _still_holds(kept: _Kept, stamp: str) -> bool:
    age = (now() - kept.at).total_seconds()
    return kept.stamp == stamp or (
        kept.took > EXACT_BELOW_SECONDS and age < MOST_TIMES_AS_OLD * kept.took
    )


def _stamp(period: Period, day: date) -> str:
    """Another one whenever a goal, a share or the strategy has changed, who holds which post on
    the day for what time, or what people answered where that is read.

    A second change of a post on one day is written over the first: it is found by sums in which
    each person counts differently.
    """
    changed = Subquery(Goal.objects.order_by("-changed_at").values("changed_at")[:1])
    said = answers_read_in(period, day).order_by("-changed_at").values("changed_at")[:1]
    step = Subquery(StrategyStep.objects.order_by("-pk").values("pk")[:1])
    posts = Assignment.objects.on(day).annotate(changed=changed, said=Subquery(said), step=step)
    found = posts.aggregate(
        last=Max("pk"),
        number=Count("pk"),
        at=Max("changed"),
        said_at=Max("said"),
        steps=Max("step"),
        units=Sum(F("employee") * F("position__unit"), output_field=BigIntegerField()),
        time=Sum(F("employee") * F("share_percent"), output_field=BigIntegerField()),
    )
    return ":".join(str(one) for one in found.values())


def answers_read_in(period: Period, day: date) -> QuerySet[SightAnswer]:
    """The answers that are told of, as sums: those of a period that is over, or is as good as."""
    rows = SightAnswer.objects.filter(period=period, skipped_because="")
    return rows if day == period.span.last else rows.none()


def goals_of_period(period: Period) -> Q:
    """Agreed goals of people in periods that meet this one; what was dropped does not count."""
    return (
        Q(employee__isnull=False, agreed_number__isnull=False)
        & Q(period__from_on__lt=period.until_on, period__until_on__gt=period.from_on)
        & ~Q(closing__outcome=Closing.Outcome.DROPPED)
    )


def leading(links: QuerySet[Contribution]) -> QuerySet[Contribution]:
    """Contributions by which effort leads on: nothing leads through a goal that was dropped."""
    return links.exclude(parent__closing__outcome=Closing.Outcome.DROPPED)


def links_of(rows: QuerySet[Contribution]) -> Iterator[tuple[int, float, int, int]]:
    """Contributions to goals and objectives as the trace takes them."""
    told = rows.filter(responsibility=None).values_list(
        "goal", "share_percent", "parent", "objective"
    )
    for goal, share, parent, objective in told.order_by().iterator():
        yield goal, float(share) / 100, parent or 0, objective or 0


def _efforts(period: Period, day: date) -> Efforts:
    from sightline.goals.rules.trace import by_unit, efforts, traced  # loads numpy

    links = leading(Contribution.objects.exclude(goal__stage=Goal.Stage.DRAFT))
    plans, posts = _plans(period), _posts(day)
    traces = traced(links_of(links))
    found = _counted(plans, posts, period, set(traces.reaching()) | _serving_post(links))
    people = efforts(plans, traces)
    for unit, of_unit in _agreements(period, day, people, posts).items():
        found[unit].agreement = of_unit
    for unit, shares in by_unit(posts, people).items():
        one = found[unit]
        one.sums, one.squares, one.serving = shares.sums, shares.squares, shares.serving
        one.fresh = one.sums
    for unit, some in conflicts_in(
        period, {person: unit for person, unit, _share in posts}
    ).items():
        found.setdefault(unit, UnitEffort()).conflicts = some
    stale = links.exclude(goal__stage=Goal.Stage.CLOSED).filter(STALE)
    if stale.exists():
        fresh = traced(links_of(links.exclude(pk__in=stale.values("pk"))))
        for unit, shares in by_unit(posts, efforts(plans, fresh)).items():
            found[unit].fresh = shares.sums
    return found


def _agreements(
    period: Period, day: date, people: Shares, posts: list[tuple[int, int, float]]
) -> dict[int, Agreement]:
    """Of each unit how well those who answered agree with what their goals lead to."""
    shares = SightShare.objects.filter(answer__in=answers_read_in(period, day))
    said: dict[int, Mix] = {
        person: {} for person in answers_read_in(period, day).values_list("employee", flat=True)
    }
    for person, objective, percent in shares.values_list(
        "answer__employee", "objective", "percent"
    ):
        said[person][objective] = percent / 100
    found: dict[int, list[float]] = {}
    for person, unit in {person: unit for person, unit, _share in posts if person in said}.items():
        found.setdefault(unit, []).append(agreement(said[person], people.of(person)))
    return {unit: together(each) for unit, each in found.items()}


def _plans(period: Period) -> list[tuple[int, int, float]]:
    rows = Goal.objects.filter(goals_of_period(period)).order_by("employee", "pk")
    return [
        (employee or 0, goal, float(weight))
        for employee, goal, weight in rows.values_list("employee", "pk", "weight_percent")
    ]


def _posts(day: date) -> list[tuple[int, int, float]]:
    rows = Assignment.objects.on(day).order_by()
    told = rows.values_list("employee", "position__unit", "share_percent")
    return [(employee, unit, share / 100) for employee, unit, share in told]


def _serving_post(links: QuerySet[Contribution]) -> set[int]:
    """The goals that serve what their owner's post is there for."""
    return set(links.filter(responsibility__isnull=False).values_list("goal", flat=True))


def _counted(
    plans: list[tuple[int, int, float]],
    posts: list[tuple[int, int, float]],
    period: Period,
    leading: set[int],
) -> Efforts:
    """Of each unit its people, and what they plan and have done; not yet where it leads."""
    acts, ended = acts_in(Goal.objects.filter(goals_of_period(period))), _ended(period)
    by_person: dict[int, list[tuple[int, float]]] = {}
    for person, goal, weight in plans:
        by_person.setdefault(person, []).append((goal, weight))
    found: Efforts = {}
    for person, unit, capacity in posts:
        one, plan = found.setdefault(unit, UnitEffort()), by_person.get(person, [])
        in_time = ended.get(person, [])
        one.capacity += capacity
        one.people += 1
        one.planless += not plan
        one.goals += len(plan)
        heard = [(weight, acts[goal]) for goal, weight in plan if goal in acts]
        add_voices(one.voices, voices(heard))
        one.voiced += bool(heard)
        one.loose += [goal for goal, _weight in plan if goal not in leading]
        one.ended += len(in_time)
        one.on_time += sum(in_time)
    return found


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


def summed(units: Iterable[UnitEffort]) -> UnitEffort:
    """The effort of several units as one."""
    whole = UnitEffort()
    for one in units:
        whole.capacity += one.capacity
        whole.people += one.people
        whole.planless += one.planless
        whole.goals += one.goals
        whole.loose += one.loose
        whole.conflicts += one.conflicts
        whole.ended += one.ended
        whole.on_time += one.on_time
        whole.agreement += one.agreement
        add_voices(whole.voices, one.voices)
        whole.voiced += one.voiced
        add_up(whole.sums, one.sums)
        add_up(whole.fresh, one.fresh)
        add_up(whole.squares, one.squares)
        for objective, count in one.serving.items():
            whole.serving[objective] = whole.serving.get(objective, 0) + count
    return whole
