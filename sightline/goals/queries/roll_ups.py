"""What the goals that serve a strategic objective have come to together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import F, QuerySet

from sightline.goals.models import Closing, Contribution, Period
from sightline.goals.queries.goals import GoalSeen, goals_seen_by, told
from sightline.goals.rules.roll_up import Part, RollUp, roll_up
from sightline.people.viewer import Viewer
from sightline.strategy.models import Objective

MOST_TOLD = 100
"""How many goals of an objective are told one by one."""


@dataclass(frozen=True, slots=True)
class Rolled:
    """How far the goals that serve an objective directly have come; those below count in them."""

    goals: int
    roll_up: RollUp


def rolled_up(viewer: Viewer, objectives: Iterable[Objective], period: Period) -> dict[int, Rolled]:
    """By objective, its agreed goals of a period as far as the viewer sees them. One query."""
    parts: dict[int, list[Part]] = {one.pk: [] for one in objectives}
    rows = _serving(viewer, period).filter(objective__in=list(parts)).order_by()
    told_all = rows.values_list(
        "objective", "share_percent", "goal__weight_percent", "goal__done_percent"
    )
    for objective, share, weight, done in told_all:
        parts[objective or 0].append(Part(share, weight, done))
    return {key: Rolled(len(each), roll_up(each)) for key, each in parts.items()}


@dataclass(frozen=True, slots=True)
class PartSeen:
    """One goal that serves an objective, with its share."""

    seen: GoalSeen
    share_percent: Decimal


def parts_of(viewer: Viewer, objective: Objective, period: Period) -> list[PartSeen]:
    """The goals of which `rolled_up` is made, those that count most first."""
    links = _serving(viewer, period).filter(objective=objective)
    links = links.annotate(mass=F("share_percent") * F("goal__weight_percent"))
    first = links.order_by("-mass", "goal")[:MOST_TOLD]
    shares = dict(first.values_list("goal", "share_percent"))
    seen = told(goals_seen_by(viewer).filter(pk__in=shares), viewer.today)
    by_goal = {one.goal.pk: one for one in seen}
    return [PartSeen(by_goal[key], share) for key, share in shares.items()]


def _serving(viewer: Viewer, period: Period) -> QuerySet[Contribution]:
    goals = goals_seen_by(viewer).filter(
        agreed_number__isnull=False,
        period__from_on__lt=period.until_on,
        period__until_on__gt=period.from_on,
    )
    goals = goals.exclude(closing__outcome=Closing.Outcome.DROPPED)
    return Contribution.objects.filter(goal__in=goals.order_by().values("pk"))
