"""Lists of goals: mine, my team's, a unit's, all that one may see."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from sightline.foundation.access.decisions import require
from sightline.foundation.core.paging import page_after
from sightline.foundation.exchange.tables import XLSX
from sightline.goals import policies
from sightline.goals.exchange.listed import goals_file
from sightline.goals.forms.filters import GoalFilter
from sightline.goals.queries.goals import told
from sightline.goals.queries.lists import goals_wanted, in_order
from sightline.goals.queries.owners import unit_of
from sightline.goals.queries.plans import plans_of
from sightline.people.viewer import Viewer, ViewerRequest

MOST_IN_A_FILE = 20_000
MOST_COUNTED = 1000
"""Beyond that a list says that there are more, and does not count them."""


def mine(request: ViewerRequest) -> HttpResponse:
    """My own goals and those of units I lead, period by period, with the weights of each plan."""
    viewer = request.viewer
    form = _filter(request, "mine")
    rows = goals_wanted(viewer, form.wanted()).order_by("-period__from_on", "-weight_percent", "pk")
    seen = told(rows[:200], viewer.today)
    own = [one for one in seen if one.goal.employee_id == viewer.employee.pk]
    units: dict[int, list[Any]] = {}
    for one in seen:
        if one.goal.unit_id is not None:
            units.setdefault(one.goal.unit_id, []).append(one)
    context = {
        "plans": plans_of(own),
        "units": [(goals[0].goal.unit, plans_of(goals)) for goals in units.values()],
        **_frame(request, form, "mine"),
    }
    return render(request, "goals/mine.html", context)


def team(request: ViewerRequest) -> HttpResponse:
    """The goals of those who report to me, and of the units they lead."""
    return _list(request, "team")


def unit(request: ViewerRequest) -> HttpResponse:
    """The goals of a unit and its people; mine unless another is asked for."""
    return _list(request, "unit", unit_of(request.viewer))


def everything(request: ViewerRequest) -> HttpResponse:
    """All goals that exist for me."""
    return _list(request, "all")


SHOWN = 40
"""How many goals of a list one sees at once."""


def _list(request: ViewerRequest, scope: str, unit_id: int | None = None) -> HttpResponse:
    viewer = request.viewer
    form = _filter(request, scope)
    rows, by = in_order(goals_wanted(viewer, form.wanted(unit_id)), request.GET.get("sort", ""))
    if request.GET.get("as") == "file":
        return _file(viewer, rows.order_by(*by))
    page = page_after(rows, request.GET.get("after", ""), by=by, size=SHOWN)
    total = rows.order_by()[: MOST_COUNTED + 1].count()
    context = {
        "page": page,
        "goals": told(page.rows, viewer.today),
        "total": total,
        "file_url": _file_url(request),
        "uncounted": total > MOST_COUNTED,
        **_frame(request, form, scope),
    }
    return render(request, "goals/list.html", context)


def _file(viewer: Viewer, rows: Any) -> HttpResponse:
    answer = HttpResponse(goals_file(viewer, rows[:MOST_IN_A_FILE]), content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="goals-{viewer.today}.xlsx"'
    return answer


def _filter(request: ViewerRequest, scope: str) -> GoalFilter:
    require(policies.may_read_goals(request.viewer))
    return GoalFilter(request.GET, viewer=request.viewer, scope=scope)


def _file_url(request: ViewerRequest) -> str:
    asked = request.GET.copy()
    asked["as"] = "file"
    asked.pop("after", None)
    return f"?{asked.urlencode()}"


def _frame(request: ViewerRequest, form: GoalFilter, scope: str) -> dict[str, Any]:
    return {
        "form": form,
        "scope": scope,
        "clear_url": request.path if form.is_narrowed else "",
        "tabs": tabs(request.viewer, scope),
    }


def tabs(viewer: Viewer, here: str) -> list[dict[str, Any]]:
    """The lists of goals that there are for a viewer, their tree, and what help was asked for."""
    names = [("mine", _("Mine"))]
    if viewer.has_reports:
        names.append(("team", _("My team")))
    names += [("unit", _("Unit")), ("all", _("All I may see"))]
    names += [("tree", _("Tree")), ("help", _("Help"))]
    return [
        {"label": label, "url": reverse(f"goals:{name}"), "current": name == here}
        for name, label in names
    ]
