"""Gaps of many people together."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from sightline.development import policies
from sightline.development.queries import units as queries
from sightline.foundation.access.decisions import require
from sightline.foundation.access.guards import found_or_404
from sightline.foundation.core.paging import page_after
from sightline.people.queries import organisation
from sightline.people.viewer import ViewerRequest


def team(request: ViewerRequest) -> HttpResponse:
    """The gaps of those who report to the viewer, and the way to those of units."""
    viewer = request.viewer
    require(policies.may_read_team_gaps(viewer))
    gaps = queries.gaps_of_team(viewer) if viewer.has_reports else []
    context: dict[str, Any] = {
        "title": _("Gaps"),
        "gaps": gaps,
        "leads": viewer.has_reports,
        "under": list(queries.units_to_read(viewer)),
    }
    if chosen := _chosen(request):
        context |= _short(request, queries.short_in_team(viewer, chosen), chosen, gaps)
    return render(request, "development/unit_gaps.html", context)


def unit(request: ViewerRequest, unit_id: int) -> HttpResponse:
    """The gaps of a unit with all under it."""
    viewer = request.viewer
    one = found_or_404(organisation.unit_seen_by(viewer, unit_id))
    require(policies.may_read_unit_gaps(viewer, one))
    context: dict[str, Any] = {
        "title": _("Gaps of %s") % one.name,
        "unit": one,
        "gaps": queries.gaps_by_unit(viewer, one),
        "leads": True,
        "under": list(organisation.units_under(one, viewer.today)),
    }
    if chosen := _chosen(request):
        rows = queries.short_in_unit(viewer, one, chosen)
        context |= _short(request, rows, chosen, context["gaps"])
    return render(request, "development/unit_gaps.html", context)


def _chosen(request: ViewerRequest) -> int | None:
    text = request.GET.get("competency", "")
    return int(text) if text.isdecimal() and len(text) < 16 else None


def _short(
    request: ViewerRequest, rows: Any, competency_id: int, gaps: list[queries.GapOfMany]
) -> dict[str, Any]:
    """Who is short in one competency, in the order of names: what is needed, what is shown."""
    by = ("employee__sort_key", "employee_id")
    return {
        "chosen": next((gap for gap in gaps if gap.competency_id == competency_id), None),
        "page": page_after(rows, request.GET.get("after", ""), by=by),
    }
