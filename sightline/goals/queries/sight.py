"""The line of sight: effort meant and effort made, for the organisation, a unit, a person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import FilteredRelation, Q

from sightline.goals import policies
from sightline.goals.models import Contribution, Goal, Period
from sightline.goals.queries.ancestry import upwards_from
from sightline.goals.queries.effort import (
    Efforts,
    UnitEffort,
    day_in,
    efforts_in,
    goals_of_period,
    leading,
    links_of,
    summed,
)
from sightline.goals.queries.goals import GoalSeen, goals_seen_by, told
from sightline.goals.rules.agreement import Agreement
from sightline.goals.rules.fewest import FEWEST, told_under
from sightline.goals.rules.unity import Compared, Mix, Unity, compared
from sightline.people.models import Employee, Unit, UnitLine, UnitPlacement
from sightline.people.policies import EVERYBODY
from sightline.people.queries.organisation import units_seen_by
from sightline.people.viewer import Viewer
from sightline.strategy.models import Objective, Strategy
from sightline.strategy.queries.strategies import objectives_seen_by, strategies_on

SERVES_FROM = 0.02
"""A unit with less than two hundredths of its effort for an objective does not serve it."""


WHOLE = 0
"""Stands for all there is where the key of a unit is asked for."""


@dataclass(frozen=True, slots=True)
class ObjectiveSeen:
    """An objective with the effort meant for it and the effort that it gets."""

    objective: Objective
    compared: Compared
    people: int
    units: int = 0
    """How many of the units whose figures the viewer may read serve it."""


@dataclass(frozen=True, slots=True)
class UnitSeen:
    """A unit, with those under it, and where its effort goes. Small ones only as far as allowed."""

    unit: Unit
    effort: UnitEffort
    unity: Unity

    def share_of(self, objective: int) -> float:
        """The share of its effort that goes to an objective."""
        return (
            self.effort.sums.get(objective, 0.0) / self.effort.capacity
            if self.effort.capacity
            else 0.0
        )


@dataclass(frozen=True, slots=True)
class Sight:
    """The line of sight of an organisation, a unit or a person in a period."""

    period: Period
    unity: Unity
    objectives: list[ObjectiveSeen]
    effort: UnitEffort
    units: list[UnitSeen]
    told: frozenset[int] = frozenset()
    """The keys of the units whose figures the viewer may read: of these, and the unit's own."""
    agreement: Agreement | None = None
    """How well people know what their goals serve; None where that would tell of a few."""

    tells_voices: bool = False
    """Whether enough people have goals that everyone may see, to tell who had a hand in them."""

    @property
    def shown(self) -> list[UnitSeen]:
        """Those of the units whose figures are for the viewer: large ones, and those he leads."""
        return [one for one in self.units if one.unit.pk in self.told]

    @property
    def stale_share(self) -> float:
        """The share of aligned effort that rests on links to what has changed since."""
        whole = sum(self.effort.sums.values())
        return 1 - sum(self.effort.fresh.values()) / whole if whole else 0.0


def objectives_for(viewer: Viewer, period: Period) -> list[Objective]:
    """The objectives against which a period is read: of the strategy that held on its last day.

    While the period runs, that of today; of a time before the first strategy, the one that holds.
    """
    day = min(viewer.today, period.span.last)
    rows = objectives_seen_by(viewer)
    held = list(rows.filter(strategy__in=strategies_on(viewer, day)))
    return held or list(rows.filter(strategy__stage=Strategy.Stage.IN_FORCE))


def sight_of_organisation(viewer: Viewer, period: Period) -> Sight:
    """Where the whole organisation's effort goes, and that of its largest parts."""
    efforts, day = efforts_in(period, viewer.today), day_in(period, viewer.today)
    whole, tops = summed(efforts.values()), _top_units(viewer, day)
    parts = _efforts_under(efforts, [unit.pk for unit in tops], day)
    readers = _readers(viewer, parts)
    told = _told_to(readers, dict.fromkeys(parts, WHOLE), parts | {WHOLE: whole})
    tells = readers is None or whole.voiced >= FEWEST
    tops_told = [(unit, parts[unit.pk]) for unit in tops]
    seen = _sight(viewer, period, whole, tops_told, told, tells)
    is_told = is_over(viewer, period) and whole.agreement.answers >= FEWEST
    return replace(seen, agreement=whole.agreement) if is_told else seen


