"""What the goals that serve a strategic objective have come to together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, DecimalField, F, Q, QuerySet, Sum, Value
from django.db.models.functions import Greatest, Least

from sightline.goals.models import Closing, Goal, Period
from sightline.goals.queries.goals import GoalSeen, goals_seen_by, told
from sightline.goals.rules.roll_up import NOTHING, WHOLE, RollUp, rolled_from
from sightline.people.viewer import Viewer
from sightline.strategy.models import Objective

MOST_TOLD = 40
"""How many goals of an objective are told one by one."""


_LINK = "contributions__"
_MASS = DecimalField(max_digits=30, decimal_places=4)


@dataclass(frozen=True, slots=True)
class Rolled:
    """How far the goals that serve an objective directly have come; those below count in them."""

    goals: int
    roll_up: RollUp


def rolled_up(viewer: Viewer, objectives: Iterable[Objective], period: Period) -> dict[int, Rolled]:
    """By objective, its agreed goals of a period as far as the viewer sees them.

    Added up by the database, as `rules.roll_up` does it for the goals below one goal. One query.
    """
    keys = [one.pk for one in objectives]
    told = rolled_of(_counting(viewer, period), keys, Q(pk__isnull=False))
    return {key: told.get(key, Rolled(0, RollUp(None, None))) for key in keys}


def rolled_of(rows: QuerySet[Goal], objectives: Iterable[int], counting: Q) -> dict[int, Rolled]:
    """By objective how many of some goals serve it, and what those that count have come to."""
    found: dict[int, Rolled] = {}
    rows = rows.filter(contributions__objective__in=list(objectives)).order_by()
    mass = F(f"{_LINK}share_percent") * F("weight_percent")
    known = Q(done_percent__isnull=False)
    held = Least(Greatest("done_percent", Value(NOTHING)), Value(WHOLE))
    summed = rows.values_list(f"{_LINK}objective").annotate(
        goals=Count("pk"),
        of_all=Sum(mass, filter=counting, output_field=_MASS),
        of_known=Sum(mass, filter=counting & known, output_field=_MASS),
        reached=Sum(mass * held, filter=counting, output_field=_MASS),
    )
    for objective, goals, of_all, of_known, reached in summed:
        roll_up = rolled_from(of_all or NOTHING, of_known or NOTHING, reached or NOTHING)
        found[objective or 0] = Rolled(goals, roll_up)
    return found


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


COUNTS = Q(agreed_number__isnull=False) & (
    Q(closing__isnull=True) | ~Q(closing__outcome=Closing.Outcome.DROPPED)
)
"""What was agreed and not dropped."""


def _counting(viewer: Viewer, period: Period) -> QuerySet[Goal]:
    return goals_seen_by(viewer).filter(
        COUNTS, period__from_on__lt=period.until_on, period__until_on__gt=period.from_on
    )
