"""What the line of sight gives to talk about: what most effort would have to move for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from sightline.goals.queries.sight import ObjectiveSeen, Sight, UnitSeen
from sightline.goals.rules.unity import CONCENTRATED_FROM, concentration
from sightline.people.models import Unit
from sightline.people.viewer import Viewer
from sightline.strategy.queries.commitments import agreed_percents

ADRIFT_FROM = 0.1
"""A tenth of all effort beyond what is kept for the posts leads nowhere: to be talked about."""

OFF_CHARTER_FROM = 0.15
"""A unit puts more than that of its effort elsewhere than its charter says: to be talked about."""

MOST, ENDS = 5, 2


@dataclass(frozen=True, slots=True)
class Deviation:
    """Something to talk about: the more effort would have to move, the further up it stands."""

    kind: str
    size: float
    """The share of all effort that would have to move."""

    objective: ObjectiveSeen | None = None
    unit: UnitSeen | None = None
    people: float = 0.0
    """How many full-time people's work that is."""

    ends: list[ObjectiveSeen] = field(default_factory=list)
    """The objectives from which it could come, or to which it could go: the widest off first."""

    meant: float = 0.0
    """What the unit's charter says, as a share of the unit's effort."""

    goals: int = 0
    """How many goals lead nowhere."""

    units: list[UnitSeen] = field(default_factory=list)
    """Where most of them are."""


def deviations(
    viewer: Viewer, sight: Sight, unit: Unit | None, most: int = MOST
) -> list[Deviation]:
    """The few that matter most: what is starved or crowded, adrift, or not as was agreed.

    Whether an objective hangs on a few people is told of the whole organisation only: of a unit
    others may serve it too.
    """
    found = [*_misfits(sight), *_adrift(sight), *_off_charter(viewer, sight, unit)]
    if unit is None:
        found += _concentrated(sight)
    return sorted(found, key=lambda one: -one.size)[:most]


def _misfits(sight: Sight) -> Iterator[Deviation]:
    """Objectives that get too little or too much, with where the difference could come from."""
    by_gap = sorted(sight.objectives, key=lambda one: one.compared.gap)
    for one in sight.objectives:
        if one.compared.reading == "served":
            continue
        gap = one.compared.gap
        others = by_gap if gap > 0 else by_gap[::-1]
        ends = [other for other in others[:ENDS] if other.compared.gap * gap < 0]
        people = abs(gap) * sight.effort.capacity
        yield Deviation(one.compared.reading, abs(gap), objective=one, people=people, ends=ends)


def _concentrated(sight: Sight) -> Iterator[Deviation]:
    for one in sight.objectives:
        total = sight.effort.sums.get(one.objective.pk, 0.0)
        held = concentration(sight.effort.squares.get(one.objective.pk, 0.0), total)
        if held > CONCENTRATED_FROM and one.compared.reading != "starved":
            size = one.compared.intended * (held - CONCENTRATED_FROM)
            yield Deviation("concentrated", size, objective=one)


def _adrift(sight: Sight) -> Iterator[Deviation]:
    """Effort that leads to no objective, of all and of the units that have most of it."""
    loose = sorted((one for one in sight.shown if one.effort.loose), key=_loose)[:ENDS]
    if sight.effort.goals and sight.unity.drift > ADRIFT_FROM:
        people = sight.unity.drift * sight.effort.capacity
        goals = len(sight.effort.loose)
        yield Deviation("adrift", sight.unity.drift, people=people, goals=goals, units=loose)
    for unit in sight.shown:
        if unit.effort.goals and unit.unity.drift > 2 * ADRIFT_FROM:
            people = unit.unity.drift * unit.effort.capacity
            size = people / (sight.effort.capacity or 1)
            goals = len(unit.effort.loose)
            yield Deviation("unit_adrift", size, unit=unit, people=people, goals=goals)


def _loose(unit: UnitSeen) -> int:
    return -len(unit.effort.loose)


def _off_charter(viewer: Viewer, sight: Sight, unit: Unit | None) -> Iterator[Deviation]:
    """Units whose effort for an objective is far from what they agreed to."""
    shown = {one.unit.pk: one for one in sight.shown if one.effort.goals}
    if unit is not None and sight.effort.goals:
        shown[unit.pk] = UnitSeen(unit, sight.effort, sight.unity)
    rows = {one.objective.pk: one for one in sight.objectives}
    for (key, objective), percent in agreed_percents(viewer, shown).items():
        one, meant = shown[key], float(percent) / 100
        off = abs(one.share_of(objective) - meant)
        if objective in rows and off > OFF_CHARTER_FROM:
            people = off * one.effort.capacity
            size = people / (sight.effort.capacity or 1)
            yield Deviation(
                "off_charter", size, objective=rows[objective], unit=one, people=people, meant=meant
            )
