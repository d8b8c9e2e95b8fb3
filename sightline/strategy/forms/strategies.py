"""Forms with which a strategy is written."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sightline.foundation.core.choices import offer_rows
from sightline.foundation.core.spans import ONE_DAY
from sightline.people.forms.employees import DayField, ViewerForm
from sightline.people.forms.fields import PersonField
from sightline.strategy.models import Objective, Perspective, Strategy

HUES = [
    (1, _("Blue")),
    (2, _("Purple")),
    (3, _("Amber")),
    (4, _("Green")),
    (5, _("Red")),
    (6, _("Teal")),
    (7, _("Violet")),
    (8, _("Olive")),
]


class ShareField(forms.DecimalField):
    """A share in percent, to the hundredth."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=0, max_value=100, max_digits=5, decimal_places=2, **kwargs)


class StrategyForm(ViewerForm):
    """A strategy as a whole. Its last day is asked for, since that is what people say."""

    name = forms.CharField(label=_("Name"), max_length=120)
    from_on = DayField(label=_("From"))
    last_on = DayField(label=_("Up to and including"))
    mission = forms.CharField(
        label=_("Mission"),
        help_text=_("What the organisation is there for."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    vision = forms.CharField(
        label=_("Vision"),
        help_text=_("Where it wants to be at the end."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    @property
    def facts(self) -> dict[str, Any]:
        """What was said, half-open as everywhere else."""
        said = dict(self.cleaned_data)
        said["until_on"] = said.pop("last_on") + ONE_DAY
        return said

    def add_error(self, field: str | None, error: Any) -> None:
        """What is wrong with the end is said beside the last day."""
        super().add_error("last_on" if field == "until_on" else field, error)


def initial_of_strategy(strategy: Strategy) -> dict[str, Any]:
    """A strategy as its form shows it."""
    return {
        "name": strategy.name,
        "from_on": strategy.from_on,
        "last_on": strategy.span.last,
        "mission": strategy.mission,
        "vision": strategy.vision,
    }


class NewPerspectiveForm(ViewerForm):
    """A perspective."""

    name = forms.CharField(label=_("Name"), max_length=80)
    hue = forms.TypedChoiceField(label=_("Colour"), choices=HUES, coerce=int)


class PerspectiveForm(NewPerspectiveForm):
    """A perspective, and which row of the map it is."""

    position = forms.IntegerField(label=_("Row of the map, from the top"), min_value=1, max_value=8)


class PerspectiveField(forms.ModelChoiceField[Perspective]):
    """One of the perspectives of a strategy."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Perspective.objects.none(), empty_label=None, **kwargs)


class ObjectiveForm(ViewerForm):
    """An objective."""

    perspective = PerspectiveField(label=_("Perspective"))
    title = forms.CharField(label=_("Objective"), max_length=120)
    description = forms.CharField(
        label=_("What it means"),
        help_text=_("So that two people would say alike whether it was reached."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    theme = forms.CharField(
        label=_("Theme"),
        help_text=_(
            "What it belongs to across perspectives. Objectives of one theme say it alike."
        ),
        max_length=60,
        required=False,
    )
    owner = PersonField(label=_("Owner"), help_text=_("Who answers for it."))

    def __init__(self, *args: Any, perspectives: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "perspective", perspectives)


class OwnerForm(ViewerForm):
    """Who answers for an objective."""

    owner = PersonField(label=_("Owner"))


class CauseForm(ViewerForm):
    """What drives what."""

    from_objective = forms.ModelChoiceField(
        label=_("This objective"), queryset=Objective.objects.none(), empty_label=_("Choose one")
    )
    to_objective = forms.ModelChoiceField(
        label=_("drives that one"), queryset=Objective.objects.none(), empty_label=_("Choose one")
    )

    def __init__(self, *args: Any, objectives: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("from_objective", "to_objective"):
            offer_rows(self, name, objectives)


class SharesForm(ViewerForm):
    """The intended share of each objective, all at once."""

    def __init__(self, *args: Any, objectives: Sequence[Objective], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.objectives = {f"share-{one.pk}": one for one in objectives}
        for name, one in self.objectives.items():
            self.fields[name] = ShareField(label=one.title, initial=one.intended_share_percent)

    @property
    def rows(self) -> list[tuple[Objective, forms.BoundField]]:
        """Each objective with its field."""
        return [(one, self[name]) for name, one in self.objectives.items()]

    @property
    def shares(self) -> dict[Objective, Decimal]:
        """What was shared out."""
        return {one: self.cleaned_data[name] for name, one in self.objectives.items()}
