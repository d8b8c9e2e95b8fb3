"""Meetings: planned, moved, held, skipped."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from sightline.conversations import policies, rules
from sightline.conversations.actions.holding import held_series
from sightline.conversations.events import (
    MeetingHeld,
    MeetingMoved,
    MeetingPlanned,
    MeetingSkipped,
)
from sightline.conversations.models import Meeting, Series, Settlement
from sightline.foundation.access.decisions import require
from sightline.foundation.core.errors import Refused
from sightline.foundation.ledger.record import record
from sightline.people.viewer import Viewer


@transaction.atomic
def plan_meeting(
    *, by: Viewer, series: Series, meets_on: date, starts_at: datetime | None = None
) -> Meeting:
    """Plan the next talk of a series. A day that has passed is one on which the two did talk."""
    series = held_series(series)
    require(policies.may_carry_on(by, series))
    _refuse_day_before_the_series(series, meets_on)
    planned = Meeting.objects.filter(series=series, stage=Meeting.Stage.PLANNED).first()
    if planned:
        words = _("A talk is planned for %s already; move that one.")
        raise Refused(words % planned.local_day, field="meets_on")
    meeting = Meeting.objects.create(series=series, meets_on=meets_on, starts_at=starts_at)
    record(MeetingPlanned(_partner(by, series), meeting.pk, str(meets_on)), by=by)
    return meeting


@transaction.atomic
def move_meeting(
    *, by: Viewer, meeting: Meeting, meets_on: date, starts_at: datetime | None = None
) -> None:
    """Give a planned talk another day or time."""
    require(policies.may_carry_on(by, meeting.series))
    _refuse_day_before_the_series(meeting.series, meets_on)
    current = _locked(meeting)
    refuse_moving(current)
    before = current.meets_on
    current.meets_on, current.starts_at = meets_on, starts_at
    current.save()
    partner = _partner(by, meeting.series)
    record(MeetingMoved(partner, meeting.pk, str(before), str(meets_on)), by=by)


def refuse_moving(meeting: Meeting) -> None:
    """Refuse another day for a talk that took place, or was left out."""
    if meeting.stage != Meeting.Stage.PLANNED:
        raise Refused(_("This talk is over. Plan the next one."))


@transaction.atomic
def hold_meeting(*, by: Viewer, meeting: Meeting) -> None:
    """The two have talked."""
    require(policies.may_carry_on(by, meeting.series))
    current = _locked(meeting)
    if current.local_day > by.today:
        raise Refused(_("This talk lies ahead. If you talked already, move it to that day first."))
    _become(current, Meeting.Stage.HELD)
    partner = _partner(by, meeting.series)
    record(MeetingHeld(partner, current.pk, str(current.meets_on)), by=by)


@transaction.atomic
def skip_meeting(*, by: Viewer, meeting: Meeting) -> None:
    """The talk did not take place and will not."""
    require(policies.may_carry_on(by, meeting.series))
    current = _locked(meeting)
    if Settlement.objects.filter(meeting=current).exists():
        raise Refused(_("Points were settled at this talk, so it took place."))
    _become(current, Meeting.Stage.SKIPPED)
    partner = _partner(by, meeting.series)
    record(MeetingSkipped(partner, current.pk, str(current.meets_on)), by=by)


def _become(current: Meeting, stage: Meeting.Stage) -> None:
    if not rules.may_become(current.stage, stage):
        raise Refused(_("This talk is over already; your page was older."))
    current.stage = stage
    current.save()


def _locked(meeting: Meeting) -> Meeting:
    """The meeting as it stands, kept from others until this transaction ends."""
    return Meeting.objects.select_for_update(no_key=True).get(pk=meeting.pk)


def _refuse_day_before_the_series(series: Series, day: date) -> None:
    if day < series.from_on:
        words = _("These talks began on %s; take that day or a later one.")
        raise Refused(words % series.from_on, field="meets_on")


def _partner(by: Viewer, series: Series) -> int:
    return series.partner_of(by.employee).pk
