"""What a strategy still lacks: coverage checks on who serves, measures and owns what.

docs/rules/x-matrix.md says the same in words, with the tables that run as tests.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from sightline.strategy.rules.shares import effort_fault


class Check(StrEnum):
    """What is asked of every objective, measure or unit."""

    TAKEN_ON = "taken_on"
    MEASURED = "measured"
    OWNED = "owned"
    MEASURE_OWNED = "measure_owned"
    UNIT_SERVES = "unit_serves"
    WITHIN_WHOLE = "within_whole"


@dataclass(frozen=True, slots=True)
class ObjectiveFacts:
    """An objective: who answers for it, which measures it has, which units took it on."""

    key: int
    owners: Set[int]
    measures: Set[int]
    units: Set[int]


@dataclass(frozen=True, slots=True)
class Finding:
    """A check, how many it was asked of, and those that fail it, in the order given."""

    check: Check
    asked: int
    failing: tuple[int, ...]

    @property
    def is_met(self) -> bool:
        """Whether none fails."""
        return not self.failing


def of_objectives(objectives: Sequence[ObjectiveFacts]) -> list[Finding]:
    """Every objective has a unit that took it on, a measure, and exactly one owner."""
    return [
        _finding(Check.TAKEN_ON, {one.key: bool(one.units) for one in objectives}),
        _finding(Check.MEASURED, {one.key: bool(one.measures) for one in objectives}),
        _finding(Check.OWNED, {one.key: len(one.owners) == 1 for one in objectives}),
    ]


def of_measures(owners_by_measure: Mapping[int, Set[int]]) -> Finding:
    """Every measure has exactly one owner."""
    met = {measure: len(owners) == 1 for measure, owners in owners_by_measure.items()}
    return _finding(Check.MEASURE_OWNED, met)


def of_units(parents: Mapping[int, int | None], serving: Set[int]) -> Finding:
    """Every unit serves an objective: itself, or with a unit above or below it that does.

    Of units that stand under each other and all fail, the topmost is told.
    """
    served = set[int]()
    for unit in serving & parents.keys():
        served |= set(_upwards(parents, unit))
    served |= {unit for unit in parents if any(up in serving for up in _upwards(parents, unit))}
    return _finding(
        Check.UNIT_SERVES,
        {unit: unit in served or _stands_under_failing(parents, unit, served) for unit in parents},
    )


def of_efforts(shares_by_unit: Mapping[int, Iterable[Decimal]]) -> Finding:
    """No unit promises more than its whole effort, what it keeps for standing work included."""
    met = {unit: effort_fault(shares) is None for unit, shares in shares_by_unit.items()}
    return _finding(Check.WITHIN_WHOLE, met)


def _upwards(parents: Mapping[int, int | None], unit: int) -> list[int]:
    """A unit and all above it; a circle, which nobody should draw, is walked once."""
    found: list[int] = []
    here: int | None = unit
    while here is not None and here in parents and here not in found:
        found.append(here)
        here = parents[here]
    return found


def _stands_under_failing(parents: Mapping[int, int | None], unit: int, served: Set[int]) -> bool:
    above = parents[unit]
    return above is not None and above in parents and above not in served


def _finding(check: Check, met: Mapping[int, bool]) -> Finding:
    return Finding(check, len(met), tuple(key for key, is_met in met.items() if not is_met))
