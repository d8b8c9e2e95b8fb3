"""Where a goal and the one it serves do not go together. Each is told with its reason, none blocks.

docs/rules/conflicts.md says the same in words, with the table that runs as a test.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Conflict(StrEnum):
    """What does not go together."""

    BEGINS_AFTER = "begins_after"
    """The goal begins when the one above is due already."""
    DUE_LATER = "due_later"
    """The goal is due later than the one above, which needs it before."""
    OPPOSITE = "opposite"
    """Both are measured by the same, and one goes up while the other goes down."""


@dataclass(frozen=True, slots=True)
class Aim:
    """What is compared of a goal; start and target only of one that is measured by a number."""

    from_on: date
    due_on: date
    measured_by: str = ""
    value_unit: str = ""
    start: Decimal | None = None
    target: Decimal | None = None

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
    """What does not go together, the worst first; of two about days only the first."""
    found = []
    if goal.from_on > above.due_on:
        found.append(Conflict.BEGINS_AFTER)
    elif goal.due_on > above.due_on:
        found.append(Conflict.DUE_LATER)
    same = goal.measure == above.measure and goal.measure[0]
    if same and goal.direction * above.direction < 0:
        found.append(Conflict.OPPOSITE)
    return found
