"""For a person: whom the goals of a plan serve, and who serves them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from sightline.goals.models import Contribution, Goal
from sightline.goals.queries.goals import GoalSeen, seen_among, told
from sightline.people.models import Responsibility
from sightline.people.viewer import Viewer
from sightline.strategy.models import Objective

MOST = 60
"""So many lines are told each way."""


@dataclass(frozen=True, slots=True)
class Line:
    """That a goal serves something: upwards what it serves, downwards the goal that serves it."""

    goal: Goal
    """The person's own."""

    link: Contribution
    other: GoalSeen | None = None
    objective: Objective | None = None
    responsibility: Responsibility | None = None


@dataclass(frozen=True, slots=True)
class Both:
    """What lies above the goals of a plan, and below them."""

    up: list[Line]
    down: list[Line]
    more: int
    """How many further goals that the viewer sees serve them."""


def both_ways(viewer: Viewer, plan: Iterable[Goal]) -> Both:
    """Whom the goals of a plan serve and who serves them, as far as the viewer sees it.

    What serves them are goals of others that are no drafts; a goal above that is not open to the
    viewer is a line without words.
    """
    own = {one.pk: one for one in plan}
    links = Contribution.objects.filter(Q(goal__in=own) | Q(parent__in=own))
    links = links.select_related("objective__strategy", "responsibility")
    rows = list(links.order_by("-share_percent", "pk"))
    ends = {one.parent_id or 0 for one in rows} | {one.goal_id for one in rows}
    found = seen_among(viewer, Goal.objects.filter(pk__in=ends - own.keys()))
    others = {one.goal.pk: one for one in told(found, viewer.today)}
    others |= {one.goal.pk: one for one in told(own.values(), viewer.today)}
    up = [
        Line(
            own[one.goal_id], one, others.get(one.parent_id or 0), one.objective, one.responsibility
        )
        for one in rows
        if one.goal_id in own
    ]
    down = [
        Line(own[one.parent_id], one, others[one.goal_id])
        for one in rows
        if one.parent_id in own
        and one.goal_id in others
        and one.goal_id not in own
        and others[one.goal_id].goal.stage != Goal.Stage.DRAFT
    ]
    return Both(up[:MOST], down[:MOST], max(0, len(down) - MOST))
