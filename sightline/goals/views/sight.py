"""The line of sight: for the organisation, a unit, a person."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render

from sightline.foundation.access.decisions import require
from sightline.foundation.access.guards import found_or_404
from sightline.foundation.exchange.tables import XLSX
from sightline.goals import pictures, policies
from sightline.goals.exchange.sight import sight_file
from sightline.goals.models import Period
from sightline.goals.queries import sight
from sightline.goals.queries.conflicts import conflicts_seen, targets_missed
from sightline.goals.queries.deviations import deviations
from sightline.goals.queries.serving import both_ways
from sightline.goals.rules.voices import ACTS, SHAPED, share_percent
from sightline.goals.views.asked import period_asked_for
from sightline.people.models import Unit
from sightline.people.queries.organisation import unit_seen_by
from sightline.people.queries.people import employees_seen_by
from sightline.people.viewer import Viewer, ViewerRequest


def organisation(request: ViewerRequest) -> HttpResponse:
    """Where the organisation's effort goes, against where the strategy says it should."""
    return _sight(request, None)


def unit(request: ViewerRequest, unit_id: int) -> HttpResponse:
    """Where a unit's effort goes."""
    return _sight(request, found_or_404(unit_seen_by(request.viewer, unit_id)))


def unsettled(request: ViewerRequest, unit_id: int | None = None) -> HttpResponse:
    """What does not go together in an organisation or a unit, and which goals lead nowhere.

    As a page of its own, and as a part of the line of sight, which asks for it once it is drawn.
    """
    viewer = request.viewer
    one = found_or_404(unit_seen_by(viewer, unit_id)) if unit_id is not None else None
    require(policies.may_read_goals(viewer))
    _known, period = period_asked_for(request)
    if period is None:
        raise Http404
    seen = _seen_of(viewer, one, period) if one else sight.sight_at_large(viewer, period)
    conflicts = conflicts_seen(viewer, seen.effort.conflicts)
    if one is None:
        conflicts = targets_missed(viewer, period) + conflicts
    context = {
        "unit": one,
        "period": period,
        "conflicts": conflicts,
        "loose": sight.loose_goals(viewer, seen.effort),
    }
    part = "#part" if request.headers.get("HX-Request") else ""
    return render(request, f"goals/unsettled.html{part}", context)


def _sight(request: ViewerRequest, one: Unit | None) -> HttpResponse:
    viewer = request.viewer
    require(policies.may_read_goals(viewer))
    known, period = period_asked_for(request)
    if period is None and one is not None:
        raise Http404
    if period is None:
        context = {"period": None, "may_open": policies.may_change_periods(viewer)}
        return render(request, "goals/sight.html", context)
    seen = _seen_of(viewer, one, period) if one else sight.sight_of_organisation(viewer, period)
    if request.GET.get("as") == "file":
        return _file(seen)
    return render(request, "goals/sight.html", _context(request, seen, known, one))


def _seen_of(viewer: Viewer, one: Unit, period: Period) -> sight.Sight:
    """Where the effort of a unit goes, if the viewer may know."""
    seen = sight.sight_of_unit(viewer, one, period)
    if one.pk not in seen.told:
        require(policies.may_read_effort_of_unit(viewer, one))
    return seen


def person(request: ViewerRequest, employee_id: int) -> HttpResponse:
    """Where a person's effort goes."""
    viewer = request.viewer
    employee = found_or_404(employees_seen_by(viewer).filter(pk=employee_id).first())
    require(policies.may_read_effort_of(viewer, employee))
    known, period = period_asked_for(request)
    if period is None:
        raise Http404
    seen = sight.sight_of_person(viewer, employee, period)
    context = {
        "period": period,
        "periods": known,
        "employee": employee,
        "sight": seen,
        "both": both_ways(viewer, [one.goal for one, _trace in seen.goals]),
        "rows": pictures.efforts(seen.objectives),
        "may_answer": employee.pk == viewer.employee.pk
        and policies.may_answer_question(viewer, period),
    }
    return render(request, "goals/sight_of_person.html", context)


def _context(
    request: ViewerRequest, seen: sight.Sight, known: list[Period], unit: Unit | None
) -> dict[str, object]:
    viewer, period = request.viewer, seen.period
    done, ended = seen.effort.on_time, seen.effort.ended
    return {
        "period": period,
        "periods": known,
        "sight": seen,
        "rows": pictures.efforts(seen.objectives),
        "flow": pictures.flow(seen.objectives, seen.shown),
        "streams": pictures.streams(seen.objectives, seen.shown),
        "units": seen.shown,
        "hidden": len(seen.units) - len(seen.shown),
        **_voices(seen),
        "on_time": 100 * done / ended if ended else None,
        "ended": ended,
        "deviations": deviations(viewer, seen, unit),
        "unit": unit,
        "may_answer": policies.may_answer_question(viewer, period),
    }


def _voices(seen: sight.Sight) -> dict[str, object]:
    """Who had a hand in the goals, where that tells of no few people."""
    if not seen.tells_voices:
        return {"shaped": None}
    found = seen.effort.voices
    rows = [
        (act, *(share_percent(found, f"{act}:{side}") for side in ("owner", "lead")))
        for act in ACTS
    ]
    return {"shaped": share_percent(found, SHAPED), "voices": rows}


def _file(seen: sight.Sight) -> HttpResponse:
    answer = HttpResponse(sight_file(seen), content_type=XLSX)
    name = f"line-of-sight-{seen.period.from_on}.xlsx"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
