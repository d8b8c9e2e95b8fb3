"""How the parts of a target make the whole, and what is missing when they do not.

docs/rules/decomposition.md says the same in words, with the tables that run as tests.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from math import prod

NOTHING = Decimal(0)
HALF_A_STEP = Decimal("0.00005")
"""Values are kept to four decimals: what lies nearer than half of the last one is the same."""


class Way(StrEnum):
    """How the parts of a target make the whole."""

    ADDITIVE = "additive"
    MEAN = "weighted_mean"
    PRODUCT = "product"
    MINIMUM = "minimum"
    MAXIMUM = "maximum"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a target; its weight counts for the weighted mean only."""

    value: Decimal
    weight: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class Closure:
    """What the parts come to, and what the whole is to be."""

    way: Way
    whole: Decimal
    comes_to: Decimal | None
    """Nothing where the way asks for nothing, or where there are no parts to count."""

    slack: Decimal = NOTHING
    """How far the two may lie apart by nothing but the rounding of the parts."""

    @property
    def gap(self) -> Decimal | None:
        """What the parts come to less the whole, in the unit of the measure; below 0 is missing."""
        return None if self.comes_to is None else self.comes_to - self.whole

    @property
    def closes(self) -> bool:
        """Whether the parts make the whole. Where nothing is asked, they do."""
        if self.way == Way.NONE:
            return True
        return self.gap is not None and abs(self.gap) <= self.slack


def comes_to(way: Way, parts: Sequence[Part]) -> Decimal | None:
    """What parts make together; nothing without parts, or for a mean without any weight."""
    values = [part.value for part in parts]
    if way == Way.NONE or not values:
        return None
    if way == Way.MEAN:
        weight = sum((part.weight for part in parts), NOTHING)
        weighted = sum((part.weight * part.value for part in parts), NOTHING)
        return weighted / weight if weight else None
    if way == Way.PRODUCT:
        return prod(values, start=Decimal(1))
    if way == Way.MINIMUM:
        return min(values)
    return max(values) if way == Way.MAXIMUM else sum(values, NOTHING)


def closure(way: Way, parts: Sequence[Part], whole: Decimal) -> Closure:
    """Whether parts make the whole: exactly, but for what rounding to four decimals explains."""
    made = comes_to(way, parts)
    return Closure(way, whole, made, _slack(way, parts, made))


def _slack(way: Way, parts: Sequence[Part], made: Decimal | None) -> Decimal:
    """A sum, a least and a most are exact; a mean and a product are not."""
    if way == Way.MEAN:
        return HALF_A_STEP
    if way == Way.PRODUCT and made:
        return abs(made) * sum((HALF_A_STEP / abs(part.value) for part in parts), NOTHING)
    return NOTHING


@dataclass(frozen=True, slots=True)
class Row:
    """The parts of a unit: one for the year or one a quarter; None is not written yet."""

    values: Sequence[Decimal | None]
    weight: Decimal = Decimal(1)

    @property
    def parts(self) -> list[Part]:
        """Its parts, when all of them are written."""
        known = [Part(value, self.weight) for value in self.values if value is not None]
        return known if len(known) == len(self.values) else []

    @property
    def is_unfinished(self) -> bool:
        """Whether some of its parts are written, and others not."""
        return not self.parts and any(value is not None for value in self.values)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a table of units and quarters comes to: each unit, each quarter, and all together."""

    units: list[Decimal | None]
    quarters: list[Decimal | None]
    closure: Closure
    unfinished: int
    """How many units are written in part; they are not counted."""


def sheet(way: Way, rows: Sequence[Row], whole: Decimal) -> Sheet:
    """A table added up both ways, or multiplied, or whatever the way asks for."""
    width = max((len(row.values) for row in rows), default=0)
    finished = [row.parts for row in rows if row.parts]
    return Sheet(
        units=[comes_to(way, row.parts) for row in rows],
        quarters=[comes_to(way, [parts[place] for parts in finished]) for place in range(width)],
        closure=closure(way, [part for parts in finished for part in parts], whole),
        unfinished=sum(row.is_unfinished for row in rows),
    )


def quarter_ends(due_on: date) -> list[date]:
    """The days on which the four quarters end of the year that ends on a day."""
    return [_months_before(due_on, months) for months in (9, 6, 3, 0)]


def _months_before(day: date, months: int) -> date:
    """The same day of an earlier month; of a shorter month its last, and the last of the last."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    length = monthrange(year, month + 1)[1]
    is_last = day.day == monthrange(day.year, day.month)[1]
    return date(year, month + 1, length if is_last else min(day.day, length))
