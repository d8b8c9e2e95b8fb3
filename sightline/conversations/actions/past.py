"""Talks and feedback of the past, many at once, as they were kept elsewhere.

Private notes are not among them: nobody brings in what was never his to read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from itertools import islice

from django.db import transaction
from django.utils.translation import gettext as _

from sightline.conversations import events, policies, rules
from sightline.conversations.actions.feedback import Words
from sightline.conversations.models import (
    Action,
    AgendaPoint,
    Completion,
    Feedback,
    FeedbackVersion,
    Meeting,
    Reading,
    Series,
    Settlement,
)
from sightline.foundation.access.decisions import require
from sightline.foundation.core.errors import Refused
from sightline.foundation.core.spans import Span
from sightline.foundation.ledger.events import Event
from sightline.foundation.ledger.record import record_all
from sightline.people.models import Competency, Employee
from sightline.people.viewer import Viewer

BATCH = 1_000


@dataclass(frozen=True, slots=True)
class PastPoint:
    """A point on an agenda; `settled_at` counts the meeting that settled it, from 0, if one did."""

    text: str
    by: Employee
    raised_at: datetime
    settled_at: int | None = None


@dataclass(frozen=True, slots=True)
class PastPromise:
    """Something promised, and when it was done if it was."""

    text: str
    who: Employee
    promised_at: datetime
    due_on: date | None = None
    done_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PastSeries:
    """How two people talked over a span of days; of each meeting when, and whether it was held."""

    pair: tuple[Employee, Employee]
    purpose: str
    cadence_days: int
    span: Span
    meetings: Sequence[tuple[datetime, bool]] = ()
    next_at: datetime | None = None
    points: Sequence[PastPoint] = ()
    promises: Sequence[PastPromise] = ()


@dataclass(frozen=True, slots=True)
class PastFeedback:
    """What one person told another; readers are named as they were on that day."""

    author: Employee
    subject: Employee
    words: Words
    kind: str
    readers: str
    given_at: datetime
    competency: Competency | None = None
    manager_id: int | None = None
    unit_id: int | None = None
    read_at: datetime | None = None


@dataclass(slots=True)
class Lot:
    """The rows and events that a batch of series comes to."""

    meetings: list[Meeting] = field(default_factory=list)
    points: list[AgendaPoint] = field(default_factory=list)
    settlements: list[Settlement] = field(default_factory=list)
    actions: list[Action] = field(default_factory=list)
    completions: list[Completion] = field(default_factory=list)


@transaction.atomic
def bring_in_talks(*, by: Viewer, series: Iterable[PastSeries]) -> int:
    """Write series with all that happened in them; tells how many. Batches keep memory bounded."""
    require(policies.may_bring_in_past(by))
    written, remaining = 0, iter(series)
    while batch := list(islice(remaining, BATCH)):
        rows = Series.objects.bulk_create([_series(past) for past in batch], batch_size=BATCH)
        lot = Lot()
        for row, past in zip(rows, batch, strict=True):
            _add(lot, row, past)
        _write(lot)
        record_all(_events_of_talks(rows, lot), by=by)
        written += len(rows)
    return written


@transaction.atomic
def bring_in_feedback(*, by: Viewer, given: Iterable[PastFeedback]) -> int:
    """Write feedback of the past with its readers of that day; tells how many pieces."""
    require(policies.may_bring_in_past(by))
    written, remaining = 0, iter(given)
    while batch := list(islice(remaining, BATCH)):
        rows = Feedback.objects.bulk_create([_feedback(past) for past in batch])
        versions = FeedbackVersion.objects.bulk_create(
            FeedbackVersion(feedback=row, number=1, written_at=past.given_at, **asdict(past.words))
            for row, past in zip(rows, batch, strict=True)
        )
        read = [
            Reading(version=version, reader=past.subject, at=past.read_at)
            for version, past in zip(versions, batch, strict=True)
            if past.read_at
        ]
        Reading.objects.bulk_create(read)
        record_all(_events_of_feedback(rows, read), by=by)
        written += len(rows)
    return written


def _series(past: PastSeries) -> Series:
    one, other = sorted(past.pair, key=lambda person: person.pk)
    return Series(
        one=one,
        other=other,
        purpose=past.purpose,
        cadence_days=past.cadence_days,
        from_on=past.span.start,
        until_on=past.span.end,
    )


def _add(lot: Lot, row: Series, past: PastSeries) -> None:
    held = [
        _meeting(row, at, Meeting.Stage.HELD if was else Meeting.Stage.SKIPPED)
        for at, was in past.meetings
    ]
    lot.meetings += held
    if past.next_at:
        lot.meetings.append(_meeting(row, past.next_at, Meeting.Stage.PLANNED))
    for told in past.points:
        point = AgendaPoint(series=row, text=told.text, added_by=told.by, raised_at=told.raised_at)
        lot.points.append(point)
        if told.settled_at is not None:
            at, _was_held = past.meetings[told.settled_at]
            meeting = held[told.settled_at]
            lot.settlements.append(Settlement(point=point, meeting=meeting, by=told.by, at=at))
    for kept in past.promises:
        action = Action(
            series=row,
            text=kept.text,
            who=kept.who,
            due_on=kept.due_on,
            promised_at=kept.promised_at,
        )
        lot.actions.append(action)
        if kept.done_at:
            lot.completions.append(Completion(action=action, by=kept.who, at=kept.done_at))


def _meeting(series: Series, at: datetime, stage: str) -> Meeting:
    return Meeting(series=series, meets_on=at.date(), starts_at=at, stage=stage)


def _write(lot: Lot) -> None:
    Meeting.objects.bulk_create(lot.meetings, batch_size=BATCH)
    AgendaPoint.objects.bulk_create(lot.points, batch_size=BATCH)
    Settlement.objects.bulk_create(lot.settlements, batch_size=BATCH)
    Action.objects.bulk_create(lot.actions, batch_size=BATCH)
    Completion.objects.bulk_create(lot.completions, batch_size=BATCH)


def _events_of_talks(rows: Sequence[Series], lot: Lot) -> Iterator[Event]:
    for row in rows:
        yield events.SeriesOpened(row.other_id, row.pk, row.one.name, row.cadence_days)
    told = {
        rules.HELD: events.MeetingHeld,
        rules.SKIPPED: events.MeetingSkipped,
        rules.PLANNED: events.MeetingPlanned,
    }
    for meeting in lot.meetings:
        yield told[meeting.stage](meeting.series.other_id, meeting.pk, str(meeting.meets_on))
    for point in lot.points:
        yield events.PointRaised(point.series.other_id, point.pk)
    for settlement in lot.settlements:
        yield events.PointSettled(settlement.point.series.other_id, settlement.point.pk)
    for action in lot.actions:
        yield events.ActionPromised(action.who_id, action.pk)
    for completion in lot.completions:
        yield events.ActionCompleted(completion.action.who_id, completion.action.pk)


def _feedback(past: PastFeedback) -> Feedback:
    if past.author.pk == past.subject.pk or not rules.may_be_read_by(past.kind, past.readers):
        raise Refused(_("Feedback is for others, and only praise is given before others."))
    return Feedback(
        author=past.author,
        subject=past.subject,
        kind=past.kind,
        readers=past.readers,
        competency=past.competency,
        manager_id=past.manager_id if past.readers == rules.MANAGER else None,
        unit_id=past.unit_id if past.readers == rules.UNIT else None,
        given_at=past.given_at,
    )


def _events_of_feedback(rows: Sequence[Feedback], read: Sequence[Reading]) -> Iterator[Event]:
    for row in rows:
        yield events.FeedbackGiven(row.subject_id, row.pk, str(row.given_at.date()))
    for one in read:
        given = one.version.feedback
        yield events.FeedbackSeen(given.subject_id, given.pk, one.version.number)
