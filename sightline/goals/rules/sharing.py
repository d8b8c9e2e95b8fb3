"""Whether what several people take on adds up to the goal that is shared out to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

NOTHING = Decimal(0)


class Split(StrEnum):
    """How a goal's target becomes the targets of several."""

    ADDITIVE = "additive"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Closure:
    """What the targets of several come to, against the goal's own.

    `gap` is how far they stop short of it in the goal's own direction; below nothing when they go
    beyond. Of a target that is the same for each, `total` and `gap` are those of whoever stops
    shortest, and `short` counts those who stop short.
    """

    split: Split
    count: int
    total: Decimal
    target: Decimal
    gap: Decimal
    short: int = 0

    @property
    def is_closed(self) -> bool:
        """Whether nothing of the goal is left over."""
        return self.gap <= 0

    @property
    def beyond(self) -> Decimal:
        """How far they go beyond the goal's own target; nothing when they do not."""
        return max(-self.gap, NOTHING)


def closure(split: Split, start: Decimal, target: Decimal, parts: Sequence[Decimal]) -> Closure:
    """Compare the targets of several with the goal's own, which leads from `start` to `target`."""
    way = 1 if target > start else -1
    if split == Split.ADDITIVE:
        total = sum(parts, NOTHING)
        return Closure(split, len(parts), total, target, (target - total) * way)
    gaps = [(target - part) * way for part in parts]
    worst = max(gaps, default=NOTHING)
    short = sum(1 for gap in gaps if gap > 0)
    return Closure(split, len(parts), target - worst * way, target, worst, short)


def split_suggested(value_unit: str) -> Split:
    """What is counted is added up; what is a rate is the same for each."""
    rates = ("%", "/", "‰")
    return Split.SAME if any(sign in value_unit for sign in rates) else Split.ADDITIVE
