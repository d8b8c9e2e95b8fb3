"""What lists are narrowed by."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sightline.foundation.ui.forms import Day
from sightline.people.queries import organisation, people
from sightline.people.viewer import Viewer


class DirectoryFilter(forms.Form):
    """Narrows the directory."""

    q = forms.CharField(
        label=_("Name, e-mail or number"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    unit = forms.ChoiceField(label=_("Unit, with all under it"), required=False)
    family = forms.ChoiceField(label=_("Job family"), required=False)
    location = forms.ChoiceField(label=_("Place of work"), required=False)
    on = forms.DateField(label=_("As of"), required=False, widget=Day)
    away = forms.BooleanField(label=_("Only who is on leave"), required=False)
    sort = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = organisation.units_seen_by(viewer, viewer.today).order_by("name")
        self._offer("unit", [(str(unit.pk), unit.name) for unit in units])
        self._offer("family", [(name, name) for name in organisation.families(viewer)])
        self._offer("location", [(name, name) for name in people.locations(viewer)])

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        field.choices = [("", _("All")), *choices]  # type: ignore[attr-defined]  # a ChoiceField

    @property
    def wanted(self) -> people.Wanted:
        """What was asked for; what cannot be is left out."""
        self.is_valid()
        asked = self.cleaned_data
        return people.Wanted(
            words=asked.get("q", ""),
            unit_id=int(asked["unit"]) if asked.get("unit") else None,
            family=asked.get("family", ""),
            location=asked.get("location", ""),
            away=asked.get("away", False),
        )
