"""What waits for the viewer in conversations; the home page puts it beside the rest."""

from __future__ import annotations

from django.db.models import QuerySet

from sightline.conversations.models import Action, Feedback, FeedbackRequest, Meeting
from sightline.conversations.queries.feedback import received, requests_waiting_for
from sightline.conversations.queries.talks import series_seen_by
from sightline.people.viewer import Viewer


def meetings_due(viewer: Viewer) -> QuerySet[Meeting]:
    """Talks planned for today, and those of past days of which nobody said what came of them."""
    rows = Meeting.objects.filter(
        series__in=series_seen_by(viewer).filter(until_on__gt=viewer.today).values("pk"),
        stage=Meeting.Stage.PLANNED,
        meets_on__lte=viewer.today,
    )
    return rows.select_related("series__one", "series__other").order_by("meets_on", "starts_at")


def overdue_actions(viewer: Viewer) -> QuerySet[Action]:
    """What the viewer promised for a day that has come, and has not done."""
    rows = Action.objects.filter(
        series__in=series_seen_by(viewer).values("pk"),
        who=viewer.employee,
        completion__isnull=True,
        due_on__lte=viewer.today,
    )
    return rows.select_related("series__one", "series__other").order_by("due_on", "pk")


def requests_waiting(viewer: Viewer) -> QuerySet[FeedbackRequest]:
    """What the viewer was asked and has not answered."""
    return requests_waiting_for(viewer)


def unread_feedback(viewer: Viewer) -> QuerySet[Feedback]:
    """What was said to the viewer and is still to be read."""
    return received(viewer).filter(is_read=False)
