"""A goal is shared out to several people at once."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sightline.foundation.core.fingerprints import fingerprint
from sightline.goals import policies
from sightline.goals.actions import sharing as actions
from sightline.goals.forms.sharing import SharingForm
from sightline.goals.queries import sharing
from sightline.goals.views.acting import about, goal_for, stands
from sightline.people.viewer import ViewerRequest
from sightline.people.views.acting import answer, carried_out


def share_out(request: ViewerRequest, goal_id: int) -> HttpResponse:
    """Propose parts of a goal to one's reports; asked by the page while one types, add it up."""
    viewer = request.viewer
    goal = goal_for(request, goal_id, policies.may_share_out)
    takers = sharing.takers(viewer, goal)
    form = SharingForm(
        request.POST or None,
        viewer=viewer,
        goal=goal,
        takers=takers,
        stands=fingerprint(stands(goal), [one.serving for one in takers]),
    )
    context = about(goal, _("Share it out to people"), _("Propose to each"))
    if request.headers.get("HX-Request"):
        return render(request, "goals/closure.html", {"goal": goal, "closure": form.closure()})
    is_added_up = "add_up" in request.POST

    def share() -> None:
        reason = form.cleaned_data["reason"]
        actions.share_out(by=viewer, goal=goal, parts=form.parts, reason=reason)

    if not is_added_up and carried_out(request, form, share):
        count = len(form.chosen)
        done = ngettext("%d person is asked.", "%d people are asked.", count) % count
        messages.success(request, done)
        return redirect("goals:goal", goal.pk)
    context["closure"] = form.closure()
    return answer(request, "goals/share_out.html", form, context)
