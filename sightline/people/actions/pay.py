"""What people are paid."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from sightline.foundation.access.decisions import require
from sightline.foundation.core.errors import Refused
from sightline.foundation.ledger.record import record
from sightline.people import policies
from sightline.people.actions.holding import hold_organisation
from sightline.people.events import PaySet
from sightline.people.models import Employee, Employment, Pay
from sightline.people.viewer import Viewer


@transaction.atomic
def set_pay(
    *, by: Viewer, employee: Employee, amount: Decimal, currency: str, on: date, reason: str = ""
) -> Pay:
    """What a person is paid for a year of full time, from a day on."""
    require(policies.may_change_pay(by, employee))
    hold_organisation()
    employment = Employment.objects.on(on).filter(employee=employee).first()
    if employment is None:
        raise Refused(_("%s does not work here on that day.") % employee.name, field="on")
    current = Pay.objects.select_for_update(no_key=True).on(on).filter(employee=employee).first()
    following = Pay.objects.filter(employee=employee, from_on__gt=on).first()
    pay = Pay(employee=employee, amount=amount, currency=currency, reason=reason, from_on=on)
    pay.until_on = following.from_on if following else employment.until_on
    if current and current.from_on == on:
        pay.pk = current.pk
    elif current:
        current.until_on = on
        current.save()
    pay.save()
    record(PaySet(employee.pk, str(amount), currency, str(on)), by=by, reason=reason)
    return pay
