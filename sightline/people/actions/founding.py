"""The first person: somebody must be there before anybody can act on somebody's behalf."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from sightline.foundation.core.errors import Refused
from sightline.foundation.identity.models import Account
from sightline.foundation.ledger.events import House
from sightline.foundation.ledger.record import record
from sightline.people.actions.holding import hold_organisation
from sightline.people.events import RoleGranted
from sightline.people.models import Employee, Role, RoleGrant


@transaction.atomic
def found_organisation(
    *, number: str, name: str, email: str, on: date, account: Account | None = None
) -> Employee:
    """Make the first person, who looks after the system and after HR until others are named.

    Refused once anybody is there. The person holds no post: hiring is done in the usual way.
    """
    hold_organisation()
    if Employee.objects.exists():
        raise Refused(_("This organisation has people already; ask one of its administrators."))
    founder = Employee.objects.create(number=number, name=name, email=email, account=account)
    for role in (Role.SYSTEM_ADMINISTRATOR, Role.HR_ADMINISTRATOR):
        RoleGrant.objects.create(employee=founder, role=role, from_on=on)
        record(
            RoleGranted(founder.pk, str(role.label), "", str(on), ""),
            by=House(),
            reason=_("first person of the organisation"),
        )
    return founder
