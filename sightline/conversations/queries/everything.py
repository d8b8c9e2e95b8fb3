"""All that conversations keep about a person, for that person to take along."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, QuerySet

from sightline.conversations.models import (
    Action,
    AgendaPoint,
    FeedbackRequest,
    FeedbackVersion,
    Meeting,
    Reading,
)
from sightline.conversations.queries.feedback import (
    given,
    received,
    requests_seen_by,
    words_of_readers,
)
from sightline.conversations.queries.talks import notes_of, series_seen_by
from sightline.conversations.queries.topics import with_topics
from sightline.people.viewer import Viewer


def everything_of(viewer: Viewer) -> dict[str, list[dict[str, Any]]]:
    """By section, as plain values. Of the other's notes there is nothing: they are his alone."""
    series = series_seen_by(viewer)
    meetings = Meeting.objects.filter(series__in=series).select_related("series")
    points = AgendaPoint.objects.filter(series__in=series).select_related("added_by", "settlement")
    actions = Action.objects.filter(series__in=series).select_related("who", "completion")
    readings = Reading.objects.select_related("reader")
    versions = FeedbackVersion.objects.prefetch_related(Prefetch("readings", readings))
    words = Prefetch("versions", versions)
    return {
        "talks": [
            {
                "with": one.partner_of(viewer.employee).name,
                "purpose": one.purpose,
                "every so many days": one.cadence_days,
                "from_on": one.from_on.isoformat(),
                "ends_on": one.ends_on.isoformat() if one.ends_on else None,
            }
            for one in series
        ],
        "meetings": [
            {"purpose": one.series.purpose, "on": one.local_day.isoformat(), "stage": one.stage}
            for one in meetings
        ],
        "agenda points": [_point(one) for one in points],
        "promised": [_action(one) for one in actions],
        "own notes": [
            {"on": one.meeting.local_day.isoformat(), "text": one.text}
            for one in notes_of(viewer).select_related("meeting")
        ],
        "feedback received": _feedback(viewer, received(viewer).prefetch_related(words)),
        "feedback given": _feedback(viewer, given(viewer).prefetch_related(words)),
        "feedback asked for": [_request(one) for one in requests_seen_by(viewer)],
    }


def _point(point: AgendaPoint) -> dict[str, Any]:
    settled = point.settlement.at.isoformat() if hasattr(point, "settlement") else None
    return {
        "text": point.text,
        "added by": point.added_by.name,
        "raised at": point.raised_at.isoformat(),
        "settled at": settled,
    }


def _action(action: Action) -> dict[str, Any]:
    done = action.completion.at.isoformat() if hasattr(action, "completion") else None
    return {
        "text": action.text,
        "who": action.who.name,
        "due on": action.due_on.isoformat() if action.due_on else None,
        "done at": done,
    }


def _feedback(viewer: Viewer, rows: QuerySet[Any]) -> list[dict[str, Any]]:
    return [_piece(one) for one in with_topics(viewer, rows)]


def _piece(feedback: Any) -> dict[str, Any]:
    return {
        "from": feedback.author.name,
        "to": feedback.subject.name,
        "kind": feedback.kind,
        "competency": feedback.competency.name if feedback.competency else None,
        "about": feedback.topic_title if feedback.topic_seen else None,
        "readers": words_of_readers(feedback),
        "at": feedback.given_at.isoformat(),
        "versions": [
            {
                "number": version.number,
                "situation": version.situation,
                "behaviour": version.behaviour,
                "impact": version.impact,
                "at": version.written_at.isoformat(),
                "read by": [
                    f"{one.reader.name}, {one.at.isoformat()}" for one in version.readings.all()
                ],
            }
            for version in feedback.versions.all()
        ],
    }


def _request(request: FeedbackRequest) -> dict[str, Any]:
    return {
        "by": request.asker.name,
        "of": request.asked.name,
        "about": request.about.name,
        "question": request.question,
        "at": request.asked_at.isoformat(),
    }
