"""Goals of the last period, to begin those of the next from."""

from __future__ import annotations

from dataclasses import dataclass

from sightline.goals import policies
from sightline.goals.models import Closing, Goal, Period
from sightline.goals.queries.goals import GoalSeen, seen_among, told
from sightline.people.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Copyable:
    """An earlier goal, and whether it stands in the new period already."""

    seen: GoalSeen
    is_there: bool


def copyable(viewer: Viewer, into: Period) -> list[Copyable]:
    """The viewer's own goals, and those of units he leads, of the last period before another.

    What was never agreed is not there, nor what was dropped.
    """
    own = Goal.objects.filter(policies.owned_by(viewer), agreed_number__isnull=False)
    own = own.exclude(closing__outcome=Closing.Outcome.DROPPED)
    earlier = own.filter(period__from_on__lt=into.from_on)
    latest = earlier.order_by("-period__from_on", "-period__until_on", "-period__pk")
    last = latest.values("period")[:1]
    rows = own.filter(period=last).order_by("unit", "-weight_percent", "pk")
    goals = seen_among(viewer, rows)
    there = Goal.objects.filter(policies.goals_visible_to(viewer), period=into)
    copies = there.filter(carried_from__in=[goal.pk for goal in goals])
    carried = set(copies.values_list("carried_from", flat=True))
    return [Copyable(one, one.goal.pk in carried) for one in told(goals, viewer.today)]
