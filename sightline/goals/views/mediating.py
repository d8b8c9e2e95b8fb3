"""Two who cannot agree ask somebody to mediate; who is asked recommends."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _

from sightline.foundation.access.decisions import require
from sightline.foundation.access.guards import found_or_404
from sightline.goals import policies
from sightline.goals.actions import mediating as actions
from sightline.goals.forms import mediating as forms
from sightline.goals.queries import talks
from sightline.goals.queries.goals import goal_seen_by
from sightline.goals.rules.texts import fields_of
from sightline.goals.views.acting import about, acted, goal_for, stands
from sightline.people.viewer import ViewerRequest


def ask(request: ViewerRequest, goal_id: int) -> HttpResponse:
    """Ask who stands above both sides to help."""
    viewer = request.viewer
    goal = found_or_404(goal_seen_by(viewer, goal_id))
    asking = policies.asking_to_mediate(viewer, goal)
    require(asking.decision)
    form = forms.MediationForm(request.POST or None, viewer=viewer, stands=stands(goal))
    name = asking.mediator.name if asking.mediator else ""
    note = _(
        "%s is asked. Until you agree, that person alone sees the proposal, its revisions and what "
        "each changed, beside those who see them now. You both are told; nobody agrees for you."
    )
    return acted(
        request,
        goal,
        form,
        lambda: actions.ask_to_mediate(by=viewer, goal=goal, **form.cleaned_data),
        context=about(goal, _("Ask somebody to mediate"), _("Ask"), note % name),
        done=_("It is asked. You both are told when there is a word."),
    )


def recommend(request: ViewerRequest, goal_id: int) -> HttpResponse:
    """Say what one recommends, in words."""
    viewer = request.viewer
    goal = goal_for(request, goal_id, policies.may_mediate)
    form = forms.RecommendationForm(request.POST or None, viewer=viewer, stands=stands(goal))
    return acted(
        request,
        goal,
        form,
        lambda: actions.recommend(by=viewer, goal=goal, **form.cleaned_data),
        context=about(
            goal, _("Recommend something to both"), _("Send"), _("Both read it, and both decide.")
        ),
        done=_("Both are told."),
    )


def put_forward(request: ViewerRequest, goal_id: int) -> HttpResponse:
    """Put a wording between the two forward."""
    viewer = request.viewer
    goal = goal_for(request, goal_id, policies.may_mediate)
    form = forms.WordingForm(
        request.POST or None,
        viewer=viewer,
        initial=fields_of(talks.latest_text(goal)),
        stands=stands(goal),
    )
    context = about(
        goal,
        _("Put a wording forward"),
        _("Send"),
        _("It is nobody’s side: the owner answers first, then the other. It holds when both do."),
    )
    return acted(
        request,
        goal,
        form,
        lambda: actions.put_forward(
            by=viewer, goal=goal, text=form.text, words=form.cleaned_data["reason"]
        ),
        context=context,
        done=_("It is sent. The owner answers first."),
        template="goals/text.html",
    )
