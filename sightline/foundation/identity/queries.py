"""What can be asked about accounts. Who may ask is decided above."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from sightline.foundation.core.dates import now
from sightline.foundation.identity.models import Account, FoundingToken
from sightline.foundation.identity.rules import digest_of


@dataclass(frozen=True, slots=True)
class Session:
    """One browser in which an account is signed in."""

    id: int
    device: str
    address: str
    started_at: datetime
    seen_at: datetime
    is_this: bool


def sessions_of(account: Account, *, current_key: str | None = None) -> list[Session]:
    """Where the account is signed in, this browser first, then the latest seen."""
    living = UserSession.objects.purge_and_list(account)
    sessions = [
        Session(
            id=session.pk,
            device=device(session.user_agent),
            address=session.ip,
            started_at=session.created_at,
            seen_at=session.last_seen_at,
            is_this=session.session_key == current_key,
        )
        for session in living
    ]
    return sorted(sessions, key=lambda one: (one.is_this, one.seen_at), reverse=True)


def accounts_matching(text: str = "", *, state: str = "") -> QuerySet[Account]:
    """Accounts in the order of their addresses, with `has_second_factor`.

    `text` is looked for in names and addresses; `state` is "open", "closed", "waiting" (invited,
    never signed in) or "" for all.
    """
    factors = Authenticator.objects.filter(user=OuterRef("pk")).exclude(
        type=Authenticator.Type.RECOVERY_CODES
    )
    accounts = Account.objects.annotate(has_second_factor=Exists(factors)).order_by("email")
    if text := text.strip():
        accounts = accounts.filter(Q(email__icontains=text) | Q(name__icontains=text))
    if state == "open":
        return accounts.filter(is_active=True)
    if state == "closed":
        return accounts.filter(is_active=False)
    if state == "waiting":
        return accounts.filter(is_active=True, last_login=None)
    return accounts


def founding_token_fault(token: str) -> str:
    """What is wrong with a token by which the first account is to be made; "" when nothing is."""
    kept = FoundingToken.objects.filter(digest=digest_of(token)).first()
    if kept is None:
        return _("This is not the token that the server showed when it was last started.")
    if kept.expires_at <= now():
        return _("This token is too old. Start the server again: it shows a new one.")
    return ""


def has_second_factor(account: Account) -> bool:
    """Whether a second proof is asked for at the door."""
    factors = Authenticator.objects.filter(user=account)
    return bool(factors.exclude(type=Authenticator.Type.RECOVERY_CODES).exists())


BROWSERS = (
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def device(user_agent: str) -> str:
    """A browser's name for itself in words that its owner recognises: "Firefox on Windows"."""
    browser = next((name for mark, name in BROWSERS if mark in user_agent), "")
    system = next((name for mark, name in SYSTEMS if mark in user_agent), "")
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("Unknown device")
