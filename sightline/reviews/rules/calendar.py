"""The days of a cycle: which parts it has, in which order they may lie."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import pairwise

ORDER = ("nominate", "self", "peers", "manager", "calibrate", "share", "acknowledge")
"""Each begins no earlier than the one before, and ends no earlier."""

Days = Mapping[str, tuple[date, date]]


def out_of_order(days: Days) -> list[str]:
    """The parts that begin or end before the one that comes before them; empty when all is well."""
    present = [kind for kind in ORDER if kind in days]
    return [
        later
        for earlier, later in pairwise(present)
        if days[later][0] < days[earlier][0] or days[later][1] < days[earlier][1]
    ]


def turned_round(days: Days) -> list[str]:
    """The parts that end before they begin. Days are half-open."""
    return [kind for kind, (begins, ends) in days.items() if ends <= begins]


def day_of(from_on: date, until_on: date, on: date) -> tuple[int, int]:
    """Which day of how many a day is; 0 before the first, the last after the end."""
    length = (until_on - from_on).days
    return min(max((on - from_on).days + 1, 0), length), length
