"""Which goals a change of the strategy touches: those of which everybody may know, in figures."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from django.db.models import Count

from sightline.goals.models import Contribution, Goal
from sightline.goals.queries.drift import running_on
from sightline.goals.rules.fewest import told_parts
from sightline.people.models import Assignment, Unit
from sightline.people.queries.organisation import units_seen_by
from sightline.people.viewer import Viewer


@dataclass(frozen=True, slots=True)
class TouchedGoals:
    """How many goals serve some objectives, and where."""

    number: int = 0
    by_objective: dict[int, int] = field(default_factory=dict)
    units: list[tuple[Unit, int]] = field(default_factory=list)
    """Units of five owners and more, with the goals of these."""

    @property
    def elsewhere(self) -> int:
        """Goals of smaller units, of units themselves, and of those without a post."""
        return self.number - sum(number for _unit, number in self.units)


def goals_touched(viewer: Viewer, objectives: Collection[int]) -> TouchedGoals:
    """The running goals that serve these objectives, of those that everybody may see.

    In four reads, however many goals there are.
    """
    links = Contribution.objects.filter(objective__in=objectives)
    goals = Goal.objects.filter(
        running_on(viewer.today),
        visibility=Goal.Visibility.EVERYONE,
        agreed_number__isnull=False,
        pk__in=links.values("goal"),
    )
    serving = links.filter(goal__in=goals.values("pk")).values("objective").order_by()
    by_objective = dict(serving.annotate(number=Count("pk")).values_list("objective", "number"))
    owners = dict(
        goals.filter(employee__isnull=False)
        .values("employee")
        .order_by()
        .annotate(number=Count("pk"))
        .values_list("employee", "number")
    )
    posts = Assignment.objects.on(viewer.today).filter(employee__in=goals.values("employee"))
    unit_of = dict(posts.values_list("employee", "position__unit"))
    people: dict[int, int] = {}
    found: dict[int, int] = {}
    for person, number in owners.items():
        unit = unit_of.get(person)
        if unit is not None:
            people[unit] = people.get(unit, 0) + 1
            found[unit] = found.get(unit, 0) + number
    told = told_parts(people, len(owners))
    units = units_seen_by(viewer, viewer.today).filter(pk__in=told).order_by("name")
    return TouchedGoals(
        number=goals.count(),
        by_objective=by_objective,
        units=[(unit, found[unit.pk]) for unit in units],
    )
