"""What happens to accounts. No event holds an e-mail address: the account's number says who."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sightline.foundation.ledger.events import Event


class AboutAnAccount:
    """The part that every event here has: whom it is about."""

    __slots__ = ()
    account: int

    @property
    def subject(self) -> str:
        """The account, as the ledger names it; "" when the attempt was for no account of ours."""
        return f"account:{self.account}" if self.account else ""


@dataclass(frozen=True, slots=True)
class SignedIn(AboutAnAccount, Event):
    """Somebody proved to be the account's owner and came in."""

    account: int
    method: str

    def sentence(self) -> str:
        return _("signed in by %(method)s") % {"method": self.method}


@dataclass(frozen=True, slots=True)
class SignInFailed(AboutAnAccount, Event):
    """Somebody tried to come in and was refused; `account` is 0 when there is none of that name."""

    account: int
    method: str

    def sentence(self) -> str:
        return _("failed to sign in by %(method)s") % {"method": self.method}


@dataclass(frozen=True, slots=True)
class SignedOut(AboutAnAccount, Event):
    """The owner left."""

    account: int

    def sentence(self) -> str:
        return _("signed out")


@dataclass(frozen=True, slots=True)
class PasswordChanged(AboutAnAccount, Event):
    """The password was set, changed, or reset by a mailed link (`how`)."""

    account: int
    how: str

    def sentence(self) -> str:
        sentences = {
            "set": _("set a password"),
            "changed": _("changed the password"),
            "reset": _("set a new password by a mailed link"),
        }
        return sentences.get(self.how, _("set a new password"))


@dataclass(frozen=True, slots=True)
class SecondFactorAdded(AboutAnAccount, Event):
    """One more proof is asked for, or accepted, at the door."""

    account: int
    factor: str

    def sentence(self) -> str:
        return _("added a second factor: %(factor)s") % {"factor": self.factor}


@dataclass(frozen=True, slots=True)
class SecondFactorRemoved(AboutAnAccount, Event):
    """A proof is no longer accepted."""

    account: int
    factor: str

    def sentence(self) -> str:
        return _("removed a second factor: %(factor)s") % {"factor": self.factor}


@dataclass(frozen=True, slots=True)
class SecondFactorRequired(AboutAnAccount, Event):
    """From now on the account must (or need not) have a second factor."""

    account: int
    required: bool

    def sentence(self) -> str:
        if self.required:
            return _("must use a second factor")
        return _("need not use a second factor")


@dataclass(frozen=True, slots=True)
class FoundingTokenMade(Event):
    """A token was printed by which the first account can be made; the former one is dead."""

    expires_at: datetime

    def sentence(self) -> str:
        return _("made a token for the first account")


@dataclass(frozen=True, slots=True)
class FoundingTokenSpent(Event):
    """The token was shown, and no other will be taken."""

    def sentence(self) -> str:
        return _("took the token for the first account")


@dataclass(frozen=True, slots=True)
class AccountCreated(AboutAnAccount, Event):
    """There is a new way to sign in."""

    account: int

    def sentence(self) -> str:
        return _("account made")


@dataclass(frozen=True, slots=True)
class AccountInvited(AboutAnAccount, Event):
    """A link to set a password was asked for on the owner's behalf."""

    account: int

    def sentence(self) -> str:
        return _("invited to sign in")


@dataclass(frozen=True, slots=True)
class AccountAddressChanged(AboutAnAccount, Event):
    """The account has another e-mail address, which its owner must confirm."""

    account: int

    def sentence(self) -> str:
        return _("e-mail address changed")


@dataclass(frozen=True, slots=True)
class AccountClosed(AboutAnAccount, Event):
    """Nobody can sign in by this account any more."""

    account: int

    def sentence(self) -> str:
        return _("account closed")


@dataclass(frozen=True, slots=True)
class AccountReopened(AboutAnAccount, Event):
    """A closed account can be used again."""

    account: int

    def sentence(self) -> str:
        return _("account opened again")


@dataclass(frozen=True, slots=True)
class SessionEnded(AboutAnAccount, Event):
    """Browsers that were signed in are so no longer."""

    account: int
    count: int = 1

    def sentence(self) -> str:
        return ngettext("%(count)d session ended", "%(count)d sessions ended", self.count) % {
            "count": self.count
        }
