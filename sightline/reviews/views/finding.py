"""What a page is about, found for the viewer or answered with 404."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect

from sightline.foundation.access.guards import found_or_404
from sightline.foundation.ui import say
from sightline.foundation.ui.acting import ActForm
from sightline.people.viewer import ViewerRequest
from sightline.people.views.acting import answer, carried_out
from sightline.reviews.models import Cycle, Form, Review
from sightline.reviews.queries.cycles import cycle_seen_by
from sightline.reviews.queries.forms import form_seen_by
from sightline.reviews.queries.reviews import review_seen_by


def review_of(request: ViewerRequest, review_id: int) -> Review:
    """A review that exists for the viewer."""
    return found_or_404(review_seen_by(request.viewer, review_id))


def cycle_of(request: ViewerRequest, cycle_id: int) -> Cycle:
    """A cycle that exists for the viewer."""
    return found_or_404(cycle_seen_by(request.viewer, cycle_id))


def form_of(request: ViewerRequest, form_id: int) -> Form:
    """A form that exists for the viewer."""
    return found_or_404(form_seen_by(request.viewer, form_id))


def act(
    request: ViewerRequest,
    form: ActForm,
    do: Callable[[], object],
    *,
    done: str,
    back: str,
    context: dict[str, Any],
    template: str = "people/act.html",
) -> HttpResponse:
    """One form that leads to one act: shown, refused, or carried out and back."""
    if carried_out(request, form, do):
        return went(request, done, back)
    return answer(request, template, form, {"subject_url": back, **context})


def went(request: ViewerRequest, done: str, back: str) -> HttpResponseRedirect:
    """Say what was done, and go back."""
    say.done(request, done)
    return redirect(back)
