"""Forms about measures and commitments."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sightline.foundation.core.choices import offer_rows
from sightline.people.forms.employees import DayField, ViewerForm
from sightline.strategy.actions.measures import MeasureFacts
from sightline.strategy.forms.strategies import ShareField
from sightline.strategy.models import Measure, Objective
from sightline.strategy.models.measures import DECIMALS, EXACT_DIGITS

PLAIN_NUMBER = _("Enter a number with a point before the decimals and no other signs, such as 0.4.")


class ValueField(forms.DecimalField):
    """The value of a measure."""

    def __init__(self, **kwargs: Any) -> None:
        if not kwargs.get("localize"):
            kwargs.setdefault("error_messages", {"invalid": PLAIN_NUMBER})
        super().__init__(max_digits=EXACT_DIGITS, decimal_places=DECIMALS, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """A value without the zeros that the database keeps behind it."""
        return f"{value.normalize():f}" if isinstance(value, Decimal) else value


class MeasureForm(ViewerForm):
    """A measure."""

    name = forms.CharField(label=_("What is measured"), max_length=120)
    unit = forms.CharField(
        label=_("Unit"), max_length=20, required=False, help_text=_("Such as %, days, EUR.")
    )
    direction = forms.ChoiceField(label=_("Direction"), choices=Measure.Direction.choices)
    kind = forms.ChoiceField(
        label=_("Kind of measure"), choices=Measure.Kind.choices, initial=Measure.Kind.LAG
    )
    baseline = ValueField(
        label=_("Baseline"), required=False, help_text=_("Where it stands before anything is done.")
    )
    baseline_on = DayField(label=_("Measured on"))
    band_low = ValueField(
        label=_("Lower end of the band"), required=False, help_text=_("Only to keep within a band.")
    )
    band_high = ValueField(label=_("Upper end of the band"), required=False)

    @property
    def facts(self) -> MeasureFacts:
        """The measure as the action takes it."""
        return MeasureFacts(**self.cleaned_data)


class TargetForm(forms.Form):
    """One target; a row left empty is left out."""

    due_on = DayField(label=_("Due"), required=False)
    value = ValueField(label=_("Value"), required=False)

    def clean(self) -> dict[str, Any]:
        """A target needs a day and a value, or neither."""
        cleaned = super().clean() or {}
        due_on, value = cleaned.get("due_on"), cleaned.get("value")
        if due_on is not None and value is None and "value" not in self.errors:
            self.add_error("value", _("Give the value, or empty the row."))
        if value is not None and due_on is None and "due_on" not in self.errors:
            self.add_error("due_on", _("Give the day, or empty the row."))
        return cleaned


class TargetRows(forms.BaseFormSet[TargetForm]):
    """The targets of a measure, one row a day."""

    def clean(self) -> None:
        """Two targets for one day would contradict each other."""
        days = [row.cleaned_data.get("due_on") for row in self.forms if row.is_valid()]
        given = [day for day in days if day]
        if len(given) != len(set(given)):
            raise forms.ValidationError(_("Two targets are due on the same day."))


TargetFormSet = forms.formset_factory(
    TargetForm, formset=TargetRows, extra=4, max_num=16, absolute_max=24
)


def targets_written(rows: forms.BaseFormSet[TargetForm]) -> dict[date, Decimal]:
    """What was typed, by day."""
    said = [row.cleaned_data for row in rows.forms if row.cleaned_data.get("due_on")]
    return {row["due_on"]: row["value"] for row in said}


class ActualForm(ViewerForm):
    """What a measure came to."""

    on = DayField(label=_("Measured on"))
    value = ValueField(label=_("Value"))


class ValueForm(ViewerForm):
    """What came of a unit's part of a target."""

    value = ValueField(label=_("Value"))


class CommitmentForm(ViewerForm):
    """How much of a unit's effort goes to an objective."""

    objective = forms.ModelChoiceField(
        label=_("Objective"), queryset=Objective.objects.none(), empty_label=_("Choose one")
    )
    share_percent = ShareField(
        label=_("Share of the unit’s effort, %"),
        help_text=_("What no objective claims is kept for standing responsibilities."),
    )
    note = forms.CharField(
        label=_("What to know about it"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, objectives: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "objective", objectives)


class ReasonForm(ViewerForm):
    """Why something is passed back."""

    reason = forms.CharField(
        label=_("Why"), max_length=500, widget=forms.Textarea(attrs={"rows": 4})
    )


class ConfirmationForm(ViewerForm):
    """Nothing to fill in: sent, it says yes."""
