"""Home: what needs the viewer, the team, the post."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from sightline.people.queries import organisation, teams
from sightline.people.viewer import Viewer, ViewerRequest
from sightline.site.getting_started import beginning_of
from sightline.site.needs import needs_of


def home(request: ViewerRequest) -> HttpResponse:
    """The first page after signing in."""
    viewer = request.viewer
    post = teams.post_of(viewer.employee, viewer.today)
    soon = teams.team_now_and_soon(viewer)
    team = [row for row in soon if row.from_on <= viewer.today]
    context = {
        "greeting": greeting(viewer, timezone.localtime().hour),
        "beginning": beginning_of(viewer),
        "needs": needs_of(viewer, soon),
        "post": post,
        "responsibilities": organisation.responsibilities(post.position, viewer.today)
        if post
        else [],
        "team": team[:8],
        "team_size": len(team),
        "around": teams.news_around(viewer),
    }
    return render(request, "site/home.html", context)


def greeting(viewer: Viewer, hour: int) -> str:
    """Good morning, afternoon or evening, to a person called so."""
    if hour < 12:
        words = _("Good morning, %s")
    elif hour < 18:
        words = _("Good afternoon, %s")
    else:
        words = _("Good evening, %s")
    return words % viewer.employee.first_name
