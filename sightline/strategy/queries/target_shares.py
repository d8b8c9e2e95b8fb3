"""Targets shared out over units and quarters, with what came of the parts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import OuterRef, QuerySet, Subquery

from sightline.people.models import Unit, UnitPlacement
from sightline.people.queries.organisation import units_seen_by
from sightline.people.viewer import Viewer
from sightline.strategy import policies
from sightline.strategy.models import (
    Measure,
    Objective,
    ShareActual,
    Strategy,
    Target,
    TargetShare,
)
from sightline.strategy.rules.decomposition import Row, Sheet, Way, quarter_ends, sheet


def shares_seen_by(viewer: Viewer) -> QuerySet[TargetShare]:
    """The parts of targets that exist for the viewer; `came_to` is what came of each."""
    visible = Objective.objects.filter(policies.objectives_visible_to(viewer))
    last = ShareActual.objects.filter(share=OuterRef("pk")).order_by("-pk").values("value")
    rows = TargetShare.objects.filter(measure__objective__in=visible)
    rows = rows.select_related("unit", "measure__objective__strategy")
    return rows.annotate(came_to=Subquery(last[:1]))


def share_seen_by(viewer: Viewer, share_id: int) -> TargetShare | None:
    """One part of a target, with its unit, measure and strategy."""
    return shares_seen_by(viewer).filter(pk=share_id).first()


@dataclass(frozen=True, slots=True)
class PartSeen:
    """A part of a target, when it is due, and what came of it."""

    share: TargetShare
    due_on: date
    came_to: Decimal | None
    may_record: bool


@dataclass(frozen=True, slots=True)
class UnitRow:
    """The parts of a unit, and what they come to."""

    unit: Unit
    weight: Decimal
    parts: list[PartSeen]
    comes_to: Decimal | None


@dataclass(frozen=True, slots=True)
class SplitSeen:
    """A target, how it is shared out, and whether the parts make it."""

    target: Target
    quarters: list[date]
    """The days on which the quarters end; none when it is shared out by the year."""

    rows: list[UnitRow]
    sheet: Sheet


def splits_of(viewer: Viewer, measure: Measure) -> list[SplitSeen]:
    """Each target of a measure with its parts, the next one due first, then the later ones."""
    shares: dict[date, list[TargetShare]] = {}
    for share in shares_seen_by(viewer).filter(measure=measure):
        shares.setdefault(share.due_on, []).append(share)
    targets = sorted(measure.targets.all(), key=lambda one: (one.due_on < viewer.today, one.due_on))
    return [_split(viewer, one, measure, shares.get(one.due_on, [])) for one in targets]


def _split(
    viewer: Viewer, target: Target, measure: Measure, shares: list[TargetShare]
) -> SplitSeen:
    by_unit: dict[int, list[TargetShare]] = {}
    for share in shares:
        by_unit.setdefault(share.unit_id, []).append(share)
    written = [Row([one.value for one in row], row[0].weight) for row in by_unit.values()]
    found = sheet(Way(measure.decomposition), written, target.value)
    rows = [
        UnitRow(row[0].unit, row[0].weight, told(viewer, row), comes_to)
        for row, comes_to in zip(by_unit.values(), found.units, strict=True)
    ]
    is_by_quarter = any(share.quarter for share in shares)
    return SplitSeen(target, quarter_ends(target.due_on) if is_by_quarter else [], rows, found)


def told(viewer: Viewer, shares: Iterable[TargetShare]) -> list[PartSeen]:
    """Parts as pages show them."""
    return [
        PartSeen(
            share=one,
            due_on=quarter_ends(one.due_on)[one.quarter - 1] if one.quarter else one.due_on,
            came_to=one.came_to,  # type: ignore[attr-defined]  # annotated in shares_seen_by
            may_record=bool(policies.may_record_share(viewer, one)),
        )
        for one in shares
    ]


def parts_of_unit(viewer: Viewer, unit: Unit, strategy: Strategy) -> list[PartSeen]:
    """What falls to a unit of the targets of a strategy: of each measure the next that is due."""
    rows = shares_seen_by(viewer).filter(unit=unit, measure__objective__strategy=strategy)
    ordered = rows.order_by("measure__objective__code", "measure", "due_on", "quarter")
    nearest: dict[int, date] = {}
    for one in ordered:
        held = nearest.setdefault(one.measure_id, one.due_on)
        if held < viewer.today:
            nearest[one.measure_id] = one.due_on
    return told(viewer, [one for one in ordered if one.due_on == nearest[one.measure_id]])


def shares_by_unit(measure: Measure, due_on: date) -> dict[int, list[TargetShare]]:
    """The parts of a target that the viewer was given, by unit."""
    found: dict[int, list[TargetShare]] = {}
    rows = TargetShare.objects.filter(measure=measure, due_on=due_on).select_related("unit")
    for one in rows:
        found.setdefault(one.unit_id, []).append(one)
    return found


def target_asked_for(measure: Measure, day: str, today: date) -> Target | None:
    """The target due on the day that an address names; without one the next, or else the last."""
    targets = list(measure.targets.all())
    if day:
        return next((one for one in targets if str(one.due_on) == day), None)
    return next((one for one in targets if one.due_on >= today), targets[-1] if targets else None)


@dataclass(frozen=True, slots=True)
class UnitsBelow:
    """The units of today by key, in the order of their names, and under which each stands."""

    units: dict[int, Unit]
    parents: dict[int, int]

    def below(self, unit_id: int) -> list[int]:
        """The units right under one."""
        return [pk for pk in self.units if self.parents.get(pk) == unit_id]


def units_below(viewer: Viewer) -> UnitsBelow:
    """The units over which a target can be shared out, in two queries."""
    units = {one.pk: one for one in units_seen_by(viewer, viewer.today).order_by("name", "pk")}
    placed = UnitPlacement.objects.on(viewer.today).values_list("unit", "parent")
    return UnitsBelow(units, dict(placed))
