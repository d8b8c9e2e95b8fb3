"""Feedback: what was said to whom, one piece of it, and giving it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from sightline.conversations import policies
from sightline.conversations.actions import feedback as actions
from sightline.conversations.forms.feedback import AboutForm, FeedbackForm, WordsForm
from sightline.conversations.models import Feedback, FeedbackRequest
from sightline.conversations.queries import feedback as queries
from sightline.conversations.views.acting import carried_out
from sightline.foundation.access.decisions import require
from sightline.foundation.access.guards import found_or_404
from sightline.foundation.core.fingerprints import fingerprint
from sightline.foundation.core.paging import page_after
from sightline.foundation.ui.acting import answer
from sightline.people.viewer import ViewerRequest


def feedback_list(request: ViewerRequest) -> HttpResponse:
    """Received, given, around one, asked for: the latest first."""
    shown = request.GET.get("show", "received")
    if shown == "asked":
        return _requests(request)
    sources = {"given": queries.given, "around": queries.around}
    source = sources.get(shown, queries.received)
    page = page_after(
        source(request.viewer), request.GET.get("after", ""), by=("-given_at", "-id"), size=30
    )
    context = {
        "page": page,
        "shown": shown if shown in sources else "received",
        "tabs": _tabs(shown if shown in sources else "received"),
        "waiting": queries.requests_waiting_for(request.viewer),
        "may_talk": policies.may_talk(request.viewer),
    }
    return render(request, "conversations/feedback_list.html", context)


def _requests(request: ViewerRequest) -> HttpResponse:
    rows = queries.requests_seen_by(request.viewer)
    page = page_after(rows, request.GET.get("after", ""), by=("-asked_at", "-id"), size=30)
    context = {
        "page": page,
        "shown": "asked",
        "tabs": _tabs("asked"),
        "may_talk": policies.may_talk(request.viewer),
    }
    return render(request, "conversations/requests.html", context)


def new_feedback(request: ViewerRequest) -> HttpResponse:
    """Give feedback: `?about=7`, or `?request=3` to answer; without either, ask for whom."""
    viewer = request.viewer
    require(policies.may_talk(viewer))
    answers = _request_answered(request)
    subject = answers.about if answers else _subject(request)
    if subject is None:
        return _ask_for_whom(request)
    require(policies.may_give(viewer, subject))
    readership = queries.readership_of(viewer, subject)
    form = FeedbackForm(
        request.POST or None,
        readership=readership,
        initial={"kind": Feedback.Kind.PRAISE, "readers": Feedback.Readers.SUBJECT},
    )
    key = f"feedback:request:{answers.pk}" if answers else f"feedback:about:{subject.pk}"
    made: list[Feedback] = []

    def act() -> None:
        made.append(
            actions.give_feedback(
                by=viewer, subject=subject, words=form.words, answers=answers, **form.values
            )
        )

    if carried_out(request, form, act, draft_key=key):
        messages.success(request, _("Sent. %s can read it now.") % subject.name)
        return redirect("conversations:feedback", made[0].pk)
    context = {"subject": subject, "answers": answers, "draft_key": key}
    return answer(request, "conversations/feedback_form.html", form, context)


def feedback(request: ViewerRequest, feedback_id: int) -> HttpResponse:
    """One piece of feedback; who opens it is known to the two whom it concerns."""
    found = found_or_404(queries.one_feedback(request.viewer, feedback_id))
    latest, *earlier = found.versions.all()
    actions.note_reading(by=request.viewer, version=latest)
    context = {
        "feedback": found,
        "latest": latest,
        "earlier": earlier,
        "readers": queries.words_of_readers(found),
        "may_revise": policies.may_revise(request.viewer, found),
        "may_see_readings": policies.may_see_readings(request.viewer, found),
    }
    return render(request, "conversations/feedback.html", context)


def revision(request: ViewerRequest, feedback_id: int) -> HttpResponse:
    """Put feedback in other words."""
    found = found_or_404(queries.one_feedback(request.viewer, feedback_id))
    require(policies.may_revise(request.viewer, found))
    latest = found.versions.all()[0]
    form = WordsForm(
        request.POST or None,
        initial=WordsForm.initial_of(latest),
        stands=fingerprint(latest.number),
    )
    key = f"feedback:{found.pk}:words"
    if carried_out(
        request,
        form,
        lambda: actions.revise_feedback(by=request.viewer, feedback=found, words=form.words),
        draft_key=key,
    ):
        messages.success(request, _("Said anew. What it said before stays to be read."))
        return redirect("conversations:feedback", found.pk)
    context: dict[str, Any] = {
        "title": _("Put it in other words"),
        "submit": _("Send"),
        "subject": found.subject.name,
        "subject_url": reverse("conversations:feedback", args=[found.pk]),
        "note": queries.words_of_readers(found) + ".",
        "draft_key": key,
    }
    return answer(request, "people/act.html", form, context)


def _request_answered(request: ViewerRequest) -> FeedbackRequest | None:
    asked = request.GET.get("request", "")
    if not asked:
        return None
    found = found_or_404(queries.one_request(request.viewer, asked))
    require(policies.may_answer(request.viewer, found))
    return found


def _subject(request: ViewerRequest) -> Any:
    asked = request.GET.get("about", "")
    return found_or_404(queries.colleague(request.viewer, asked)) if asked else None


def _ask_for_whom(request: ViewerRequest) -> HttpResponse:
    form = AboutForm(request.POST or None, viewer=request.viewer)
    if form.is_valid():
        address = reverse("conversations:new_feedback")
        return redirect(f"{address}?about={form.cleaned_data['about'].pk}")
    context = {
        "title": _("Give feedback"),
        "submit": _("Go on"),
        "subject_url": reverse("conversations:feedback_list"),
        "draft_key": "feedback:new",
    }
    return answer(request, "people/act.html", form, context)


def _tabs(shown: str) -> list[dict[str, Any]]:
    names = [
        ("received", _("Received")),
        ("given", _("Given")),
        ("asked", _("Asked for")),
        ("around", _("Around you")),
    ]
    address = reverse("conversations:feedback_list")
    return [
        {
            "label": label,
            "url": address if name == "received" else f"{address}?show={name}",
            "current": name == shown,
        }
        for name, label in names
    ]
