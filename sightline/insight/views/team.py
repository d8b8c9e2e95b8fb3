"""The way in, and a manager's people on one page."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from sightline.foundation.access.decisions import require
from sightline.insight import policies
from sightline.insight.queries.team import team_of
from sightline.insight.views.tabs import tabs
from sightline.people.viewer import ViewerRequest


@require_GET
def first(request: ViewerRequest) -> HttpResponse:
    """To the first of the overviews that the viewer may read."""
    require(policies.may_read_insight(request.viewer))
    return redirect(tabs(request.viewer, "")[0]["url"])


@require_GET
def team(request: ViewerRequest) -> HttpResponse:
    """What is under way with each of the viewer's people."""
    require(policies.may_read_team(request.viewer))
    context = {"team": team_of(request.viewer), "tabs": tabs(request.viewer, "team")}
    return render(request, "insight/team.html", context)
