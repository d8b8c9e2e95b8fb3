"""The whole organisation in figures: strategy and goals, and how people work with each other."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from sightline.conversations.policies import may_watch_rhythms
from sightline.decisions.policies import may_count_outcomes
from sightline.foundation.access.decisions import require
from sightline.foundation.access.guards import found_or_404
from sightline.goals.models import Period
from sightline.goals.pictures import efforts
from sightline.goals.policies import may_change_periods
from sightline.goals.queries.periods import nearest, periods_seen_by
from sightline.insight import policies
from sightline.insight.queries import practice as practised
from sightline.insight.queries.strategy import objective_explained, progress_of_strategy
from sightline.insight.views.tabs import tabs
from sightline.people.viewer import ViewerRequest
from sightline.strategy.queries.strategies import objective_seen_by


@require_GET
def strategy(request: ViewerRequest) -> HttpResponse:
    """How the strategy does: measured, by its goals, and by where effort goes."""
    require(policies.may_read_organisation(request.viewer))
    period, periods = _periods(request)
    context: dict[str, Any] = {
        "tabs": tabs(request.viewer, "strategy"),
        "may_open": may_change_periods(request.viewer),
        "period": period,
        "periods": periods,
    }
    if period is not None:
        seen = progress_of_strategy(request.viewer, period)
        drawn = efforts(seen.sight.objectives)
        context |= {
            "progress": seen,
            "rows": list(zip(seen.rows, drawn, strict=True)),
            "sight": seen.sight,
        }
    return render(request, "insight/strategy.html", context)


@require_GET
def objective(request: ViewerRequest, objective_id: int) -> HttpResponse:
    """What the figures of an objective were computed from."""
    require(policies.may_read_organisation(request.viewer))
    found = found_or_404(objective_seen_by(request.viewer, objective_id))
    period, periods = _periods(request)
    context = {
        "objective": found,
        "period": period,
        "periods": periods,
        "seen": objective_explained(request.viewer, found, period) if period else None,
    }
    return render(request, "insight/objective.html", context)


@require_GET
def practice(request: ViewerRequest) -> HttpResponse:
    """Talks and decisions, in counts that name nobody."""
    viewer = request.viewer
    require(policies.may_read_organisation(viewer))
    require(may_count_outcomes(viewer))
    context = {
        "tabs": tabs(viewer, "practice"),
        "rhythms": practised.rhythms(viewer),
        "may_watch": may_watch_rhythms(viewer),
        "year": str(viewer.today.year),
        "decisions": practised.decisions_of_year(viewer.today.year),
    }
    return render(request, "insight/practice.html", context)


@require_GET
def competencies(request: ViewerRequest) -> HttpResponse:
    """The competencies that are missing most, in counts that name nobody."""
    viewer = request.viewer
    require(policies.may_read_organisation(viewer))
    gaps = practised.gaps_of_house(viewer, request.GET.get("unit", ""))
    context = {"tabs": tabs(viewer, "competencies"), "gaps": gaps}
    return render(request, "insight/competencies.html", context)


def _periods(request: ViewerRequest) -> tuple[Period | None, list[Period]]:
    """The period asked for, else the one of today; and those to choose from, in one read."""
    periods = list(periods_seen_by(request.viewer)[:12])
    asked = request.GET.get("period", "")
    chosen = next((one for one in periods if str(one.pk) == asked), None)
    return chosen or nearest(periods, request.viewer.today), periods
