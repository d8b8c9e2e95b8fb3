"""Coming, leaving, coming back; details of a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sightline.foundation.access.decisions import require
from sightline.foundation.core.errors import Refused
from sightline.foundation.core.spans import FOREVER, Span
from sightline.foundation.identity.models import Account
from sightline.foundation.ledger.record import record
from sightline.foundation.ui.words import day
from sightline.people import policies
from sightline.people.actions.assignments import put_in_post, take_over_reports
from sightline.people.actions.holding import hold_organisation
from sightline.people.actions.lines import redraw_reporting_lines
from sightline.people.events import (
    AccountConnected,
    EmployeeCorrected,
    EmployeeHired,
    EmploymentContinued,
    EmploymentEnded,
)
from sightline.people.models import (
    Assignment,
    DottedLine,
    Employee,
    Employment,
    Leave,
    Pay,
    Position,
    RoleGrant,
)
from sightline.people.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Details:
    """What is known of a person beyond posts."""

    number: str
    name: str
    known_as: str = ""
    family_name: str = ""
    email: str = ""
    location: str = ""
    time_zone: str = ""

    def refuse_doubles(self, by: Viewer, besides: Employee | None = None) -> None:
        """Refuse a number or an e-mail that somebody else has, and an empty name.

        Who has it is told only when that person exists for the one who asks.
        """
        others = Employee.objects.exclude(pk=besides.pk if besides else 0)
        seen = others.filter(policies.employees_visible_to(by))
        reasons = []
        if not self.name.strip():
            reasons.append(("name", _("A person needs a name.")))
        if other := others.filter(number=self.number).first():
            words = _("%(number)s is the number of %(name)s.")
            name = other.name if other in seen else _("somebody else")
            reasons.append(("number", words % {"number": self.number, "name": name}))
        if self.email and (other := others.filter(email__iexact=self.email).first()):
            words = _("%(email)s is the e-mail of %(name)s.")
            name = other.name if other in seen else _("somebody else")
            reasons.append(("email", words % {"email": self.email, "name": name}))
        if reasons:
            raise Refused.all(reasons)

    def as_dict(self) -> dict[str, str]:
        """The fields by name."""
        return {name: getattr(self, name) for name in self.__slots__}


@transaction.atomic
def hire(
    *,
    by: Viewer,
    details: Details,
    position: Position,
    manager: Employee | None,
    on: date,
    share_percent: int = 100,
    reason: str = "",
) -> Employee:
    """A new person starts in a position on a day, past or to come."""
    require(policies.may_hire_into(by, position.unit))
    hold_organisation()
    details.refuse_doubles(by)
    employee = Employee.objects.create(**details.as_dict())
    _start(by, employee, position, manager, on, share_percent, reason, again=False)
    return employee


@transaction.atomic
def rehire(
    *,
    by: Viewer,
    employee: Employee,
    position: Position,
    manager: Employee | None,
    on: date,
    share_percent: int = 100,
    reason: str = "",
) -> Employee:
    """Somebody who left (or was known without working here) starts in a position on a day."""
    require(policies.may_hire_into(by, position.unit))
    if employee.pk == by.employee.pk:
        require(policies.may_take_own_post(by))
    hold_organisation()
    again = Employment.objects.filter(employee=employee).exists()
    _start(by, employee, position, manager, on, share_percent, reason, again=again)
    return employee


def _start(
    by: Viewer,
    employee: Employee,
    position: Position,
    manager: Employee | None,
    on: date,
    share_percent: int,
    reason: str,
    *,
    again: bool,
) -> None:
    refuse_working_here(employee, on)
    Employment.objects.create(employee=employee, from_on=on)
    cause = Assignment.Cause.REHIRED if again else Assignment.Cause.HIRED
    put_in_post(
        Assignment(
            employee=employee,
            position=position,
            manager=manager,
            share_percent=share_percent,
            cause=cause,
            reason=reason,
            from_on=on,
        )
    )
    redraw_reporting_lines([employee.pk])
    record(
        EmployeeHired(
            employee.pk, employee.name, position.title, position.unit.name, str(on), again
        ),
        by=by,
        reason=reason,
    )


def refuse_working_here(employee: Employee, on: date = FOREVER - timedelta(days=1)) -> None:
    """Refuse to hire whoever works here on a day or later; without one, whoever has no last day."""
    later = Employment.objects.filter(employee=employee, until_on__gt=on).first()
    if later:
        words = _("%(name)s works here from %(day)s already.")
        raise Refused(words % {"name": employee.name, "day": day(later.from_on)}, field="on")


@transaction.atomic
def correct_details(*, by: Viewer, employee: Employee, details: Details) -> None:
    """Put right a name, a number, an e-mail, a place."""
    require(policies.may_change_employee(by, employee))
    hold_organisation(employee)
    details.refuse_doubles(by, besides=employee)
    before = {name: str(getattr(employee, name)) for name in details.as_dict()}
    after = {name: value for name, value in details.as_dict().items() if value != before[name]}
    if not after:
        return
    for name, value in after.items():
        setattr(employee, name, value)
    employee.save()
    record(EmployeeCorrected(employee.pk, {name: before[name] for name in after}, after), by=by)


@transaction.atomic
def end_employment(
    *,
    by: Viewer,
    employee: Employee,
    on: date,
    reason: str = "",
    reports_to: Employee | None = None,
) -> None:
    """Somebody leaves: `on` is the first day without this person.

    Those who report to the leaver report to `reports_to` from then on; when nobody is named, to
    whoever would have been the leaver's own manager. Post, leave, pay, roles and dotted lines end
    with the employment.
    """
    require(policies.may_change_employee(by, employee))
    hold_organisation()
    employment = (
        Employment.objects.select_for_update(no_key=True)
        .filter(employee=employee, from_on__lt=on, until_on__gt=on)
        .first()
    )
    if employment is None:
        words = _("%s does not work here on the day before, so cannot leave on this day.")
        raise Refused(words % employee.name, field="on")
    successor = _successor(employee, on, reports_to)
    employment.until_on, employment.end_reason = on, reason
    employment.save()
    moved = take_over_reports(by=by, leaver=employee, successor=reports_to, on=on)
    for model in (Assignment, Leave, Pay, RoleGrant, DottedLine):
        _cut(model.objects.filter(employee=employee), on)
    _cut(DottedLine.objects.filter(manager=employee), on)
    redraw_reporting_lines([employee.pk, *moved])
    successor_ref = successor.ref if successor else ""
    record(EmploymentEnded(employee.pk, str(on), reason, successor_ref), by=by, reason=reason)


def _successor(employee: Employee, on: date, named: Employee | None) -> Employee | None:
    span = Span(on, FOREVER)
    reports = Assignment.objects.meeting(span).filter(manager=employee).count()
    if not reports:
        return None
    held = Assignment.objects.filter(employee=employee, from_on__lte=on, until_on__gte=on).last()
    successor = named or (held.manager if held else None)
    if successor is None or successor.pk == employee.pk:
        words = ngettext(
            "%(count)d person reports to %(name)s. Say who takes over.",
            "%(count)d people report to %(name)s. Say who takes over.",
            reports,
        )
        raise Refused(words % {"count": reports, "name": employee.name}, field="reports_to")
    return successor


def _cut(rows: QuerySet[Any], on: date) -> None:
    rows.filter(from_on__gte=on).delete()
    rows.filter(until_on__gt=on).update(until_on=on)


@transaction.atomic
def continue_employment(*, by: Viewer, employee: Employee) -> None:
    """Somebody whose leaving was planned stays: employment and last post go on without an end."""
    require(policies.may_change_employee(by, employee))
    hold_organisation()
    employment = Employment.objects.select_for_update(no_key=True).filter(employee=employee).last()
    if employment is None or not by.today < employment.until_on < FOREVER:
        raise Refused(_("No leaving is planned for %s.") % employee.name)
    planned = employment.until_on
    post = Assignment.objects.filter(employee=employee, until_on=planned).get()
    Employment.objects.filter(pk=employment.pk).update(until_on=FOREVER, end_reason="")
    post.until_on = FOREVER
    put_in_post(post)
    Pay.objects.filter(employee=employee, until_on=planned).update(until_on=FOREVER)
    redraw_reporting_lines([employee.pk])
    record(EmploymentContinued(employee.pk, str(planned)), by=by)


@transaction.atomic
def connect_account(*, by: Viewer, employee: Employee, account: Account) -> None:
    """Give a person an account to sign in with; one person, one account."""
    require(policies.may_change_employee(by, employee))
    hold_organisation(employee)
    if employee.account_id and employee.account_id != account.pk:
        raise Refused(_("%s has an account already.") % employee.name)
    employee.account = account
    employee.save(update_fields=["account"])
    record(AccountConnected(employee.pk, account.ref), by=by)
