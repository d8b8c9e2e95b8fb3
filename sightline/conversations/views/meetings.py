"""Meetings of a series: planned, moved, held, skipped, noted upon."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sightline.conversations import policies, rules
from sightline.conversations.actions import meetings as actions
from sightline.conversations.actions.notes import keep_note
from sightline.conversations.forms.talks import MeetingForm, NoteForm
from sightline.conversations.models import Meeting, Series
from sightline.conversations.queries import talks as queries
from sightline.conversations.queries.talk_page import note_on
from sightline.conversations.views.acting import carried_out, note_key
from sightline.foundation.access.decisions import require
from sightline.foundation.access.guards import found_or_404
from sightline.foundation.core.fingerprints import fingerprint
from sightline.foundation.ui.acting import answer, led_away, pressed
from sightline.foundation.ui.words import day
from sightline.people.viewer import ViewerRequest


def plan(request: ViewerRequest, series_id: int) -> HttpResponse:
    """Plan the next talk; the day proposed keeps the rhythm."""
    seen = found_or_404(queries.one_series(request.viewer, series_id))
    require(policies.may_carry_on(request.viewer, seen.series))
    proposed = rules.next_meeting_on(seen.last_on, seen.series.cadence_days, request.viewer.today)
    form = MeetingForm(request.POST or None, initial={"meets_on": proposed})
    return _act(
        request,
        seen.series,
        form,
        lambda: actions.plan_meeting(by=request.viewer, series=seen.series, **form.values),
        title=_("Plan the next talk"),
        submit=_("Plan"),
        said=_("The talk is planned."),
    )


def move(request: ViewerRequest, meeting_id: int) -> HttpResponse:
    """Give a planned talk another day or time."""
    meeting = found_or_404(queries.meeting_seen_by(request.viewer, meeting_id))
    require(policies.may_carry_on(request.viewer, meeting.series))
    back = reverse("conversations:talk", args=[meeting.series_id])
    if away := led_away(request, lambda: actions.refuse_moving(meeting), back):
        return away
    starts = timezone.localtime(meeting.starts_at).time() if meeting.starts_at else None
    form = MeetingForm(
        request.POST or None,
        initial={"meets_on": meeting.local_day, "time": starts},
        stands=fingerprint(meeting.meets_on, meeting.starts_at, meeting.stage),
    )
    return _act(
        request,
        meeting.series,
        form,
        lambda: actions.move_meeting(by=request.viewer, meeting=meeting, **form.values),
        title=_("Move the talk"),
        submit=_("Move"),
        said=_("The talk is moved."),
    )


@require_POST
def hold(request: ViewerRequest, meeting_id: int) -> HttpResponse:
    """The two have talked; next comes the next talk."""
    meeting = found_or_404(queries.meeting_seen_by(request.viewer, meeting_id))
    if not pressed(
        request,
        lambda: actions.hold_meeting(by=request.viewer, meeting=meeting),
        _("You have talked. When next?"),
    ):
        return _back(meeting)
    return redirect("conversations:plan", meeting.series_id)


@require_POST
def skip(request: ViewerRequest, meeting_id: int) -> HttpResponse:
    """A talk is left out."""
    meeting = found_or_404(queries.meeting_seen_by(request.viewer, meeting_id))
    if not pressed(
        request,
        lambda: actions.skip_meeting(by=request.viewer, meeting=meeting),
        _("Skipped. Its points stay on the agenda."),
    ):
        return _back(meeting)
    return redirect("conversations:plan", meeting.series_id)


def note(request: ViewerRequest, meeting_id: int) -> HttpResponse:
    """The viewer's own notes on a meeting, however long ago it was."""
    viewer = request.viewer
    meeting = found_or_404(queries.meeting_seen_by(viewer, meeting_id))
    form = NoteForm(request.POST or None, note=note_on(viewer, meeting))
    key = note_key(meeting)
    if carried_out(
        request,
        form,
        lambda: keep_note(by=viewer, meeting=meeting, text=form.cleaned_data["text"]),
        draft_key=key,
    ):
        messages.success(request, _("Your notes are kept."))
        return _back(meeting)
    partner = meeting.series.partner_of(viewer.employee)
    readers = _("Nobody else reads these: not %s, not HR, not an administrator.")
    context = {
        "title": _("Your private notes of %s") % day(meeting.local_day),
        "submit": _("Keep"),
        "subject": partner.name,
        "subject_url": reverse("conversations:talk", args=[meeting.series_id]),
        "note": readers % partner.first_name,
        "draft_key": key,
    }
    return answer(request, "people/act.html", form, context)


def _back(meeting: Meeting) -> HttpResponse:
    return redirect("conversations:talk", meeting.series_id)


def _act(
    request: ViewerRequest,
    series: Series,
    form: MeetingForm,
    act: Callable[[], object],
    *,
    said: str,
    **words: Any,
) -> HttpResponse:
    key = f"talk:{series.pk}:day"
    if carried_out(request, form, act, draft_key=key):
        messages.success(request, said)
        return redirect("conversations:talk", series.pk)
    context = {
        "subject": series.partner_of(request.viewer.employee).name,
        "subject_url": reverse("conversations:talk", args=[series.pk]),
        "draft_key": key,
        **words,
    }
    return answer(request, "people/act.html", form, context)
