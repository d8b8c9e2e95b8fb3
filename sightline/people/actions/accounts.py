"""Accounts follow employment."""

from __future__ import annotations

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from sightline.foundation.core.dates import today
from sightline.foundation.identity.actions import close_account
from sightline.foundation.identity.models import Account
from sightline.foundation.ledger.events import House
from sightline.people.models import Employment, RoleGrant


def close_accounts_of_leavers() -> int:
    """Close the open accounts of all who have left and hold no role; tells how many.

    Nobody waits for this: a leaver has no viewer from the first day on. It ends the sessions and
    shows administrators an account that is shut.
    """
    day = today()
    whose = OuterRef("employee")
    employments = Employment.objects.filter(employee=whose)
    left = (
        Account.objects.filter(is_active=True, employee__isnull=False)
        .filter(Exists(employments.filter(until_on__lte=day)))
        .exclude(Exists(employments.filter(until_on__gt=day)))
        .exclude(Exists(RoleGrant.objects.filter(employee=whose, until_on__gt=day)))
    )
    accounts = list(left)
    for account in accounts:
        close_account(by=House(), account=account, reason=_("the employment has ended"))
    return len(accounts)
