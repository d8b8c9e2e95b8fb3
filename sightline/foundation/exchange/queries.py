"""Imports, as their owners may see them."""

from __future__ import annotations

from django.db.models import QuerySet

from sightline.foundation.exchange.models import Import
from sightline.foundation.identity.models import Account


def imports_of(account: Account) -> QuerySet[Import]:
    """The imports that an account began, the latest first."""
    return Import.objects.filter(by=account)


def waiting_for(account: Account) -> QuerySet[Import]:
    """Imports whose dry run is done and whose owner has not said yes or no."""
    return imports_of(account).filter(state=Import.State.DRY_RUN, errors=[])
