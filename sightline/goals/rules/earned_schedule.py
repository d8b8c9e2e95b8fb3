"""Where on its plan a goal of milestones has got to: the earned schedule (Lipke 2003).

docs/rules/earned-schedule.md says the same in words, with the tables that run as tests.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from sightline.goals.rules.milestones import Milestone, planned_days

Plan = Sequence[tuple[int, int]]
"""(when, how much is to be done by then) in the order of time; it begins with nothing at 0."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """How much of the planned time is earned after some time, all in days."""

    earned: float
    elapsed: int
    planned: int

    @property
    def speed(self) -> float | None:
        """SPI(t) = ES / AT: days of the plan for each day; None on the first day."""
        return self.earned / self.elapsed if self.elapsed else None

    @property
    def foreseen(self) -> float | None:
        """IEAC(t) = PD / SPI(t): after how many days all is done at this speed."""
        return self.planned / self.speed if self.speed else None


def earned_schedule(plan: Plan, earned: int) -> float:
    """ES = C + (EV - PV_C) / (PV_C+1 - PV_C): when the plan wanted as much as is earned."""
    for (sooner, less), (later, more) in pairwise([(0, 0), *plan]):
        if earned < more:
            return sooner + (later - sooner) * (earned - less) / (more - less)
    return plan[-1][0]


def schedule(plan: Plan, earned: int, elapsed: int) -> Schedule:
    """The schedule of milestones, which are earned whole and not bit by bit.

    Until the first open one is due nothing is late: so much time is earned at least. From then on
    each day takes one of those away again.
    """
    found = earned_schedule(plan, earned)
    open_until = next((at for at, wanted in plan if wanted > earned), None)
    if open_until is not None:
        found = max(found, elapsed - 2 * max(0, elapsed - open_until))
    return Schedule(float(found), elapsed, plan[-1][0])


def plan_of(milestones: Sequence[Milestone], from_on: date, due_on: date) -> Plan:
    """What is to be done by when, in days from the start."""
    planned = planned_days(milestones, from_on, due_on)
    return [
        (
            (day - from_on).days,
            sum(one.weight for one in milestones if planned[one.number] <= day),
        )
        for day in sorted(set(planned.values()))
    ]


def schedule_on(
    milestones: Sequence[Milestone],
    done_on: Mapping[int, date],
    from_on: date,
    due_on: date,
    day: date,
) -> Schedule:
    """The schedule of a goal on a day, from what was done up to then."""
    done = {number for number, on in done_on.items() if on <= day}
    earned = sum(one.weight for one in milestones if one.number in done)
    plan = plan_of(milestones, from_on, due_on)
    return schedule(plan, earned, max(0, (day - from_on).days))


def course(
    milestones: Sequence[Milestone],
    done_on: Mapping[int, date],
    from_on: date,
    due_on: date,
    day: date,
) -> list[tuple[date, float]]:
    """The share of the plan earned (0 to 1) on each day on which something was done, up to a day.

    And on that day when something is late. Otherwise it says nothing new: what is begun and not
    due is not known.
    """
    numbers = {one.number for one in milestones}
    days = {on for number, on in done_on.items() if number in numbers and on <= day}
    told = {on: schedule_on(milestones, done_on, from_on, due_on, on) for on in {*days, day}}
    if day not in days and told[day].earned >= told[day].elapsed:
        del told[day]
    return sorted((on, one.earned / one.planned) for on, one in told.items())
