"""The list of how an organisation begins, and what may be done to it."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sightline.foundation.access.decisions import require
from sightline.foundation.ui import say
from sightline.people.viewer import ViewerRequest
from sightline.site import policies
from sightline.site.actions import beginnings as actions
from sightline.site.getting_started import STEPS, beginning_of


@require_safe
def getting_started(request: ViewerRequest) -> HttpResponse:
    """All steps, those that were set aside as well."""
    require(policies.may_begin(request.viewer))
    return render(request, "site/getting_started.html", {"beginning": beginning_of(request.viewer)})


@require_POST
def set_aside(request: ViewerRequest, step: str) -> HttpResponse:
    """Put one step off."""
    actions.set_aside(by=request.viewer, steps=[_known(step)])
    say.done(request, _("Set aside."), undo=reverse("take_up", args=[step]))
    return redirect("home")


@require_POST
def take_up(request: ViewerRequest, step: str) -> HttpResponse:
    """List a step again."""
    actions.take_up(by=request.viewer, step=_known(step))
    return redirect("getting_started")


@require_POST
def put_away(request: ViewerRequest) -> HttpResponse:
    """Put off all that is still open, so that home shows the list no longer."""
    require(policies.may_begin(request.viewer))
    waiting = [one.step.key for one in beginning_of(request.viewer).steps if one.is_open]
    actions.set_aside(by=request.viewer, steps=waiting)
    say.done(request, _("The list is put away. You find it again on the page Invitations."))
    return redirect("home")


def _known(key: str) -> str:
    if key not in {step.key for step in STEPS}:
        raise Http404
    return key
