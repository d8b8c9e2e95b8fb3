"""Requests for help with goals, as the viewer may read them."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When

from sightline.foundation.core.open_ends import rows_of
from sightline.goals import policies
from sightline.goals.models import Goal, HelpRequest, HelpStep
from sightline.goals.queries.goals import goal_seen_by
from sightline.goals.rules import help as rules
from sightline.people.queries.people import employees_seen_by
from sightline.people.viewer import Viewer


def help_seen_by(viewer: Viewer) -> QuerySet[HelpRequest]:
    """The requests that exist for the viewer."""
    rows = HelpRequest.objects.filter(policies.help_visible_to(viewer))
    return rows.select_related("asker", "asked")


def request_seen_by(viewer: Viewer, request_id: int) -> HelpRequest | None:
    """One request."""
    return help_seen_by(viewer).filter(pk=request_id).first()


def own_requests(viewer: Viewer) -> QuerySet[HelpRequest]:
    """Those that the viewer was asked or asked himself."""
    me = viewer.employee
    return help_seen_by(viewer).filter(Q(asker=me) | Q(asked=me))


def goal_of(viewer: Viewer, request: HelpRequest) -> Goal | None:
    """The goal of a request, if it exists for the viewer too."""
    return goal_seen_by(viewer, request.goal_id)


def steps_of(viewer: Viewer, request: HelpRequest) -> list[HelpStep]:
    """What became of a request that the viewer was given, step by step.

    The words for those two alone between whom it is, as was said when they were written.
    """
    steps = list(HelpStep.objects.filter(request=request).select_related("by"))
    if viewer.employee.pk not in {request.asker_id, request.asked_id}:
        for one in steps:
            one.words = ""
    return steps


def help_with(viewer: Viewer, goal: Goal) -> QuerySet[HelpRequest]:
    """What help was asked for with a goal that the viewer was given, the newest first.

    `asked_seen` tells whether the one who is asked exists for the viewer, `is_open` whether the
    viewer may read all of it.
    """
    asked = employees_seen_by(viewer).filter(pk=OuterRef("asked"))
    read = HelpRequest.objects.filter(policies.help_visible_to(viewer), pk=OuterRef("pk"))
    rows = HelpRequest.objects.filter(goal=goal).select_related("asked")
    return rows.annotate(asked_seen=Exists(asked), is_open=Exists(read)).order_by("-pk")


def open_ends(viewer: Viewer) -> list[QuerySet[Any]]:
    """What the viewer was asked and has not answered, and what he promised."""
    rows = HelpRequest.objects.filter(asked=viewer.employee, stage__in=rules.WAITING)
    what = Case(When(stage=rules.OPEN, then=Value("help")), default=Value("help_promised"))
    return [rows_of(rows, what, who="asker__name", text="words", on="promised_for")]
