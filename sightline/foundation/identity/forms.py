"""Input about accounts."""

from __future__ import annotations

from typing import Any
from zoneinfo import available_timezones

from allauth.account import forms as account
from allauth.account.adapter import get_adapter
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import EditWebAuthnForm
from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from sightline.foundation.core.choices import offer

CONTINENTS = (
    "Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe",
    "Indian", "Pacific",
)  # fmt: skip
"""What the names of places begin with; other names of the database are technical."""


LABELS: dict[str, Any] = {
    "login": _("E-mail address"),
    "email": _("E-mail address"),
    "password": _("Password"),
    "oldpassword": _("Current password"),
    "password1": _("New password"),
    "password2": _("New password, again"),
    "code": _("Code"),
    "name": _("Name"),
}
"""How the product calls what allauth calls otherwise."""

HELP: dict[str, Any] = {
    "password": "",
    "oldpassword": "",
    "password1": _("At least 10 characters; not a common password, nor like your name or address."),
}
"""What is said about a field in place of what allauth says."""


class OurWords:
    """A form of allauth in our words: labels above the fields, and none inside them."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = LABELS.get(name, field.label)
            field.help_text = HELP.get(name, field.help_text)
            field.widget.attrs.pop("placeholder", None)


class SignInForm(OurWords, account.LoginForm):
    """E-mail address and password."""


class ProofForm(OurWords, account.ReauthenticateForm):
    """The password once more."""


class PasswordChangeForm(OurWords, account.ChangePasswordForm):
    """A new password in place of the old."""


class FirstPasswordForm(OurWords, account.SetPasswordForm):
    """A password for who has none."""


class NewPasswordForm(OurWords, account.ResetPasswordKeyForm):
    """A new password, by a mailed link."""


class CodeForm(OurWords, mfa.AuthenticateForm):
    """A code of the authenticator app, or a recovery code."""


class CodeProofForm(OurWords, mfa.ReauthenticateForm):
    """A code once more."""


class AddAppForm(OurWords, ActivateTOTPForm):
    """The first code that a new authenticator app shows."""


class PasskeyNameForm(OurWords, EditWebAuthnForm):
    """Another name for a passkey."""


class PasswordResetForm(OurWords, account.ResetPasswordForm):
    """Asks for a letter without finding out whether there is anyone to write to."""

    def clean_email(self) -> str:
        """Any address will do."""
        email: str = self.cleaned_data["email"]
        return email.lower()

    def save(self, request: HttpRequest, **_rest: Any) -> str:
        """Leave the question, and the letter, to a job: the page takes as long for everybody."""
        email: str = self.cleaned_data["email"]
        get_adapter(request).ask_for_new_password(email)
        return email


def time_zones() -> list[tuple[str, str]]:
    """The places whose clocks one can go by, as (name, name to read)."""
    places = sorted(zone for zone in available_timezones() if zone.split("/")[0] in CONTINENTS)
    return [("UTC", "UTC"), *((zone, zone.replace("_", " ")) for zone in places)]


class SettingsForm(forms.Form):
    """How an account's owner wants to read the product."""

    language = forms.ChoiceField(label=_("Language"))
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        required=False,
        widget=forms.Select(attrs={"data-picker-select": True}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "language", settings.LANGUAGES)
        offer(self, "time_zone", [("", _("As the organisation")), *time_zones()])
