"""The milestones of goals: which are done, and since when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sightline.goals.models import Goal, Tick, Wording
from sightline.goals.rules import milestones as rules
from sightline.goals.rules.earned_schedule import Schedule, schedule_on
from sightline.goals.rules.milestones import Milestone, State


def done_days(goals: Iterable[Goal]) -> dict[int, dict[int, date]]:
    """By goal and number the day on which a milestone was done, by the last word about it.

    The caller has asked whether the goals may be read. One query, none without milestones.
    """
    asked = [goal.pk for goal in goals if goal.kind == Wording.Kind.MILESTONES]
    if not asked:
        return {}
    last: dict[int, dict[int, date | None]] = {}
    rows = Tick.objects.filter(check_in__goal__in=asked).order_by("check_in", "number")
    for goal, number, on in rows.values_list("check_in__goal", "number", "done_on"):
        last.setdefault(goal, {})[number] = on
    return {
        goal: {number: on for number, on in days.items() if on is not None}
        for goal, days in last.items()
    }


@dataclass(frozen=True, slots=True)
class MilestoneSeen:
    """A milestone with its part of the goal and where it stands."""

    milestone: Milestone
    share_percent: Decimal
    due_on: date
    done_on: date | None
    state: State


def milestones_of(goal: Goal, done_on: Mapping[int, date], day: date) -> list[MilestoneSeen]:
    """The milestones of a goal as they stand on a day."""
    states = rules.states(goal.milestones, done_on, goal.due_on, day)
    return [
        MilestoneSeen(
            milestone=one,
            share_percent=rules.done_percent(goal.milestones, [one.number]),
            due_on=one.due_on or goal.due_on,
            done_on=done_on.get(one.number),
            state=state,
        )
        for one, state in zip(goal.milestones, states, strict=True)
    ]


def schedule_of(goal: Goal, done_on: Mapping[int, date]) -> Schedule | None:
    """Where on its plan a goal of milestones was on the day of its last word; None without one."""
    if goal.kind != Wording.Kind.MILESTONES or goal.measured_on is None:
        return None
    days = (goal.from_on, goal.due_on, goal.measured_on)
    return schedule_on(goal.milestones, done_on, *days)
