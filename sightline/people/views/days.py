"""The day for which a page is asked."""

from __future__ import annotations

from datetime import date

from sightline.foundation.access.decisions import require
from sightline.people import policies
from sightline.people.viewer import ViewerRequest


def day_in_address(request: ViewerRequest) -> date:
    """The day in `?on=`; today when there is none or it is no day."""
    try:
        day = date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        day = request.viewer.today
    return day if 1900 <= day.year <= 2200 else request.viewer.today


def day_asked_for(request: ViewerRequest) -> date:
    """The day of a page of the organisation; 403 when the viewer may not see it on that day."""
    day = day_in_address(request)
    require(policies.may_look_at(request.viewer, day))
    return day
