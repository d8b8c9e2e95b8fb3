"""Saying how goals stand: one, or all of one's own on one page."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sightline.foundation.access.decisions import require
from sightline.goals import policies
from sightline.goals.actions import check_ins as actions
from sightline.goals.forms.check_ins import CheckInForm, CheckInsForm
from sightline.goals.forms.goals import DisagreementForm
from sightline.goals.queries.goals import GoalSeen, own_running, silent_of, told
from sightline.goals.queries.milestones import done_days
from sightline.goals.views.acting import about, acted, goal_for
from sightline.people.viewer import ViewerRequest
from sightline.people.views.acting import answer, carried_out


def one(request: ViewerRequest, goal_id: int) -> HttpResponse:
    """Check in on one goal."""
    viewer = request.viewer
    goal = goal_for(request, goal_id, policies.may_check_in)
    done = done_days([goal]).get(goal.pk, {})
    form = CheckInForm(request.POST or None, viewer=viewer, goal=goal, done=done)
    return acted(
        request,
        goal,
        form,
        lambda: actions.check_in(by=viewer, goal=goal, **form.said),
        context=about(goal, _("Check in"), _("Check in")),
        done=_("It is said."),
    )


def several(request: ViewerRequest) -> HttpResponse:
    """Check in on all of one's running goals; what is left alone is left out."""
    require(policies.may_read_goals(request.viewer))
    return _said(request, _running(request), is_due=False)


def due(request: ViewerRequest) -> HttpResponse:
    """Check in on those alone of which nothing was said for long.

    A part that opens on home, and a page where there are no scripts.
    """
    require(policies.may_read_goals(request.viewer))
    return _said(request, _due(request, _running(request)), is_due=True)


def _running(request: ViewerRequest) -> list[GoalSeen]:
    return told(own_running(request.viewer), request.viewer.today)


def _said(request: ViewerRequest, goals: list[GoalSeen], *, is_due: bool) -> HttpResponse:
    viewer = request.viewer
    form = CheckInsForm(request.POST or None, viewer=viewer, goals=goals)

    def say_all() -> None:
        actions.check_in_on_several(by=viewer, said=[(row.goal, row.said) for row in form.said])

    if carried_out(request, form, say_all):
        count = len(form.said)
        done = ngettext("%d goal has a new word.", "%d goals have a new word.", count) % count
        messages.success(request, done)
        return _gone_to(request, "home" if is_due else "goals:mine")
    part = "#form" if request.headers.get("HX-Request") else ""
    return answer(request, f"goals/check_ins.html{part}", form, {"goals": goals, "is_due": is_due})


def _due(request: ViewerRequest, goals: list[GoalSeen]) -> list[GoalSeen]:
    """The silent ones; of a form that was sent, those that it held."""
    if request.method == "POST":
        return [one for one in goals if f"g{one.goal.pk}-confidence" in request.POST]
    silent = {one.goal.pk for one in silent_of(goals, request.viewer.today)}
    return [one for one in goals if one.goal.pk in silent]


def _gone_to(request: ViewerRequest, name: str) -> HttpResponse:
    """To another page; htmx, which would put it into this one, is told to go there."""
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": reverse(name)})
    return redirect(name)


def disagree(request: ViewerRequest, goal_id: int) -> HttpResponse:
    """Say what a computed status does not tell."""
    viewer = request.viewer
    goal = goal_for(request, goal_id, policies.may_check_in)
    form = DisagreementForm(request.POST or None, viewer=viewer)
    return acted(
        request,
        goal,
        form,
        lambda: actions.disagree(by=viewer, goal=goal, **form.cleaned_data),
        context=about(
            goal,
            _("Disagree with the status"),
            _("Say so"),
            _("The status stays as it was computed. Your words stand beside it."),
        ),
        done=_("Your words stand beside the status."),
    )
