"""Drift: what a goal serves has changed, closed or ended since the link was confirmed."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, F, OuterRef, Q

from sightline.goals.models import Contribution, Goal
from sightline.strategy.models import Strategy

STALE = Q(parent__isnull=False) & ~Q(parent__version=F("parent_version"))
"""Links to goals that have changed or closed since."""

ENDED = Q(objective__isnull=False) & ~Q(objective__strategy__stage=Strategy.Stage.IN_FORCE)
"""Links to objectives of a strategy that holds no more: moved to what they became, or ended."""


def is_stale(link: Contribution) -> bool:
    """Whether what is served has changed, closed or ended since it was confirmed."""
    if link.parent is not None:
        return link.parent.version != link.parent_version
    return link.objective is not None and not link.objective.strategy.is_in_force


def drifts() -> Exists:
    """Of a query of goals: whether any of what one serves is stale, as `is_stale` says."""
    return Exists(Contribution.objects.filter(STALE | ENDED, goal=OuterRef("pk")))


def running_on(day: date) -> Q:
    """Goals that are proposed or agreed, in a period that is not over."""
    stages = [Goal.Stage.PROPOSED, Goal.Stage.AGREED]
    return Q(stage__in=stages, period__until_on__gt=day)