def sight_at_large(viewer: Viewer, period: Period) -> Sight:
    """Where the whole organisation's effort goes, without telling of its parts."""
    return _sight(viewer, period, summed(efforts_in(period, viewer.today).values()))


def sight_of_unit(viewer: Viewer, unit: Unit, period: Period) -> Sight:
    """Where the effort of a unit, with those under it, goes; and of the units right under it."""
    efforts, day = efforts_in(period, viewer.today), day_in(period, viewer.today)
    parents = _parents_down_to(unit, day)
    parts = _efforts_under(efforts, {unit.pk, *parents, *parents.values()}, day)
    readers, all_efforts = _readers(viewer, parents), parts | {WHOLE: summed(efforts.values())}
    told = _told_to(readers, parents, all_efforts)
    tells = unit.pk in _told_to(readers, parents, all_efforts, of_voices=True)
    below = [key for key, parent in parents.items() if parent == unit.pk]
    children = units_seen_by(viewer, day).filter(pk__in=below)
    under = [(one, parts[one.pk]) for one in children]
    seen = _sight(viewer, period, parts[unit.pk], under, told, tells)
    counted = {key: one.agreement.answers for key, one in parts.items()}
    counted[WHOLE] = summed(efforts.values()).agreement.answers
    is_told = is_over(viewer, period) and unit.pk in told_under(parents, counted, WHOLE)
    return replace(seen, agreement=parts[unit.pk].agreement) if is_told else seen


def is_over(viewer: Viewer, period: Period) -> bool:
    """Whether a period is over in every time zone, so that no answer in it changes any more."""
    return viewer.today > period.until_on


def _sight(
    viewer: Viewer,
    period: Period,
    whole: UnitEffort,
    parts: Iterable[tuple[Unit, UnitEffort]] = (),
    told: frozenset[int] = frozenset(),
    tells_voices: bool = False,
) -> Sight:
    objectives = objectives_for(viewer, period)
    seen = [
        UnitSeen(unit, effort, _unity(effort, objectives, period))
        for unit, effort in parts
        if effort.people
    ]
    units = sorted(seen, key=lambda one: (-one.effort.people, one.unit.name))
    open_ones = [one for one in units if one.unit.pk in told]
    unity = _unity(whole, objectives, period)
    rows = [
        ObjectiveSeen(
            objective=objective,
            compared=one,
            people=whole.serving.get(objective.pk, 0),
            units=sum(unit.share_of(objective.pk) >= SERVES_FROM for unit in open_ones),
        )
        for objective, one in zip(objectives, unity.objectives, strict=True)
    ]
    return Sight(period, unity, rows, whole, units, told, tells_voices=tells_voices)


def _unity(effort: UnitEffort, objectives: Iterable[Objective], period: Period) -> Unity:
    capacity = effort.capacity
    actual = {key: part / capacity for key, part in effort.sums.items()} if capacity else {}
    intended = {one.pk: float(one.intended_share_percent) for one in objectives}
    return compared(actual, intended, period.standing_percent / 100)


def _top_units(viewer: Viewer, day: date) -> list[Unit]:
    """The units under the one at the top; where several stand at the top, those."""
    rows = units_seen_by(viewer, day)
    placed = UnitPlacement.objects.on(day)
    tops = list(rows.exclude(pk__in=placed.values("unit")))
    if len(tops) != 1:
        return tops
    return list(rows.filter(pk__in=placed.filter(parent=tops[0]).values("unit"))) or tops


