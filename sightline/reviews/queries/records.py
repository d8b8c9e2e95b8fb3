"""What the ledger says of reviews, as far as a reader may know it yet."""

from __future__ import annotations

from collections.abc import Sequence

from sightline.foundation.ledger.queries import Entry
from sightline.people.viewer import Viewer
from sightline.reviews import policies
from sightline.reviews.events import AboutOutcome
from sightline.reviews.models import Review


def open_records(viewer: Viewer, entries: Sequence[Entry]) -> list[Entry]:
    """Records about a person without those of an outcome that the viewer does not know yet."""
    told = {
        one.record.pk: one.event.review_id for one in entries if isinstance(one.event, AboutOutcome)
    }
    if not told:
        return list(entries)
    known = Review.objects.filter(policies.outcomes_visible_to(viewer), pk__in=told.values())
    keys = set(known.values_list("pk", flat=True))
    return [one for one in entries if told.get(one.record.pk) in {None, *keys}]
