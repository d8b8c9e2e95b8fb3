"""Handing out roles and taking them back."""

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
from sightline.people.events import RoleEnded, RoleGranted
from sightline.people.models import Employee, Employment, Role, RoleGrant, Unit
from sightline.people.models.roles import ROLES_OF_A_UNIT
from sightline.people.viewer import Viewer


@transaction.atomic
def grant_role(
    *,
    by: Viewer,
    employee: Employee,
    role: Role,
    on: date,
    unit: Unit | None = None,
    until_on: date = FOREVER,
    reason: str = "",
) -> RoleGrant:
    """Give a person a role, for a unit where the role is one of units, from a day to a day."""
    require(policies.may_grant(by, employee, role))
    if (role in ROLES_OF_A_UNIT) != (unit is not None):
        words = (
            _("This role is for a unit: name it.")
            if unit is None
            else _("This role is for the whole organisation: name no unit.")
        )
        raise Refused(words, field="unit")
    hold_organisation()
    span = Span(on, until_on)
    if not span:
        raise Refused(_("The role must end after it starts."), field="until_on")
    _refuse_beyond_the_employment(employee, span)
    _refuse_doubled(employee, role, unit, span)
    grant = RoleGrant.objects.create(
        employee=employee,
        role=role,
        unit=unit,
        from_on=on,
        until_on=until_on,
        granted_by=by.employee,
        reason=reason,
    )
    end = "" if until_on == FOREVER else str(until_on)
    event = RoleGranted(employee.pk, str(role.label), unit.name if unit else "", str(on), end)
    record(event, by=by, reason=reason)
    return grant


def _refuse_beyond_the_employment(employee: Employee, span: Span) -> None:
    """Refuse a role that would outlive a leaving already planned."""
    last = Employment.objects.filter(employee=employee).last()
    if last and span.start < last.until_on < span.end:
        words = _("%(name)s leaves on %(day)s; let the role end by then.")
        told = {"name": employee.name, "day": last.until_on}
        raise Refused(words % told, field="until_on")


def _refuse_doubled(employee: Employee, role: Role, unit: Unit | None, span: Span) -> None:
    same = RoleGrant.objects.meeting(span).filter(role=role, unit=unit)
    if same.filter(employee=employee).exists():
        raise Refused(_("%s holds this role already.") % employee.name, field="role")
    if role == Role.UNIT_LEAD and (other := same.select_related("employee").first()):
        words = _("%(unit)s is led by %(name)s; end that first.")
        raise Refused(words % {"unit": unit, "name": other.employee.name}, field="unit")


@transaction.atomic
def end_role(*, by: Viewer, grant: RoleGrant, on: date, reason: str = "") -> None:
    """Take a role back from a day on; one that has not begun by then never begins."""
    role = Role(grant.role)
    require(policies.may_grant(by, grant.employee, role))
    hold_organisation(grant)
    if on >= grant.until_on:
        raise Refused(_("The role ends before that day already."), field="on")
    if on <= grant.from_on:
        grant.delete()
    else:
        grant.until_on = on
        grant.save()
    unit = grant.unit.name if grant.unit else ""
    record(RoleEnded(grant.employee_id, str(role.label), unit, str(on)), by=by, reason=reason)
