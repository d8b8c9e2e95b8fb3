"""Home: what needs the viewer, the goals, the team, what was said."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from sightline.conversations.policies import may_talk
from sightline.conversations.queries.evidence import said_lately
from sightline.goals.models import Period
from sightline.goals.queries.goals import AtHand, goals_at_hand
from sightline.goals.queries.periods import open_periods
from sightline.goals.queries.sightlines import Step, threads_up
from sightline.people.queries import organisation, teams
from sightline.people.viewer import Viewer, ViewerRequest
from sightline.reviews.queries.progress import running_cycles
from sightline.site.getting_started import beginning_of
from sightline.site.navigation import looked_after_by
from sightline.site.needs import needs_of
from sightline.site.team import team_of

NOTHING = AtHand([], [], [], [])


def home(request: ViewerRequest) -> HttpResponse:
    """The first page after signing in; what stands beside it comes after it (`around`)."""
    viewer = request.viewer
    goals = goals_at_hand(viewer) if viewer.is_employed else NOTHING
    soon = teams.team_now_and_soon(viewer) if viewer.is_employed else []
    context = {
        "greeting": greeting(viewer, timezone.localtime().hour),
        "beginning": beginning_of(viewer),
        "needs": needs_of(viewer, soon, goals),
        "may_talk": bool(may_talk(viewer)),
        "looked_after": looked_after_by(viewer),
        **(_goals(viewer, goals) if goals.own else _post(viewer)),
    }
    return render(request, "site/home.html", context)


def around(request: ViewerRequest) -> HttpResponse:
    """The team, what was said, the next dates: beside home, or as a page."""
    viewer = request.viewer
    team = team_of(viewer) if viewer.has_reports else None
    context = {
        "team": team,
        "said": said_lately(viewer, limit=4),
        "cycles": running_cycles(viewer).prefetch_related("stages")[:2],
        "around": [] if team else teams.news_around(viewer, limit=4),
    }
    template = (
        "site/around.html#beside" if request.headers.get("HX-Request") else "site/around.html"
    )
    return render(request, template, context)


def _goals(viewer: Viewer, goals: AtHand) -> dict[str, Any]:
    """The viewer's goals, each with its way up to the strategy."""
    ways = threads_up(viewer, [one.goal for one in goals.own])
    return {
        "goals": [(one, _in_short(ways[one.goal.pk])) for one in goals.own],
        "week": _week(goals.own[0].goal.period, viewer),
        "has_running": any(one.goal.holds for one in goals.own),
    }


def _in_short(way: list[Step]) -> list[Step]:
    """The top of a way, what the goal serves directly, and the goal: what fits beside others."""
    return way if len(way) <= 3 else [way[0], *way[-2:]]


def _week(period: Period, viewer: Viewer) -> dict[str, Any]:
    """Which week of a period it is, of how many; nothing on days outside of it."""
    if not period.from_on <= viewer.today < period.until_on:
        return {}
    days = (period.until_on - period.from_on).days
    gone = (viewer.today - period.from_on).days
    return {"period": period.name, "week": gone // 7 + 1, "weeks": (days + 6) // 7}


def _post(viewer: Viewer) -> dict[str, Any]:
    """What stands there as long as there are no goals: what the post is there for."""
    post = teams.post_of(viewer.employee, viewer.today) if viewer.is_employed else None
    told = organisation.responsibilities(post.position, viewer.today) if post else []
    has_period = viewer.is_employed and open_periods(viewer).exists()
    return {"post": post, "responsibilities": told, "has_period": has_period}


def greeting(viewer: Viewer, hour: int) -> str:
    """Good morning, afternoon or evening, to a person called so."""
    if hour < 12:
        words = _("Good morning, %s")
    elif hour < 18:
        words = _("Good afternoon, %s")
    else:
        words = _("Good evening, %s")
    return words % viewer.employee.first_name
