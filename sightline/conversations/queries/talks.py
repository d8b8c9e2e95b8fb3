"""Series, meetings, agendas, as the viewer may see them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from sightline.conversations import policies, rules
from sightline.conversations.models import (
    LOCAL_DAY,
    Action,
    AgendaPoint,
    Meeting,
    PrivateNote,
    Series,
)
from sightline.people.models import Employee, Employment, Leave
from sightline.people.viewer import Viewer


@dataclass(frozen=True, slots=True)
class SeriesSeen:
    """A series and how it keeps to its rhythm. Nothing here is a word of a talk."""

    series: Series
    partner: Employee
    last_on: date | None
    next_on: date | None
    next_at: datetime | None
    silence_days: int
    rhythm: rules.Rhythm
    open_points: int = 0
    open_actions: int = 0


def series_seen_by(viewer: Viewer) -> QuerySet[Series]:
    """The series whose words the viewer reads."""
    return Series.objects.filter(policies.series_visible_to(viewer)).select_related("one", "other")


def my_series(viewer: Viewer) -> list[SeriesSeen]:
    """The viewer's series, what is overdue first, then the quietest; those that ended last."""
    rows = _with_open_ends(viewer, with_rhythm(viewer, series_seen_by(viewer)))
    seen = [seen_as(viewer, row) for row in rows]
    return sorted(seen, key=lambda one: (_order(one), -one.silence_days, one.partner.sort_key))


def one_series(viewer: Viewer, series_id: int) -> SeriesSeen | None:
    """One series whose words the viewer reads, and how it keeps to its rhythm."""
    row = with_rhythm(viewer, series_seen_by(viewer)).filter(pk=series_id).first()
    return seen_as(viewer, row) if row else None


def series_with(viewer: Viewer, partner: Employee) -> Series | None:
    """The open series of the viewer with somebody, the oldest one."""
    pair = Q(one=partner) | Q(other=partner)
    return series_seen_by(viewer).filter(pair, until_on__gt=viewer.today).first()


def rhythms_seen_by(viewer: Viewer) -> QuerySet[Series]:
    """Open series of which the viewer may know when people talk; without a word of it."""
    rows = Series.objects.filter(policies.rhythms_visible_to(viewer), until_on__gt=viewer.today)
    return with_rhythm(viewer, rows.select_related("one", "other"))


def rhythms_of(viewer: Viewer, employee: Employee) -> list[SeriesSeen]:
    """With whom somebody talks and how regularly, as far as the viewer may know; without a word.

    Those with whom he talked last come first.
    """
    rows: QuerySet[Any] = rhythms_seen_by(viewer).filter(Q(one=employee) | Q(other=employee))
    seen = [replace(seen_as(viewer, row), partner=row.partner_of(employee)) for row in rows]
    return sorted(seen, key=lambda one: (one.silence_days, one.partner.sort_key))


def meeting_seen_by(viewer: Viewer, meeting_id: int) -> Meeting | None:
    """A meeting of a series whose words the viewer reads."""
    rows = Meeting.objects.filter(series__in=series_seen_by(viewer).values("pk"), pk=meeting_id)
    return rows.select_related("series__one", "series__other").first()


def point_seen_by(viewer: Viewer, point_id: int) -> AgendaPoint | None:
    """A point on an agenda that the viewer reads."""
    rows = AgendaPoint.objects.filter(series__in=series_seen_by(viewer).values("pk"), pk=point_id)
    return rows.select_related("series__one", "series__other").first()


def action_seen_by(viewer: Viewer, action_id: int) -> Action | None:
    """Something promised in a series whose words the viewer reads."""
    rows = Action.objects.filter(series__in=series_seen_by(viewer).values("pk"), pk=action_id)
    return rows.select_related("series__one", "series__other").first()


def notes_of(viewer: Viewer) -> QuerySet[PrivateNote]:
    """The viewer's own notes."""
    return PrivateNote.objects.filter(policies.notes_visible_to(viewer))


def with_rhythm(viewer: Viewer, rows: QuerySet[Series]) -> QuerySet[Series]:
    """Tells of each the last and the next meeting, and whether both are there today."""
    mine = Meeting.objects.filter(series=OuterRef("pk")).annotate(day=LOCAL_DAY)
    held = mine.filter(stage=Meeting.Stage.HELD).order_by("-meets_on")
    planned = mine.filter(stage=Meeting.Stage.PLANNED)
    works, away = Employment.objects.on(viewer.today), Leave.objects.on(viewer.today)
    of_either = Q(employee=OuterRef("one")) | Q(employee=OuterRef("other"))
    return rows.annotate(
        last_on=Subquery(held.values("day")[:1]),
        next_on=Subquery(planned.values("day")[:1]),
        next_at=Subquery(planned.values("starts_at")[:1]),
        one_works=Exists(works.filter(employee=OuterRef("one"))),
        other_works=Exists(works.filter(employee=OuterRef("other"))),
        is_away=Exists(away.filter(of_either)),
    )


def seen_as(viewer: Viewer, row: Any) -> SeriesSeen:
    """A row of `with_rhythm` as the viewer reads it."""
    silence = rules.silence_days(row.last_on, row.from_on, viewer.today)
    has_ended = row.until_on <= viewer.today or not (row.one_works and row.other_works)
    return SeriesSeen(
        series=row,
        partner=row.partner_of(viewer.employee),
        last_on=row.last_on,
        next_on=row.next_on,
        next_at=row.next_at,
        silence_days=silence,
        rhythm=rules.rhythm(silence, row.cadence_days, away=row.is_away, ended=has_ended),
        open_points=0 if has_ended else getattr(row, "open_points", 0),
        open_actions=getattr(row, "open_actions", 0),
    )


def _with_open_ends(viewer: Viewer, rows: QuerySet[Series]) -> QuerySet[Series]:
    points = AgendaPoint.objects.filter(series=OuterRef("pk"), settlement__isnull=True)
    mine = Action.objects.filter(
        series=OuterRef("pk"), completion__isnull=True, who=viewer.employee
    )
    return rows.annotate(open_points=_count(points), open_actions=_count(mine))


def _count(rows: QuerySet[Any]) -> Coalesce:
    counted = rows.order_by().values("series").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)


def _order(seen: SeriesSeen) -> int:
    return [
        rules.Rhythm.QUIET,
        rules.Rhythm.DUE,
        rules.Rhythm.ON_RHYTHM,
        rules.Rhythm.PAUSED,
        rules.Rhythm.ENDED,
    ].index(seen.rhythm)
