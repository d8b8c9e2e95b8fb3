"""The letters that identity writes: plain text, in the reader's language, links to our own address.

Links are made from the address in the settings, never from the request that asked for the letter,
so that nobody can have a letter sent that leads elsewhere.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from allauth.account.app_settings import PASSWORD_RESET_TOKEN_GENERATOR
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from sightline.foundation.identity.models import Account


def invitation(account: Account) -> EmailMessage:
    """Welcomes the owner, with the link to set a password."""
    return _letter(account, "invitation", _link_to_set_password(account))


def password_reset(account: Account) -> EmailMessage:
    """The link to set a new password, for an owner who asked for it."""
    return _letter(account, "password_reset", _link_to_set_password(account))


def confirmation(account: Account) -> EmailMessage:
    """The link by which the owner shows that the address is theirs."""
    address = EmailAddress.objects.get(user=account, primary=True)
    key = EmailConfirmationHMAC(address).key
    return _letter(account, "confirmation", _absolute("account_confirm_email", key=key))


def security_notice(account: Account, what: str, at: datetime) -> EmailMessage:
    """Tells the owner that something about the account's safety has changed."""
    return _letter(account, "security_notice", _absolute("identity:settings"), what=what, at=at)


def message_id(key: str) -> str:
    """The name of a letter among all mail of the world."""
    host = urlsplit(settings.PUBLIC_URL).hostname or "localhost"
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:40]}@{host}>"


def _link_to_set_password(account: Account) -> str:
    token = PASSWORD_RESET_TOKEN_GENERATOR().make_token(account)
    number = user_pk_to_url_str(account)
    return _absolute("account_reset_password_from_key", uidb36=number, key=token)


def _absolute(name: str, **arguments: str) -> str:
    return settings.PUBLIC_URL + reverse(name, kwargs=arguments)


def _letter(account: Account, template: str, link: str, **words: Any) -> EmailMessage:
    """The first line of the template is the subject, the rest the letter."""
    with translation.override(account.language):
        said = {"sentence": SENTENCES[words["what"]]()} if "what" in words else {}
        text = render_to_string(
            f"identity/mail/{template}.txt", {"account": account, "link": link, **words, **said}
        )
    subject, _newline, body = text.strip().partition("\n")
    return EmailMessage(subject.strip(), body.strip() + "\n", to=[account.email])


SENTENCES = {
    "password_changed": lambda: _("Your password was changed."),
    "password_set": lambda: _("A password was set for your account."),
    "password_reset": lambda: _("Your password was changed by a link sent to this address."),
    "totp_activated": lambda: _("An authenticator app was added to your account."),
    "totp_deactivated": lambda: _("The authenticator app was removed from your account."),
    "webauthn_added": lambda: _("A passkey was added to your account."),
    "webauthn_removed": lambda: _("A passkey was removed from your account."),
    "recovery_codes_generated": lambda: _("New recovery codes were made for your account."),
}
"""What a security notice can be about, by the last part of allauth's template names."""
