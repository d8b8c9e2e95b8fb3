from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sightline.foundation.core.models import Dated, DatedQuerySet
from sightline.people.models.employees import Employee
from sightline.people.models.units import Unit


class Role(models.TextChoices):
    """What a person may do beyond being an employee. Managers are known by their reports."""

    UNIT_LEAD = "unit_lead", _("Unit lead")
    PEOPLE_PARTNER = "people_partner", _("People partner")
    HR_ADMINISTRATOR = "hr_administrator", _("HR administrator")
    EXECUTIVE = "executive", _("Executive")
    AUDITOR = "auditor", _("Auditor")
    SYSTEM_ADMINISTRATOR = "system_administrator", _("System administrator")


ROLES_OF_A_UNIT = [Role.UNIT_LEAD, Role.PEOPLE_PARTNER]


class RoleGrant(Dated):
    """A role that a person holds, for a unit or for the whole, from a day to a day."""

    employee = models.ForeignKey(Employee, models.PROTECT, related_name="role_grants")
    role = models.CharField(_("role"), max_length=30, choices=Role)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="role_grants"
    )
    granted_by = models.ForeignKey(Employee, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(_("reason"), max_length=500, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(role__in=ROLES_OF_A_UNIT, unit__isnull=False)
                | (~Q(role__in=ROLES_OF_A_UNIT) & Q(unit__isnull=True)),
                name="people_rolegrant_has_a_unit_when_it_needs_one",
            ),
        ]
        indexes = [models.Index(fields=["employee", "until_on", "from_on"])]

    def __str__(self) -> str:
        return f"{self.employee_id} {self.role}"
