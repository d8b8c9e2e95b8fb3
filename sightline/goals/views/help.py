"""Asking for help with a goal, and what becomes of it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from sightline.foundation.access.decisions import require
from sightline.foundation.access.guards import found_or_404
from sightline.foundation.core.fingerprints import fingerprint
from sightline.foundation.core.paging import page_after
from sightline.goals import policies
from sightline.goals.actions import help as actions
from sightline.goals.forms.help import AnswerForm, AskForm
from sightline.goals.queries import help as queries
from sightline.goals.views.acting import about, acted, goal_for
from sightline.goals.views.lists import tabs
from sightline.people.viewer import ViewerRequest
from sightline.people.views.acting import answer, carried_out

SHOWN = 40
"""How many requests of the list one sees at once."""


def requests(request: ViewerRequest) -> HttpResponse:
    """What one was asked for, and what one asked for."""
    viewer = request.viewer
    require(policies.may_read_goals(viewer))
    rows = queries.own_requests(viewer)
    page = page_after(rows, request.GET.get("after", ""), by=("-pk",), size=SHOWN)
    return render(request, "goals/help.html", {"page": page, "tabs": tabs(viewer, "help")})


def ask(request: ViewerRequest, goal_id: int) -> HttpResponse:
    """Ask a colleague for help with a goal."""
    viewer = request.viewer
    goal = goal_for(request, goal_id, policies.may_check_in)
    form = AskForm(request.POST or None, viewer=viewer)
    return acted(
        request,
        goal,
        form,
        lambda: actions.ask_for_help(by=viewer, goal=goal, **form.cleaned_data),
        context=about(goal, _("Ask for help"), _("Ask")),
        done=lambda: _("%s is asked.") % form.cleaned_data["asked"].name,
    )


def help_request(request: ViewerRequest, request_id: int) -> HttpResponse:
    """One request: what is asked for, what was answered, and the way to answer."""
    viewer = request.viewer
    found = found_or_404(queries.request_seen_by(viewer, request_id))
    steps = policies.steps_open_to(viewer, found)
    stands = fingerprint(found.stage, found.promised_for)
    form = AnswerForm(
        request.POST or None,
        viewer=viewer,
        steps=steps,
        is_promised=found.promised_for is not None,
        stands=stands,
        initial={"promised_for": found.promised_for},
    )
    if carried_out(
        request,
        form,
        lambda: actions.answer_help(by=viewer, request=found, **form.cleaned_data),
    ):
        messages.success(request, _("Your answer is kept; the other side is told."))
        return redirect("goals:help_request", found.pk)
    context = {
        "asking": found,
        "is_asked": found.asked_id == viewer.employee.pk,
        "is_asker": found.asker_id == viewer.employee.pk,
        "steps": steps,
        "goal": queries.goal_of(viewer, found),
        "history": queries.steps_of(viewer, found),
    }
    return answer(request, "goals/help_request.html", form, context)
