"""Whose goals a draft of the strategy touches, before it is brought into force."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from sightline.foundation.access.decisions import require
from sightline.foundation.access.guards import found_or_404
from sightline.goals.queries.touched import goals_touched
from sightline.people.viewer import ViewerRequest
from sightline.strategy import policies
from sightline.strategy.queries.strategies import strategy_seen_by
from sightline.strategy.queries.versions import asked_anew, compared_with_force


def touched(request: ViewerRequest, strategy_id: int) -> HttpResponse:
    """How many goals are asked anew when a draft is brought into force; a page, or its part."""
    one = found_or_404(strategy_seen_by(request.viewer, strategy_id))
    require(policies.may_change_strategy(request.viewer, one))
    rows = compared_with_force(request.viewer, one)
    found = goals_touched(request.viewer, asked_anew(rows))
    counted = [
        (row.old, found.by_objective[row.old.key], row.fate)
        for row in rows
        if row.old is not None and row.old.key in found.by_objective
    ]
    context = {"strategy": one, "touched": found, "objectives": counted}
    part = "#part" if request.headers.get("HX-Request") else ""
    return render(request, f"goals/touched.html{part}", context)