def _parents_down_to(unit: Unit, day: date) -> dict[int, int]:
    """The units from the top down to those right under this one, by level all, each's parent."""
    holds = Q(placements__from_on__lte=day, placements__until_on__gt=day)
    rows = Unit.objects.on(day).annotate(placed=FilteredRelation("placements", condition=holds))
    above = UnitLine.objects.on(day).filter(unit=unit).values("above")
    rows = rows.filter(Q(placed__parent__in=above) | Q(placed__parent=None))
    return {key: parent or WHOLE for key, parent in rows.values_list("pk", "placed__parent")}


def _efforts_under(efforts: Efforts, units: Iterable[int], day: date) -> Efforts:
    """The effort of each of these units with all those under it."""
    found: dict[int, list[UnitEffort]] = {key: [] for key in units}
    lines = UnitLine.objects.on(day).filter(above__in=found) if found else UnitLine.objects.none()
    for above, unit in lines.values_list("above", "unit"):
        if unit in efforts:
            found[above].append(efforts[unit])
    return {key: summed(under) for key, under in found.items()}


def _readers(viewer: Viewer, units: Iterable[int]) -> set[int] | None:
    """Those of some units whose figures the viewer may read however small; None for all."""
    open_ones = policies.efforts_open_to(viewer)
    if open_ones is EVERYBODY:
        return None
    rows = Unit.objects.filter(open_ones, pk__in=list(units)).values_list("pk", flat=True)
    return set(rows)


def _told_to(
    known: set[int] | None,
    parents: Mapping[int, int],
    efforts: Efforts,
    *,
    of_voices: bool = False,
) -> frozenset[int]:
    """Those of some units, each with its parent, whose figures the viewer may read.

    The parents reach up to WHOLE, so that a unit is judged with all that stand above it. Of whose
    goals it tells are all people, `of_voices` those with goals that everyone may see.
    """
    if known is None:
        return frozenset(parents)
    people = {key: one.voiced if of_voices else one.people for key, one in efforts.items()}
    return frozenset(told_under(parents, people, WHOLE, known))


@dataclass(frozen=True, slots=True)
class PersonSight:
    """Where one person's effort goes, goal by goal."""

    period: Period
    objectives: list[ObjectiveSeen]
    unity: Unity
    goals: list[tuple[GoalSeen, Mix]]
    effort: Mix
    """The share of all that leads to each objective, of this strategy or of another."""


def sight_of_person(viewer: Viewer, employee: Employee, period: Period) -> PersonSight:
    """Where a person's effort goes. The caller has asked whether it may be read."""
    objectives = objectives_for(viewer, period)
    rows = goals_seen_by(viewer).filter(goals_of_period(period), employee=employee)
    seen = told(rows, viewer.today)
    traces, effort = _effort_of([one.goal for one in seen])
    intended = {one.pk: float(one.intended_share_percent) for one in objectives}
    unity = compared(effort, intended, period.standing_percent / 100)
    found = [
        ObjectiveSeen(objective, one, int(one.actual > 0))
        for objective, one in zip(objectives, unity.objectives, strict=True)
    ]
    goals = [(one, traces[one.goal.pk]) for one in seen]
    return PersonSight(period, found, unity, goals, effort)


def _effort_of(plan: list[Goal]) -> tuple[dict[int, Mix], Mix]:
    """What share of each goal of one plan leads to each objective, and of all together."""
    from sightline.goals.rules.trace import Planned, efforts, traced  # loads numpy

    above = upwards_from([goal.pk for goal in plan])
    traces = traced(links_of(leading(Contribution.objects.filter(goal__in=above))))
    whole = efforts([Planned(0, goal.pk, goal.weight_percent) for goal in plan], traces)
    return {goal.pk: traces.of(goal.pk) for goal in plan}, whole.of(0)


def loose_goals(viewer: Viewer, effort: UnitEffort, limit: int = 12) -> list[GoalSeen]:
    """Goals that lead nowhere, as far as the viewer sees them; the heaviest first."""
    rows = goals_seen_by(viewer).filter(pk__in=effort.loose[:200])
    return told(rows.order_by("-weight_percent", "pk")[:limit], viewer.today)
