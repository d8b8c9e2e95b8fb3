"""What two people promised each other and have not done, as counts for an overview."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q

from sightline.conversations.models import Action
from sightline.conversations.queries.talks import series_seen_by
from sightline.people.viewer import Viewer


@dataclass(frozen=True, slots=True)
class OpenPromises:
    """How much of what was promised in a series is open, and how much was due before today."""

    open: int
    overdue: int


def open_promises(viewer: Viewer) -> dict[int, OpenPromises]:
    """By series of the viewer, what either of the two has promised and not done. One query."""
    mine = series_seen_by(viewer).filter(until_on__gt=viewer.today).values("pk")
    rows = Action.objects.filter(series__in=mine, completion__isnull=True).order_by()
    counted = rows.values_list("series").annotate(
        number=Count("pk"), late=Count("pk", filter=Q(due_on__lt=viewer.today))
    )
    return {series: OpenPromises(number, late) for series, number, late in counted}
