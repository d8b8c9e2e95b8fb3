"""How a goal stands: computed from value, plan and days, never typed.

docs/rules/goals.md says the same in words, with the tables that run as tests.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from sightline.strategy.rules import measures

WHOLE, NOTHING = Decimal(100), Decimal(0)
FARTHEST = Decimal(9999)
"""Beyond this many percent of the way nothing is told apart any more."""

LIKELY, DOUBTFUL = Decimal("0.70"), Decimal("0.40")
"""At least so likely to be done in time to be on track, or at risk. The chance is the forecast's;
of a goal that is done or is not, its owner's confidence."""

GRACE = timedelta(days=14)
"""Goals are closed some days after they are due; up to that many the work was still on time."""


class Status(StrEnum):
    """How a goal stands."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    AHEAD = "ahead"
    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    BEHIND = "behind"
    NO_DATA = "no_data"
    DONE = "done"
    MISSED = "missed"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Standing:
    """What a status was computed from, and the status; percent of the whole way."""

    status: Status
    done_percent: Decimal | None = None
    plan_percent: Decimal | None = None
    measured_on: date | None = None
    is_fresh: bool = False
    chance_percent: Decimal | None = None


def way_percent(start: Decimal, target: Decimal, value: Decimal) -> Decimal:
    """How much of the way from start to target a value is; the two must differ."""
    return held(measures.way_percent(start, target, value), FARTHEST)


def held(percent: Decimal, most: Decimal = WHOLE) -> Decimal:
    """A percentage kept between the opposite of a bound (0 for the whole) and the bound."""
    least = NOTHING if most == WHOLE else -most
    return min(most, max(least, percent))


def plan_percent(from_on: date, due_on: date, day: date) -> Decimal:
    """How much of the way the plan wants to be done on a day: a straight line from start to due."""
    if day <= from_on:
        return NOTHING
    if day >= due_on:
        return WHOLE
    return WHOLE * (day - from_on).days / (due_on - from_on).days


def is_fresh(measured_on: date | None, day: date, fresh_for: timedelta) -> bool:
    """Whether what was measured last still says something about a day."""
    return measured_on is not None and day - measured_on <= fresh_for


def status_by_chance(chance: Decimal, done: Decimal, plan: Decimal) -> Status:
    """The word for a chance (0 to 1) to be done in time; ahead when it is far beyond the plan."""
    if chance >= LIKELY:
        is_ahead = measures.status_of(done, plan) == measures.Status.AHEAD
        return Status.AHEAD if is_ahead else Status.ON_TRACK
    return Status.AT_RISK if chance >= DOUBTFUL else Status.BEHIND


def status_by_confidence(done: Decimal, confidence: Decimal | None) -> Status:
    """The word for a goal that is done or is not: by how sure its owner is to get there."""
    if done >= WHOLE:
        return Status.AHEAD
    sure = confidence if confidence is not None else NOTHING
    if sure >= LIKELY:
        return Status.ON_TRACK
    return Status.AT_RISK if sure >= DOUBTFUL else Status.BEHIND


def status_by_days(done: Decimal, agreed: Decimal, chance: Decimal | None) -> Status:
    """The word for what is kept within a band, by the share of its days and of those agreed.

    A chance of 100 cannot be missed any more, one of 0 cannot be reached.
    """
    if done >= agreed:
        return Status.AHEAD if chance == WHOLE else Status.ON_TRACK
    return Status.BEHIND if chance == NOTHING else Status.AT_RISK


@dataclass(frozen=True, slots=True)
class Course:
    """What is known of a goal that runs; its chance is that of the day it was measured on.

    What is done or is not has no chance but the confidence of its owner.
    """

    from_on: date
    due_on: date
    done_percent: Decimal | None
    confidence: Decimal | None
    measured_on: date | None
    chance_percent: Decimal | None = None
    wanted_percent: Decimal | None = None
    """What the plan wanted on that day, where it is no straight line."""

    agreed_percent: Decimal | None = None
    """Of a number to be kept within a band: on how many of a hundred days; what is done is on how
    many it was."""


def standing(course: Course, day: date, fresh_for: timedelta) -> Standing:
    """Where a goal that runs stands on a day.

    The chance is that of the day of the last word. What is too old is no data. A goal that is due
    and not done is behind, whatever was said before; of its chance nothing is told any more.
    """
    done, measured_on, chance = course.done_percent, course.measured_on, course.chance_percent
    last_word = min(day, course.due_on)
    if done is None or measured_on is None or not is_fresh(measured_on, last_word, fresh_for):
        return Standing(Status.NO_DATA, done, None, measured_on)
    plan = _plan(course, measured_on)
    if day >= course.due_on and done < (course.agreed_percent or WHOLE):
        status, chance = Status.BEHIND, None
    elif course.agreed_percent is not None:
        status = status_by_days(done, course.agreed_percent, chance)
    elif chance is None:
        status = status_by_confidence(done, course.confidence)
    else:
        status = status_by_chance(chance / WHOLE, done, plan)
    return Standing(status, done, plan, measured_on, is_fresh=True, chance_percent=chance)


def _plan(course: Course, day: date) -> Decimal:
    if course.agreed_percent is not None:
        return course.agreed_percent
    if course.wanted_percent is not None:
        return course.wanted_percent
    return plan_percent(course.from_on, course.due_on, day)


def is_on_time(closed_on: date, due_on: date) -> bool:
    """Whether what was closed as done was done in time."""
    return closed_on <= due_on + GRACE
