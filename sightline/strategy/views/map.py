"""The map of a draft changed in place: each act is one small request, saved at once."""

from __future__ import annotations

from dataclasses import astuple

from django.core import signing
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sightline.foundation.access.decisions import require
from sightline.foundation.access.guards import found_or_404
from sightline.foundation.core.errors import Refused
from sightline.foundation.ui import say
from sightline.foundation.ui.acting import carried_out
from sightline.people.viewer import ViewerRequest
from sightline.strategy import policies
from sightline.strategy.actions import objectives, placing, undoing
from sightline.strategy.actions.undoing import MapAct
from sightline.strategy.forms.map import StepForm
from sightline.strategy.models import Cause, Objective
from sightline.strategy.queries import strategies
from sightline.strategy.queries.strategies import StrategyMap
from sightline.strategy.rules.placing import Way
from sightline.strategy.views import desk
from sightline.strategy.views.strategies import map_page, to_change

SALT, HOLDS_FOR = "strategy.map", 24 * 3600


@require_POST
def place(request: ViewerRequest, objective_id: int) -> HttpResponse:
    """Move an objective: a step, or to a place."""
    one = _objective(request, objective_id)
    form = StepForm(
        request.POST,
        viewer=request.viewer,
        perspectives=strategies.perspectives_of(one.strategy),
        objectives=strategies.objectives_seen_by(request.viewer).filter(strategy=one.strategy_id),
    )
    made: list[placing.Placed] = []
    if not carried_out(form, lambda: made.append(_moved(request, one, form))):
        return _refused(request, one, form)
    number = {"title": one.title, "number": made[0].now[1] + 1}
    number |= {"perspective": one.perspective.name}
    done = _("“%(title)s” is number %(number)s of %(perspective)s.") % number
    return _done(request, one, done, undoing.placed(one, made[0]))


def _moved(request: ViewerRequest, one: Objective, form: StepForm) -> placing.Placed:
    said = form.cleaned_data
    if said["way"]:
        return placing.step_objective(by=request.viewer, objective=one, way=Way(said["way"]))
    to, before = said["perspective"], said["before"]
    return placing.place_objective(by=request.viewer, objective=one, perspective=to, before=before)


@require_POST
def rename(request: ViewerRequest, objective_id: int) -> HttpResponse:
    """Give an objective another title."""
    one = _objective(request, objective_id)
    form = desk.rename_form(request, one, request.POST)
    former: list[str] = []

    def act() -> None:
        title = form.cleaned_data["title"]
        former.append(placing.rename_objective(by=request.viewer, objective=one, title=title))

    if not carried_out(form, act):
        return _refused(request, one, form)
    done = _("It is called “%s” now.") % one.title
    return _done(request, one, done, undoing.renamed(one, former[0]))


@require_POST
def connect(request: ViewerRequest, objective_id: int) -> HttpResponse:
    """Say what an objective drives."""
    one = _objective(request, objective_id)
    form = desk.drives_form(request, one, request.POST)
    made: list[Cause] = []

    def act() -> None:
        to = form.cleaned_data["to_objective"]
        made.append(objectives.draw_cause(by=request.viewer, from_objective=one, to_objective=to))

    if not carried_out(form, act):
        return _refused(request, one, form)
    words = {"start": one.title, "end": made[0].to_objective.title}
    done = _("“%(start)s” drives “%(end)s” now.") % words
    return _done(request, one, done, undoing.drawn(made[0]))


@require_POST
def disconnect(request: ViewerRequest, cause_id: int) -> HttpResponse:
    """Take a link off the map. The objective from which it was chosen stays chosen."""
    cause = found_or_404(strategies.cause_seen_by(request.viewer, cause_id))
    start, end = cause.from_objective, cause.to_objective
    require(policies.may_change_strategy(request.viewer, start.strategy))
    at = end if request.POST.get("at") == str(end.pk) else start
    form = Form(request.POST)
    act = undoing.undrawn(start, end)
    if not carried_out(form, lambda: objectives.remove_cause(by=request.viewer, cause=cause)):
        return _refused(request, at, form)
    words = {"start": start.title, "end": end.title}
    done = _("“%(start)s” drives “%(end)s” no more.") % words
    return _done(request, at, done, act)


@require_POST
def add(request: ViewerRequest, perspective_id: int) -> HttpResponse:
    """A further objective at the end of a perspective."""
    perspective = found_or_404(strategies.perspective_seen_by(request.viewer, perspective_id))
    require(policies.may_change_strategy(request.viewer, perspective.strategy))
    form = desk.add_form(request, request.POST)
    made: list[Objective] = []

    def act() -> None:
        said = {"perspective": perspective, "description": "", **form.cleaned_data}
        made.append(objectives.add_objective(by=request.viewer, **said))

    if not carried_out(form, act):
        return map_page(
            request,
            perspective.strategy,
            lambda _request, shown: desk.desk_of(request, shown, adding=perspective.pk, sent=form),
            status=422,
        )
    done = _("“%s” is on the map.") % made[0].title
    return _done(request, made[0], done, undoing.added(made[0]))


@require_POST
def undo(request: ViewerRequest, strategy_id: int) -> HttpResponse:
    """Take back the last act, which the address carries under our signature."""
    one = to_change(request, strategy_id)
    page = reverse("strategy:strategy", args=[one.pk])
    try:
        act = _act_in(request)
        undoing.take_back(by=request.viewer, strategy=one, act=act)
    except Refused as refusal:
        say.warned(request, str(refusal))
        return redirect(page)
    say.done(request, _("It is as it was before."))
    return redirect(page if act.kind == "added" else f"{page}?at={act.objective}")


def _act_in(request: ViewerRequest) -> MapAct:
    signed = request.GET.get("act", "")
    try:
        kind, objective, facts = signing.loads(signed, salt=SALT, max_age=HOLDS_FOR)
    except signing.BadSignature as forged:
        raise Refused(_("This can no longer be undone.")) from forged
    return MapAct(kind, objective, tuple(facts))


def _objective(request: ViewerRequest, objective_id: int) -> Objective:
    one = found_or_404(strategies.objective_seen_by(request.viewer, objective_id))
    require(policies.may_change_strategy(request.viewer, one.strategy))
    return one


def _done(request: ViewerRequest, one: Objective, sentence: str, act: MapAct) -> HttpResponse:
    """The map anew with the objective chosen, and how to take the act back."""
    address = reverse("strategy:undo", args=[one.strategy_id])
    say.done(request, sentence, undo=f"{address}?act={signing.dumps(astuple(act), salt=SALT)}")
    if not request.headers.get("HX-Request"):
        return redirect(f"{reverse('strategy:strategy', args=[one.strategy_id])}?at={one.pk}#desk")

    def with_word(_request: ViewerRequest, shown: StrategyMap) -> desk.Desk:
        made = desk.desk_of(request, shown, at=one.pk)
        made.said = sentence
        return made

    return map_page(request, one.strategy, with_word, status=200)


def _refused(request: ViewerRequest, one: Objective, form: Form) -> HttpResponse:
    """The map as it stands, with what was refused beside its field."""
    return map_page(
        request,
        one.strategy,
        lambda _request, shown: desk.desk_of(request, shown, at=one.pk, sent=form),
        status=422,
    )
