"""The arithmetic of conversations: rhythm, silence, what carries over, which stage follows which.

See docs/rules/conversations.md; its tables are run as tests.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from enum import StrEnum

PLANNED, HELD, SKIPPED = "planned", "held", "skipped"
TRANSITIONS: Mapping[str, frozenset[str]] = {
    PLANNED: frozenset({HELD, SKIPPED}),
    HELD: frozenset(),
    SKIPPED: frozenset(),
}
"""Which stages of a meeting may follow which."""


class Rhythm(StrEnum):
    """How a series keeps to its cadence."""

    ON_RHYTHM = "on rhythm"
    DUE = "due"
    QUIET = "quiet"
    PAUSED = "paused"
    ENDED = "ended"


def may_become(stage: str, then: str) -> bool:
    """Whether a meeting in one stage may come to another."""
    return then in TRANSITIONS[stage]


def silence_days(last_on: date | None, begun_on: date, today: date) -> int:
    """Days since the last held meeting, else since the series began; never fewer than 0."""
    return max(0, (today - (last_on or begun_on)).days)


def rhythm(silence: int, cadence_days: int, *, away: bool = False, ended: bool = False) -> Rhythm:
    """How a series stands after so many days of silence.

    On rhythm within one cadence, due within two, quiet beyond. While one of the two is away nobody
    is late; a series that ended, or of somebody who left, measures nothing.
    """
    if ended:
        return Rhythm.ENDED
    if away:
        return Rhythm.PAUSED
    if silence <= cadence_days:
        return Rhythm.ON_RHYTHM
    return Rhythm.DUE if silence <= 2 * cadence_days else Rhythm.QUIET


def kept_percent(stands: Mapping[Rhythm, int], without_talks: int) -> int | None:
    """Of the people with whom one should talk, with how many the rhythm is kept; whole percent.

    Pairs of whom one is away, and series that ended, are left out; those with no talks at all
    count as not kept. None when nobody is left.
    """
    measured = sum(stands.get(one, 0) for one in (Rhythm.ON_RHYTHM, Rhythm.DUE, Rhythm.QUIET))
    measured += without_talks
    return round(100 * stands.get(Rhythm.ON_RHYTHM, 0) / measured) if measured else None


def next_meeting_on(last_on: date | None, cadence_days: int, today: date) -> date:
    """The day to propose for the next talk: a cadence after the last one, never in the past.

    A Saturday or Sunday becomes the Monday after.
    """
    day = max((last_on or today) + timedelta(days=cadence_days if last_on else 0), today)
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


def times_carried(since: date, until: date | None, held_on: Iterable[date]) -> int:
    """How often something was carried over to a next meeting.

    It is raised before a meeting, or at it, and every held meeting that it outlived carries it:
    those after the day it was raised, and before the day it was settled or done.
    """
    return sum(since < day and (until is None or day < until) for day in held_on)


def is_overdue(due_on: date | None, today: date) -> bool:
    """Whether something promised for a day was to be done before today."""
    return due_on is not None and due_on < today


WORTH_A_WORD_DAYS = 42


def is_worth_a_word(last_feedback_on: date | None, today: date) -> bool:
    """Whether one who talks with somebody has given no feedback for six weeks."""
    return last_feedback_on is None or (today - last_feedback_on).days >= WORTH_A_WORD_DAYS


SUBJECT, MANAGER, UNIT, EVERYONE = "subject", "manager", "unit", "everyone"
BEYOND_THE_LINE = frozenset({UNIT, EVERYONE})
"""Readers besides the person, the author and the manager."""


def may_be_read_by(kind: str, readers: str) -> bool:
    """Whether feedback of a kind may have such readers: before others one only praises."""
    return kind == "praise" or readers not in BEYOND_THE_LINE
