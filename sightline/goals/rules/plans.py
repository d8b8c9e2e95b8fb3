"""Weights within a plan, and shares of what a goal serves."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

WHOLE = Decimal(100)
MANY = 7
"""From three goals to five is what people hold in their heads; beyond seven nobody does."""


def weight_missing_percent(weights_percent: Iterable[int]) -> int:
    """What the weights of a plan lack to 100%; below nothing when they are beyond."""
    return 100 - sum(weights_percent)


def shares_fault(shares_percent: Iterable[Decimal]) -> Decimal | None:
    """What the shares of one goal add up to when that is more than the goal; None if not."""
    total = sum(shares_percent, Decimal(0))
    return total if total > WHOLE else None


def local_percent(shares_percent: Iterable[Decimal]) -> Decimal:
    """The share of a goal that serves nothing above it."""
    return max(Decimal(0), WHOLE - sum(shares_percent, Decimal(0)))
