"""Periods: opened and closed by HR, read by all."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from sightline.foundation.access.decisions import require
from sightline.foundation.access.guards import found_or_404
from sightline.foundation.core.fingerprints import fingerprint
from sightline.goals import policies
from sightline.goals.actions import periods as actions
from sightline.goals.forms.periods import ChangeForm, PeriodForm
from sightline.goals.models import Period
from sightline.goals.queries.periods import period_seen_by, periods_with_counts
from sightline.people.viewer import ViewerRequest
from sightline.people.views.acting import answer, carried_out
from sightline.strategy.forms.measures import ConfirmationForm


def periods(request: ViewerRequest) -> HttpResponse:
    """All periods, each with how many goals run in it."""
    require(policies.may_read_goals(request.viewer))
    context = {
        "periods": periods_with_counts(request.viewer),
        "may_change": policies.may_change_periods(request.viewer),
    }
    return render(request, "goals/periods.html", context)


def open_period(request: ViewerRequest) -> HttpResponse:
    """Open a period."""
    require(policies.may_change_periods(request.viewer))
    form = PeriodForm(request.POST or None, viewer=request.viewer)
    if carried_out(request, form, lambda: actions.open_period(by=request.viewer, **form.facts)):
        messages.success(request, _("The period is open."))
        return redirect("goals:periods")
    return answer(request, "people/act.html", form, _about(_("Open a period"), _("Open")))


def _period(request: ViewerRequest, period_id: int) -> Period:
    period = found_or_404(period_seen_by(request.viewer, period_id))
    require(policies.may_change_periods(request.viewer))
    return period


def change(request: ViewerRequest, period_id: int) -> HttpResponse:
    """Another rhythm, or another day by which goals are agreed."""
    period = _period(request, period_id)
    said = {
        "agree_by_on": period.agree_by_on,
        "cadence_days": period.cadence_days,
        "standing_percent": period.standing_percent,
        "asks": period.asks,
    }
    form = ChangeForm(
        request.POST or None, viewer=request.viewer, initial=said, stands=fingerprint(said)
    )
    if carried_out(
        request,
        form,
        lambda: actions.change_period(by=request.viewer, period=period, **form.cleaned_data),
    ):
        messages.success(request, _("The period is changed."))
        return redirect("goals:periods")
    return answer(request, "people/act.html", form, _about(_("Change %s") % period.name, _("Save")))


def close(request: ViewerRequest, period_id: int) -> HttpResponse:
    """Close a period."""
    period = _period(request, period_id)
    form = ConfirmationForm(request.POST or None, viewer=request.viewer)
    if carried_out(request, form, lambda: actions.close_period(by=request.viewer, period=period)):
        messages.success(request, _("The period is closed."))
        return redirect("goals:periods")
    note = _("No new goals can be set for it then. Owners still close the goals that run.")
    context = _about(_("Close %s") % period.name, _("Close")) | {"note": note}
    return answer(request, "people/act.html", form, context)


def reopen(request: ViewerRequest, period_id: int) -> HttpResponse:
    """Open a closed period again."""
    period = _period(request, period_id)
    form = ConfirmationForm(request.POST or None, viewer=request.viewer)
    if carried_out(request, form, lambda: actions.reopen_period(by=request.viewer, period=period)):
        messages.success(request, _("The period is open again."))
        return redirect("goals:periods")
    return answer(
        request, "people/act.html", form, _about(_("Open %s again") % period.name, _("Open"))
    )


def _about(title: str, submit: str) -> dict[str, Any]:
    return {
        "title": title,
        "submit": submit,
        "subject": _("Periods"),
        "subject_url": reverse("goals:periods"),
    }
