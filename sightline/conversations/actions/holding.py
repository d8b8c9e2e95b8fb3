"""One change of a series at a time, and never of one that has ended meanwhile."""

from __future__ import annotations

from sightline.conversations.models import Series


def held_series(series: Series) -> Series:
    """The series as it stands when one's turn comes; others wait until the transaction ends."""
    rows = Series.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("one", "other").get(pk=series.pk)
