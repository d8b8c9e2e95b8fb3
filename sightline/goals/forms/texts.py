"""What a goal says, as it is written: its words, its measure, its milestones."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sightline.foundation.ui.forms import named_within
from sightline.goals.models import Wording
from sightline.goals.models.fields import TITLE_LENGTH
from sightline.goals.rules.milestones import MOST, Milestone
from sightline.goals.rules.texts import FIELDS, GoalText
from sightline.people.forms.employees import DayField, ViewerForm
from sightline.strategy.forms.measures import ValueField

OF_KIND: dict[str, tuple[str, ...]] = {
    Wording.Kind.NUMBER: ("start_value", "target_value", "value_unit"),
    Wording.Kind.BAND: ("band_low", "band_high", "value_unit", "inside_percent"),
}
"""What only some kinds of measure need."""


class MilestoneForm(forms.Form):
    """One milestone; a row without a word is left out."""

    may_stay_open = True

    number = forms.IntegerField(
        required=False, widget=forms.HiddenInput(attrs={"data-autosave-keep": ""})
    )
    title = forms.CharField(
        max_length=TITLE_LENGTH,
        required=False,
        widget=forms.TextInput(attrs={"placeholder": " "}),  # an empty row is known by it
    )
    weight = forms.IntegerField(
        min_value=1,
        max_value=100,
        required=False,
        widget=forms.NumberInput(attrs={"placeholder": "1"}),
        error_messages=dict.fromkeys(("min_value", "max_value", "invalid"), _("1 to 100.")),
    )
    due_on = DayField(required=False)

    def __init__(self, *args: Any, place: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"prefix": f"m{place}"})
        name = _("Milestone %d") % place
        self.fields["title"].label = name
        self.fields["weight"].label = named_within(name, _("Weight"))
        self.fields["due_on"].label = named_within(name, _("Due"))

    def clean(self) -> dict[str, Any]:
        """A weight or a day needs words."""
        cleaned = super().clean() or {}
        if not cleaned.get("title") and (cleaned.get("weight") or cleaned.get("due_on")):
            self.add_error("title", _("Say what is done, or empty the row."))
        return cleaned

    @property
    def milestone(self) -> Milestone | None:
        """What the row says."""
        said = self.cleaned_data
        if not said.get("title"):
            return None
        number, weight = said.get("number") or 0, said.get("weight") or 1
        return Milestone(number, said["title"], weight, said.get("due_on"))


class TextForm(ViewerForm):
    """What a goal says. Of what only another kind of measure needs nothing is taken."""

    may_stay_open = True  # what one kind of measure leaves open another needs

    title = forms.CharField(
        label=_("What is to be achieved"),
        max_length=TITLE_LENGTH,
        help_text=_("A result, not an activity: what will be true at the end."),
    )
    why = forms.CharField(
        label=_("Why it matters"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    kind = forms.ChoiceField(
        label=_("Measured by"), choices=Wording.Kind.choices, initial=Wording.Kind.NUMBER
    )
    measured_by = forms.CharField(
        label=_("What is measured, and where one reads it"), max_length=300, required=False
    )
    start_value = ValueField(label=_("Stands at"), required=False)
    target_value = ValueField(label=_("Target"), required=False)
    band_low = ValueField(label=_("Not below"), required=False)
    band_high = ValueField(label=_("Not above"), required=False)
    value_unit = forms.CharField(
        label=_("Unit"), max_length=20, required=False, help_text=_("Such as %, days, orders.")
    )
    inside_percent = forms.IntegerField(
        label=_("On so many of 100 days"),
        help_text=_("At least. A value holds until the next."),
        min_value=1,
        max_value=100,
        required=False,
        initial=90,
    )
    weight_percent = forms.IntegerField(
        label=_("Weight in the plan, %"), min_value=0, max_value=100, initial=20
    )
    from_on = DayField(label=_("Start"))
    due_on = DayField(label=_("Due"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        data = args[0] if args else None
        held = list(self.initial.get("milestones", ()))
        self.rows = [
            MilestoneForm(data, place=place + 1, initial=asdict(held[place]))
            if place < len(held)
            else MilestoneForm(data, place=place + 1)
            for place in range(max(MOST, len(held)))
        ]

    @property
    def forms(self) -> list[forms.Form]:
        """All that is typed into, for a draft."""
        return [self, *self.rows]

    def clean(self) -> dict[str, Any]:
        """Leave out what the kind of measure does not need, and what is wrong with it."""
        cleaned = super().clean()
        kind = cleaned.get("kind", "")
        for name in {name for names in OF_KIND.values() for name in names}:
            if name not in OF_KIND.get(kind, ()):
                self.errors.pop(name, None)
                cleaned[name] = "" if name == "value_unit" else None
        cleaned["milestones"] = ()
        if kind == Wording.Kind.MILESTONES:
            wrong = [row for row in self.rows if not row.is_valid()]
            if wrong:
                raise forms.ValidationError(_("Look at the milestones: a row is not complete."))
            cleaned["milestones"] = tuple(filter(None, (row.milestone for row in self.rows)))
        return cleaned

    @property
    def text(self) -> GoalText:
        """The goal's words as the actions take them."""
        return GoalText(**{name: self.cleaned_data[name] for name in FIELDS})
