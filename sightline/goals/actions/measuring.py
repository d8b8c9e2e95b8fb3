"""What was said of a goal, as numbers: how much is done, and what the plan wanted on that day."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from sightline.goals.models import CheckIn, Goal, Wording
from sightline.goals.queries.milestones import done_days
from sightline.goals.rules import band, earned_schedule, milestones, status
from sightline.strategy.rules.measures import Band

CENT = Decimal("0.01")

Word = tuple[date, Decimal | None, Decimal]
"""Day, value and confidence of a check-in."""

Point = tuple[date, Decimal | None]
"""A day, and how much of the way was done on it, in percent."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What was said of a goal: its check-ins, and on what days which milestones were done."""

    words: Sequence[Word] = ()
    done_on: Mapping[int, date] = field(default_factory=dict)


def heard_about(goals: Collection[Goal]) -> Mapping[int, Heard]:
    """What was said of each of these goals, check-in by check-in, the last word at the end."""
    found: dict[int, list[Word]] = {goal.pk: [] for goal in goals}
    rows = CheckIn.objects.filter(goal__in=goals).order_by("on", "pk")
    for goal, on, value, sure in rows.values_list("goal", "on", "value", "confidence"):
        found[goal].append((on, value, sure))
    done_on = done_days(goals)
    return {key: Heard(words, done_on.get(key, {})) for key, words in found.items()}


def take_word(goal: Goal, heard: Heard) -> None:
    """Take over the last word about a goal; nothing is known of it when nothing was said."""
    last = heard.words[-1] if heard.words else (None, None, None)
    goal.measured_on, goal.value, goal.confidence = last
    goal.done_percent = _done_now(goal, heard)
    goal.plan_percent = plan_percent(goal)


def _done_now(goal: Goal, heard: Heard) -> Decimal | None:
    said = bool(heard.words)
    if goal.kind == Wording.Kind.MILESTONES:
        return cents(milestones.done_percent(goal.milestones, heard.done_on)) if said else None
    if goal.kind == Wording.Kind.BAND:
        return cents(band.inside_percent(days_told(goal, heard.words)))
    return done_percent(goal, goal.value)


def days_told(goal: Goal, said: Iterable[Word]) -> list[tuple[date, bool]]:
    """On what days it was said whether a number lies within its band."""
    if goal.band_low is None or goal.band_high is None:
        return []
    kept = Band(goal.band_low, goal.band_high)
    return [(on, not kept.outside_by(value)) for on, value, _sure in said if value is not None]


def done_percent(goal: Goal, value: Decimal | None) -> Decimal | None:
    """How much of a goal's way a value is; None without one."""
    if value is None:
        return None
    if goal.kind == Wording.Kind.YES_NO:
        return status.WHOLE if value else status.NOTHING
    if goal.start_value is None or goal.target_value is None:
        return None
    return cents(status.way_percent(goal.start_value, goal.target_value, value))


def plan_percent(goal: Goal) -> Decimal | None:
    """What the plan wanted on the day of the last word."""
    if goal.measured_on is None:
        return None
    if goal.kind == Wording.Kind.BAND:
        return None if goal.inside_percent is None else Decimal(goal.inside_percent)
    if goal.kind == Wording.Kind.MILESTONES:
        days = (goal.from_on, goal.due_on, goal.measured_on)
        return cents(milestones.wanted_percent(goal.milestones, *days))
    return cents(status.plan_percent(goal.from_on, goal.due_on, goal.measured_on))


def points_of(goal: Goal, heard: Heard) -> list[Point]:
    """Day and percent done of what was said: of milestones, the percent of the plan earned; of a
    number in its band, 100 or 0 for inside or outside."""
    if goal.kind == Wording.Kind.BAND:
        told = days_told(goal, heard.words)
        return [(on, status.WHOLE if is_in else status.NOTHING) for on, is_in in told]
    if goal.kind != Wording.Kind.MILESTONES:
        return [(on, done_percent(goal, value)) for on, value, _sure in heard.words]
    if not heard.words:
        return []
    days = (goal.from_on, goal.due_on, heard.words[-1][0])
    earned = earned_schedule.course(goal.milestones, heard.done_on, *days)
    return [(on, Decimal(100 * share)) for on, share in earned]


def known_of(goal: Goal, heard: Heard) -> list[Point]:
    """The course of a goal as far as it is known: of one made of others only where it stands."""
    if goal.kind != Wording.Kind.CHILDREN:
        return points_of(goal, heard)
    return [] if goal.measured_on is None else [(goal.measured_on, goal.done_percent)]


def cents(value: Decimal | None) -> Decimal | None:
    """A figure as it is kept: in hundredths."""
    return None if value is None else value.quantize(CENT)
