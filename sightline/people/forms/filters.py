"""What lists are narrowed by."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from sightline.foundation.core.choices import offer_or_all
from sightline.foundation.ui.forms import Day
from sightline.people.forms.fields import UnitField
from sightline.people.models import Position
from sightline.people.queries import organisation, people
from sightline.people.viewer import Viewer


class ListFilter(forms.Form):
    """What the lists of people and of positions are both narrowed by."""

    unit = UnitField(label=_("Unit, with all under it"), required=False)
    family = forms.ChoiceField(label=_("Job family"), required=False)
    on = forms.DateField(label=_("As of"), required=False, widget=Day)
    sort = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.viewer = viewer
        cast(UnitField, self.fields["unit"]).viewer = viewer
        offer_or_all(self, "family", [(name, name) for name in organisation.families(viewer)])

    @property
    def asked(self) -> dict[str, Any]:
        """What was asked for; what cannot be is left out."""
        self.is_valid()
        return self.cleaned_data

    @property
    def unit_id(self) -> int | None:
        """The unit asked for."""
        unit = self.asked.get("unit")
        return unit.pk if unit else None


class DirectoryFilter(ListFilter):
    """Narrows the directory."""

    q = forms.CharField(
        label=_("Name or number"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    location = forms.ChoiceField(label=_("Place of work"), required=False)
    away = forms.BooleanField(label=_("On leave"), required=False)

    field_order = ["q", "unit", "family", "location", "on", "away"]

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, viewer=viewer, **kwargs)
        offer_or_all(self, "location", [(name, name) for name in people.locations(viewer)])

    @property
    def wanted(self) -> people.Wanted:
        """What the directory is narrowed to."""
        return people.Wanted(
            words=self.asked.get("q", ""),
            unit_id=self.unit_id,
            family=self.asked.get("family", ""),
            location=self.asked.get("location", ""),
            away=self.asked.get("away", False),
        )


class PositionFilter(ListFilter):
    """Narrows the positions."""

    q = forms.CharField(
        label=_("Title or code"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    vacant = forms.BooleanField(label=_("Vacant"), required=False)

    field_order = ["q", "unit", "family", "on", "vacant"]

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is left out."""
        return any(self.asked.get(name) for name in ("q", "unit", "family", "vacant"))

    def narrowed(self, rows: QuerySet[Position], day: date) -> QuerySet[Position]:
        """The positions that were asked for."""
        if words := self.asked.get("q"):
            rows = rows.filter(Q(title__icontains=words) | Q(code__icontains=words))
        if self.unit_id:
            rows = rows.filter(unit__in=organisation.unit_ids_under(self.unit_id, day))
        if family := self.asked.get("family"):
            rows = rows.filter(job__family=family)
        if self.asked.get("vacant"):
            return organisation.only_vacant(self.viewer, rows, day)
        return rows
