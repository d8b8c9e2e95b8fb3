"""What follows from what happens to accounts: letters, and records of what allauth tells."""

from __future__ import annotations

from typing import Any

from allauth.account import signals as account_signals
from allauth.account.authentication import get_authentication_records
from allauth.account.models import EmailAddress
from allauth.mfa import signals as mfa_signals
from allauth.mfa.models import Authenticator
from django.contrib.auth.signals import user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest

from sightline.foundation.identity import jobs
from sightline.foundation.identity.events import (
    AccountAddressChanged,
    AccountInvited,
    SignedIn,
    SignedOut,
    SignInFailed,
)
from sightline.foundation.identity.models import Account
from sightline.foundation.ledger.events import House
from sightline.foundation.ledger.listen import listens_to
from sightline.foundation.ledger.models import Record
from sightline.foundation.ledger.record import record

WAYS_IN = {"socialaccount": "single sign-on", "mfa": "code", "password_reset": "mailed link"}
"""How the ledger calls what allauth calls otherwise."""


@listens_to(AccountInvited)
def send_invitation(event: AccountInvited, record: Record) -> None:
    """An invitation is a letter."""
    jobs.mail_invitation.enqueue(event.account)


@listens_to(AccountAddressChanged)
def send_confirmation(event: AccountAddressChanged, record: Record) -> None:
    """A new address is confirmed by its owner."""
    jobs.mail_confirmation.enqueue(event.account)


@receiver(account_signals.user_logged_in)
def note_sign_in(request: HttpRequest, user: Account, **_rest: Any) -> None:
    """Record who came in, and how."""
    record(SignedIn(account=user.pk, method=way_in(request, user)), by=user)


def way_in(request: HttpRequest, account: Account) -> str:
    """The first proof that was given for this session."""
    records = get_authentication_records(request, account)
    if not records:
        return "password"
    first = records[0]
    if first.get("type") == Authenticator.Type.WEBAUTHN:
        return "passkey"
    method: str = first["method"]
    return WAYS_IN.get(method, method)


@receiver(user_logged_out)
def note_sign_out(user: Account | None, **_rest: Any) -> None:
    """Record who left."""
    if user is not None:
        record(SignedOut(account=user.pk), by=user)


@receiver(mfa_signals.authentication_failed)
def note_wrong_code(user: Account, authenticator: Authenticator, **_rest: Any) -> None:
    """Record that a second proof was wrong; whoever gave it is not known to be the owner."""
    record(SignInFailed(account=user.pk, method="code"), by=House())


@receiver(account_signals.password_reset)
def confirm_address(user: Account, **_rest: Any) -> None:
    """Who could follow the link in a letter has the address to which it was sent."""
    EmailAddress.objects.filter(user=user, email__iexact=user.email).update(verified=True)
