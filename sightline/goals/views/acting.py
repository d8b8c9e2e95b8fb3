"""What the views of one goal share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from sightline.foundation.access.decisions import Decision, require
from sightline.foundation.access.guards import found_or_404
from sightline.foundation.core.fingerprints import fingerprint
from sightline.goals.models import Goal
from sightline.goals.queries.goals import goal_seen_by
from sightline.goals.rules.texts import text_of
from sightline.people.forms.employees import ViewerForm
from sightline.people.viewer import Viewer, ViewerRequest
from sightline.people.views.acting import answer, carried_out


def goal_for(request: ViewerRequest, goal_id: int, may: Callable[[Viewer, Goal], Decision]) -> Goal:
    """The goal, when it exists for the viewer and this may be done with it."""
    goal = found_or_404(goal_seen_by(request.viewer, goal_id))
    require(may(request.viewer, goal))
    return goal


def stands(goal: Goal) -> str:
    """How a goal stood, and what it said, when a page about it was drawn."""
    talk = (goal.stage, goal.turn, goal.latest_number, goal.agreed_number, goal.version)
    return fingerprint(*talk, text_of(goal))


def page_of(goal: Goal) -> str:
    """Where a goal stands."""
    return reverse("goals:goal", args=[goal.pk])


def about(goal: Goal, title: str, submit: str, note: str = "") -> dict[str, Any]:
    """What people/act.html takes for an act on a goal."""
    here = {"subject": goal, "subject_url": page_of(goal)}
    return {"title": title, "submit": submit, "note": note, **here}


def acted(
    request: ViewerRequest,
    goal: Goal,
    form: ViewerForm,
    act: Callable[[], object],
    *,
    context: dict[str, Any],
    done: str | Callable[[], str],
    template: str = "people/act.html",
) -> HttpResponse:
    """Act on a goal and go back to its page, or say in the form why not."""
    if carried_out(request, form, act):
        messages.success(request, done if isinstance(done, str) else done())
        return redirect("goals:goal", goal.pk)
    return answer(request, template, form, context)
