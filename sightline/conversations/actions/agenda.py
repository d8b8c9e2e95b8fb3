"""What is to be talked about, and what was promised: both carry over until settled or done."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from sightline.conversations import policies
from sightline.conversations.events import (
    ActionCompleted,
    ActionPromised,
    PointPutBack,
    PointRaised,
    PointSettled,
)
from sightline.conversations.models import (
    Action,
    AgendaPoint,
    Completion,
    Meeting,
    Series,
    Settlement,
)
from sightline.foundation.access.decisions import require
from sightline.foundation.core.dates import now
from sightline.foundation.core.errors import Refused
from sightline.foundation.ledger.record import record
from sightline.people.models import Employee
from sightline.people.viewer import Viewer


@transaction.atomic
def raise_point(
    *, by: Viewer, series: Series, text: str, at: datetime | None = None
) -> AgendaPoint:
    """Put something on the shared agenda. `at` is when, if that is entered later."""
    require(policies.may_carry_on(by, series))
    point = AgendaPoint.objects.create(
        series=series, text=text, added_by=by.employee, raised_at=at or now()
    )
    record(PointRaised(series.partner_of(by.employee).pk, point.pk), by=by)
    return point


@transaction.atomic
def settle_point(
    *, by: Viewer, point: AgendaPoint, meeting: Meeting | None = None, at: datetime | None = None
) -> Settlement:
    """A point was talked about; at a meeting, or in passing between two."""
    require(policies.may_carry_on(by, point.series))
    if meeting and meeting.series_id != point.series_id:
        raise Refused(_("That talk belongs to another series."))
    AgendaPoint.objects.select_for_update(no_key=True).get(pk=point.pk)  # the two may press at once
    if Settlement.objects.filter(point=point).exists():
        raise Refused(_("This point is settled already."))
    settlement = Settlement.objects.create(
        point=point, meeting=meeting, by=by.employee, at=at or now()
    )
    record(PointSettled(point.series.partner_of(by.employee).pk, point.pk), by=by)
    return settlement


@transaction.atomic
def put_back_point(*, by: Viewer, point: AgendaPoint) -> None:
    """A point was settled by mistake: back on the agenda, as long as that day lasts."""
    require(policies.may_carry_on(by, point.series))
    AgendaPoint.objects.select_for_update(no_key=True).get(pk=point.pk)  # the two may press at once
    settlement = Settlement.objects.filter(point=point).first()
    if settlement is None:
        raise Refused(_("This point stands on the agenda."))
    if not settlement.is_of_today:
        raise Refused(_("This point was settled on an earlier day. Put it on the agenda anew."))
    settlement.delete()
    record(PointPutBack(point.series.partner_of(by.employee).pk, point.pk), by=by)


@transaction.atomic
def promise(
    *,
    by: Viewer,
    series: Series,
    who: Employee,
    text: str,
    due_on: date | None = None,
    at: datetime | None = None,
) -> Action:
    """Note what one of the two will do, and by when."""
    require(policies.may_carry_on(by, series))
    if who.pk not in (series.one_id, series.other_id):
        raise Refused(_("One of the two who talk promises; nobody else is here."), field="who")
    action = Action.objects.create(
        series=series, text=text, who=who, due_on=due_on, promised_at=at or now()
    )
    record(ActionPromised(who.pk, action.pk), by=by)
    return action


@transaction.atomic
def complete(*, by: Viewer, action: Action, at: datetime | None = None) -> Completion:
    """Something promised is done."""
    require(policies.may_complete(by, action))
    Action.objects.select_for_update(no_key=True).get(pk=action.pk)  # the two may press at once
    if Completion.objects.filter(action=action).exists():
        raise Refused(_("This is done already."))
    completion = Completion.objects.create(action=action, by=by.employee, at=at or now())
    record(ActionCompleted(action.who_id, action.pk), by=by)
    return completion
