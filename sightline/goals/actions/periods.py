"""Periods: HR opens and closes them."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from sightline.foundation.access.decisions import require
from sightline.foundation.core.errors import Refused
from sightline.foundation.core.spans import Span
from sightline.foundation.ledger.record import record
from sightline.foundation.ui.words import day as in_words
from sightline.goals import policies
from sightline.goals.events import PeriodChanged, PeriodClosed, PeriodOpened, PeriodReopened
from sightline.goals.models import Period, PeriodStep
from sightline.goals.rules.agreement import asked_from
from sightline.goals.rules.catchball import USUAL_DAYS
from sightline.goals.rules.stages import PERIOD, can_go
from sightline.people.viewer import Viewer

EARLIEST = timedelta(days=184)
"""Goals are agreed at most a half-year ahead of their period."""


@transaction.atomic
def open_period(
    *,
    by: Viewer,
    name: str,
    kind: str,
    from_on: date,
    until_on: date,
    cadence_days: int = 14,
    standing_percent: int = 30,
    asks: bool = False,
    agree_within_days: int | None = USUAL_DAYS,
) -> Period:
    """Open a span of days for which goals are set.

    `asks`: whether everybody is asked in it which objectives the work serves. Its goals are to be
    agreed within so many days of the first, in a short period by its last; without a number there
    is no such day.
    """
    require(policies.may_change_periods(by))
    if from_on >= until_on:
        raise Refused(_("It must start before it ends."), field="until_on")
    if Period.objects.filter(name__iexact=name.strip()).exists():
        raise Refused(_("A period is called that already."), field="name")
    period = Period.objects.create(
        name=name.strip(),
        kind=kind,
        from_on=from_on,
        until_on=until_on,
        cadence_days=cadence_days,
        standing_percent=standing_percent,
        asked_from=asked_from(from_on, until_on) if asks else None,
        agree_by_on=_agree_by(Span(from_on, until_on), agree_within_days),
    )
    _step(period, by)
    days = (_told(period), _day_told(period.agree_by_on))
    said = (str(from_on), str(until_on), cadence_days, standing_percent, *days)
    record(PeriodOpened(period.pk, period.name, *said), by=by)
    return period


def _agree_by(span: Span, within_days: int | None) -> date | None:
    if within_days is None:
        return None
    return min(span.start + timedelta(days=within_days), span.last)


def _day_told(day: date | None) -> str:
    return "" if day is None else str(day)


@transaction.atomic
def change_period(
    *,
    by: Viewer,
    period: Period,
    cadence_days: int,
    standing_percent: int,
    agree_by_on: date | None,
    asks: bool | None = None,
) -> None:
    """Give a period another rhythm, another share for standing responsibilities, another day.

    The day by which goals are to be agreed may lie before the period; without one nobody is late.
    `asks` as `open_period` takes it; None leaves it as it is.
    """
    require(policies.may_change_periods(by))
    _refuse_day(period, agree_by_on)
    before = period.agree_by_on
    period.cadence_days, period.standing_percent = cadence_days, standing_percent
    period.agree_by_on = agree_by_on
    if asks is not None and asks != period.asks:
        period.asked_from = asked_from(period.from_on, period.until_on) if asks else None
    period.save(update_fields=["cadence_days", "standing_percent", "asked_from", "agree_by_on"])
    days = (_told(period), _day_told(agree_by_on), _day_told(before))
    record(PeriodChanged(period.pk, period.name, cadence_days, standing_percent, *days), by=by)


def _refuse_day(period: Period, agree_by_on: date | None) -> None:
    if agree_by_on is None:
        return
    earliest, last = period.from_on - EARLIEST, period.span.last
    if not earliest <= agree_by_on <= last:
        told = {"first": in_words(earliest), "last": in_words(last)}
        words = _("Choose a day from %(first)s up to and including %(last)s, or none.")
        raise Refused(words % told, field="agree_by_on")


@transaction.atomic
def close_period(*, by: Viewer, period: Period) -> None:
    """Close a period: nothing new is set for it. Goals that still run, their owners close."""
    require(policies.may_change_periods(by))
    _go(period, Period.Stage.CLOSED, by)
    record(PeriodClosed(period.pk, period.name), by=by)


@transaction.atomic
def reopen_period(*, by: Viewer, period: Period) -> None:
    """Open a closed period again."""
    require(policies.may_change_periods(by))
    _go(period, Period.Stage.OPEN, by)
    record(PeriodReopened(period.pk, period.name), by=by)


def _told(period: Period) -> str:
    return str(period.asked_from or "")


def _go(period: Period, to: Period.Stage, by: Viewer) -> None:
    now = Period.objects.select_for_update(no_key=True).get(pk=period.pk)
    if not can_go(PERIOD, now.stage, to):
        raise Refused(_("The period is no longer as it was. Look at the page again."))
    period.stage = to
    period.save(update_fields=["stage"])
    _step(period, by)


def _step(period: Period, by: Viewer) -> None:
    PeriodStep.objects.create(period=period, stage=period.stage, by=by.employee, on=by.today)
