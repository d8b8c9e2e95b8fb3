"""The only writer of accounts. Who may do it is decided above; what it leaves behind is here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import import_module

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from sightline.foundation.core.dates import now
from sightline.foundation.core.errors import Refused
from sightline.foundation.identity.events import (
    AccountAddressChanged,
    AccountClosed,
    AccountCreated,
    AccountInvited,
    AccountReopened,
    FoundingTokenMade,
    FoundingTokenSpent,
    SecondFactorRequired,
    SessionEnded,
)
from sightline.foundation.identity.models import Account, FoundingToken
from sightline.foundation.identity.queries import founding_token_fault
from sightline.foundation.identity.rules import digest_of, new_token
from sightline.foundation.identity.second_factors import factors_of, record_difference
from sightline.foundation.ledger.events import Actor
from sightline.foundation.ledger.record import record, record_all

FOUNDING_TOKEN_HOLDS_FOR = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class NewAccount:
    """What is known of an account before it exists.

    Without a password its owner comes in by an invitation or by single sign-on. `confirmed`
    says that whoever makes the account vouches for the address.
    """

    email: str
    name: str = ""
    password: str | None = None
    confirmed: bool = False
    time_zone: str = ""
    language: str = "en"


def create_account(*, by: Actor, new: NewAccount) -> Account:
    """Make one account."""
    return create_accounts(by=by, new=[new])[0]


@transaction.atomic
def create_accounts(*, by: Actor, new: Iterable[NewAccount]) -> list[Account]:
    """Make many accounts at once, in their order; all or none."""
    wanted = list(new)
    _refuse_bad_or_taken([one.email for one in wanted])
    hashes = {password: make_password(password) for password in {one.password for one in wanted}}
    accounts = Account.objects.bulk_create(
        [
            Account(
                email=one.email.strip().lower(),
                name=one.name,
                password=hashes[one.password] if one.password else make_password(None),
                time_zone=one.time_zone,
                language=one.language,
            )
            for one in wanted
        ],
        batch_size=500,
    )
    EmailAddress.objects.bulk_create(
        [
            EmailAddress(user=account, email=account.email, verified=one.confirmed, primary=True)
            for account, one in zip(accounts, wanted, strict=True)
        ],
        batch_size=500,
    )
    record_all([AccountCreated(account=account.pk) for account in accounts], by=by)
    return accounts


def _refuse_bad_or_taken(emails: list[str]) -> None:
    """Refuse addresses that are none, that come twice, or that an account already has."""
    reasons: list[tuple[str, str]] = []
    seen: set[str] = set()
    for email in (email.strip().lower() for email in emails):
        try:
            validate_email(email)
        except ValidationError:
            reasons.append(("email", _("“%(email)s” is not an e-mail address.") % {"email": email}))
        if email in seen:
            reasons.append(("email", _("%(email)s is given twice.") % {"email": email}))
        seen.add(email)
    addresses = sorted(seen)
    for start in range(0, len(addresses), 500):
        taken = Account.objects.annotate(address=Lower("email")).filter(
            address__in=addresses[start : start + 500]
        )
        reasons += [
            ("email", _("There is already an account for %(email)s.") % {"email": account.email})
            for account in taken
        ]
    if reasons:
        raise Refused.all(reasons)


@transaction.atomic
def invite(*, by: Actor, account: Account) -> None:
    """Ask that the owner be sent a link to set a password; a new link may be sent any time."""
    if not account.is_active:
        raise Refused(_("This account is closed. Open it again before you invite its owner."))
    account.invited_at = now()
    account.save(update_fields=["invited_at"])
    record(AccountInvited(account=account.pk), by=by)


@transaction.atomic
def change_address(*, by: Actor, account: Account, email: str) -> None:
    """Give the account another e-mail address, which counts once its owner has confirmed it."""
    if email.strip().lower() == account.email.lower():
        return
    _refuse_bad_or_taken([email])
    account.email = email.strip().lower()
    account.save(update_fields=["email"])
    EmailAddress.objects.filter(user=account).delete()
    EmailAddress.objects.create(user=account, email=account.email, primary=True)
    record(AccountAddressChanged(account=account.pk), by=by)


@transaction.atomic
def close_account(*, by: Actor, account: Account, reason: str = "") -> None:
    """Shut the account and end all its sessions at once; closing a closed one changes nothing."""
    if not account.is_active:
        return
    account.is_active = False
    account.save(update_fields=["is_active"])
    record(AccountClosed(account=account.pk), by=by, reason=reason)
    end_sessions(by=by, account=account)


@transaction.atomic
def reopen_account(*, by: Actor, account: Account, reason: str = "") -> None:
    """Let the account be used again, with the password and second factors that it had."""
    if account.is_active:
        return
    account.is_active = True
    account.save(update_fields=["is_active"])
    record(AccountReopened(account=account.pk), by=by, reason=reason)


@transaction.atomic
def require_second_factor(*, by: Actor, account: Account, required: bool) -> None:
    """Say whether the account must have a second factor; without one its owner is led to add it."""
    if account.needs_second_factor == required:
        return
    account.needs_second_factor = required
    account.save(update_fields=["needs_second_factor"])
    record(SecondFactorRequired(account=account.pk, required=required), by=by)


@transaction.atomic
def remove_second_factors(*, by: Actor, account: Account) -> None:
    """Let an owner who has lost every device come in by password alone, and start anew."""
    before = factors_of(account)
    Authenticator.objects.filter(user=account).delete()
    record_difference(account, before, {}, by=by)


@transaction.atomic
def end_sessions(
    *, by: Actor, account: Account, only: int | None = None, keep: str | None = None
) -> int:
    """End the account's sessions: all, `only` the one of that number, or all but the key `keep`."""
    ending = UserSession.objects.filter(user=account)
    if only is not None:
        ending = ending.filter(pk=only)
    if keep is not None:
        ending = ending.exclude(session_key=keep)
    keys = list(ending.values_list("session_key", flat=True))
    store = import_module(settings.SESSION_ENGINE).SessionStore
    for key in keys:
        store(key).delete()
    UserSession.objects.filter(session_key__in=keys).delete()
    if keys:
        record(SessionEnded(account=account.pk, count=len(keys)), by=by)
    return len(keys)


def change_settings(*, by: Account, language: str, time_zone: str) -> None:
    """Keep how its owner wants to read the product. A matter of taste, so nothing is recorded."""
    by.language = language
    by.time_zone = time_zone
    by.save(update_fields=["language", "time_zone"])


@transaction.atomic
def make_founding_token(*, by: Actor) -> tuple[str, datetime]:
    """A token by which the first account is made, to be shown once, and until when it holds.

    Any former one no longer works. Only a digest is kept.
    """
    token, expires_at = new_token(), now() + FOUNDING_TOKEN_HOLDS_FOR
    FoundingToken.objects.all().delete()
    FoundingToken.objects.create(digest=digest_of(token), made_at=now(), expires_at=expires_at)
    record(FoundingTokenMade(expires_at), by=by)
    return token, expires_at


@transaction.atomic
def spend_founding_token(*, by: Actor, token: str) -> None:
    """Take the token from whoever shows it, for good; refused when it is wrong or too old."""
    if fault := founding_token_fault(token):
        raise Refused(fault, field="token")
    FoundingToken.objects.all().delete()
    record(FoundingTokenSpent(), by=by)
