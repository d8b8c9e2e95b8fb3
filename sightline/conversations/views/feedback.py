"""Feedback: what was said to whom, one piece of it, and giving it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

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
from sightline.conversations.queries.topics import Topic, is_reference, topic_seen_by, with_topics
from sightline.conversations.views.acting import carried_out
from sightline.foundation.access.decisions import require
from sightline.foundation.access.guards import found_or_404
from sightline.foundation.core.fingerprints import fingerprint
from sightline.foundation.core.paging import page_after
from sightline.foundation.ui.acting import answer
from sightline.people.models import Employee
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
        "rows": with_topics(request.viewer, page.rows),
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
    """Give feedback: to a person (`?about=7`), about a thing (`?about=goal:12`, whose owner is
    meant unless `&to=7` says who), as an answer (`?request=3`); without any, ask for whom.
    """
    viewer = request.viewer
    require(policies.may_talk(viewer))
    answers, topic = _request_answered(request), _topic(request)
    subject = answers.about if answers else _subject(request, topic)
    if subject is None:
        return _ask_for_whom(request, topic)
    require(policies.may_give(viewer, subject))
    readership = queries.readership_of(viewer, subject)
    form = FeedbackForm(
        request.POST or None,
        readership=readership,
        stands=readership.mark,
        initial={"kind": Feedback.Kind.PRAISE, "readers": Feedback.Readers.SUBJECT},
    )
    key = _draft_key(subject, answers, topic)
    reference = topic.reference if topic else ""
    made: list[Feedback] = []

    def act() -> None:
        made.append(
            actions.give_feedback(
                by=viewer,
                subject=subject,
                words=form.words,
                topic=reference,
                answers=answers,
                **form.values,
            )
        )

    if carried_out(request, form, act, draft_key=key):
        messages.success(request, _("Sent. %s can read it now.") % subject.name)
        return redirect("conversations:feedback", made[0].pk)
    context = {
        "subject": subject,
        "answers": answers,
        "asker_reads": answers and readership.words_for_asker(answers),
        "topic": topic,
        "draft_key": key,
    }
    return answer(request, "conversations/feedback_form.html", form, context)


def feedback(request: ViewerRequest, feedback_id: int) -> HttpResponse:
    """One piece of feedback; who opens it is known to the two whom it concerns."""
    found = found_or_404(queries.one_feedback(request.viewer, feedback_id))
    latest, *earlier = found.versions.all()
    actions.note_readings(by=request.viewer, feedback=[found])
    context = {
        "feedback": found,
        "latest": latest,
        "earlier": earlier,
        "readers": queries.words_of_readers(found),
        "topic": topic_seen_by(request.viewer, found.topic) if found.topic else None,
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
        "advice": "feedback",
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


def _topic(request: ViewerRequest) -> Topic | None:
    asked = request.GET.get("about", "")
    return found_or_404(topic_seen_by(request.viewer, asked)) if is_reference(asked) else None


def _subject(request: ViewerRequest, topic: Topic | None) -> Employee | None:
    """Whom the feedback is for: who is named, else whose thing it is about, but never oneself."""
    asked = request.GET.get("to" if topic else "about", "")
    if asked:
        return found_or_404(queries.colleague(request.viewer, asked))
    owner = topic.owner if topic else None
    return owner if owner and owner.pk != request.viewer.employee.pk else None


def _draft_key(subject: Employee, answers: FeedbackRequest | None, topic: Topic | None) -> str:
    if answers:
        return f"feedback:request:{answers.pk}"
    about = f":{topic.reference}" if topic else ""
    return f"feedback:about:{subject.pk}{about}"


def _ask_for_whom(request: ViewerRequest, topic: Topic | None) -> HttpResponse:
    form = AboutForm(request.POST or None, viewer=request.viewer)
    if form.is_valid():
        address = reverse("conversations:new_feedback")
        key = form.cleaned_data["about"].pk
        asked = {"about": topic.reference, "to": key} if topic else {"about": key}
        return redirect(f"{address}?{urlencode(asked)}")
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
