"""Input about accounts."""

from __future__ import annotations

from typing import Any
from zoneinfo import available_timezones

from allauth.account.forms import ResetPasswordForm
from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from sightline.foundation.identity import jobs

CONTINENTS = (
    "Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe",
    "Indian", "Pacific",
)  # fmt: skip
"""What the names of places begin with; other names of the database are technical."""


class PasswordResetForm(ResetPasswordForm):  # type: ignore[misc]  # allauth is not typed
    """Asks for a letter without finding out whether there is anyone to write to."""

    def clean_email(self) -> str:
        """Any address will do."""
        email: str = self.cleaned_data["email"]
        return email.lower()

    def save(self, request: HttpRequest, **_rest: Any) -> str:
        """Leave the question, and the letter, to a job: the page takes as long for everybody."""
        email: str = self.cleaned_data["email"]
        jobs.mail_password_reset.enqueue(email)
        return email


def time_zones() -> list[tuple[str, str]]:
    """The places whose clocks one can go by, as (name, name to read)."""
    places = sorted(zone for zone in available_timezones() if zone.split("/")[0] in CONTINENTS)
    return [("UTC", "UTC"), *((zone, zone.replace("_", " ")) for zone in places)]


class SettingsForm(forms.Form):
    """How an account's owner wants to read the product."""

    language = forms.ChoiceField(label=_("Language"))
    time_zone = forms.ChoiceField(label=_("Time zone"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        languages: forms.ChoiceField = self.fields["language"]  # type: ignore[assignment]
        zones: forms.ChoiceField = self.fields["time_zone"]  # type: ignore[assignment]
        languages.choices = settings.LANGUAGES
        zones.choices = [("", _("As the organisation")), *time_zones()]
