"""The small forms of the map: each holds one act."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sightline.foundation.core.choices import offer_rows
from sightline.people.forms.employees import ViewerForm
from sightline.people.forms.fields import PersonField
from sightline.strategy.models import Objective, Perspective
from sightline.strategy.rules.placing import Way


class RenameForm(ViewerForm):
    """Another title."""

    title = forms.CharField(label=_("Title"), max_length=120)


class AddForm(ViewerForm):
    """A further objective in a perspective."""

    title = forms.CharField(label=_("New objective"), max_length=120)
    owner = PersonField(label=_("Owner"))


class StepForm(ViewerForm):
    """One step on the map, or a place on it: in a perspective, before another objective."""

    way = forms.ChoiceField(choices=[(way.value, way.value) for way in Way], required=False)
    perspective = forms.ModelChoiceField(queryset=Perspective.objects.none(), required=False)
    before = forms.ModelChoiceField(queryset=Objective.objects.none(), required=False)

    def __init__(self, *args: Any, perspectives: Any, objectives: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "perspective", perspectives)
        offer_rows(self, "before", objectives)

    def clean(self) -> dict[str, Any]:
        """A step or a place is needed."""
        said = super().clean()
        if not self.errors and not said.get("way") and said.get("perspective") is None:
            raise forms.ValidationError(_("Say where the objective is to stand."))
        return said


class DrivesForm(ViewerForm):
    """What an objective drives."""

    to_objective = forms.ModelChoiceField(
        label=_("It drives"), queryset=Objective.objects.none(), empty_label=_("Choose one")
    )

    def __init__(self, *args: Any, objectives: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "to_objective", objectives)
