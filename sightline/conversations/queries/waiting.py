"""What waits for the viewer in conversations; the home page puts it beside the rest."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, Exists, F, OuterRef, QuerySet, When

from sightline.conversations.models import LOCAL_DAY, Action, Meeting
from sightline.conversations.queries.feedback import requests_waiting_for
from sightline.conversations.queries.talks import series_seen_by
from sightline.foundation.core.open_ends import rows_of
from sightline.people.models import Employment
from sightline.people.viewer import Viewer


def open_ends(viewer: Viewer) -> list[QuerySet[Any]]:
    """Talks that were to be by today, what the viewer promised by today, what he was asked.

    Of talks of past days nobody has said yet what came of them.
    """
    mine = series_seen_by(viewer).values("pk")
    works = Employment.objects.on(viewer.today)
    partner = Case(
        When(series__one=viewer.employee, then=F("series__other__name")),
        default=F("series__one__name"),
    )
    talks = Meeting.objects.alias(day=LOCAL_DAY).filter(
        Exists(works.filter(employee=OuterRef("series__one"))),
        Exists(works.filter(employee=OuterRef("series__other"))),
        series__in=mine,
        series__until_on__gt=viewer.today,
        stage=Meeting.Stage.PLANNED,
        day__lte=viewer.today,
    )
    promises = Action.objects.filter(
        series__in=mine,
        who=viewer.employee,
        completion__isnull=True,
        due_on__lte=viewer.today,
    )
    asked = requests_waiting_for(viewer)
    told: dict[str, Any] = {"key": "series_id", "who": partner}
    return [
        rows_of(talks, "talk", text="series__purpose", on="day", **told),
        rows_of(promises, "promise", text="text", on="due_on", **told),
        rows_of(asked, "request", who="asker__name", text="question", more="about__name"),
    ]
