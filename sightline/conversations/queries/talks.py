"""Series, meetings, agendas, as the viewer may see them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from sightline.conversations import policies, rules
from sightline.conversations.models import (
    Action,
    AgendaPoint,
    Feedback,
    Meeting,
    PrivateNote,
    Series,
)
from sightline.people.models import Employee, Employment, Leave
from sightline.people.viewer import Viewer

HISTORY = 30
"""How many meetings a series' page tells of."""


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


@dataclass(frozen=True, slots=True)
class Point:
    """A point on the agenda, and how often it was carried over."""

    point: AgendaPoint
    carried: int


@dataclass(frozen=True, slots=True)
class Promise:
    """Something promised, how often it was carried over, and when it was done."""

    action: Action
    carried: int
    done_at: datetime | None
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class PastMeeting:
    """A meeting that is over, what was settled at it, and the reader's own note."""

    meeting: Meeting
    points: list[AgendaPoint]
    note: str


@dataclass(frozen=True, slots=True)
class Talk:
    """Everything that a series' page shows to one of the two."""

    seen: SeriesSeen
    current: Meeting | None
    """The planned meeting, else the last one that was held."""
    note: str
    points: list[Point]
    promises: list[Promise]
    past: list[PastMeeting]
    last_feedback_at: datetime | None
    """When the viewer last gave the other feedback."""
    is_worth_a_word: bool


def series_seen_by(viewer: Viewer) -> QuerySet[Series]:
    """The series whose words the viewer reads."""
    return Series.objects.filter(policies.series_visible_to(viewer)).select_related("one", "other")


def my_series(viewer: Viewer) -> list[SeriesSeen]:
    """The viewer's series, the quietest first, those that ended last."""
    rows = _with_open_ends(viewer, with_rhythm(viewer, series_seen_by(viewer)))
    seen = [seen_as(viewer, row) for row in rows]
    return sorted(seen, key=lambda one: (_order(one), one.partner.sort_key))


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


def talk_seen_by(viewer: Viewer, series_id: int) -> Talk | None:
    """A series' page; None when there is no such series for the viewer."""
    row: Any = _with_feedback(viewer, series_seen_by(viewer)).filter(pk=series_id).first()
    if row is None:
        return None
    note = notes_of(viewer).filter(meeting=OuterRef("pk")).values("text")[:1]
    meetings: list[Any] = list(
        Meeting.objects.filter(series=row).annotate(
            note=Coalesce(Subquery(note), Value(""), output_field=TextField())
        )[:HISTORY]
    )
    points = list(_points_to_tell(row, meetings))
    held_on = [one.meets_on for one in meetings if one.stage == Meeting.Stage.HELD]
    current = _current(meetings)
    return Talk(
        seen=seen_as(viewer, row),
        current=current,
        note=current.note if current else "",
        points=[
            Point(point, _carried(point.raised_at, None, held_on))
            for point in points
            if not hasattr(point, "settlement")
        ],
        promises=_promises(viewer, row, held_on),
        past=_past(meetings, points),
        last_feedback_at=row.last_feedback_at,
        is_worth_a_word=rules.is_worth_a_word(_day(row.last_feedback_at), viewer.today),
    )


def settling_meeting(viewer: Viewer, series: Series) -> Meeting | None:
    """The meeting at which a point is settled now: the planned one once its day has come."""
    rows = Meeting.objects.filter(series=series, meets_on__lte=viewer.today)
    due = Q(stage=Meeting.Stage.PLANNED) | Q(stage=Meeting.Stage.HELD, meets_on=viewer.today)
    return rows.filter(due).first()


def with_rhythm(viewer: Viewer, rows: QuerySet[Series]) -> QuerySet[Series]:
    """Tells of each the last and the next meeting, and whether both are there today."""
    mine = Meeting.objects.filter(series=OuterRef("pk"))
    held = mine.filter(stage=Meeting.Stage.HELD).order_by("-meets_on")
    planned = mine.filter(stage=Meeting.Stage.PLANNED)
    works, away = Employment.objects.on(viewer.today), Leave.objects.on(viewer.today)
    of_either = Q(employee=OuterRef("one")) | Q(employee=OuterRef("other"))
    return rows.annotate(
        last_on=Subquery(held.values("meets_on")[:1]),
        next_on=Subquery(planned.values("meets_on")[:1]),
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
        open_points=getattr(row, "open_points", 0),
        open_actions=getattr(row, "open_actions", 0),
    )


def _with_open_ends(viewer: Viewer, rows: QuerySet[Series]) -> QuerySet[Series]:
    points = AgendaPoint.objects.filter(series=OuterRef("pk"), settlement__isnull=True)
    mine = Action.objects.filter(
        series=OuterRef("pk"), completion__isnull=True, who=viewer.employee
    )
    return rows.annotate(open_points=_count(points), open_actions=_count(mine))


def _with_feedback(viewer: Viewer, rows: QuerySet[Series]) -> QuerySet[Series]:
    of_either = Q(subject=OuterRef("one")) | Q(subject=OuterRef("other"))
    given = Feedback.objects.filter(of_either, author=viewer.employee).order_by("-given_at")
    return with_rhythm(viewer, rows).annotate(
        last_feedback_at=Subquery(given.values("given_at")[:1])
    )


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


def _current(meetings: list[Any]) -> Any:
    planned = (one for one in meetings if one.stage == Meeting.Stage.PLANNED)
    held = (one for one in meetings if one.stage == Meeting.Stage.HELD)
    return next(planned, None) or next(held, None)


def _points_to_tell(series: Series, meetings: list[Any]) -> QuerySet[AgendaPoint]:
    """The open points, and those settled at the meetings shown."""
    told = Q(settlement__isnull=True) | Q(settlement__meeting__in=[one.pk for one in meetings])
    rows = AgendaPoint.objects.filter(told, series=series)
    return rows.select_related("settlement", "added_by")


def _past(meetings: list[Any], points: Iterable[AgendaPoint]) -> list[PastMeeting]:
    settled: dict[int | None, list[AgendaPoint]] = {}
    for point in points:
        if hasattr(point, "settlement"):
            settled.setdefault(point.settlement.meeting_id, []).append(point)
    return [
        PastMeeting(one, settled.get(one.pk, []), one.note)
        for one in meetings
        if one.stage != Meeting.Stage.PLANNED
    ]


def _promises(viewer: Viewer, series: Series, held_on: list[date]) -> list[Promise]:
    """What is open, and what was done since the meeting before the last."""
    since = sorted(held_on)[-2] if len(held_on) > 1 else series.from_on
    rows = (
        Action.objects.filter(series=series)
        .filter(Q(completion__isnull=True) | Q(completion__at__date__gte=since))
        .select_related("completion", "who")
    )
    told = []
    for row in rows:
        done_at = row.completion.at if hasattr(row, "completion") else None
        carried = _carried(row.promised_at, done_at, held_on)
        is_late = done_at is None and rules.is_overdue(row.due_on, viewer.today)
        told.append(Promise(row, carried, done_at, is_late))
    return sorted(told, key=lambda one: (one.done_at is not None, one.action.due_on or date.max))


def _carried(since: datetime, until: datetime | None, held_on: list[date]) -> int:
    return rules.times_carried(timezone.localdate(since), _day(until), held_on)


def _day(at: datetime | None) -> date | None:
    return timezone.localdate(at) if at else None
