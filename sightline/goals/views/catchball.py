"""A goal goes to and fro."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _

from sightline.foundation.ui.acting import led_away
from sightline.goals import policies
from sightline.goals.actions import catchball as actions
from sightline.goals.forms import goals as forms
from sightline.goals.queries import talks
from sightline.goals.rules.texts import fields_of
from sightline.goals.views.acting import about, acted, goal_for, page_of, stands
from sightline.people.viewer import ViewerRequest


def propose(request: ViewerRequest, goal_id: int) -> HttpResponse:
    """Show a draft to the other side."""
    viewer = request.viewer
    goal = goal_for(request, goal_id, policies.may_revise)
    if away := led_away(request, lambda: actions.refuse_proposal(goal), page_of(goal)):
        return away
    form = forms.ProposalForm(request.POST or None, viewer=viewer, stands=stands(goal))
    return acted(
        request,
        goal,
        form,
        lambda: actions.propose_draft(by=viewer, goal=goal, **form.cleaned_data),
        context=about(goal, _("Propose the goal"), _("Propose")),
        done=_("It is proposed. The other side accepts it or answers with a change."),
    )


def revise(request: ViewerRequest, goal_id: int) -> HttpResponse:
    """Answer with a change, or propose to change what was agreed."""
    viewer = request.viewer
    goal = goal_for(request, goal_id, policies.may_revise)
    form = forms.RevisionForm(
        request.POST or None,
        viewer=viewer,
        initial=fields_of(talks.latest_text(goal)),
        stands=stands(goal),
    )
    context = about(
        goal,
        _("Answer with a change") if goal.turn else _("Propose a change"),
        _("Send"),
        _("What is agreed holds until both sides have accepted the change.") if goal.holds else "",
    )
    return acted(
        request,
        goal,
        form,
        lambda: actions.revise(
            by=viewer, goal=goal, text=form.text, reason=form.cleaned_data["reason"]
        ),
        context=context,
        done=_("It is sent. It holds when the other side accepts it."),
        template="goals/text.html",
    )


def accept(request: ViewerRequest, goal_id: int) -> HttpResponse:
    """Accept what is proposed. The number of the revision that was read comes with the form."""
    viewer = request.viewer
    goal = goal_for(request, goal_id, policies.may_accept)
    form = forms.AcceptanceForm(request.POST or None, viewer=viewer, stands=stands(goal))
    revisions = talks.revisions_of(viewer, goal)
    proposed = {
        "facts": "goals/accept.html",
        "proposed": talks.proposed_change(goal, revisions),
        "last": revisions[0],
    }
    is_change = goal.agreed_number is not None
    title = _("Accept the change") if is_change else _("Accept the goal as it stands")
    holds: list[bool] = []

    def done() -> str:
        waits = _("You have accepted it. It is agreed when the other side has, too.")
        return _("It is agreed.") if holds[0] else waits

    return acted(
        request,
        goal,
        form,
        lambda: holds.append(
            actions.accept(by=viewer, goal=goal, number=goal.latest_number, **form.cleaned_data)
        ),
        context=about(goal, title, _("Accept")) | proposed,
        done=done,
    )
