"""A number that is to be kept within a band: on how many days it lay inside."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise

WHOLE, NOTHING = Decimal(100), Decimal(0)

Told = Sequence[tuple[date, bool]]
"""In the order of days: from when on it lay inside, or outside."""


def days_inside(told: Told) -> tuple[int, int]:
    """How many days lay inside, and how many are known.

    A value holds from its day until the next is told; the last for its own day. Of several on one
    day the last counts.
    """
    last = dict(told)
    spans = [((later - sooner).days, last[sooner]) for sooner, later in pairwise(last)]
    spans += [(1, last[day]) for day in list(last)[-1:]]
    return sum(days for days, is_inside in spans if is_inside), sum(days for days, _in in spans)


def inside_percent(told: Told) -> Decimal | None:
    """The share of the known days that lay inside; None where none is known."""
    inside, known = days_inside(told)
    return WHOLE * inside / known if known else None


def outlook(told: Told, due_on: date, agreed_percent: int) -> Decimal | None:
    """100 when the agreed share can no longer be missed, 0 when it cannot be reached, else None."""
    inside, known = days_inside(told)
    left = max(0, (due_on - told[-1][0]).days)
    wanted = Decimal(agreed_percent) * (known + left)
    if WHOLE * inside >= wanted:
        return WHOLE
    return NOTHING if WHOLE * (inside + left) < wanted else None
