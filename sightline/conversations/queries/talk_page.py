"""All that the page of one series shows to one of the two."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from sightline.conversations import rules
from sightline.conversations.models import (
    LOCAL_DAY,
    Action,
    AgendaPoint,
    Feedback,
    Meeting,
    PrivateNote,
    Series,
)
from sightline.conversations.queries.talks import (
    SeriesSeen,
    notes_of,
    seen_as,
    series_seen_by,
    with_rhythm,
)
from sightline.people.viewer import Viewer

AT_ONCE = 8
"""How many talks that are over a page tells of; the earlier ones follow on the next."""


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
class Past:
    """A talk that is over, or a day on which points were settled in passing (no `meeting`)."""

    on: date
    meeting: Meeting | None
    points: list[AgendaPoint]
    note: str


@dataclass(frozen=True, slots=True)
class Talk:
    """Everything that a series' page shows to one of the two."""

    seen: SeriesSeen
    planned: Meeting | None
    current: Meeting | None
    """The planned meeting, else the last one that was held: the one to write notes on."""
    note: PrivateNote | None
    """The viewer's own note on that one."""
    points: list[Point]
    settled: list[AgendaPoint]
    """Those settled today, which may be put back."""
    promises: list[Promise]
    past: list[Past]
    earlier: str
    """Under what the talks before these are found; empty when there are none."""
    last_feedback_at: datetime | None
    """When the viewer last gave the other feedback."""
    is_worth_a_word: bool


@dataclass(frozen=True, slots=True)
class _Shown:
    """The talks of one page of the past, and the days between which it stands."""

    meetings: Sequence[Meeting]
    since: date | None
    until: date | None
    earlier: str


def talk_seen_by(viewer: Viewer, series_id: int, after: str = "") -> Talk | None:
    """A series' page; None when there is no such series for the viewer.

    `after` is the key of the talk before which the past is told, as `earlier` gives it.
    """
    row: Any = _with_feedback(viewer, series_seen_by(viewer)).filter(pk=series_id).first()
    if row is None:
        return None
    meetings = list(Meeting.objects.filter(series=row))
    planned = next((one for one in meetings if one.stage == Meeting.Stage.PLANNED), None)
    held = [one for one in meetings if one.stage == Meeting.Stage.HELD]
    held_on = [one.local_day for one in held]
    current = planned or next(iter(held), None)
    shown = _shown([one for one in meetings if one.stage != Meeting.Stage.PLANNED], after)
    notes = _notes(viewer, [*shown.meetings, *([current] if current else [])])
    points = list(_points_to_tell(row, shown, planned))
    return Talk(
        seen=seen_as(viewer, row),
        planned=planned,
        current=current,
        note=notes.get(current.pk) if current else None,
        points=[
            Point(point, _carried(point.raised_at, None, held_on))
            for point in points
            if not hasattr(point, "settlement")
        ],
        settled=[
            point
            for point in points
            if hasattr(point, "settlement") and point.settlement.is_of_today
        ],
        promises=_promises(viewer, row, held_on),
        past=_past(shown.meetings, points, notes),
        earlier=shown.earlier,
        last_feedback_at=row.last_feedback_at,
        is_worth_a_word=rules.is_worth_a_word(_day(row.last_feedback_at), viewer.today),
    )


def note_on(viewer: Viewer, meeting: Meeting) -> PrivateNote | None:
    """The viewer's own note on a meeting."""
    return _notes(viewer, [meeting]).get(meeting.pk)


def settling_meeting(viewer: Viewer, series: Series) -> Meeting | None:
    """The meeting at which a point is settled now: the planned one once its day has come."""
    planned = Q(stage=Meeting.Stage.PLANNED, day__lte=viewer.today)
    held = Q(stage=Meeting.Stage.HELD, day=viewer.today)
    rows = Meeting.objects.filter(series=series).alias(day=LOCAL_DAY)
    return rows.filter(planned | held).first()


def _with_feedback(viewer: Viewer, rows: QuerySet[Series]) -> QuerySet[Series]:
    of_either = Q(subject=OuterRef("one")) | Q(subject=OuterRef("other"))
    given = Feedback.objects.filter(of_either, author=viewer.employee).order_by("-given_at")
    return with_rhythm(viewer, rows).annotate(
        last_feedback_at=Subquery(given.values("given_at")[:1])
    )


def _shown(over: list[Meeting], after: str) -> _Shown:
    """The talks that follow one of those that are over, the latest first; else the first ones."""
    begin = next((place for place, one in enumerate(over, 1) if str(one.pk) == after), 0)
    shown = over[begin : begin + AT_ONCE]
    goes_on = begin + AT_ONCE < len(over)
    return _Shown(
        shown,
        since=shown[-1].local_day if goes_on else None,
        until=over[begin - 1].local_day if begin else None,
        earlier=str(shown[-1].pk) if goes_on else "",
    )


def _notes(viewer: Viewer, meetings: Iterable[Meeting]) -> dict[int, PrivateNote]:
    rows = notes_of(viewer).filter(meeting__in=[one.pk for one in meetings])
    return {note.meeting_id: note for note in rows}


def _points_to_tell(
    series: Series, shown: _Shown, planned: Meeting | None
) -> QuerySet[AgendaPoint]:
    """The open points, those settled at the talks shown or the planned one, and in passing between
    those."""
    in_passing = Q(settlement__isnull=False, settlement__meeting__isnull=True)
    if shown.since:
        in_passing &= Q(settlement__at__date__gte=shown.since)
    if shown.until:
        in_passing &= Q(settlement__at__date__lt=shown.until)
    talks = [*shown.meetings, *([planned] if planned else [])]
    at_talks = Q(settlement__meeting__in=[one.pk for one in talks])
    told = Q(settlement__isnull=True) | at_talks | in_passing
    rows = AgendaPoint.objects.filter(told, series=series)
    return rows.select_related("settlement", "added_by")


def _past(
    meetings: Iterable[Meeting], points: Iterable[AgendaPoint], notes: dict[int, PrivateNote]
) -> list[Past]:
    """Talks, and days of points settled in passing, in one order: the latest first."""
    at_talk: dict[int, list[AgendaPoint]] = {}
    in_passing: dict[date, list[AgendaPoint]] = {}
    for point in points:
        if not hasattr(point, "settlement"):
            continue
        if point.settlement.meeting_id:
            at_talk.setdefault(point.settlement.meeting_id, []).append(point)
        else:
            on = timezone.localdate(point.settlement.at)
            in_passing.setdefault(on, []).append(point)
    words = {key: note.text for key, note in notes.items()}
    told = [
        Past(one.local_day, one, at_talk.get(one.pk, []), words.get(one.pk, "")) for one in meetings
    ]
    told += [Past(on, None, settled, "") for on, settled in in_passing.items()]
    return sorted(told, key=lambda one: one.on, reverse=True)


def _promises(viewer: Viewer, series: Series, held_on: list[date]) -> list[Promise]:
    """What is open, and what was done since the meeting before the last."""
    since = held_on[1] if len(held_on) > 1 else series.from_on
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
