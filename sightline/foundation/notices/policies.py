"""A notice is seen by the account it was written for, and by nobody else, whatever their role."""

from __future__ import annotations

from django.db.models import Q

from sightline.foundation.identity.models import Account


def visible_to(account: Account) -> Q:
    """The notices of this account."""
    return Q(account=account)
