"""A goal shared out to several people: a row for each of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sightline.goals.actions.sharing import Part
from sightline.goals.models import Goal, Wording
from sightline.goals.queries.sharing import Taker, names_of, targets_taken
from sightline.goals.rules.sharing import Closure, Split, closure, split_suggested
from sightline.goals.rules.texts import GoalText, text_of
from sightline.people.forms.employees import ViewerForm
from sightline.strategy.forms.measures import ValueField
from sightline.strategy.forms.strategies import ShareField

ROW = re.compile(r"p([0-9]{1,15})-(?:title|target_value|chosen)", re.ASCII)
"""What was typed for one of several people."""

SPLITS = [
    (Split.ADDITIVE, _("Each takes a part; the parts add up to the target")),
    (Split.SAME, _("The target is the same for each; what is left empty is the goal’s own")),
]


class PartForm(forms.Form):
    """What one person is asked to take on."""

    chosen = forms.BooleanField(label=_("Ask"), required=False)
    title = forms.CharField(label=_("What is to be achieved"), max_length=160, required=False)
    start_value = ValueField(label=_("Stands at"), required=False)
    target_value = ValueField(label=_("Target"), required=False)
    weight_percent = forms.IntegerField(
        label=_("Weight, %"), min_value=0, max_value=100, initial=20, required=False
    )
    share_percent = ShareField(label=_("Serves with, %"), initial=100, required=False)

    def __init__(self, *args: Any, goal: Goal, taker: Taker, **kwargs: Any) -> None:
        super().__init__(*args, **{"prefix": f"p{taker.employee.pk}"} | kwargs)
        self.goal, self.taker = goal, taker
        self.fields["title"].initial = goal.title
        if goal.kind != Wording.Kind.NUMBER:
            del self.fields["start_value"], self.fields["target_value"]
        elif goal.start_value == 0:
            self.fields["start_value"].initial = 0

    @property
    def is_chosen(self) -> bool:
        """Whether this person is asked."""
        return bool(getattr(self, "cleaned_data", {}).get("chosen"))

    @property
    def is_wrong(self) -> bool:
        """Whether anything in the row has to be mended."""
        return self.is_bound and bool(self.errors)

    def clean(self) -> dict[str, Any]:
        """Who is asked is asked for something; what was typed for somebody else is not lost."""
        cleaned = super().clean() or {}
        if not cleaned.get("chosen"):
            if cleaned.get("target_value") is not None:
                self.add_error("chosen", _("Tick the name, or empty what you typed in this row."))
            return cleaned
        for name in ("weight_percent", "share_percent"):
            if name not in self.errors and cleaned.get(name) is None:
                self.add_error(name, _("Write a number."))
        return cleaned

    def part(self, split: str, from_on: Any) -> Part:
        """The row as the action takes it; of one target for all, what is empty is the goal's."""
        said, goal = self.cleaned_data, self.goal
        is_number = goal.kind == Wording.Kind.NUMBER
        text: GoalText = replace(
            text_of(goal),
            title=said["title"],
            weight_percent=said["weight_percent"],
            from_on=from_on,
            kind=Wording.Kind.NUMBER if is_number else Wording.Kind.YES_NO,
        )
        if is_number:
            text = replace(
                text,
                start_value=self._value("start_value", split),
                target_value=self._value("target_value", split),
            )
        return Part(self.taker.employee, text, said["share_percent"])

    def _value(self, name: str, split: str) -> Decimal | None:
        said: Decimal | None = self.cleaned_data[name]
        if said is not None:
            return said
        own: Decimal | None = getattr(self.goal, name)
        from_nothing = name == "start_value" and own == 0
        return own if split == Split.SAME or from_nothing else None


class SharingForm(ViewerForm):
    """A goal, how its target is split, and a row for each report."""

    may_stay_open = True

    split = forms.ChoiceField(
        label=_("How the target is shared"), choices=SPLITS, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("A word to go with it"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, goal: Goal, takers: Sequence[Taker], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.goal = goal
        data = args[0] if args else None
        self.rows = [PartForm(data, goal=goal, taker=taker) for taker in takers]
        if goal.kind != Wording.Kind.NUMBER:
            del self.fields["split"]
        else:
            self.fields["split"].initial = split_suggested(goal.value_unit)

    @property
    def forms(self) -> list[forms.BaseForm]:
        """The form and its rows, for what was typed in them and not sent."""
        return [self, *self.rows]

    def clean(self) -> dict[str, Any]:
        """Tell what was typed for people who have no row now; sent again, it is left out."""
        known = {row.taker.employee.pk for row in self.rows}
        found = [row for key in self.data if (row := ROW.fullmatch(key))]
        gone = {int(row[1]) for row in found} - known
        asked = [pk for pk in gone if self.data.get(f"p{pk}-chosen")]
        if asked:
            names = names_of(self.viewer, asked)
            words = _("%(name)s reports to you no longer. What you wrote: %(words)s")
            hidden = _("Somebody")
            raise forms.ValidationError(
                [
                    words % {"name": names.get(pk, hidden), "words": self._typed_for(pk)}
                    for pk in asked
                ]
            )
        return super().clean()

    def _typed_for(self, pk: int) -> str:
        typed = [self.data.get(f"p{pk}-{name}", "") for name in ("title", "target_value")]
        return " · ".join(filter(None, typed))

    def is_valid(self) -> bool:
        """Whether each row can be understood."""
        rows = [row.is_valid() for row in self.rows]
        return super().is_valid() and all(rows)

    def add_error(self, field: str | None, error: Any) -> None:
        """What is refused of one person is said in that person's row."""
        prefix, _dash, name = (field or "").partition("-")
        row = next((one for one in self.rows if one.prefix == prefix), None)
        if row is None:
            super().add_error(field, error)
        else:
            row.add_error(name if name in row.fields else "chosen", error)

    @property
    def is_wrong(self) -> bool:
        """Whether anything has to be mended, in a row or above them."""
        return self.is_bound and bool(self.errors or any(row.is_wrong for row in self.rows))

    @property
    def chosen(self) -> list[PartForm]:
        """The rows of those who are asked."""
        return [row for row in self.rows if row.is_chosen]

    @property
    def parts(self) -> list[Part]:
        """What is proposed, as the action takes it."""
        split = self.cleaned_data.get("split", "")
        starts = max(self.goal.from_on, self.viewer.today)
        from_on = starts if starts < self.goal.due_on else self.goal.from_on
        return [row.part(split, from_on) for row in self.chosen]

    def closure(self) -> Closure | None:
        """What the targets typed so far come to, with what is taken already; None without one."""
        goal = self.goal
        if goal.start_value is None or goal.target_value is None or "split" not in self.fields:
            return None
        said = (
            self.data.get("split")
            if self.is_bound
            else self.get_initial_for_field(self.fields["split"], "split")
        )
        split = Split(said) if said in set(Split) else split_suggested(goal.value_unit)
        targets = self._targets(split, goal.target_value)
        if not targets:
            return None
        if split == Split.ADDITIVE:
            targets += targets_taken(self.viewer, goal)
        return closure(split, goal.start_value, goal.target_value, targets)

    def _targets(self, split: Split, own: Decimal) -> list[Decimal]:
        found = []
        for row in self.rows:
            row.is_valid()
            if row.is_chosen:
                said = row.cleaned_data.get("target_value")
                found.append(own if said is None and split == Split.SAME else said)
        return [target for target in found if target is not None]
