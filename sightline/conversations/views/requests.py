"""Asking for feedback, and what becomes of it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sightline.conversations import policies
from sightline.conversations.actions import requests as actions
from sightline.conversations.forms.feedback import DeclineForm, RequestForm
from sightline.conversations.models import FeedbackRequest
from sightline.conversations.queries import feedback as queries
from sightline.conversations.views.acting import carried_out
from sightline.foundation.access.decisions import require
from sightline.foundation.access.guards import found_or_404
from sightline.foundation.ui.acting import answer
from sightline.people.viewer import ViewerRequest


def new_request(request: ViewerRequest) -> HttpResponse:
    """Ask about oneself, or with `?about=7` as a manager about one of the team."""
    viewer = request.viewer
    require(policies.may_talk(viewer))
    asked = request.GET.get("about", "")
    about = found_or_404(queries.colleague(viewer, asked)) if asked else viewer.employee
    require(policies.may_ask_about(viewer, about))
    form = RequestForm(request.POST or None, viewer=viewer)
    key = f"feedback:ask:{about.pk}"
    made: list[FeedbackRequest] = []
    if carried_out(
        request,
        form,
        lambda: made.append(actions.ask_for_feedback(by=viewer, about=about, **form.cleaned_data)),
        draft_key=key,
    ):
        messages.success(request, _("%s is asked.") % made[0].asked.name)
        return redirect("conversations:request", made[0].pk)
    is_me = about.pk == viewer.employee.pk
    about_another = _("You ask about %(name)s. %(name)s can read that, and reads the answer.")
    context = {
        "title": _("Ask for feedback"),
        "submit": _("Ask"),
        "subject_url": reverse("conversations:feedback_list"),
        "note": "" if is_me else about_another % {"name": about.name},
        "draft_key": key,
    }
    return answer(request, "people/act.html", form, context)


def feedback_request(request: ViewerRequest, request_id: int) -> HttpResponse:
    """A request: the question, and the way to answer or decline."""
    return _page(request, request_id, DeclineForm(), status=200)


@require_POST
def declining(request: ViewerRequest, request_id: int) -> HttpResponse:
    """Say no."""
    found = found_or_404(queries.one_request(request.viewer, str(request_id)))
    form = DeclineForm(request.POST)
    if carried_out(
        request,
        form,
        lambda: actions.decline(by=request.viewer, request=found, **form.cleaned_data),
        draft_key=f"feedback:request:{found.pk}:decline",
    ):
        messages.success(request, _("Declined. %s can read that.") % found.asker.name)
        return redirect("conversations:request", found.pk)
    return _page(request, request_id, form, status=422)


def _page(
    request: ViewerRequest, request_id: int, form: DeclineForm, *, status: int
) -> HttpResponse:
    found = found_or_404(queries.one_request(request.viewer, str(request_id)))
    context = {
        "asking": found,
        "answer": queries.answer_seen_by(request.viewer, found),
        "state": queries.state_of(found),
        "reason": queries.reason_seen_by(request.viewer, found),
        "may_answer": policies.may_answer(request.viewer, found),
        "form": form,
        "draft_key": f"feedback:request:{found.pk}:decline",
    }
    return render(request, "conversations/request.html", context, status=status)
