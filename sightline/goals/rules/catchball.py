"""By when a goal is to be agreed on, and from when on the two sides may ask somebody to mediate.

docs/rules/catchball.md says the same in words, with the tables that run as tests.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise

USUAL_DAYS = 14
"""So many days after its first day the goals of a period are to be agreed, unless HR says else."""

LEAST_TIME = timedelta(days=7)
"""Whoever is asked late has so long all the same."""

SOON = timedelta(days=3)


def agree_by(period_day: date | None, put_forward_on: date) -> date | None:
    """By when a proposal is to be agreed on: by the day of its period, but at least for a week."""
    return period_day and max(period_day, put_forward_on + LEAST_TIME)


PASSED_BACK_FROM = 4
"""So often a proposal goes back and forth before the two sides may ask somebody to mediate."""

OVER_SINCE = timedelta(days=7)
"""So long after the day by which it was to be agreed they may, too."""


class Timing(StrEnum):
    """How near the day is by which something is to be agreed."""

    FREE = "free"
    AHEAD = "ahead"
    SOON = "soon"
    PASSED = "passed"


def timing(by_on: date | None, today: date) -> Timing:
    """How near the day is: soon from three days before, passed when it is over."""
    if by_on is None:
        return Timing.FREE
    if today > by_on:
        return Timing.PASSED
    return Timing.SOON if today >= by_on - SOON else Timing.AHEAD


def times_passed_back(sides: Sequence[str]) -> int:
    """How often one side answered the other with a change; `sides` of the revisions, in order."""
    return sum(before != after for before, after in pairwise(sides))


def is_stuck(passed_back: int, by_on: date | None, today: date) -> bool:
    """Whether the two may ask a mediator: passed back four times, or a week over the day."""
    is_over = by_on is not None and today >= by_on + OVER_SINCE
    return passed_back >= PASSED_BACK_FROM or is_over
