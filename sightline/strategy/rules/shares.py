"""Shares of effort: what a strategy intends, and what a unit takes on."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

WHOLE = Decimal(100)


def intended_fault(shares_percent: Iterable[Decimal]) -> Decimal | None:
    """What intended shares add up to when that is not 100%; None when all is well.

    No shares at all add up to nothing, and that is not 100% either.
    """
    total = sum(shares_percent, Decimal(0))
    return None if total == WHOLE else total


def effort_fault(shares_percent: Iterable[Decimal]) -> Decimal | None:
    """What a unit's commitments add up to when that is more than its whole effort."""
    total = sum(shares_percent, Decimal(0))
    return total if total > WHOLE else None


def effort_left_percent(shares_percent: Iterable[Decimal]) -> Decimal:
    """What a unit keeps for its standing responsibilities, never below nothing."""
    return max(Decimal(0), WHOLE - sum(shares_percent, Decimal(0)))
