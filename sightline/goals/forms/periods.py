"""Forms about periods."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sightline.foundation.core.spans import ONE_DAY
from sightline.goals.models import Period
from sightline.goals.rules.catchball import USUAL_DAYS
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


class ChangeForm(RhythmForm):
    """What can be changed of a period."""

    agree_by_on = DayField(
        label=_("Goals are agreed by"),
        required=False,
        help_text=_("Whose turn it is, is reminded. Without a day nobody is."),
    )

    field_order = ["agree_by_on"]


class PeriodForm(RhythmForm):
    """A new period. Its last day is asked for, since that is what people say."""

    name = forms.CharField(label=_("Name"), max_length=40, help_text=_("Such as Q1 2027."))
    kind = forms.ChoiceField(label=_("Kind"), choices=Period.Kind.choices)
    from_on = DayField(label=_("From"))
    last_on = DayField(label=_("Up to and including"))
    agree_within_days = forms.IntegerField(
        label=_("Days in which its goals are agreed"),
        min_value=0,
        max_value=184,
        required=False,
        initial=USUAL_DAYS,
        help_text=_("Counted from its first day. Whose turn it is, is reminded."),
    )

    field_order = ["name", "kind", "from_on", "last_on", "agree_within_days"]

    @property
    def facts(self) -> dict[str, Any]:
        """What was said, half-open as everywhere else."""
        said = dict(self.cleaned_data)
        said["until_on"] = said.pop("last_on") + ONE_DAY
        return said

    def add_error(self, field: str | None, error: Any) -> None:
        """What is wrong with the end is said beside the last day."""
        super().add_error("last_on" if field == "until_on" else field, error)
