"""Series of talks: begun, given another rhythm, ended."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from sightline.conversations import policies
from sightline.conversations.actions.holding import held_series
from sightline.conversations.actions.meetings import hold_meeting, skip_meeting
from sightline.conversations.events import SeriesChanged, SeriesEnded, SeriesOpened
from sightline.conversations.models import Meeting, Series, Settlement
from sightline.foundation.access.decisions import require
from sightline.foundation.core.errors import Refused
from sightline.foundation.core.spans import FOREVER
from sightline.foundation.ledger.record import record
from sightline.people.models import Employee
from sightline.people.viewer import Viewer

LONGEST_CADENCE_DAYS = 366


@transaction.atomic
def open_series(
    *, by: Viewer, partner: Employee, purpose: str, cadence_days: int, on: date | None = None
) -> Series:
    """Begin regular talks with somebody, for a purpose, every so many days."""
    require(policies.may_open_series(by, partner))
    _refuse_strange_cadence(cadence_days)
    one, other = sorted((by.employee, partner), key=lambda person: person.pk)
    # The two may begin at the same moment.
    Employee.objects.select_for_update(no_key=True).get(pk=one.pk)
    purpose = " ".join(purpose.split())
    if Series.objects.filter(one=one, other=other, purpose=purpose, until_on=FOREVER).exists():
        words = _("You and %(name)s have talks called “%(purpose)s” already.")
        told = {"name": partner.name, "purpose": purpose}
        raise Refused(words % told, field="purpose")
    series = Series.objects.create(
        one=one, other=other, purpose=purpose, cadence_days=cadence_days, from_on=on or by.today
    )
    record(SeriesOpened(partner.pk, series.pk, by.employee.name, cadence_days), by=by)
    return series


@transaction.atomic
def change_cadence(*, by: Viewer, series: Series, cadence_days: int) -> None:
    """Talk more often, or less."""
    series = held_series(series)
    require(policies.may_carry_on(by, series))
    _refuse_strange_cadence(cadence_days)
    series.cadence_days = cadence_days
    series.save()
    partner = series.partner_of(by.employee)
    record(SeriesChanged(partner.pk, series.pk, cadence_days), by=by)


@transaction.atomic
def end_series(*, by: Viewer, series: Series) -> None:
    """Talk no more. What was said stays to be read.

    A talk still planned took place if points were settled at it; else it is skipped.
    """
    series = held_series(series)
    require(policies.may_carry_on(by, series))
    planned = Meeting.objects.filter(series=series, stage=Meeting.Stage.PLANNED).first()
    if planned:
        took_place = Settlement.objects.filter(meeting=planned).exists()
        (hold_meeting if took_place else skip_meeting)(by=by, meeting=planned)
    series.until_on = max(by.today, series.from_on + timedelta(days=1))
    series.save()
    partner = series.partner_of(by.employee)
    record(SeriesEnded(partner.pk, series.pk, str(series.until_on)), by=by)


def _refuse_strange_cadence(cadence_days: int) -> None:
    if not 1 <= cadence_days <= LONGEST_CADENCE_DAYS:
        raise Refused(_("Give a number of days from 1 to 366."), field="cadence_days")
