"""To whom a goal may be shared out, and what of it is taken already."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, QuerySet, Sum

from sightline.goals.models import Closing, Contribution, Goal, Wording
from sightline.goals.policies import goals_visible_to
from sightline.people.models import Assignment, Employee
from sightline.people.queries.people import employees_seen_by
from sightline.people.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Taker:
    """A report, with the weights of the plan so far and how many goals serve this one already."""

    employee: Employee
    plan_percent: int
    serving: int


def takers(viewer: Viewer, goal: Goal) -> list[Taker]:
    """The viewer's reports of today, by name."""
    posts = Assignment.objects.on(viewer.today).filter(manager=viewer.employee)
    rows = posts.exclude(employee=viewer.employee).select_related("employee")
    people = {row.employee_id: row.employee for row in rows.order_by("employee__sort_key", "pk")}
    plans = _counted(Goal.objects.filter(employee__in=people, period=goal.period_id))
    weights = dict(plans.order_by().values_list("employee").annotate(weight=Sum("weight_percent")))
    links = _counted(Goal.objects.filter(employee__in=people, contributions__parent=goal))
    serving = dict(links.order_by().values_list("employee").annotate(number=Count("pk")))
    return [
        Taker(person, weights.get(key, 0), serving.get(key, 0)) for key, person in people.items()
    ]


def _counted(rows: QuerySet[Goal]) -> QuerySet[Goal]:
    dropped = Closing.Outcome.DROPPED
    return rows.exclude(stage=Goal.Stage.DRAFT).exclude(closing__outcome=dropped)


def targets_taken(viewer: Viewer, goal: Goal) -> list[Decimal]:
    """The targets in the goal's own unit of what serves it already, as far as the viewer sees."""
    seen = Goal.objects.filter(goals_visible_to(viewer), kind=Wording.Kind.NUMBER)
    seen = _counted(seen.filter(value_unit=goal.value_unit))
    links = Contribution.objects.filter(parent=goal, goal__in=seen.order_by().values("pk"))
    found: Iterable[Decimal | None] = links.values_list("goal__target_value", flat=True)
    return [target for target in found if target is not None]


def names_of(viewer: Viewer, people: Iterable[int]) -> dict[int, str]:
    """The names of people who have no row, as far as they exist for the viewer."""
    return {one.pk: one.name for one in employees_seen_by(viewer).filter(pk__in=people)}
