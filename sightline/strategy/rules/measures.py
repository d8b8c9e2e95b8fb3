"""How far a measure has come, how far the plan wants it, and what follows for its objective.

docs/rules/measures.md says the same in words, with the tables that run as tests.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

WHOLE, NOTHING = Decimal(100), Decimal(0)
FRESH_FOR = timedelta(days=184)
"""Two quarters. A value older than that says nothing about today."""

AHEAD_BY, LAGS_BY, FALLS_BY = Decimal(10), Decimal(5), Decimal(20)
"""Percentage points of the whole way: more than 10 beyond the plan, up to 5 and up to 20 short."""


class Status(StrEnum):
    """How a measure, or an objective, stands against its plan."""

    AHEAD = "ahead"
    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    BEHIND = "behind"
    NO_DATA = "no_data"


@dataclass(frozen=True, slots=True)
class Point:
    """A value on a day: a baseline, a target, an actual."""

    on: date
    value: Decimal


@dataclass(frozen=True, slots=True)
class Band:
    """Within which a value is to be kept; both ends belong to it."""

    low: Decimal
    high: Decimal

    @property
    def width(self) -> Decimal:
        """From one end to the other."""
        return self.high - self.low

    def outside_by(self, value: Decimal) -> Decimal:
        """How far a value lies outside; nothing when it lies within."""
        return max(self.low - value, value - self.high, NOTHING)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a measure or an objective stands, in percent of the whole way. Without data, nothing.

    `done_percent` may lie below 0 and above 100; pictures hold it inside.
    """

    status: Status
    done_percent: Decimal | None = None
    plan_percent: Decimal | None = None


UNKNOWN = Standing(Status.NO_DATA)


def planned_value(baseline: Point, targets: Sequence[Point], day: date) -> Decimal:
    """The value of the plan on a day: straight lines from the baseline from target to target.

    Before the baseline it is the baseline's value, after the last target that target's.
    """
    before = baseline
    for after in sorted(targets, key=lambda target: target.on):
        if day <= after.on:
            return _between(before, after, day)
        before = after
    return before.value


def _between(before: Point, after: Point, day: date) -> Decimal:
    if day <= before.on:
        return before.value
    part = Decimal((day - before.on).days) / Decimal((after.on - before.on).days)
    return before.value + (after.value - before.value) * part


def way_percent(baseline: Decimal, goal: Decimal, value: Decimal) -> Decimal:
    """How much of the way from the baseline to the goal a value is. The two must differ."""
    return (value - baseline) / (goal - baseline) * WHOLE


def band_percent(band: Band, value: Decimal) -> Decimal:
    """100 within the band; outside it falls, to nothing at a whole width of the band away."""
    return max(NOTHING, WHOLE - band.outside_by(value) / band.width * WHOLE)


def latest(actuals: Iterable[Point], day: date) -> Point | None:
    """The last value up to a day. Of two values of one day the later one corrects the earlier."""
    known = [actual for actual in actuals if actual.on <= day]
    return max(reversed(known), key=lambda actual: actual.on) if known else None


def is_fresh(actual: Point, day: date) -> bool:
    """Whether a value still says something about a day."""
    return day - actual.on <= FRESH_FOR


def standing_on_the_way(
    baseline: Point, targets: Sequence[Point], actuals: Iterable[Point], day: date
) -> Standing:
    """Where a measure that is to rise or fall stands on a day.

    The last value is held against the plan of its own day: nobody falls behind by not having
    measured since yesterday. A value that is no longer fresh is no data.
    """
    actual = latest(actuals, day)
    if not targets or actual is None or not is_fresh(actual, day):
        return UNKNOWN
    goal = max(targets, key=lambda target: target.on).value
    if goal == baseline.value:
        return UNKNOWN
    done = way_percent(baseline.value, goal, actual.value)
    planned = planned_value(baseline, targets, actual.on)
    plan = way_percent(baseline.value, goal, planned)
    return Standing(status_of(done, plan), done, plan)


def standing_in_the_band(band: Band, actuals: Iterable[Point], day: date) -> Standing:
    """Where a measure that is to be kept within a band stands on a day.

    Within, it is on track and cannot be ahead; outside, it is never on track.
    """
    actual = latest(actuals, day)
    if actual is None or not is_fresh(actual, day):
        return UNKNOWN
    done = band_percent(band, actual.value)
    if not band.outside_by(actual.value):
        return Standing(Status.ON_TRACK, done, WHOLE)
    status = Status.AT_RISK if done >= WHOLE - FALLS_BY else Status.BEHIND
    return Standing(status, done, WHOLE)


def status_of(done_percent: Decimal, plan_percent: Decimal) -> Status:
    """The word for what is done against what is planned."""
    beyond = done_percent - plan_percent
    if beyond > AHEAD_BY:
        return Status.AHEAD
    if beyond >= -LAGS_BY:
        return Status.ON_TRACK
    return Status.AT_RISK if beyond >= -FALLS_BY else Status.BEHIND


@dataclass(frozen=True, slots=True)
class Score:
    """Where an objective stands: the mean over those of its measures that are known."""

    standing: Standing
    measured: int
    measures: int

    @property
    def coverage_percent(self) -> Decimal:
        """How many of the measures have data, in percent; nothing when there are none."""
        return Decimal(self.measured) / self.measures * WHOLE if self.measures else NOTHING


def score(standings: Sequence[Standing]) -> Score:
    """The score of an objective from its measures, each held between 0 and 100 first.

    So no measure that ran far beyond its target hides another. What is not measured is not 0: it
    is left out, and the coverage says so.
    """
    known = [one for one in standings if one.done_percent is not None]
    if not known:
        return Score(UNKNOWN, 0, len(standings))
    done = _mean([_held(one.done_percent) for one in known])
    plan = _mean([_held(one.plan_percent) for one in known])
    return Score(Standing(status_of(done, plan), done, plan), len(known), len(standings))


def _held(percent: Decimal | None) -> Decimal:
    return min(WHOLE, max(NOTHING, percent or NOTHING))


def _mean(values: Sequence[Decimal]) -> Decimal:
    return sum(values, NOTHING) / len(values)
