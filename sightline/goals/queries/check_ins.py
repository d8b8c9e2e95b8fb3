"""What was said about a goal, in the order in which it was said."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet

from sightline.goals.models import CheckIn, Goal, Wording
from sightline.people.queries.people import employees_seen_by
from sightline.people.viewer import Viewer


def check_ins_of(viewer: Viewer, goal: Goal) -> QuerySet[CheckIn]:
    """The check-ins of a goal that the viewer was given, the newest first.

    `author_seen` tells whether the author exists for the viewer; of milestones `ticks` are at hand.
    """
    author = employees_seen_by(viewer).filter(pk=OuterRef("author"))
    rows = CheckIn.objects.filter(goal=goal).select_related("author", "disagreement")
    if goal.kind == Wording.Kind.MILESTONES:
        rows = rows.prefetch_related("ticks")
    return rows.annotate(author_seen=Exists(author)).order_by("-on", "-pk")
