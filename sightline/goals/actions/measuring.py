"""What was said of a goal, as numbers: how much is done, and what the plan wanted on that day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from sightline.goals.models import CheckIn, Goal, Wording
from sightline.goals.rules import status

CENT = Decimal("0.01")

Word = tuple[date, Decimal | None, Decimal]
"""Day, value and confidence of a check-in."""

Point = tuple[date, Decimal | None]
"""A day, and how much of the way was done on it, in percent."""


def words_about(goals: Collection[int]) -> Mapping[int, list[Word]]:
    """What was said of each of these goals, check-in by check-in, the last word at the end."""
    found: dict[int, list[Word]] = defaultdict(list)
    rows = CheckIn.objects.filter(goal__in=goals).order_by("on", "pk")
    for goal, on, value, sure in rows.values_list("goal", "on", "value", "confidence"):
        found[goal].append((on, value, sure))
    return found


def take_word(goal: Goal, said: Sequence[Word]) -> None:
    """Take over the last word about a goal; nothing is known of it when nothing was said."""
    goal.measured_on, goal.value, goal.confidence = said[-1] if said else (None, None, None)
    goal.done_percent = done_percent(goal, goal.value)
    goal.plan_percent = plan_percent(goal)


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
    return cents(status.plan_percent(goal.from_on, goal.due_on, goal.measured_on))


def points_of(goal: Goal, said: Iterable[Word]) -> list[Point]:
    """Day and percent done of what was said."""
    return [(on, done_percent(goal, value)) for on, value, _sure in said]


def known_of(goal: Goal, said: Iterable[Word]) -> list[Point]:
    """The course of a goal as far as it is known: of one made of others only where it stands."""
    if goal.kind != Wording.Kind.CHILDREN:
        return points_of(goal, said)
    return [] if goal.measured_on is None else [(goal.measured_on, goal.done_percent)]


def cents(value: Decimal | None) -> Decimal | None:
    """A figure as it is kept: in hundredths."""
    return None if value is None else value.quantize(CENT)
