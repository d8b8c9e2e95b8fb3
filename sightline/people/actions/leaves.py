"""Times away."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from sightline.foundation.access.decisions import require
from sightline.foundation.core.errors import Refused
from sightline.foundation.core.spans import FOREVER, Span
from sightline.foundation.ledger.record import record
from sightline.people import policies
from sightline.people.actions.holding import hold_organisation
from sightline.people.events import LeaveEnded, LeaveTaken
from sightline.people.models import Employee, Employment, Leave
from sightline.people.viewer import Viewer


@transaction.atomic
def take_leave(
    *, by: Viewer, employee: Employee, kind: str, from_on: date, until_on: date = FOREVER
) -> Leave:
    """Somebody is away from a day up to, not including, the day of coming back."""
    require(policies.may_change_employee(by, employee))
    hold_organisation()
    span = Span(from_on, until_on)
    if not span:
        raise Refused(
            _("The day of coming back must lie after the first day away."), field="until_on"
        )
    employment = Employment.objects.on(from_on).filter(employee=employee).first()
    if employment is None:
        raise Refused(_("%s does not work here on that day.") % employee.name, field="from_on")
    if other := Leave.objects.meeting(span).filter(employee=employee).first():
        words = _("%(name)s is away from %(day)s already.")
        raise Refused(words % {"name": employee.name, "day": other.from_on}, field="from_on")
    until_on = min(until_on, employment.until_on)
    leave = Leave.objects.create(employee=employee, kind=kind, from_on=from_on, until_on=until_on)
    back = "" if until_on == FOREVER else str(until_on)
    record(LeaveTaken(employee.pk, kind, str(from_on), back), by=by)
    return leave


@transaction.atomic
def end_leave(*, by: Viewer, leave: Leave, on: date) -> None:
    """Somebody comes back on a day; a leave that has not begun by then is called off."""
    require(policies.may_change_employee(by, leave.employee))
    hold_organisation(leave)
    if on >= leave.until_on:
        raise Refused(_("The leave ends before that day already."), field="on")
    if on <= leave.from_on:
        leave.delete()
    else:
        leave.until_on = on
        leave.save()
    record(LeaveEnded(leave.employee_id, str(on)), by=by)
