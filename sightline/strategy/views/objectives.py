"""Perspectives, objectives, causes and shares: one objective's page, and how they are written."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from sightline.foundation.access.decisions import require
from sightline.foundation.access.guards import found_or_404
from sightline.foundation.core.fingerprints import fingerprint
from sightline.people.viewer import ViewerRequest
from sightline.people.views.acting import answer, carried_out
from sightline.strategy import policies, workings
from sightline.strategy.actions import objectives as actions
from sightline.strategy.forms import strategies as forms
from sightline.strategy.forms.measures import ConfirmationForm
from sightline.strategy.models import Objective, Perspective
from sightline.strategy.queries import commitments, measures, strategies
from sightline.strategy.rules.measures import score
from sightline.strategy.views.strategies import about, to_change


def objective(request: ViewerRequest, objective_id: int) -> HttpResponse:
    """One objective: its measures, who has taken it on, what it drives and what drives it."""
    viewer = request.viewer
    one = found_or_404(strategies.objective_seen_by(viewer, objective_id))
    day = strategies.day_of(one.strategy, viewer.today)
    seen = measures.measures_of(viewer, one, day)
    scored = score([measure.standing for measure in seen])
    driven_by, drives = strategies.causes_around(one)
    context = {
        "objective": one,
        "measures": seen,
        "score": scored,
        "workings": [(row.measure.name, workings.of_measure(row, day)) for row in seen],
        "of_objective": workings.of_objective(scored, seen),
        "commitments": commitments.commitments_to(viewer, one),
        "units_led": commitments.units_led_by(viewer) if one.strategy.is_in_force else [],
        "driven_by": driven_by,
        "drives": drives,
        "may_change": policies.may_change_strategy(viewer, one.strategy),
        "may_set_measures": policies.may_set_measures(viewer, one.strategy),
        "may_record": policies.may_record_actual(viewer, one),
        "may_split": policies.may_split_targets_of(viewer, one),
    }
    return render(request, "strategy/objective.html", context)


def new_perspective(request: ViewerRequest, strategy_id: int) -> HttpResponse:
    """A further perspective."""
    strategy = to_change(request, strategy_id)
    number = strategies.perspectives_of(strategy).count()
    form = forms.NewPerspectiveForm(
        request.POST or None, viewer=request.viewer, initial={"hue": number % 8 + 1}
    )
    if carried_out(
        request,
        form,
        lambda: actions.add_perspective(by=request.viewer, strategy=strategy, **form.cleaned_data),
    ):
        messages.success(request, _("The perspective is on the map."))
        return redirect("strategy:strategy", strategy.pk)
    return answer(
        request, "people/act.html", form, about(strategy, _("Add a perspective"), _("Add"))
    )


def _perspective(request: ViewerRequest, perspective_id: int) -> Perspective:
    one = found_or_404(strategies.perspective_seen_by(request.viewer, perspective_id))
    require(policies.may_change_strategy(request.viewer, one.strategy))
    return one


def change_perspective(request: ViewerRequest, perspective_id: int) -> HttpResponse:
    """Another name, colour or row."""
    one = _perspective(request, perspective_id)
    order = [row.pk for row in strategies.perspectives_of(one.strategy)]
    said = {"name": one.name, "hue": one.hue, "position": order.index(one.pk) + 1}
    form = forms.PerspectiveForm(
        request.POST or None, viewer=request.viewer, initial=said, stands=fingerprint(said)
    )
    if carried_out(
        request,
        form,
        lambda: actions.change_perspective(by=request.viewer, perspective=one, **form.cleaned_data),
    ):
        messages.success(request, _("The perspective is changed."))
        return redirect("strategy:strategy", one.strategy_id)
    context = about(one.strategy, _("Change the perspective %s") % one.name, _("Save"))
    return answer(request, "people/act.html", form, context)


def remove_perspective(request: ViewerRequest, perspective_id: int) -> HttpResponse:
    """Take an empty perspective out."""
    one = _perspective(request, perspective_id)
    form = ConfirmationForm(request.POST or None, viewer=request.viewer)
    if carried_out(
        request, form, lambda: actions.remove_perspective(by=request.viewer, perspective=one)
    ):
        messages.success(request, _("The perspective is removed."))
        return redirect("strategy:strategy", one.strategy_id)
    context = about(one.strategy, _("Remove the perspective %s") % one.name, _("Remove"))
    return answer(request, "people/act.html", form, context)


def new_objective(request: ViewerRequest, strategy_id: int) -> HttpResponse:
    """A further objective."""
    strategy = to_change(request, strategy_id)
    form = forms.ObjectiveForm(
        request.POST or None,
        viewer=request.viewer,
        perspectives=strategies.perspectives_of(strategy),
    )
    made: list[Objective] = []
    if carried_out(
        request,
        form,
        lambda: made.append(actions.add_objective(by=request.viewer, **form.cleaned_data)),
    ):
        messages.success(request, _on_the_map(made[0]))
        return redirect("strategy:strategy", strategy.pk)
    return answer(
        request, "people/act.html", form, about(strategy, _("Add an objective"), _("Add"))
    )


def _on_the_map(one: Objective) -> SafeString:
    return format_html(
        '{} <a class="toast__act" href="{}">{}</a>',
        _("The objective is on the map."),
        reverse("strategy:objective", args=[one.pk]),
        _("Give it a measure"),
    )


def _about_objective(one: Objective, title: str, submit: str) -> dict[str, Any]:
    url = reverse("strategy:objective", args=[one.pk])
    return {"title": title, "submit": submit, "subject": one, "subject_url": url}


def change_objective(request: ViewerRequest, objective_id: int) -> HttpResponse:
    """Reword an objective of a draft."""
    one = found_or_404(strategies.objective_seen_by(request.viewer, objective_id))
    require(policies.may_change_strategy(request.viewer, one.strategy))
    said = {
        "perspective": one.perspective,
        "title": one.title,
        "description": one.description,
        "theme": one.theme,
        "owner": one.owner,
    }
    form = forms.ObjectiveForm(
        request.POST or None,
        viewer=request.viewer,
        initial=said,
        stands=fingerprint(one.perspective_id, one.title, one.description, one.theme, one.owner_id),
        perspectives=strategies.perspectives_of(one.strategy),
    )
    if carried_out(
        request,
        form,
        lambda: actions.change_objective(by=request.viewer, objective=one, **form.cleaned_data),
    ):
        messages.success(request, _("The objective is changed."))
        return redirect("strategy:objective", one.pk)
    context = _about_objective(one, _("Change the objective"), _("Save"))
    return answer(request, "people/act.html", form, context)


def hand_over(request: ViewerRequest, objective_id: int) -> HttpResponse:
    """Another owner, also while the strategy is in force."""
    one = found_or_404(strategies.objective_seen_by(request.viewer, objective_id))
    require(policies.may_set_measures(request.viewer, one.strategy))
    form = forms.OwnerForm(
        request.POST or None,
        viewer=request.viewer,
        initial={"owner": one.owner},
        stands=fingerprint(one.owner_id),
    )
    if carried_out(
        request,
        form,
        lambda: actions.hand_over_objective(by=request.viewer, objective=one, **form.cleaned_data),
    ):
        messages.success(request, _("The objective has another owner."))
        return redirect("strategy:objective", one.pk)
    context = _about_objective(one, _("Give it another owner"), _("Save"))
    return answer(request, "people/act.html", form, context)


def remove_objective(request: ViewerRequest, objective_id: int) -> HttpResponse:
    """Take an objective out of a draft."""
    one = found_or_404(strategies.objective_seen_by(request.viewer, objective_id))
    require(policies.may_change_strategy(request.viewer, one.strategy))
    strategy_id = one.strategy_id
    form = ConfirmationForm(request.POST or None, viewer=request.viewer)
    if carried_out(
        request, form, lambda: actions.remove_objective(by=request.viewer, objective=one)
    ):
        messages.success(request, _("The objective is removed."))
        return redirect("strategy:strategy", strategy_id)
    note = _("Its measures, targets and causes go with it. The shares must be set anew.")
    context = _about_objective(one, _("Remove the objective"), _("Remove")) | {"note": note}
    return answer(request, "people/act.html", form, context)


def shares(request: ViewerRequest, strategy_id: int) -> HttpResponse:
    """Share 100% out over the objectives."""
    strategy = to_change(request, strategy_id)
    objectives = list(strategies.objectives_seen_by(request.viewer).filter(strategy=strategy))
    form = forms.SharesForm(
        request.POST or None,
        viewer=request.viewer,
        objectives=objectives,
        stands=fingerprint([(one.pk, one.intended_share_percent) for one in objectives]),
    )
    if carried_out(
        request,
        form,
        lambda: actions.set_shares(by=request.viewer, strategy=strategy, shares=form.shares),
    ):
        messages.success(request, _("The effort is shared out."))
        return redirect("strategy:strategy", strategy.pk)
    context = about(strategy, _("Share out the effort"), _("Save"))
    return answer(request, "strategy/shares.html", form, context)


def new_cause(request: ViewerRequest, strategy_id: int) -> HttpResponse:
    """Draw what drives what."""
    strategy = to_change(request, strategy_id)
    form = forms.CauseForm(
        request.POST or None,
        viewer=request.viewer,
        objectives=strategies.objectives_seen_by(request.viewer).filter(strategy=strategy),
    )
    if carried_out(
        request, form, lambda: actions.draw_cause(by=request.viewer, **form.cleaned_data)
    ):
        messages.success(request, _("The link is on the map."))
        return redirect("strategy:strategy", strategy.pk)
    return answer(
        request, "people/act.html", form, about(strategy, _("Draw what drives what"), _("Draw"))
    )


def remove_cause(request: ViewerRequest, cause_id: int) -> HttpResponse:
    """Take a link back."""
    cause = found_or_404(strategies.cause_seen_by(request.viewer, cause_id))
    one = cause.from_objective
    require(policies.may_change_strategy(request.viewer, one.strategy))
    form = ConfirmationForm(request.POST or None, viewer=request.viewer)
    if carried_out(request, form, lambda: actions.remove_cause(by=request.viewer, cause=cause)):
        messages.success(request, _("The link is removed."))
        return redirect("strategy:objective", one.pk)
    note = _("It says that “%(start)s” drives “%(end)s”.") % {
        "start": one.title,
        "end": cause.to_objective.title,
    }
    context = _about_objective(one, _("Remove the link"), _("Remove")) | {"note": note}
    return answer(request, "people/act.html", form, context)
