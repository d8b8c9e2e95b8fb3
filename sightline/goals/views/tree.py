"""The tree of goals: from the objectives down to those that serve them, level by level."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render

from sightline.foundation.access.decisions import require
from sightline.foundation.access.guards import found_or_404
from sightline.foundation.core.keys import key_in
from sightline.goals import policies
from sightline.goals.forms.filters import TreeFilter
from sightline.goals.models import Goal
from sightline.goals.queries.goals import goal_seen_by
from sightline.goals.queries.sight import objectives_for
from sightline.goals.queries.sightlines import upwards
from sightline.goals.queries.tree import Tree, branch_of, roots_of
from sightline.goals.views.asked import period_asked_for
from sightline.goals.views.lists import tabs
from sightline.people.viewer import Viewer, ViewerRequest
from sightline.strategy.models import Objective


def whole(request: ViewerRequest) -> HttpResponse:
    """The tree from its objectives; or from one thing down, for those without scripts."""
    require(policies.may_read_goals(request.viewer))
    found = _tree(request)
    context: dict[str, Any] = {"tabs": tabs(request.viewer, "tree")}
    if found is None:
        context["may_open"] = policies.may_change_periods(request.viewer)
        return render(request, "goals/tree.html", context)
    tree, form = found
    context |= {
        "tree": tree,
        "form": form,
        "period": tree.period,
        "query": _query(request, without=("under", "after")),
        "clear_url": f"{request.path}?period={tree.period.pk}" if form.is_narrowed else "",
    }
    if "under" in request.GET:
        return render(request, "goals/tree.html", context | _under(request, tree))
    return render(request, "goals/tree.html", context | {"roots": roots_of(tree)})


def branch(request: ViewerRequest) -> HttpResponse:
    """What stands right under one thing, as a piece of the tree."""
    require(policies.may_read_goals(request.viewer))
    found = _tree(request)
    if found is None:
        raise Http404
    context = {"query": _query(request, without=("under", "after"))}
    return render(request, "goals/tree.html#branch", context | _under(request, found[0]))


def _tree(request: ViewerRequest) -> tuple[Tree, TreeFilter] | None:
    known, period = period_asked_for(request)
    if period is None:
        return None
    asked = request.GET.copy()
    asked["period"] = str(period.pk)
    held = objectives_for(request.viewer, period)
    form = TreeFilter(asked, viewer=request.viewer, known=known, held=held)
    return Tree(request.viewer, period, form.wanted(), held), form


def _under(request: ViewerRequest, tree: Tree) -> dict[str, Any]:
    """One thing that the viewer sees, and what stands under it."""
    key = request.GET.get("under", "nothing")
    thing = _thing(request.viewer, tree, key)
    context: dict[str, Any] = {"under": key, "thing": thing}
    if isinstance(thing, Goal):
        context["thread"] = upwards(request.viewer, thing).thread
    return context | {"branch": branch_of(tree, thing, request.GET.get("after", ""))}


def _thing(viewer: Viewer, tree: Tree, key: str) -> Goal | Objective | None:
    kind, _sign, number = key.partition("-")
    if key == "nothing":
        return None
    if kind == "goal":
        return found_or_404(goal_seen_by(viewer, key_in(number) or 0))
    held = (one for one in tree.objectives if kind == "objective" and one.pk == key_in(number))
    return found_or_404(next(held, None))


def _query(request: ViewerRequest, *, without: tuple[str, ...]) -> str:
    """What is asked for, to be asked for again."""
    asked = request.GET.copy()
    for name in without:
        asked.pop(name, None)
    return asked.urlencode()
