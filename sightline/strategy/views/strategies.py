"""The strategy: its map, and what may be done with it as a whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from sightline.foundation.access.decisions import require
from sightline.foundation.access.guards import found_or_404
from sightline.foundation.core.fingerprints import fingerprint
from sightline.foundation.ui.words import day as in_words
from sightline.people.viewer import ViewerRequest
from sightline.people.views.acting import answer, carried_out
from sightline.strategy import policies
from sightline.strategy.actions import strategies as actions
from sightline.strategy.forms.measures import ConfirmationForm
from sightline.strategy.forms.strategies import StrategyForm, initial_of_strategy
from sightline.strategy.models import Strategy
from sightline.strategy.pictures import narrow_map, wide_map
from sightline.strategy.queries import commitments, strategies, versions, weighings
from sightline.strategy.queries.strategies import StrategyMap
from sightline.strategy.rules.versions import Compared, Fate
from sightline.strategy.views.desk import Desk, asked_for


def current(request: ViewerRequest) -> HttpResponse:
    """The strategy in force; before there is one, how to begin."""
    require(policies.may_read_strategy(request.viewer))
    known = list(strategies.strategies_seen_by(request.viewer))
    return _shown(request, next((one for one in known if one.is_in_force), None), known, asked_for)


def strategy(request: ViewerRequest, strategy_id: int) -> HttpResponse:
    """One strategy: in force, a draft, or one of the past."""
    known = list(strategies.strategies_seen_by(request.viewer))
    one = found_or_404(next((one for one in known if one.pk == strategy_id), None))
    return _shown(request, one, known, asked_for)


def map_page(
    request: ViewerRequest,
    one: Strategy,
    desk: Callable[[ViewerRequest, StrategyMap], Desk],
    *,
    status: int,
) -> HttpResponse:
    """The page of a draft after an act on its map; for htmx the map alone."""
    known = list(strategies.strategies_seen_by(request.viewer))
    same = found_or_404(next((other for other in known if other.pk == one.pk), None))
    return _shown(request, same, known, desk, status)


def _shown(
    request: ViewerRequest,
    one: Strategy | None,
    known: list[Strategy],
    desk: Callable[[ViewerRequest, StrategyMap], Desk],
    status: int = 200,
) -> HttpResponse:
    viewer = request.viewer
    context: dict[str, Any] = {
        "strategy": one,
        "others": [other for other in known if other != one],
        "compares": any(other.is_in_force for other in known),
        "may_draft": policies.may_draft_strategy(viewer),
    }
    if one is None:
        return render(request, "strategy/strategy.html", context)
    shown = strategies.map_of(viewer, one, strategies.day_of(one, viewer.today))
    charters = commitments.charters_of(viewer, one) if not one.is_draft else []
    may_change = policies.may_change_strategy(viewer, one)
    context |= {
        **_pictured(shown),
        "as_list": request.GET.get("as") == "list",
        "theme": request.GET.get("theme", ""),
        "charters": charters,
        "waiting": commitments.waiting(charters),
        "weighings": weighings.weighings_of(viewer, one) if one.is_draft else [],
        "may_change": may_change,
        "may_set_measures": policies.may_set_measures(viewer, one),
        "desk": desk(request, shown) if may_change else None,
    }
    is_part = bool(request.headers.get("HX-Request")) and bool(context["desk"])
    page = "strategy/strategy.html#map" if is_part else "strategy/strategy.html"
    return render(request, page, context | {"is_part": is_part}, status=status)


def _pictured(shown: StrategyMap) -> dict[str, Any]:
    rows = [[one.objective.pk for one in row.objectives] for row in shown.rows]
    told = [row.objective for row in shown.objectives]
    titles = {one.pk: f"{one.code} {one.title}" for one in told}
    links = [(cause.from_objective_id, cause.to_objective_id) for cause in shown.causes]
    return {
        "map": shown,
        "pictures": [draw(rows, titles, links) for draw in (wide_map, narrow_map)],
        "by_key": {one.objective.pk: one for one in shown.objectives},
        "themes": dict(Counter(one.theme for one in told if one.theme)),
        "share": sum(one.intended_share_percent for one in told),
    }


def new_strategy(request: ViewerRequest) -> HttpResponse:
    """Begin a strategy."""
    require(policies.may_draft_strategy(request.viewer))
    form = StrategyForm(request.POST or None, viewer=request.viewer)
    made: list[Strategy] = []
    if carried_out(
        request,
        form,
        lambda: made.append(
            actions.draft_strategy(by=request.viewer, perspectives=_usual(), **form.facts)
        ),
    ):
        messages.success(
            request,
            _("The draft is there. Change its perspectives if need be, then add objectives."),
        )
        return redirect("strategy:strategy", made[0].pk)
    context = {
        "title": _("Begin a strategy"),
        "submit": _("Begin the draft"),
        "subject_url": reverse("strategy:current"),
    }
    return answer(request, "people/act.html", form, context)


def _usual() -> list[str]:
    """The perspectives of a strategy, unless one chooses others."""
    return [
        _("Financial"),
        _("Customer"),
        _("Internal process"),
        _("Learning and growth"),
    ]


def to_change(request: ViewerRequest, strategy_id: int) -> Strategy:
    """A strategy that the viewer may change, for the views that write it."""
    one = found_or_404(strategies.strategy_seen_by(request.viewer, strategy_id))
    require(policies.may_change_strategy(request.viewer, one))
    return one


def about(one: Strategy, title: str, submit: str) -> dict[str, Any]:
    """What a form about a strategy says of it."""
    url = reverse("strategy:strategy", args=[one.pk])
    return {"title": title, "submit": submit, "subject": one, "subject_url": url}


def change_strategy(request: ViewerRequest, strategy_id: int) -> HttpResponse:
    """Another name, other days, mission and vision."""
    one = to_change(request, strategy_id)
    said = initial_of_strategy(one)
    form = StrategyForm(
        request.POST or None, viewer=request.viewer, initial=said, stands=fingerprint(said)
    )
    if carried_out(
        request,
        form,
        lambda: actions.reword_strategy(by=request.viewer, strategy=one, **form.facts),
    ):
        messages.success(request, _("The strategy is changed."))
        return redirect("strategy:strategy", one.pk)
    return answer(request, "people/act.html", form, about(one, _("Change the strategy"), _("Save")))


def bring_into_force(request: ViewerRequest, strategy_id: int) -> HttpResponse:
    """Let a draft hold from today."""
    one = to_change(request, strategy_id)
    former = strategies.strategy_in_force(request.viewer)
    rows = versions.compared(former, one)
    form = ConfirmationForm(
        request.POST or None,
        viewer=request.viewer,
        stands=fingerprint(one.stage, former and former.pk, rows),
    )
    if carried_out(
        request, form, lambda: actions.bring_into_force(by=request.viewer, strategy=one)
    ):
        messages.success(request, _("%s is in force.") % one.name)
        return redirect("strategy:current")
    days = {"first": in_words(one.from_on), "last": in_words(one.span.last)}
    note = _("It is written for %(first)s to %(last)s.") % days
    note += " " + _(
        "From today everybody who works here sees it, and units can take on its objectives."
    )
    if former:
        note += " " + _("%s is superseded and kept as it was.") % former.name
        note += " " + _(
            "What serves objectives that stay as they are goes over; goals that serve what changes"
            " or goes lead nowhere until their owners, who are told, say what they serve."
        )
    context = about(one, _("Bring it into force"), _("Bring it into force")) | {"note": note}
    if former:
        context |= {"facts": "strategy/before_force.html", **_figures(rows)}
        context["touched"] = versions.touched_by(request.viewer, rows, request.viewer.today)
    return answer(request, "people/act.html", form, context)


def _figures(rows: list[Compared]) -> dict[str, int]:
    """How many objectives come, change, go and stay."""
    fates = [row.fate for row in rows]
    names = {"comes": Fate.ADDED, "changes": Fate.CHANGED, "goes": Fate.REMOVED, "stays": Fate.SAME}
    return {name: fates.count(fate) for name, fate in names.items()}
