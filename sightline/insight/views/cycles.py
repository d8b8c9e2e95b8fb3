"""How a review cycle goes, for HR and executives."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from sightline.foundation.access.decisions import require
from sightline.foundation.access.guards import found_or_404
from sightline.foundation.core.paging import Page, page_after
from sightline.foundation.exchange.tables import XLSX
from sightline.insight import policies
from sightline.insight.exchange import export_cycle
from sightline.insight.queries.cycles import begun_cycle, begun_cycles, cycle_seen, managers_seen
from sightline.insight.views.tabs import tabs
from sightline.people.models import Employee
from sightline.people.viewer import ViewerRequest
from sightline.reviews.models import Cycle
from sightline.reviews.policies import may_manage_cycles, may_see_people
from sightline.reviews.queries.load import managers_of, people_to_remind
from sightline.reviews.queries.reviews import is_reviewed_in
from sightline.reviews.shown import board_stages


@require_GET
def latest(request: ViewerRequest) -> HttpResponse:
    """To the latest cycle that has begun, or a page that says that none has."""
    require(policies.may_read_cycles(request.viewer))
    begun = begun_cycles(request.viewer)
    if begun:
        running = next((one for one in begun if one.is_running), begun[0])
        return redirect("insight:cycle", running.pk)
    return render(request, "insight/cycle.html", {"tabs": tabs(request.viewer, "cycles")})


@require_GET
def cycle(request: ViewerRequest, cycle_id: int) -> HttpResponse:
    """One cycle in figures: by part and by unit."""
    viewer = request.viewer
    require(policies.may_read_cycles(viewer))
    found = found_or_404(begun_cycle(viewer, cycle_id))
    seen = cycle_seen(viewer, found)
    stages, here = board_stages(seen.state, viewer.today)
    context = {
        "tabs": tabs(viewer, "cycles"),
        "cycles": begun_cycles(viewer),
        "cycle": found,
        "seen": seen,
        "stages": stages,
        "here": here,
        "by_name": may_see_people(viewer, found),
    }
    return render(request, "insight/cycle.html", context)


@require_GET
def people(request: ViewerRequest, cycle_id: int) -> HttpResponse:
    """The same cycle by name, for HR: whom one waits for, and manager by manager."""
    viewer = request.viewer
    require(policies.may_read_cycles(viewer))
    found = found_or_404(begun_cycle(viewer, cycle_id))
    require(may_see_people(viewer, found))
    managers = _page(request, "managers", managers_of(viewer, found))
    context = {
        "cycle": found,
        "rows": managers_seen(viewer, found, managers.rows),
        "managers": managers,
        "is_own_left_out": is_reviewed_in(viewer, found),
        "waiting": _page(request, "after", people_to_remind(viewer, found)),
        "may_remind": may_manage_cycles(viewer) if found.stage == Cycle.Stage.OPEN else None,
    }
    return render(request, "insight/cycle_people.html", context)


def _page(request: ViewerRequest, key: str, rows: Any) -> Page[Employee]:
    """The people after the one that the address names, by name."""
    return page_after(rows, request.GET.get(key, ""), by=("sort_key", "pk"), size=20)


@require_POST
def file(request: ViewerRequest, cycle_id: int) -> HttpResponse:
    """The same as a spreadsheet. Leaves a record."""
    require(policies.may_read_cycles(request.viewer))
    found = found_or_404(begun_cycle(request.viewer, cycle_id))
    data = export_cycle(by=request.viewer, cycle=found)
    answer = HttpResponse(data, content_type=XLSX)
    name = f"cycle-{found.pk}-{request.viewer.today}.xlsx"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer
