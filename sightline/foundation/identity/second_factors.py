"""Records what allauth's pages do to second factors, in the transaction in which they do it.

allauth tells of it by signals only after the transaction, when a record could be lost.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase

from sightline.foundation.identity.events import SecondFactorAdded, SecondFactorRemoved
from sightline.foundation.identity.models import Account
from sightline.foundation.ledger.events import Actor
from sightline.foundation.ledger.record import record_all

View = Callable[..., HttpResponseBase]

NAMES = {
    Authenticator.Type.TOTP.value: "authenticator app",
    Authenticator.Type.WEBAUTHN.value: "passkey",
    Authenticator.Type.RECOVERY_CODES.value: "recovery codes",
}


def recorded(view: View) -> View:
    """Compare the owner's second factors before and after a form was sent, and record the rest."""

    @wraps(view)
    def recording(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        account = request.user
        if request.method != "POST" or not isinstance(account, Account):
            return view(request, *args, **kwargs)
        with transaction.atomic():
            before = factors_of(account)
            response = view(request, *args, **kwargs)
            record_difference(account, before, factors_of(account), by=account)
        return response

    return recording


def factors_of(account: Account) -> dict[int, str]:
    """The account's second factors and recovery codes: number and kind."""
    return dict(Authenticator.objects.filter(user=account).values_list("pk", "type"))


def record_difference(
    account: Account, before: dict[int, str], after: dict[int, str], *, by: Actor
) -> None:
    """Record what was added and what was removed."""
    added = [NAMES[after[number]] for number in sorted(after.keys() - before.keys())]
    removed = [NAMES[before[number]] for number in sorted(before.keys() - after.keys())]
    record_all(
        [SecondFactorRemoved(account=account.pk, factor=factor) for factor in removed], by=by
    )
    record_all([SecondFactorAdded(account=account.pk, factor=factor) for factor in added], by=by)
