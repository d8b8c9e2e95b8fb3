"""What a table of goals may name: read once, whatever the number of its rows."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from sightline.goals.models import Goal, Period
from sightline.goals.policies import goals_visible_to
from sightline.goals.queries.periods import periods_seen_by
from sightline.goals.queries.sightlines import objectives_to_serve
from sightline.people.models import Role, RoleGrant
from sightline.people.viewer import Viewer
from sightline.strategy.models import Objective

Owner = tuple[str, int]
"""("person" or "unit", its key)."""


@dataclass(slots=True)
class Known:
    """Periods, goals, objectives and units with a lead, each by the words of a file."""

    periods: dict[str, Period] = field(default_factory=dict)
    there: set[tuple[Owner, int, str]] = field(default_factory=set)
    """Owner, period and title of each goal there is."""

    to_serve: dict[tuple[int, str], list[Goal]] = field(default_factory=dict)
    """By period and title, the goals that others may serve."""

    objectives: dict[str, list[Objective]] = field(default_factory=dict)
    led: set[int] = field(default_factory=set)


def known_to(viewer: Viewer, words: set[str]) -> Known:
    """What is known of the periods that a file names, as far as the viewer sees it."""
    known = Known()
    for period in periods_seen_by(viewer):
        known.periods.setdefault(folded(period.name), period)
    named = [period for name, period in known.periods.items() if name in words]
    goals = Goal.objects.filter(goals_visible_to(viewer), period__in=named)
    goals = goals.exclude(stage=Goal.Stage.DRAFT)
    by_title: dict[tuple[int, str], list[Goal]] = defaultdict(list)
    for goal in goals.order_by("pk"):
        title = folded(goal.title)
        known.there.add((owner_of(goal), goal.period_id, title))
        if not goal.is_closed:
            by_title[goal.period_id, title].append(goal)
    known.to_serve = by_title
    objectives: dict[str, list[Objective]] = defaultdict(list)
    for objective in objectives_to_serve(viewer):
        objectives[folded(objective.title)].append(objective)
    known.objectives = objectives
    leads = RoleGrant.objects.on(viewer.today).filter(role=Role.UNIT_LEAD)
    known.led = {unit for unit in leads.values_list("unit", flat=True) if unit}
    return known


def owner_of(goal: Goal) -> Owner:
    """Whose goal it is, as a key."""
    if goal.employee_id is not None:
        return ("person", goal.employee_id)
    return ("unit", goal.unit_id or 0)


def folded(text: str) -> str:
    """A name without case and odd spaces."""
    return " ".join(text.casefold().split())
