"""Periods, as pages choose among them."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from sightline.goals import policies
from sightline.goals.models import Period
from sightline.people.viewer import Viewer


def periods_seen_by(viewer: Viewer) -> QuerySet[Period]:
    """The periods that exist for the viewer, the latest first."""
    return Period.objects.filter(policies.periods_visible_to(viewer))


def period_seen_by(viewer: Viewer, period_id: int) -> Period | None:
    """One period."""
    return periods_seen_by(viewer).filter(pk=period_id).first()


def period_on(viewer: Viewer, day: date) -> Period | None:
    """The period of a day: of several the shortest; when none holds, the last that began."""
    rows = periods_seen_by(viewer)
    held_on = rows.filter(from_on__lte=day, until_on__gt=day)
    held = sorted(held_on, key=lambda row: (row.until_on - row.from_on, row.pk))
    return held[0] if held else rows.filter(from_on__lte=day).first()


def open_periods(viewer: Viewer) -> QuerySet[Period]:
    """The periods in which goals can be written."""
    return periods_seen_by(viewer).filter(stage=Period.Stage.OPEN)
