"""What a goal serves."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from sightline.foundation.access.decisions import require
from sightline.foundation.access.guards import found_or_404
from sightline.foundation.core.fingerprints import fingerprint
from sightline.foundation.core.keys import words_in
from sightline.foundation.ui.acting import led_away
from sightline.goals import policies
from sightline.goals.actions import contributions as actions
from sightline.goals.forms import goals as forms
from sightline.goals.models import Contribution
from sightline.goals.queries import sightlines
from sightline.goals.queries.sightlines import (
    link_seen_by,
    may_serve,
    objectives_to_serve,
    responsibilities_to_serve,
)
from sightline.goals.views.acting import about, goal_for, page_of
from sightline.people.viewer import ViewerRequest
from sightline.people.views.acting import answer, carried_out
from sightline.strategy.forms.measures import ConfirmationForm
from sightline.strategy.wording import objective_changes

OFFERED = 12


def add(request: ViewerRequest, goal_id: int) -> HttpResponse:
    """Let a goal serve something."""
    viewer = request.viewer
    goal = goal_for(request, goal_id, policies.may_contribute)
    form = forms.ContributionForm(
        request.POST or None,
        viewer=viewer,
        goal=goal,
        objectives=objectives_to_serve(viewer),
        responsibilities=responsibilities_to_serve(viewer, goal),
        initial={"share_percent": sightlines.share_left_percent(goal) or None},
    )
    if carried_out(
        request,
        form,
        lambda: actions.set_contribution(
            by=viewer,
            goal=goal,
            serves=form.serves,
            share_percent=form.cleaned_data["share_percent"],
        ),
    ):
        messages.success(request, _("The line of sight is drawn."))
        return redirect("goals:goal", goal.pk)
    context = about(goal, _("Say what it serves"), _("Save"))
    return answer(request, "people/act.html", form, context)


def pick(request: ViewerRequest, goal_id: int) -> HttpResponse:
    """Goals that this one might serve, by their words."""
    goal = goal_for(request, goal_id, policies.may_contribute)
    words = words_in(request.GET.get("q", ""))
    rows = may_serve(request.viewer, goal).filter(title__icontains=words)[: OFFERED + 1]
    found = [
        {"value": str(one.pk), "label": one.title, "hint": f"{one.owner}, {one.period}"}
        for one in rows
    ]
    return JsonResponse({"results": found[:OFFERED], "more": len(found) > OFFERED})


def _link(request: ViewerRequest, link_id: int) -> Contribution:
    link = found_or_404(link_seen_by(request.viewer, link_id))
    require(policies.may_contribute(request.viewer, link.goal))
    return link


def share(request: ViewerRequest, link_id: int) -> HttpResponse:
    """Another share."""
    link = _link(request, link_id)
    form = forms.ShareForm(
        request.POST or None,
        viewer=request.viewer,
        initial=forms.ShareForm.initial_of(link),
        stands=fingerprint(link.share_percent),
    )
    if carried_out(
        request,
        form,
        lambda: actions.set_contribution(
            by=request.viewer, goal=link.goal, serves=link.target, **form.cleaned_data
        ),
    ):
        messages.success(request, _("The share is changed."))
        return redirect("goals:goal", link.goal_id)
    context = about(link.goal, _("Change the share"), _("Save"))
    return answer(request, "people/act.html", form, context)


def remove(request: ViewerRequest, link_id: int) -> HttpResponse:
    """Take a contribution back."""
    link = _link(request, link_id)
    goal_id = link.goal_id
    form = ConfirmationForm(request.POST or None, viewer=request.viewer)
    if carried_out(
        request,
        form,
        lambda: actions.remove_contribution(by=request.viewer, contribution=link),
    ):
        messages.success(request, _("The goal no longer serves it."))
        return redirect("goals:goal", goal_id)
    served = sightlines.served_by(request.viewer, link)
    note = _("It would serve “%s” no longer.") % served.title
    context = about(link.goal, _("Serve it no longer"), _("Take back"), note)
    return answer(request, "people/act.html", form, context)


def confirm(request: ViewerRequest, link_id: int) -> HttpResponse:
    """Say that a goal still serves what has changed since."""
    link = _link(request, link_id)
    if away := led_away(request, lambda: actions.refuse_confirmation(link), page_of(link.goal)):
        return away
    served = sightlines.served_by(request.viewer, link)
    new = served.successor
    form = ConfirmationForm(
        request.POST or None,
        viewer=request.viewer,
        stands=fingerprint(link.parent.version if link.parent else "", new and new.pk),
    )
    if carried_out(
        request,
        form,
        lambda: actions.confirm_contribution(by=request.viewer, contribution=link),
    ):
        messages.success(request, _("It is confirmed."))
        return redirect("goals:goal", link.goal_id)
    note = _(
        "“%s”, which it serves, has changed since. If the goal still helps it as it now stands, "
        "say so."
    ) % (served.title)
    context = about(link.goal, _("Confirm what it serves"), _("Confirm"), note)
    if new is not None and served.objective is not None:
        changes = objective_changes(request.viewer, served.objective, new)
        context |= {"facts": "goals/became.html", "changes": changes, "link": link, "new": new}
    return answer(request, "people/act.html", form, context)
