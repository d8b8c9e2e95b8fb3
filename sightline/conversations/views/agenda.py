"""Points on the agenda and what was promised."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sightline.conversations.actions import agenda as actions
from sightline.conversations.forms.talks import PointForm, PromiseForm
from sightline.conversations.queries import talks as queries
from sightline.conversations.queries.talk_page import settling_meeting
from sightline.conversations.views.acting import carried_out
from sightline.conversations.views.talks import talk_page
from sightline.foundation.access.guards import found_or_404
from sightline.foundation.ui.acting import pressed
from sightline.people.viewer import ViewerRequest


@require_POST
def points(request: ViewerRequest, series_id: int) -> HttpResponse:
    """Put a point on the agenda."""
    series = found_or_404(queries.series_seen_by(request.viewer).filter(pk=series_id).first())
    form = PointForm(request.POST)
    if carried_out(
        request,
        form,
        lambda: actions.raise_point(by=request.viewer, series=series, **form.cleaned_data),
        draft_key=f"talk:{series.pk}:point",
    ):
        return redirect("conversations:talk", series.pk)
    return talk_page(request, series_id, point_form=form)


@require_POST
def settlement(request: ViewerRequest, point_id: int) -> HttpResponse:
    """A point was talked about."""
    point = found_or_404(queries.point_seen_by(request.viewer, point_id))
    meeting = settling_meeting(request.viewer, point.series)
    pressed(
        request,
        lambda: actions.settle_point(by=request.viewer, point=point, meeting=meeting),
        _("Off the agenda."),
    )
    return redirect("conversations:talk", point.series_id)


@require_POST
def put_back(request: ViewerRequest, point_id: int) -> HttpResponse:
    """A point was settled by mistake."""
    point = found_or_404(queries.point_seen_by(request.viewer, point_id))
    pressed(
        request,
        lambda: actions.put_back_point(by=request.viewer, point=point),
        _("Back on the agenda."),
    )
    return redirect("conversations:talk", point.series_id)


@require_POST
def promises(request: ViewerRequest, series_id: int) -> HttpResponse:
    """Note what one of the two promised."""
    series = found_or_404(queries.series_seen_by(request.viewer).filter(pk=series_id).first())
    form = PromiseForm(request.POST, series=series, me=request.viewer.employee)
    if carried_out(
        request,
        form,
        lambda: actions.promise(by=request.viewer, series=series, **form.values),
        draft_key=f"talk:{series.pk}:promise",
    ):
        return redirect("conversations:talk", series.pk)
    return talk_page(request, series_id, promise_form=form)


@require_POST
def completion(request: ViewerRequest, action_id: int) -> HttpResponse:
    """Something promised is done."""
    action = found_or_404(queries.action_seen_by(request.viewer, action_id))
    pressed(request, lambda: actions.complete(by=request.viewer, action=action), _("Done."))
    return redirect("conversations:talk", action.series_id)
