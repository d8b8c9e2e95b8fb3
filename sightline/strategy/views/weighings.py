"""People are asked how the effort of a draft is to be shared out, answer, and are heard."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sightline.foundation.access.decisions import require
from sightline.foundation.access.guards import found_or_404
from sightline.foundation.core.fingerprints import fingerprint
from sightline.foundation.ui.acting import pressed
from sightline.people.viewer import ViewerRequest
from sightline.people.views.acting import answer, carried_out
from sightline.strategy import policies, wording
from sightline.strategy.actions import weighings as actions
from sightline.strategy.forms import weighings as forms
from sightline.strategy.forms.measures import ConfirmationForm
from sightline.strategy.models import Weighing
from sightline.strategy.queries import weighings as queries
from sightline.strategy.queries.weighings import Asked, Outcome
from sightline.strategy.views.strategies import about, to_change


def new(request: ViewerRequest, strategy_id: int) -> HttpResponse:
    """Ask people how much each objective is to get."""
    strategy = to_change(request, strategy_id)
    form = forms.AskForm(request.POST or None, viewer=request.viewer)
    made: list[Weighing] = []
    if carried_out(
        request,
        form,
        lambda: made.append(
            actions.ask_for_weights(by=request.viewer, strategy=strategy, **form.cleaned_data)
        ),
    ):
        messages.success(request, _("Asked. Add whom else to ask."))
        return redirect("strategy:weighing", made[0].pk)
    context = about(strategy, _("Ask people for the shares"), _("Ask")) | {
        "note": _(
            "Each answers alone, and nobody reads what others said before you close it. "
            "You may ask yourself. Whom else to ask comes next."
        )
    }
    return answer(request, "people/act.html", form, context)


def _seen(request: ViewerRequest, weighing_id: int) -> Weighing:
    return found_or_404(queries.weighing_seen_by(request.viewer, weighing_id))


def weighing(request: ViewerRequest, weighing_id: int) -> HttpResponse:
    """Who is asked and has answered; once closed, what it came to."""
    viewer, one = request.viewer, _seen(request, weighing_id)
    may_change = policies.may_change_strategy(viewer, one.strategy)
    may_read = policies.may_read_outcome(viewer, one)
    context: dict[str, Any] = {
        "weighing": one,
        "answers": queries.answers_of(viewer, one),
        "own": queries.own_answer(viewer, one),
        "may_change": may_change,
        "may_weigh": policies.may_weigh(viewer, one),
    }
    if may_read:
        context |= _told(one, queries.outcome_of(one))
    if may_change and one.is_open:
        form = forms.AskAnotherForm(request.POST or None, viewer=viewer)
        if carried_out(
            request,
            form,
            lambda: actions.ask_another(by=viewer, weighing=one, **form.cleaned_data),
        ):
            messages.success(request, _("%s is asked.") % form.cleaned_data["person"].name)
            return redirect("strategy:weighing", one.pk)
        return answer(request, "strategy/weighing.html", form, context)
    if request.method == "POST":
        require(may_change)
    return render(request, "strategy/weighing.html", context)


def _told(one: Weighing, outcome: Outcome) -> dict[str, Any]:
    """An outcome in words."""
    found: dict[str, Any] = {"outcome": outcome, "largest": _largest(outcome)}
    if outcome.weighed is not None:
        found["consistency"] = wording.consistency(outcome.weighed)
    if outcome.triad is not None:
        asked = queries.asked_in(one)
        i, _j, k = outcome.triad.places
        ends = (asked[i].title, asked[k].title)
        found["triad"] = [
            {"said": wording.times(ratio, asked[a].title, asked[b].title), "at": _at(asked, a, b)}
            for (a, b), ratio in outcome.steps.items()
        ]
        found["implied"] = wording.times(outcome.triad.implied, *ends)
    return found


def _at(asked: list[Asked], one: int, other: int) -> str:
    """Where the judgement of a pair stands on the page with the form."""
    return f"id_pair-{asked[one].key}-{asked[other].key}"


def _largest(outcome: Outcome) -> float:
    """What the longest bar stands for."""
    return max((row.most for row in outcome.rows), default=100.0) or 100.0


def weigh(request: ViewerRequest, weighing_id: int) -> HttpResponse:
    """The viewer's own answer: points, or pairs."""
    viewer, one = request.viewer, _seen(request, weighing_id)
    require(policies.may_weigh(viewer, one))
    own = found_or_404(queries.own_answer(viewer, one))
    form = _answer_form(request, one, own.said or {}, fingerprint(own.said))
    if request.POST.get("act") == "count" and isinstance(form, forms.PointsForm):
        return render(request, "strategy/weigh.html#count", {"form": form})
    if carried_out(request, form, lambda: _give(request, one, form)):
        messages.success(request, _("Your answer is kept. Until it is closed you may change it."))
        return redirect("strategy:weigh", one.pk)
    context = {
        "weighing": one,
        "own": own,
        "title": _("How is the effort to be shared out?"),
        "subject_url": reverse("strategy:weighing", args=[one.pk]),
        **(_told(one, queries.own_outcome(one, own)) if own.said else {}),
    }
    return answer(request, "strategy/weigh.html", form, context)


def _answer_form(
    request: ViewerRequest, one: Weighing, said: dict[str, Any], stands: str
) -> forms.PointsForm | forms.PairsForm:
    kind = forms.PointsForm if one.way == Weighing.Way.POINTS else forms.PairsForm
    return kind(
        request.POST or None,
        viewer=request.viewer,
        asked=queries.asked_in(one),
        said=said,
        stands=stands,
    )


def _give(request: ViewerRequest, one: Weighing, form: Any) -> None:
    if isinstance(form, forms.PointsForm):
        actions.give_points(by=request.viewer, weighing=one, points=form.points)
    else:
        actions.give_judgements(by=request.viewer, weighing=one, steps=form.steps)


def close(request: ViewerRequest, weighing_id: int) -> HttpResponse:
    """Let nobody answer any more."""
    one = _seen(request, weighing_id)
    require(policies.may_change_strategy(request.viewer, one.strategy))
    form = ConfirmationForm(request.POST or None, viewer=request.viewer)
    if carried_out(request, form, lambda: actions.close_weighing(by=request.viewer, weighing=one)):
        messages.success(request, _("It is closed."))
        return redirect("strategy:weighing", one.pk)
    note = _(
        "Nobody answers any more. Those who were asked and those who write the strategy read "
        "what all answers come to; with two answers each can tell the other’s."
    )
    context = _about(one, _("Close the question"), _("Close")) | {"note": note}
    return answer(request, "people/act.html", form, context)


@require_POST
def take_over(request: ViewerRequest, weighing_id: int) -> HttpResponse:
    """Make what people said the intended shares; a button."""
    one = _seen(request, weighing_id)
    require(policies.may_change_strategy(request.viewer, one.strategy))
    if pressed(
        request,
        lambda: actions.take_over_weights(by=request.viewer, weighing=one),
        _("The effort is shared out as people said."),
    ):
        return redirect("strategy:strategy", one.strategy_id)
    return redirect("strategy:weighing", one.pk)


def _about(one: Weighing, title: str, submit: str) -> dict[str, Any]:
    url = reverse("strategy:weighing", args=[one.pk])
    return {"title": title, "submit": submit, "subject": one.strategy, "subject_url": url}
