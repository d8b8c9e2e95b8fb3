"""Where goals do not go together. Each conflict is told with its reason, none blocks.

docs/rules/conflicts.md says the same in words, with the table that runs as a test.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import combinations


class Conflict(StrEnum):
    """What does not go together, the gravest first."""

    ENDED_ABOVE = "ended_above"
    """The goal runs, and the one above has ended."""
    BEGINS_AFTER = "begins_after"
    """The goal begins when the one above is due already."""
    DUE_LATER = "due_later"
    """The goal is due later than the one above, which needs it before."""
    OPPOSITE = "opposite"
    """Both are measured by the same, and one goes up while the other goes down."""
    TWO_OWNERS = "two_owners"
    """Two units answer for the same measure, and neither goal is a part of the other."""
    PLAN_OFF = "plan_off"
    """The weights of a person's plan do not add up to 100%."""
    PARTS_SHORT = "parts_short"
    """What units take of a target that is to add up stops short of it."""
    PARTS_BEYOND = "parts_beyond"
    """It goes beyond the target by more than a tenth."""
    ALONE = "alone"
    """A person's goal serves no goal of anybody, though the unit has goals of its own."""


@dataclass(frozen=True, slots=True)
class Aim:
    """What is compared of a goal; start and target only of one that is measured by a number."""

    from_on: date
    due_on: date
    measured_by: str = ""
    value_unit: str = ""
    start: Decimal | None = None
    target: Decimal | None = None
    has_ended: bool = False

    @property
    def direction(self) -> int:
        """1 when the number is to grow, -1 when it is to shrink, 0 without a number."""
        if self.start is None or self.target is None:
            return 0
        return (self.target > self.start) - (self.target < self.start)

    @property
    def measure(self) -> tuple[str, str]:
        """By what it is measured, whatever the spacing and the capitals."""
        return " ".join(self.measured_by.casefold().split()), self.value_unit.strip().casefold()


def conflicts_between(goal: Aim, above: Aim) -> list[Conflict]:
    """What does not go together, the gravest first; of two about days only the first."""
    found = []
    if above.has_ended:
        found.append(Conflict.ENDED_ABOVE)
    if goal.from_on > above.due_on:
        found.append(Conflict.BEGINS_AFTER)
    elif goal.due_on > above.due_on:
        found.append(Conflict.DUE_LATER)
    same = goal.measure == above.measure and goal.measure[0]
    if same and goal.direction * above.direction < 0:
        found.append(Conflict.OPPOSITE)
    return found


BEYOND_FROM = Decimal("0.1")
"""Parts may go beyond a target by a tenth of it before that is told: some room is meant."""


def off_target(total: Decimal, target: Decimal, *, grows: bool) -> Conflict | None:
    """Whether parts that are to add up to a target miss it; nothing is told of what fits.

    A number that is to shrink is missed by a sum above the target.
    """
    gap = (total - target) if grows else (target - total)
    if gap < 0:
        return Conflict.PARTS_SHORT
    return Conflict.PARTS_BEYOND if gap > BEYOND_FROM * abs(target) else None


@dataclass(frozen=True, slots=True)
class Accountable:
    """A unit's goal: of which unit, what it measures, and which goals it serves."""

    goal: int
    unit: int
    aim: Aim
    above: frozenset[int] = frozenset()


def answered_for_twice(goals: Iterable[Accountable]) -> list[tuple[int, int]]:
    """Pairs of goals of different units that answer for the same measure in the same days.

    Not where one serves the other, or both serve the same: there one is a part of the whole.
    """
    alike: dict[tuple[str, str], list[Accountable]] = {}
    for one in goals:
        if one.aim.measure[0] and one.aim.direction:
            alike.setdefault(one.aim.measure, []).append(one)
    return [
        (one.goal, other.goal)
        for some in alike.values()
        for one, other in combinations(some, 2)
        if one.unit != other.unit and _overlap(one.aim, other.aim) and not _joined(one, other)
    ]


def _overlap(one: Aim, other: Aim) -> bool:
    return one.from_on <= other.due_on and other.from_on <= one.due_on


def _joined(one: Accountable, other: Accountable) -> bool:
    return other.goal in one.above or one.goal in other.above or bool(one.above & other.above)
