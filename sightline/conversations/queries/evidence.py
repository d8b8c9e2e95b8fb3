"""Feedback for those who judge, and for the front page: what the viewer may read of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from sightline.conversations.models import Feedback, FeedbackVersion
from sightline.conversations.queries.feedback import feedback_seen_by
from sightline.conversations.queries.talks import SeriesSeen, seen_as, series_seen_by, with_rhythm
from sightline.conversations.queries.topics import about_what, with_topics
from sightline.foundation.core.spans import Span
from sightline.people.models import Employee
from sightline.people.viewer import Viewer

LATELY = timedelta(days=60)
"""For how long something said counts as news on the front page."""


@dataclass(frozen=True, slots=True)
class Said:
    """One piece of feedback with its words of today. Whoever shows it notes that it was read.

    `about` is its competency, else the thing it is about, where the viewer sees that.
    """

    feedback: Feedback
    about: str
    situation: str
    behaviour: str
    impact: str


def feedback_about(
    viewer: Viewer, employee: Employee, span: Span, *, limit: int = 100
) -> list[Said]:
    """What was said to somebody in a span of days and the viewer may read, the latest first.

    A page that shows the words calls `actions.feedback.note_readings` with what it shows.
    """
    latest = FeedbackVersion.objects.filter(feedback=OuterRef("pk")).order_by("-number")
    rows = feedback_seen_by(viewer).filter(
        subject=employee, given_at__date__gte=span.start, given_at__date__lt=span.end
    )
    told: QuerySet[Any] = rows.annotate(
        situation=Subquery(latest.values("situation")[:1]),
        words=Subquery(latest.values("behaviour")[:1]),
        impact=Subquery(latest.values("impact")[:1]),
    )
    return [
        Said(row, about_what(row), row.situation, row.words, row.impact)
        for row in with_topics(viewer, told[:limit])
    ]


def said_lately(viewer: Viewer, *, limit: int = 5) -> list[Any]:
    """What others said to the viewer or before all, the latest first.

    As `feedback_seen_by` gives it: what is not read yet (`is_read`) comes without its words.
    """
    since = timezone.now() - LATELY
    rows = feedback_seen_by(viewer).filter(given_at__gte=since).exclude(author=viewer.employee)
    return list(rows[:limit])


def said_to(viewer: Viewer, employee: Employee, *, limit: int = 4) -> list[Any]:
    """What was said to somebody and the viewer may read, the latest first, for the person page."""
    return list(feedback_seen_by(viewer).filter(subject=employee)[:limit])


def next_talk(viewer: Viewer) -> SeriesSeen | None:
    """The series whose planned talk comes next, today's included."""
    open_series = series_seen_by(viewer).filter(until_on__gt=viewer.today)
    rows: QuerySet[Any] = with_rhythm(viewer, open_series)
    ahead = rows.filter(one_works=True, other_works=True, next_on__gte=viewer.today)
    row = ahead.order_by("next_on", "next_at", "pk").first()
    return seen_as(viewer, row) if row else None
