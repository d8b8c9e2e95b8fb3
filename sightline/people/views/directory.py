"""Finding people: directory, chart, team, and the lists behind the pickers."""

from __future__ import annotations

from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render

from sightline.foundation.access.decisions import require
from sightline.foundation.core.keys import key_in, words_in
from sightline.foundation.core.paging import page_after
from sightline.people import policies
from sightline.people.forms.filters import DirectoryFilter
from sightline.people.queries import organisation, people, teams
from sightline.people.viewer import ViewerRequest
from sightline.people.views.days import day_asked_for

ORDERS = {
    "name": ("employee__sort_key", "employee_id"),
    "position": ("position__title", "employee_id"),
    "unit": ("position__unit__name", "employee__sort_key", "employee_id"),
}


def _order(sort: str) -> tuple[str, ...]:
    """The fields of a column's order, downwards when its name has a "-" before it."""
    fields = ORDERS.get(sort.removeprefix("-"), ORDERS["name"])
    return tuple(f"-{field}" for field in fields) if sort.startswith("-") else fields


def directory(request: ViewerRequest) -> HttpResponse:
    """Everybody who works here on a day, narrowed and in order."""
    day = day_asked_for(request)
    filters = DirectoryFilter(request.GET, viewer=request.viewer)
    rows = people.directory(request.viewer, day, filters.wanted)
    by = _order(request.GET.get("sort", ""))
    context = {
        "page": page_after(rows, request.GET.get("after", ""), by=by),
        "total": rows.count(),
        "day": day,
        "form": filters,
        "narrowed": filters.wanted != people.Wanted(),
        "may_hire": policies.may_hire_somewhere(request.viewer),
    }
    return render(request, "people/directory.html", context)


def team(request: ViewerRequest) -> HttpResponse:
    """The people who report to the viewer."""
    day = day_asked_for(request)
    rows = teams.reports_of(request.viewer, request.viewer.employee, day)
    context = {
        "rows": people.with_time_in_post(teams.with_team_sizes(request.viewer, rows, day)),
        "dotted": teams.dotted_reports(request.viewer, day),
        "day": day,
    }
    return render(request, "people/team.html", context)


def chart(request: ViewerRequest) -> HttpResponse:
    """The organisation from its heads, or from one person downwards."""
    day = day_asked_for(request)
    top = key_in(request.GET.get("top", ""))
    if top:
        rows = people.directory(request.viewer, day).filter(employee=top)
    else:
        rows = teams.heads(request.viewer, day)
    sized = teams.with_team_sizes(request.viewer, rows, day)
    heads, more = teams.side_by_side(sized)
    wanted_whole = "whole" in request.GET
    whole = wanted_whole and sum(row.in_all for row in heads) <= teams.CHART_WHOLE
    below = teams.all_reports if whole else teams.first_reports
    above = teams.line_above(request.viewer, heads[0].employee, day) if top and heads else []
    children = below(request.viewer, day, heads)
    drawn = {row.employee_id: row.direct - len(children.get(row.employee_id, ())) for row in heads}
    context = {
        "heads": heads,
        "more": more,
        "children": children,
        "left_out": {key: count for key, count in drawn.items() if key in children},
        "day": day,
        "above": above[::-1],
        "top": top,
        "whole": whole,
        "too_many": teams.CHART_WHOLE if wanted_whole and not whole else 0,
    }
    return render(request, "people/chart.html", context)


def branch(request: ViewerRequest, employee_id: int) -> HttpResponse:
    """The people directly under somebody, as a piece of the chart."""
    manager = get_object_or_404(people.employees_seen_by(request.viewer), pk=employee_id)
    day = day_asked_for(request)
    reports = teams.reports_of(request.viewer, manager, day)
    rows = teams.with_team_sizes(request.viewer, reports, day)
    drawn, more = teams.side_by_side(rows)
    context = {"rows": drawn, "more": more, "children": {}, "left_out": {}, "day": day}
    return render(request, "people/chart.html#branch", context)


def pick(request: ViewerRequest) -> JsonResponse:
    """People for a picker: everybody visible; leavers too, unless asked for those who stay."""
    require(policies.may_read_directory(request.viewer))
    words = words_in(request.GET.get("q", ""))
    rows = people.pickable(request.viewer, words, staying="staying" in request.GET)
    return _choices([(row.pk, row.name, row.email or row.number) for row in rows])


def pick_position(request: ViewerRequest) -> JsonResponse:
    """Positions for a picker."""
    require(policies.may_read_directory(request.viewer))
    words = words_in(request.GET.get("q", ""))
    rows = organisation.found_positions(request.viewer, words, 12)
    return _choices([(row.pk, row.title, f"{row.code} · {row.unit}") for row in rows])


def pick_unit(request: ViewerRequest) -> JsonResponse:
    """Units for a picker."""
    require(policies.may_read_directory(request.viewer))
    words = words_in(request.GET.get("q", ""))
    rows = organisation.found_units(request.viewer, words, 12)
    return _choices([(row.pk, row.name, row.get_kind_display()) for row in rows])


def _choices(rows: list[tuple[int, str, str]]) -> JsonResponse:
    results = [{"value": str(pk), "label": label, "hint": hint} for pk, label, hint in rows]
    return JsonResponse({"results": results, "more": False})
