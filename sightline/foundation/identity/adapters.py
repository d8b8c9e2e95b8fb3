"""Our answers to allauth's questions."""

from __future__ import annotations

import base64
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailConfirmation
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.encoding import force_bytes
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sightline.foundation.core.dates import now
from sightline.foundation.identity import fresh_proof, jobs
from sightline.foundation.identity.events import PasswordChanged, SignInFailed
from sightline.foundation.identity.models import Account
from sightline.foundation.ledger.events import House
from sightline.foundation.ledger.record import record


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is not typed
    """Accounts are made by HR; letters leave by jobs; refusals are recorded."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": gettext_lazy(
            "No account has this e-mail address and this password. Check both and try again."
        ),
        "too_many_login_attempts": gettext_lazy(
            "Too many attempts. Wait five minutes, then try again."
        ),
        "enter_current_password": gettext_lazy("This is not your current password."),
        "incorrect_password": gettext_lazy("This is not your password."),
        "incorrect_code": gettext_lazy("This code is wrong or no longer valid."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes an account for himself."""
        return False

    def is_safe_url(self, url: str) -> bool:
        """Where sign-in may lead: a path on this very host, and nowhere else."""
        return url.startswith("/") and super().is_safe_url(url)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Record the attempt; of an address that no account has, only that there was one."""
        email = credentials.get("email", "")
        number = Account.objects.filter(email__iexact=email).values_list("pk", flat=True).first()
        record(SignInFailed(account=number or 0, method="password"), by=House())

    def set_password(self, user: Account, password: str) -> None:
        """Keep a new password and record how it came about, together."""
        how = "changed" if user.has_usable_password() else "set"
        if not self.request.user.is_authenticated:
            how = "reset"
        user.set_password(password)
        with transaction.atomic():
            user.save(update_fields=["password"])
            record(PasswordChanged(account=user.pk, how=how), by=user)

    def respond_user_inactive(self, request: HttpRequest, user: AbstractBaseUser) -> HttpResponse:
        """A closed account is told so, after its password was right."""
        record(SignInFailed(account=user.pk, method="closed account"), by=House())
        answer: HttpResponse = super().respond_user_inactive(request, user)
        return answer

    def is_reauthentication_required(self, *, app: str, **_rest: Any) -> bool:
        """Whoever has just signed in need not prove it again for what allauth calls sensitive."""
        return not fresh_proof.is_fresh(self.request)

    def ask_for_new_password(self, email: str) -> None:
        """A letter, if there is anyone to write to, which only the job finds out."""
        jobs.mail_password_reset.enqueue(email)

    def send_confirmation_mail(
        self, request: HttpRequest, emailconfirmation: EmailConfirmation, signup: bool
    ) -> None:
        """By a job, like every letter."""
        jobs.mail_confirmation.enqueue(emailconfirmation.email_address.user_id)

    def send_notification_mail(
        self,
        template_prefix: str,
        user: AbstractBaseUser,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """By a job, in our own words."""
        what = template_prefix.rsplit("/", 1)[-1]
        jobs.mail_security_notice.enqueue(user.pk, what, now().isoformat())

    def add_message(self, request: HttpRequest, level: int, *args: Any, **kwargs: Any) -> None:
        """Say nothing where the page that follows says it: one came in, or went out."""
        template = kwargs.get("message_template") or (args[0] if args else "")
        if template not in {"account/messages/logged_in.txt", "account/messages/logged_out.txt"}:
            super().add_message(request, level, *args, **kwargs)


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth is not typed
    """Secrets of second factors lie enciphered in the database."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": gettext_lazy("This code is wrong or no longer valid."),
        "cannot_delete_authenticator": gettext_lazy(
            "Your organisation asks for a second factor. Add another before you remove the last."
        ),
        "unverified_email": gettext_lazy(
            "Confirm your e-mail address before you add a second factor."
        ),
    }

    def encrypt(self, text: str) -> str:
        """Encipher what the database keeps."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Read it again, also after the secret key was changed and the old one kept."""
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """The last second factor stays while one is required."""
        if not authenticator.user.needs_second_factor:
            return True
        others = Authenticator.objects.filter(user=authenticator.user).exclude(pk=authenticator.pk)
        return bool(others.exclude(type=Authenticator.Type.RECOVERY_CODES).exists())

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:
        """A name to start with; the owner can change it."""
        count = Authenticator.objects.filter(user=user, type=type).count()
        return _("Passkey %(number)d") % {"number": count + 1}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Whom a passkey is for, as the device shows it."""
        ours: dict[str, str] = super().get_public_key_credential_rp_entity()
        return ours | {"name": "Sightline"}


def _cipher() -> MultiFernet:
    """The cipher of the secret key; older keys still read."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_derived(key)) for key in keys])


def _derived(secret: str | bytes) -> bytes:
    """A key for this one purpose, so that it says nothing of the secret key itself."""
    kdf = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"sightline second factors")
    return base64.urlsafe_b64encode(kdf.derive(force_bytes(secret)))
