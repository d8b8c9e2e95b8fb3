"""Measures: added, given targets, and what they came to."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from sightline.foundation.access.decisions import require
from sightline.foundation.access.guards import found_or_404
from sightline.foundation.core.fingerprints import fingerprint
from sightline.people.viewer import ViewerRequest
from sightline.people.views.acting import answer, carried_out
from sightline.strategy import policies
from sightline.strategy.actions import measures as actions
from sightline.strategy.forms import measures as forms
from sightline.strategy.models import Measure
from sightline.strategy.queries import measures, strategies


def new_measure(request: ViewerRequest, objective_id: int) -> HttpResponse:
    """A further measure of an objective."""
    objective = found_or_404(strategies.objective_seen_by(request.viewer, objective_id))
    require(policies.may_set_measures(request.viewer, objective.strategy))
    form = forms.MeasureForm(
        request.POST or None,
        viewer=request.viewer,
        initial={"baseline_on": objective.strategy.from_on},
    )
    made: list[Measure] = []
    if carried_out(
        request,
        form,
        lambda: made.append(
            actions.add_measure(by=request.viewer, objective=objective, facts=form.facts)
        ),
    ):
        if made[0].keeps_band:
            return _done(request, made[0], _("The measure is there."))
        messages.success(request, _("The measure is there. Give it targets."))
        return redirect("strategy:targets", made[0].pk)
    url = reverse("strategy:objective", args=[objective.pk])
    context = {"title": _("Add a measure"), "submit": _("Add"), "subject": objective}
    return answer(request, "people/act.html", form, context | {"subject_url": url})


def _measure(request: ViewerRequest, measure_id: int) -> Measure:
    one = found_or_404(measures.measure_seen_by(request.viewer, measure_id))
    require(policies.may_set_measures(request.viewer, one.objective.strategy))
    return one


def targets(request: ViewerRequest, measure_id: int) -> HttpResponse:
    """The targets of a measure, all at once."""
    one = _measure(request, measure_id)
    rows = [{"due_on": row.due_on, "value": row.value} for row in one.targets.all()]
    form = forms.ConfirmationForm(
        request.POST or None, viewer=request.viewer, stands=fingerprint(rows)
    )
    written = forms.TargetFormSet(request.POST or None, initial=rows, prefix="target")
    if written.is_valid() and carried_out(
        request,
        form,
        lambda: actions.set_targets(
            by=request.viewer, measure=one, targets=forms.targets_written(written)
        ),
    ):
        return _done(request, one, _("The targets are set."))
    for error in written.non_form_errors():
        form.add_error(None, error)
    context = _about(one, _("Set the targets"), _("Save")) | {"written": written, "measure": one}
    return answer(request, "strategy/targets.html", form, context)


def new_actual(request: ViewerRequest, measure_id: int) -> HttpResponse:
    """Record what a measure came to, or correct it."""
    one = found_or_404(measures.measure_seen_by(request.viewer, measure_id))
    require(policies.may_record_actual(request.viewer, one.objective))
    form = forms.ActualForm(
        request.POST or None, viewer=request.viewer, initial={"on": request.viewer.today}
    )
    if carried_out(
        request,
        form,
        lambda: actions.record_actual(by=request.viewer, measure=one, **form.cleaned_data),
    ):
        return _done(request, one, _("The value is recorded."))
    note = _("A value for a day that has one already corrects it; the former one is kept.")
    title = _("Record a value: %s") % one.name
    context = _about(one, title, _("Record")) | {"note": note}
    return answer(request, "people/act.html", form, context)


def remove_measure(request: ViewerRequest, measure_id: int) -> HttpResponse:
    """Take back a measure of which nothing was recorded."""
    one = _measure(request, measure_id)
    form = forms.ConfirmationForm(request.POST or None, viewer=request.viewer)
    if carried_out(request, form, lambda: actions.remove_measure(by=request.viewer, measure=one)):
        return _done(request, one, _("The measure is removed."))
    context = _about(one, _("Remove the measure %s") % one.name, _("Remove"))
    return answer(request, "people/act.html", form, context)


def _about(one: Measure, title: str, submit: str) -> dict[str, Any]:
    url = reverse("strategy:objective", args=[one.objective_id])
    return {"title": title, "submit": submit, "subject": one.objective, "subject_url": url}


def _done(request: ViewerRequest, one: Measure, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    return redirect("strategy:objective", one.objective_id)
