"""What a person may choose about notices."""

from __future__ import annotations

from django import forms

from sightline.foundation.identity.models import Account
from sightline.foundation.notices import queries
from sightline.foundation.notices.kinds import Choice


class ChoicesForm(forms.Form):
    """One question a kind: when its mail comes. Filled with what holds now."""

    def __init__(self, data: object = None, *, account: Account) -> None:
        super().__init__(data)  # type: ignore[arg-type]  # a QueryDict or nothing
        for kind, choice in queries.choices_of(account):
            self.fields[kind.name] = forms.ChoiceField(
                label=str(kind.title),
                choices=Choice.choices,
                initial=choice,
                widget=forms.RadioSelect,
            )
