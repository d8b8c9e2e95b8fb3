"""The proportions of a former year, by which a target is shared out anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from sightline.people.viewer import Viewer
from sightline.strategy.models import Measure, TargetShare
from sightline.strategy.queries.target_shares import shares_seen_by
from sightline.strategy.rules.proportions import (
    NOTHING,
    Fault,
    decimals_for,
    fitted,
    shared_out,
    totals,
)

QUARTERS = 4


class Source(StrEnum):
    """What the proportions are taken from."""

    ACTUALS = "actuals"
    TARGETS = "targets"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Seed:
    """Proportions of units and quarters, what they were taken from, and for whom a mean stands."""

    rows: list[list[Decimal]]
    source: Source
    due_on: date | None = None
    averaged: int = 0
    """How many units had no part then and got the mean of those that had."""


def seed_for(
    viewer: Viewer, measure: Measure, due_on: date, units: Sequence[int], columns: int
) -> Seed:
    """The proportions of the last time, for these units, in four columns or in one.

    What came of the parts, when that is known for all of them; else what they were to be. Without
    any, or where a part was below 0, all are equal.
    """
    former = _former_shares(viewer, measure, due_on)
    known: dict[int, list[TargetShare]] = {}
    for share in former:
        if share.unit_id in units:
            known.setdefault(share.unit_id, []).append(share)
    taken = [share for row in known.values() for share in row]
    came_to = {share.pk: share.came_to for share in taken}  # type: ignore[attr-defined]
    has_actuals = bool(taken) and all(value is not None for value in came_to.values())
    values = came_to if has_actuals else {share.pk: share.value for share in taken}
    if not any(values.values()) or any(value < 0 for value in values.values()):
        return Seed([[Decimal(1)] * columns for _unit in units], Source.NOTHING)
    rows = {
        unit: _in_columns([(one.quarter, values[one.pk]) for one in row], columns)
        for unit, row in known.items()
    }
    mean = [sum(column) / len(rows) for column in zip(*rows.values(), strict=True)]
    return Seed(
        rows=[rows.get(unit, mean) for unit in units],
        source=Source.ACTUALS if has_actuals else Source.TARGETS,
        due_on=former[0].due_on,
        averaged=sum(unit not in rows for unit in units),
    )


def _former_shares(viewer: Viewer, measure: Measure, due_on: date) -> list[TargetShare]:
    """The parts that were due last, of this measure, or of its namesake in a former strategy."""
    rows = shares_seen_by(viewer).filter(
        measure__name=measure.name, measure__unit=measure.unit, due_on__lt=due_on
    )
    last = rows.order_by("-due_on", "-measure").first()
    return list(rows.filter(measure=last.measure_id, due_on=last.due_on)) if last else []


def _in_columns(parts: list[tuple[int | None, Decimal]], columns: int) -> list[Decimal]:
    """The parts of a unit in four columns or in one: a year is four equal quarters."""
    total = sum((value for _quarter, value in parts), Decimal(0))
    if columns == 1:
        return [total]
    if len(parts) == 1:
        return [total / QUARTERS] * QUARTERS
    return [value for _quarter, value in sorted(parts)]


@dataclass(frozen=True, slots=True)
class Filling:
    """A table filled in by proportions, and from what; or why it cannot be."""

    seed: Seed
    rows: list[list[Decimal]]
    fault: Fault | None = None
    place: int | None = None


def filled(
    seed: Seed, whole: Decimal, units: Sequence[Decimal | None], quarters: Sequence[Decimal | None]
) -> Filling:
    """The target in the proportions of a seed, on the totals that are given for some of them.

    With one column the units alone are shared out. Each unit adds up exactly; a quarter may be off
    by some steps of the last decimal.
    """
    given = [one for one in [*units, *quarters] if one is not None]
    if whole < 0 or any(one < 0 for one in given):
        return Filling(seed, [], Fault.NEGATIVE)
    decimals = decimals_for(whole, len(seed.rows) * len(seed.rows[0]), given)
    by_unit = [sum(row, NOTHING) for row in seed.rows]
    by_quarter = [sum(column, NOTHING) for column in zip(*seed.rows, strict=True)]
    row_totals = totals(units, by_unit, whole, decimals)
    column_totals = totals(quarters, by_quarter, whole, decimals)
    if row_totals is None or column_totals is None:
        return Filling(seed, [], Fault.TOTALS_DIFFER)
    fit = fitted(seed.rows, row_totals, column_totals)
    if fit.fault:
        return Filling(seed, [], fit.fault, fit.place)
    cells = [[Decimal(str(cell)) for cell in row] for row in fit.cells]
    pairs = zip(row_totals, cells, strict=True)
    return Filling(seed, [_rounded(total, row, decimals) for total, row in pairs])


def _rounded(total: Decimal, row: list[Decimal], decimals: int) -> list[Decimal]:
    """A unit's parts; one without any total has none, rather than equal ones."""
    return shared_out(total, row, decimals) if total else [NOTHING] * len(row)
