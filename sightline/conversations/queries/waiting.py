"""What waits for the viewer in conversations; the home page puts it beside the rest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, F, IntegerField, QuerySet, Value, When

from sightline.conversations.models import Action, Feedback, FeedbackRequest, Meeting
from sightline.conversations.queries.feedback import received, requests_waiting_for
from sightline.conversations.queries.talks import series_seen_by
from sightline.people.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Due:
    """A talk of today or before, or something promised for such a day."""

    series_id: int
    partner: str
    text: str
    """What the talks are for, or what was promised."""
    due_on: date
    is_promise: bool


def due_in_talks(viewer: Viewer) -> list[Due]:
    """Talks that were to be by today, and what the viewer promised by today; in one read.

    Of talks of past days nobody has said yet what came of them.
    """
    mine = series_seen_by(viewer).values("pk")
    talks = Meeting.objects.filter(
        series__in=mine,
        series__until_on__gt=viewer.today,
        stage=Meeting.Stage.PLANNED,
        meets_on__lte=viewer.today,
    )
    promises = Action.objects.filter(
        series__in=mine,
        who=viewer.employee,
        completion__isnull=True,
        due_on__lte=viewer.today,
    )
    rows = _told(viewer, talks, text="series__purpose", due_on="meets_on", is_promise=False).union(
        _told(viewer, promises, text="text", due_on="due_on", is_promise=True), all=True
    )
    found = [Due(series, who, text, day, bool(kind)) for series, who, text, day, kind in rows]
    return sorted(found, key=lambda due: (due.due_on, due.partner, due.text))


def _told(
    viewer: Viewer, rows: QuerySet[Any], *, text: str, due_on: str, is_promise: bool
) -> QuerySet[Any]:
    partner = Case(
        When(series__one=viewer.employee, then=F("series__other__name")),
        default=F("series__one__name"),
    )
    kind = Value(int(is_promise), output_field=IntegerField())
    told: QuerySet[Any] = rows.order_by().annotate(partner=partner, kind=kind)
    listed: QuerySet[Any] = told.values_list("series_id", "partner", text, due_on, "kind")
    return listed


def requests_waiting(viewer: Viewer) -> QuerySet[FeedbackRequest]:
    """What the viewer was asked and has not answered."""
    return requests_waiting_for(viewer)


def unread_feedback(viewer: Viewer) -> QuerySet[Feedback]:
    """What was said to the viewer and is still to be read."""
    return received(viewer).filter(is_read=False)
