"""Which period a page is about, by its address."""

from __future__ import annotations

from sightline.foundation.core.keys import key_in
from sightline.goals.models import Period
from sightline.goals.queries import periods
from sightline.people.viewer import ViewerRequest


def period_asked_for(request: ViewerRequest) -> tuple[list[Period], Period | None]:
    """All periods, and the one that is asked for; without a word the shortest of today."""
    known = list(periods.periods_seen_by(request.viewer))
    if asked := request.GET.get("period", ""):
        return known, next((one for one in known if one.pk == key_in(asked)), None)
    return known, periods.nearest(known, request.viewer.today)
