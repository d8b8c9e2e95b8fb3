"""The plan of a person or a unit: the goals of a period with their weights."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sightline.goals.models import Closing, Goal, Period
from sightline.goals.queries.goals import GoalSeen, seen_among, told
from sightline.goals.rules.plans import MANY, weight_missing_percent
from sightline.people.models import Employee, Unit
from sightline.people.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Plan:
    """The goals of an owner in a period; drafts and what was dropped do not count."""

    period: Period
    goals: list[GoalSeen]

    @property
    def counted(self) -> list[GoalSeen]:
        """The goals whose weights make the plan."""
        return [one for one in self.goals if counts(one.goal)]

    @property
    def weight_percent(self) -> int:
        """What the weights add up to."""
        return sum(one.goal.weight_percent for one in self.counted)

    @property
    def missing_percent(self) -> int:
        """What the weights lack to 100%; below nothing when they are beyond."""
        return weight_missing_percent(one.goal.weight_percent for one in self.counted)

    @property
    def is_complete(self) -> bool:
        """Whether the weights add up to 100%."""
        return self.missing_percent == 0

    @property
    def is_crowded(self) -> bool:
        """Whether it holds more goals than anybody keeps in mind."""
        return len(self.counted) > MANY


def counts(goal: Goal) -> bool:
    """Whether a goal's weight counts in the plan."""
    if goal.is_closed:
        return goal.closing.outcome != Closing.Outcome.DROPPED
    return goal.stage != Goal.Stage.DRAFT


def plans_of(goals: Iterable[GoalSeen]) -> list[Plan]:
    """Goals of one owner, sorted into plans, the latest period first."""
    plans: dict[int, Plan] = {}
    for one in goals:
        plan = plans.setdefault(one.goal.period_id, Plan(one.goal.period, []))
        plan.goals.append(one)
    return sorted(plans.values(), key=lambda plan: plan.period.from_on, reverse=True)


def plan_of(viewer: Viewer, owner: Employee | Unit, period: Period) -> Plan:
    """The plan of an owner in a period, as far as the viewer sees it."""
    whose = {"employee" if isinstance(owner, Employee) else "unit": owner}
    rows = Goal.objects.filter(period=period, **whose).order_by("-weight_percent", "pk")
    return Plan(period, told(seen_among(viewer, rows), viewer.today))
