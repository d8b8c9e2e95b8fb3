"""What is asked of whoever founds an organisation."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sightline.foundation.identity.models import Account
from sightline.foundation.identity.queries import founding_token_fault
from sightline.site.actions.founding import Founder


class FoundingForm(forms.Form):
    """The token that the server showed, and who the first person is."""

    token = forms.CharField(
        label=gettext_lazy("Token"),
        max_length=60,
        help_text=gettext_lazy("The server showed it when it was started."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )
    name = forms.CharField(
        label=gettext_lazy("Your name"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=gettext_lazy("Your e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )
    number = forms.CharField(
        label=gettext_lazy("Your employee number"),
        max_length=40,
        required=False,
        help_text=gettext_lazy(
            "As it stands in the files that you will import, so that they find you. "
            "Empty where people have no numbers."
        ),
    )
    password = forms.CharField(
        label=gettext_lazy("Password"),
        strip=False,
        help_text=gettext_lazy(
            "At least 10 characters; not a common password, nor like your name or address."
        ),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password_again = forms.CharField(
        label=gettext_lazy("Password, again"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, is_tried_too_often: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_tried_too_often = is_tried_too_often

    def clean_token(self) -> str:
        """Say at once what is wrong with it, beside all else; whoever guesses learns nothing."""
        if self.is_tried_too_often:
            raise ValidationError(_("Too many attempts. Wait five minutes, then try again."))
        token: str = self.cleaned_data["token"]
        if fault := founding_token_fault(token):
            raise ValidationError(fault)
        return token

    def clean(self) -> dict[str, Any]:
        """The password is a good one, and typed the same twice."""
        cleaned = super().clean() or {}
        password = cleaned.get("password", "")
        if password and (again := cleaned.get("password_again")) and again != password:
            self.add_error("password_again", _("The two are not the same."))
        if password:
            owner = Account(email=cleaned.get("email", ""), name=cleaned.get("name", ""))
            try:
                validate_password(password, owner)
            except ValidationError as fault:
                self.add_error("password", fault)
        return cleaned

    def founder(self) -> Founder:
        """The first person, as the form tells."""
        said = self.cleaned_data
        return Founder(said["name"], said["email"], said["number"] or "1", said["password"])
