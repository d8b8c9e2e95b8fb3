"""The day for which a page is asked."""

from __future__ import annotations

from datetime import date

from sightline.foundation.access.decisions import require
from sightline.people import policies
from sightline.people.viewer import ViewerRequest


def day_asked_for(request: ViewerRequest) -> date:
    """The day in `?on=`, today when there is none or it is no day; 403 when it may not be seen."""
    try:
        day = date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        day = request.viewer.today
    if not 1900 <= day.year <= 2200:
        day = request.viewer.today
    require(policies.may_look_at(request.viewer, day))
    return day
