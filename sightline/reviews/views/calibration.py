"""Comparing proposals, and who does so."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from sightline.foundation.access.decisions import require
from sightline.foundation.access.guards import found_or_404
from sightline.foundation.core.keys import key_in
from sightline.people.viewer import ViewerRequest
from sightline.people.views.acting import answer, carried_out
from sightline.reviews import policies
from sightline.reviews.actions import acts
from sightline.reviews.actions import cycles as actions
from sightline.reviews.forms.acts import CalibrationForm, CalibratorForm, ReasonForm
from sightline.reviews.forms.cycles import CalibrationFilter
from sightline.reviews.queries.calibration import session_of
from sightline.reviews.queries.cycles import calibrator_seen_by, calibrators_of
from sightline.reviews.queries.reviews import whole_review
from sightline.reviews.views.finding import act, cycle_of, went

TABS = 8
"""How many units stand side by side; of more, one is chosen by its name."""


@require_GET
def session(request: ViewerRequest, cycle_id: int) -> HttpResponse:
    """The proposals of a cycle side by side, of one unit or of all in the viewer's care."""
    cycle = cycle_of(request, cycle_id)
    require(policies.may_calibrate_in(request.viewer, cycle))
    form = CalibrationFilter(request.GET, viewer=request.viewer)
    unit = form.chosen
    unit_id = unit.pk if unit else key_in(request.GET.get("unit", ""))
    seen = session_of(request.viewer, cycle, unit_id, after=request.GET.get("after", ""))
    context = {
        "cycle": cycle,
        "session": seen,
        "unit": seen.unit or unit,
        "form": form if len(seen.units) > TABS else None,
        "lowest": seen.points[0].value,
        "highest": seen.points[-1].value,
        "may_manage": policies.may_manage_cycles(request.viewer),
        "as_grid": request.GET.get("as") == "grid",
    }
    return render(request, "reviews/calibration.html", context)


def rating(request: ViewerRequest, review_id: int) -> HttpResponse:
    """Change a proposed rating, with a reason, beside what it rests on."""
    seen = found_or_404(whole_review(request.viewer, review_id))
    review = seen.review
    require(policies.may_calibrate(request.viewer, review))
    form = CalibrationForm(
        request.POST or None, points=seen.points, initial={"to_value": str(seen.standing)}
    )
    return act(
        request,
        form,
        lambda: acts.calibrate(
            by=request.viewer,
            review=review,
            to_value=int(form.cleaned_data["to_value"]),
            reason=form.cleaned_data["reason"],
        ),
        done=_("Changed; what was proposed stays beside it."),
        back=reverse("reviews:calibration", args=[review.cycle_id]),
        context={"review": review, "seen": seen},
        template="reviews/rating.html",
    )


@require_POST
def start(request: ViewerRequest, cycle_id: int) -> HttpResponse:
    """No more answers; proposals are compared."""
    cycle = cycle_of(request, cycle_id)
    actions.begin_calibration(by=request.viewer, cycle=cycle)
    back = reverse("reviews:calibration", args=[cycle.pk])
    return went(request, _("The calibration has begun."), back)


@require_POST
def end(request: ViewerRequest, cycle_id: int) -> HttpResponse:
    """Make the ratings final."""
    cycle = cycle_of(request, cycle_id)
    number = actions.close_calibration(by=request.viewer, cycle=cycle)
    words = ngettext("%d rating is final.", "%d ratings are final.", number) % number
    return went(request, words, reverse("reviews:cycle", args=[cycle.pk]))


def again(request: ViewerRequest, cycle_id: int) -> HttpResponse:
    """Take answers again, because something is missing."""
    cycle = cycle_of(request, cycle_id)
    require(policies.may_close_calibration(request.viewer, cycle))
    form = ReasonForm(request.POST or None)
    return act(
        request,
        form,
        lambda: actions.take_answers_again(
            by=request.viewer, cycle=cycle, reason=form.cleaned_data["reason"]
        ),
        done=_("The cycle takes answers again."),
        back=reverse("reviews:cycle", args=[cycle.pk]),
        context={
            "title": _("Take answers again"),
            "submit": _("Take answers again"),
            "subject": cycle.name,
            "note": _(
                "What was calibrated so far stays, and what was told of peers. Where nothing was "
                "told of them, they write on until their days are over."
            ),
        },
    )


def calibrators(request: ViewerRequest, cycle_id: int) -> HttpResponse:
    """Who calibrates which unit; naming another."""
    cycle = cycle_of(request, cycle_id)
    require(policies.may_manage_cycles(request.viewer))
    form = CalibratorForm(request.POST or None, viewer=request.viewer)

    def name_one() -> None:
        actions.name_calibrator(
            by=request.viewer,
            cycle=cycle,
            unit=form.cleaned_data["unit"],
            employee=form.cleaned_data["employee"],
        )

    if carried_out(request, form, name_one):
        return went(request, _("Noted."), reverse("reviews:calibrators", args=[cycle.pk]))
    context = {
        "cycle": cycle,
        "calibrators": calibrators_of(cycle),
        "may_name": policies.may_name_calibrators(request.viewer, cycle),
    }
    return answer(request, "reviews/calibrators.html", form, context)


@require_POST
def release(request: ViewerRequest, calibrator_id: int) -> HttpResponse:
    """Somebody no longer calibrates."""
    calibrator = found_or_404(calibrator_seen_by(request.viewer, calibrator_id))
    back = reverse("reviews:calibrators", args=[calibrator.cycle_id])
    actions.release_calibrator(by=request.viewer, calibrator=calibrator)
    return went(request, _("Noted."), back)
