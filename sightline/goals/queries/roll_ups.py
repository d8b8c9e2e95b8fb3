"""What the goals that serve a strategic objective have come to together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import F, QuerySet

from sightline.goals.models import Closing, Goal, Period
from sightline.goals.queries.goals import GoalSeen, goals_seen_by, told
from sightline.goals.rules.roll_up import Part, RollUp, roll_up
from sightline.people.viewer import Viewer
from sightline.strategy.models import Objective

MOST_TOLD = 100
"""How many goals of an objective are told one by one."""


_LINK = "contributions__"


@dataclass(frozen=True, slots=True)
class Rolled:
    """How far the goals that serve an objective directly have come; those below count in them."""

    goals: int
    roll_up: RollUp


def rolled_up(viewer: Viewer, objectives: Iterable[Objective], period: Period) -> dict[int, Rolled]:
    """By objective, its agreed goals of a period as far as the viewer sees them. One query."""
    parts: dict[int, list[Part]] = {one.pk: [] for one in objectives}
    rows = _counting(viewer, period).filter(contributions__objective__in=list(parts)).order_by()
    told_all = rows.values_list(
        f"{_LINK}objective", f"{_LINK}share_percent", "weight_percent", "done_percent"
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
    rows: Any = _counting(viewer, period).filter(contributions__objective=objective)
    rows = rows.annotate(
        share_percent=F(f"{_LINK}share_percent"),
        mass=F(f"{_LINK}share_percent") * F("weight_percent"),
    )
    first = list(rows.order_by("-mass", "pk")[:MOST_TOLD])
    return [
        PartSeen(seen, goal.share_percent)
        for goal, seen in zip(first, told(first, viewer.today), strict=True)
    ]


def _counting(viewer: Viewer, period: Period) -> QuerySet[Goal]:
    goals = goals_seen_by(viewer).filter(
        agreed_number__isnull=False,
        period__from_on__lt=period.until_on,
        period__until_on__gt=period.from_on,
    )
    return goals.exclude(closing__outcome=Closing.Outcome.DROPPED)
