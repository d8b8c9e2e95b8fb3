"""Periods, as pages choose among them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from sightline.goals import policies
from sightline.goals.models import Goal, Period
from sightline.people.viewer import Viewer


def periods_seen_by(viewer: Viewer) -> QuerySet[Period]:
    """The periods that exist for the viewer, the latest first."""
    return Period.objects.filter(policies.periods_visible_to(viewer))


def period_seen_by(viewer: Viewer, period_id: int) -> Period | None:
    """One period."""
    return periods_seen_by(viewer).filter(pk=period_id).first()


def period_on(viewer: Viewer, day: date) -> Period | None:
    """The period of a day: of several the shortest; when none holds, the last that began."""
    return nearest(list(periods_seen_by(viewer)), day)


def nearest(periods: Sequence[Period], day: date) -> Period | None:
    """Of periods, the latest first, the shortest that holds a day, or the last that had begun."""
    held = sorted(
        (one for one in periods if day in one.span),
        key=lambda one: (one.until_on - one.from_on, one.pk),
    )
    return held[0] if held else next((one for one in periods if one.from_on <= day), None)


def open_periods(viewer: Viewer) -> QuerySet[Period]:
    """The periods in which goals can be written."""
    return periods_seen_by(viewer).filter(stage=Period.Stage.OPEN)


def periods_with_counts(viewer: Viewer) -> QuerySet[Period]:
    """All periods, each with the number of agreed goals that the viewer sees (`goals_seen`)."""
    seen = Goal.objects.filter(policies.goals_visible_to(viewer), period=OuterRef("pk"))
    rows = seen.filter(agreed_number__isnull=False).order_by().values("period")
    counted = rows.annotate(number=Count("pk")).values("number")
    return periods_seen_by(viewer).annotate(goals_seen=Coalesce(Subquery(counted), 0))
