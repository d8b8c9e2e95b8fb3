"""People from outside: known here, without a post, such as an auditor of another firm."""

from __future__ import annotations

from django.db import transaction

from sightline.foundation.access.decisions import require
from sightline.foundation.ledger.record import record
from sightline.people import policies
from sightline.people.actions.employments import Details
from sightline.people.actions.holding import hold_organisation
from sightline.people.events import OutsiderAdmitted
from sightline.people.models import Employee
from sightline.people.viewer import Viewer


@transaction.atomic
def admit_outsider(*, by: Viewer, details: Details) -> Employee:
    """Make known somebody who does not work here, so that a role can be given to him.

    Without a role he cannot come in; with one he sees what the role shows and nothing else.
    """
    require(policies.may_admit_outsider(by))
    hold_organisation()
    details.refuse_doubles(by)
    outsider = Employee.objects.create(**details.as_dict())
    record(OutsiderAdmitted(outsider.pk, outsider.name), by=by)
    return outsider
