"""What the house does in the background: the timetable, what failed, what to do about it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sightline.foundation.access.decisions import require
from sightline.foundation.access.guards import found_or_404
from sightline.foundation.core.errors import Refused
from sightline.foundation.core.keys import key_in
from sightline.foundation.jobs import queries
from sightline.foundation.ui.acting import led_away
from sightline.foundation.ui.words import number
from sightline.people.viewer import ViewerRequest
from sightline.site import policies
from sightline.site.actions import operations as actions

PAGE_SIZE = 30
LONGEST_USUAL_WAIT_SECONDS = 120


class DiscardForm(forms.Form):
    """Why a job is given up."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=500)


@require_safe
def operations(request: ViewerRequest) -> HttpResponse:
    """The state of the work in the background on one page."""
    require(policies.may_operate(request.viewer))
    return render(request, "site/operations.html", overview(request.GET.get("before", "")))


def overview(before: str = "") -> dict[str, Any]:
    """What the page shows; `before` is the last failure of the page before."""
    failures = queries.failures(before=key_in(before), size=PAGE_SIZE + 1)
    backlog = queries.backlog()
    return {
        "figures": [
            {"label": _("Waiting"), "value": number(backlog.waiting)},
            {"label": _("Running"), "value": number(backlog.running)},
            {
                "label": _("Failed"),
                "value": number(backlog.failed),
                "kind": "bad" if backlog.failed else "",
            },
        ],
        "failed": backlog.failed,
        "is_stuck": backlog.lag.total_seconds() > LONGEST_USUAL_WAIT_SECONDS,
        "lag_minutes": int(backlog.lag.total_seconds() // 60),
        "failures": failures[:PAGE_SIZE],
        "next_before": failures[PAGE_SIZE - 1].pk if len(failures) > PAGE_SIZE else "",
        "timetable": queries.timetable(),
    }


@require_POST
def retry(request: ViewerRequest, job_id: int) -> HttpResponse:
    """Put a failed job back to wait."""
    require(policies.may_operate(request.viewer))
    job = found_or_404(queries.job(job_id))
    try:
        actions.retry(by=request.viewer, job=job)
        messages.success(request, _("The job waits to be run again."))
    except Refused as refusal:
        messages.info(request, str(refusal))
    return redirect("operations")


@require_POST
def retry_all(request: ViewerRequest) -> HttpResponse:
    """Put all failed jobs back to wait."""
    count = actions.retry_all(by=request.viewer)
    said = ngettext("%(count)d job waits again.", "%(count)d jobs wait again.", count)
    messages.success(request, said % {"count": count})
    return redirect("operations")


@require_http_methods(["GET", "HEAD", "POST"])
def discard(request: ViewerRequest, job_id: int) -> HttpResponse:
    """Give a failed job up, with a reason."""
    require(policies.may_operate(request.viewer))
    job = found_or_404(queries.job(job_id))
    if away := led_away(request, lambda: actions.refuse_discarding(job), reverse("operations")):
        return away
    form = DiscardForm(request.POST or None)
    if form.is_valid():
        try:
            actions.discard(by=request.viewer, job=job, **form.cleaned_data)
            messages.success(request, _("The job was given up."))
        except Refused as refusal:
            messages.info(request, str(refusal))
        return redirect("operations")
    status = 422 if form.is_bound else 200
    return render(request, "site/job_discard.html", {"form": form, "job": job}, status=status)
