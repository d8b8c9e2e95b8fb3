"""How a review cycle goes, for HR and executives."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from sightline.foundation.access.decisions import require
from sightline.foundation.access.guards import found_or_404
from sightline.foundation.core.paging import Page, page_after
from sightline.insight import policies
from sightline.insight.exchange import export_cycle
from sightline.insight.queries.cycles import begun_cycles, cycle_seen
from sightline.insight.views.tabs import tabs
from sightline.people.models import Employee
from sightline.people.viewer import ViewerRequest
from sightline.reviews.models import Cycle
from sightline.reviews.policies import may_manage_cycles, may_see_people
from sightline.reviews.queries.cycles import cycle_seen_by
from sightline.reviews.queries.load import managers_of, people_to_remind
from sightline.reviews.shown import board_stages

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


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
    """One cycle: by part, by unit, by manager, and whom to remind."""
    viewer = request.viewer
    require(policies.may_read_cycles(viewer))
    cycles = begun_cycles(viewer)
    found = found_or_404(next((one for one in cycles if one.pk == cycle_id), None))
    by_name = may_see_people(viewer, found)
    managers = _page(request, "managers", managers_of(viewer, found)) if by_name else None
    seen = cycle_seen(viewer, found, managers.rows if managers else [])
    stages, here = board_stages(seen.state, viewer.today)
    context = {
        "tabs": tabs(viewer, "cycles"),
        "cycles": cycles,
        "cycle": found,
        "seen": seen,
        "stages": stages,
        "here": here,
        "by_name": by_name,
        "may_remind": may_manage_cycles(viewer) if found.stage == Cycle.Stage.OPEN else None,
        "managers": managers,
        "waiting": _page(request, "after", people_to_remind(viewer, found)) if by_name else None,
    }
    return render(request, "insight/cycle.html", context)


def _page(request: ViewerRequest, key: str, rows: Any) -> Page[Employee]:
    """The people after the one that the address names, by name."""
    return page_after(rows, request.GET.get(key, ""), by=("sort_key", "pk"), size=15)


@require_POST
def file(request: ViewerRequest, cycle_id: int) -> HttpResponse:
    """The same as a spreadsheet. Leaves a record."""
    require(policies.may_read_cycles(request.viewer))
    found = found_or_404(cycle_seen_by(request.viewer, cycle_id))
    data = export_cycle(by=request.viewer, cycle=found)
    answer = HttpResponse(data, content_type=XLSX)
    name = f"cycle-{found.pk}-{request.viewer.today}.xlsx"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer
