"""Forms about periods."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sightline.foundation.core.spans import ONE_DAY
from sightline.goals.models import Period
from sightline.people.forms.employees import DayField, ViewerForm


class RhythmForm(ViewerForm):
    """How often one checks in, and how much effort is kept for standing responsibilities."""

    cadence_days = forms.IntegerField(
        label=_("Days between check-ins"),
        min_value=1,
        max_value=184,
        initial=14,
        help_text=_("After twice as many days without a word a goal counts as without data."),
    )
    standing_percent = forms.IntegerField(
        label=_("Effort kept for standing responsibilities, %"),
        min_value=0,
        max_value=99,
        initial=30,
    )
    asks = forms.BooleanField(
        label=_("Ask everybody once which objectives the work serves"),
        required=False,
        initial=True,
        help_text=_(
            "From the day on which a third of the period is over. Of periods that run side by "
            "side, such as a quarter in a year, let the shorter one ask."
        ),
    )


class PeriodForm(RhythmForm):
    """A new period. Its last day is asked for, since that is what people say."""

    name = forms.CharField(label=_("Name"), max_length=40, help_text=_("Such as Q1 2027."))
    kind = forms.ChoiceField(label=_("Kind"), choices=Period.Kind.choices)
    from_on = DayField(label=_("From"))
    last_on = DayField(label=_("Up to and including"))

    field_order = ["name", "kind", "from_on", "last_on"]

    @property
    def facts(self) -> dict[str, Any]:
        """What was said, half-open as everywhere else."""
        said = dict(self.cleaned_data)
        said["until_on"] = said.pop("last_on") + ONE_DAY
        return said

    def add_error(self, field: str | None, error: Any) -> None:
        """What is wrong with the end is said beside the last day."""
        super().add_error("last_on" if field == "until_on" else field, error)
