"""Series of talks: the viewer's, one of them, how regularly people talk."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sightline.conversations import policies
from sightline.conversations.actions import series as actions
from sightline.conversations.forms import talks as forms
from sightline.conversations.models import Series
from sightline.conversations.queries import talks as queries
from sightline.conversations.queries.feedback import colleague
from sightline.conversations.queries.talk_page import Talk, talk_seen_by
from sightline.conversations.views.acting import carried_out, note_key
from sightline.foundation.access.decisions import require
from sightline.foundation.access.guards import found_or_404
from sightline.foundation.core.fingerprints import fingerprint
from sightline.foundation.core.paging import page_after
from sightline.foundation.drafts.queries import drafts_of
from sightline.foundation.ui.acting import answer, pressed
from sightline.people.viewer import ViewerRequest


def talks(request: ViewerRequest) -> HttpResponse:
    """The viewer's series, the quietest first."""
    require(policies.may_talk(request.viewer))
    context = {"rows": queries.my_series(request.viewer), "tabs": _tabs(request)}
    return render(request, "conversations/talks.html", context)


def rhythms(request: ViewerRequest) -> HttpResponse:
    """Who talks with whom and how long ago, for managers and HR; never what about."""
    require(policies.may_watch_rhythms(request.viewer))
    rows = queries.rhythms_seen_by(request.viewer)
    page = page_after(rows, request.GET.get("after", ""), by=("one__sort_key", "id"))
    seen = [queries.seen_as(request.viewer, row) for row in page.rows]
    context = {"rows": seen, "next": page.next, "tabs": _tabs(request)}
    return render(request, "conversations/rhythms.html", context)


def new_series(request: ViewerRequest) -> HttpResponse:
    """Begin regular talks; `?with=7` names the partner, and leads to talks that there are."""
    viewer = request.viewer
    require(policies.may_talk(viewer))
    asked = request.GET.get("with", "")
    partner = found_or_404(colleague(viewer, asked)) if asked else None
    if partner and request.method == "GET" and (held := queries.series_with(viewer, partner)):
        return redirect("conversations:talk", held.pk)
    form = forms.SeriesForm(
        request.POST or None,
        viewer=viewer,
        initial={"partner": partner, "purpose": _("One-to-one"), "cadence_days": 14},
    )
    opened: list[Series] = []
    key = f"talks:new:{partner.pk}" if partner else "talks:new"
    if carried_out(
        request,
        form,
        lambda: opened.append(actions.open_series(by=viewer, **form.cleaned_data)),
        draft_key=key,
    ):
        return redirect("conversations:plan", opened[0].pk)
    context = {
        "title": _("Talk regularly"),
        "submit": _("Begin"),
        "subject_url": reverse("conversations:talks"),
        "draft_key": key,
    }
    return answer(request, "people/act.html", form, context)


def talk(request: ViewerRequest, series_id: int) -> HttpResponse:
    """One series: the agenda, what was promised, the reader's notes, earlier talks.

    `?after=12` tells of the talks before that one.
    """
    return talk_page(request, series_id)


def talk_page(request: ViewerRequest, series_id: int, **refused: Any) -> HttpResponse:
    """The page of a series; with a form that was refused, 422 and what was typed."""
    viewer = request.viewer
    seen = found_or_404(talk_seen_by(viewer, series_id, request.GET.get("after", "")))
    series = seen.seen.series
    context = {
        "talk": seen,
        "series": series,
        "partner": seen.seen.partner,
        "may_carry_on": policies.may_carry_on(viewer, series),
        "point_form": forms.PointForm(),
        "promise_form": forms.PromiseForm(
            series=series, me=viewer.employee, initial={"who": viewer.employee.pk}
        ),
        "note_form": forms.NoteForm(note=seen.note),
        "keys": _draft_keys(seen),
        "typed": _typed(request, seen),
        **refused,
    }
    return render(request, "conversations/talk.html", context, status=422 if refused else 200)


def _draft_keys(seen: Talk) -> dict[str, str]:
    """Under which names the typing on a series' page is kept."""
    series = seen.seen.series.pk
    keys = {"point": f"talk:{series}:point", "promise": f"talk:{series}:promise"}
    return keys | ({"note": note_key(seen.current)} if seen.current else {})


def _typed(request: ViewerRequest, seen: Talk) -> set[int]:
    """On which of the talks that are over the viewer has typed notes and not kept them."""
    keys = {note_key(one.meeting): one.meeting.pk for one in seen.past if one.meeting}
    rows = drafts_of(request.user).filter(key__in=list(keys))
    return {keys[key] for key in rows.values_list("key", flat=True)}


def cadence(request: ViewerRequest, series_id: int) -> HttpResponse:
    """Another rhythm for a series, or its end."""
    series = found_or_404(queries.series_seen_by(request.viewer).filter(pk=series_id).first())
    require(policies.may_carry_on(request.viewer, series))
    form = forms.CadenceForm(
        request.POST or None,
        initial={"cadence_days": series.cadence_days},
        stands=fingerprint(series.cadence_days),
    )
    key = f"talk:{series.pk}:cadence"
    if carried_out(
        request,
        form,
        lambda: actions.change_cadence(by=request.viewer, series=series, **form.cleaned_data),
        draft_key=key,
    ):
        messages.success(request, _("The rhythm is changed."))
        return redirect("conversations:talk", series.pk)
    context = {
        "title": _("Another rhythm"),
        "submit": _("Change"),
        "subject": series.partner_of(request.viewer.employee).name,
        "subject_url": reverse("conversations:talk", args=[series.pk]),
        "draft_key": key,
    }
    return answer(request, "people/act.html", form, context)


@require_POST
def series_end(request: ViewerRequest, series_id: int) -> HttpResponse:
    """Talk no more."""
    series = found_or_404(queries.series_seen_by(request.viewer).filter(pk=series_id).first())
    pressed(
        request,
        lambda: actions.end_series(by=request.viewer, series=series),
        _("The series has ended; what was said stays here."),
    )
    return redirect("conversations:talk", series.pk)


def _tabs(request: ViewerRequest) -> list[dict[str, str]]:
    if not policies.may_watch_rhythms(request.viewer):
        return []
    names = [("talks", _("Your talks")), ("rhythms", _("Who talks when"))]
    return [{"label": label, "url": reverse(f"conversations:{name}")} for name, label in names]
