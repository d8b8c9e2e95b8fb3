"""What a goal has come to by the goals that serve it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

WHOLE, NOTHING = Decimal(100), Decimal(0)
APART_BY = Decimal(20)
"""More points than this between own measure and roll-up, and one of the two does not tell all."""


@dataclass(frozen=True, slots=True)
class Part:
    """One goal below: how much of it serves, its weight with its owner, how far it has come."""

    share_percent: Decimal
    weight_percent: int
    done_percent: Decimal | None

    @property
    def mass(self) -> Decimal:
        """How much it counts: share × weight."""
        return self.share_percent * self.weight_percent


@dataclass(frozen=True, slots=True)
class RollUp:
    """The mean of the parts that are measured, and how much of all they are."""

    done_percent: Decimal | None
    coverage_percent: Decimal | None


def roll_up(parts: Iterable[Part]) -> RollUp:
    """Σ mass × done / Σ mass over the parts that are measured, each held between 0 and 100.

    What has not been measured is not 0: it is left out, and the coverage says so.
    """
    parts = list(parts)
    known = [part for part in parts if part.done_percent is not None]
    return rolled_from(
        sum((part.mass for part in parts), NOTHING),
        sum((part.mass for part in known), NOTHING),
        sum((part.mass * _held(part.done_percent) for part in known), NOTHING),
    )


def rolled_from(whole: Decimal, known: Decimal, reached: Decimal) -> RollUp:
    """The roll-up from sums: mass of all parts, of the measured ones, and mass × done of those."""
    if not whole:
        return RollUp(None, None)
    if not known:
        return RollUp(None, NOTHING)
    return RollUp(reached / known, WHOLE * known / whole)


def activity_without_outcome(own_percent: Decimal | None, rolled_percent: Decimal | None) -> bool:
    """Whether own measure and roll-up are more than 20 points apart."""
    if own_percent is None or rolled_percent is None:
        return False
    return abs(_held(own_percent) - rolled_percent) > APART_BY


def _held(percent: Decimal | None) -> Decimal:
    return min(WHOLE, max(NOTHING, percent or NOTHING))
