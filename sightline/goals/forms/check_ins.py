"""Forms for saying how goals stand: one, or all at once."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sightline.goals.actions.check_ins import Ticked
from sightline.goals.models import Goal, Wording
from sightline.goals.queries.goals import GoalSeen, goals_seen_by
from sightline.goals.queries.milestones import done_days
from sightline.people.forms.employees import DayField, ViewerForm
from sightline.strategy.forms.measures import ValueField

SURE = [
    ("1.00", _("Certain, 100 %")),
    ("0.90", _("Very sure, 90 %")),
    ("0.75", _("Likely, 75 %")),
    ("0.60", _("More likely than not, 60 %")),
    ("0.50", _("Even, 50 %")),
    ("0.35", _("Doubtful, 35 %")),
    ("0.20", _("Unlikely, 20 %")),
    ("0.00", _("Out of reach, 0 %")),
]
ROW = re.compile(r"g([0-9]{1,15})-(?:value|note|was)", re.ASCII)
"""What was typed for one of several goals."""

YES_NO = [("", _("Not said")), ("0", _("Not done yet")), ("1", _("Done"))]


class CheckInForm(ViewerForm):
    """How one goal stands."""

    confidence = forms.ChoiceField(label=_("How sure to get there"), choices=SURE, initial="0.75")
    note = forms.CharField(
        label=_("What changed, what is in the way"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    field_order = ["value", "done", "done_on", "confidence", "note"]

    def __init__(
        self,
        *args: Any,
        goal: Goal,
        done: Collection[int] = (),
        value_required: bool = True,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.goal = goal
        if goal.kind == Wording.Kind.MILESTONES:
            self.fields |= tick_fields(goal, done, self.viewer.today)
        elif goal.kind != Wording.Kind.CHILDREN:
            self.fields["value"] = value_field(goal, value_required)
        self.fields["confidence"].initial = nearest(goal.confidence)
        if not value_required:
            self.fields["drawn"] = drawn_field(nearest(goal.confidence))
        self.order_fields(self.field_order)

    @property
    def said(self) -> dict[str, Any]:
        """What was said, as the action takes it."""
        value = self.cleaned_data.get("value")
        return {
            "value": Decimal(value) if value not in {None, ""} else None,
            "confidence": Decimal(self.cleaned_data["confidence"]),
            "note": self.cleaned_data["note"],
            "ticked": self.ticked,
        }

    @property
    def ticked(self) -> Ticked:
        """What was ticked, or taken back, since the page was drawn."""
        if "done" not in self.fields:
            return Ticked()
        done = frozenset(map(int, self.cleaned_data["done"]))
        was = frozenset(int(one) for one in self.cleaned_data["was"].split(",") if one.isdecimal())
        return Ticked(done - was, was - done, self.cleaned_data["done_on"])

    @property
    def is_said(self) -> bool:
        """Whether anything was said of this goal: in a list those left alone are left out."""
        told = self.said
        drawn = self.cleaned_data.get("drawn") or self.fields["confidence"].initial
        is_surer = self.cleaned_data["confidence"] != drawn
        is_ticked = bool(self.ticked.done or self.ticked.undone)
        return told["value"] is not None or bool(told["note"].strip()) or is_surer or is_ticked


def drawn_field(confidence: str) -> forms.Field:
    """How sure one was when the page was drawn: a choice that is still the same was left alone.

    It is kept with what was typed, so that this is told of a page that comes back too.
    """
    kept = forms.HiddenInput(attrs={"data-autosave-keep": ""})
    return forms.CharField(required=False, widget=kept, initial=confidence)


def tick_fields(goal: Goal, done: Collection[int], day: date) -> dict[str, forms.Field]:
    """The fields for a goal's milestones: what is done, since when, and what was done before."""
    kept = forms.HiddenInput(attrs={"data-autosave-keep": ""})
    ticked = [str(one.number) for one in goal.milestones if one.number in done]
    return {
        "done": forms.MultipleChoiceField(
            label=_("What is done"),
            choices=[(str(one.number), one.title) for one in goal.milestones],
            required=False,
            initial=ticked,
            widget=forms.CheckboxSelectMultiple,
        ),
        "done_on": DayField(label=_("Done on"), required=False, initial=day),
        "was": forms.CharField(required=False, widget=kept, initial=",".join(ticked)),
    }


def value_field(goal: Goal, required: bool) -> forms.Field:
    """The field for a goal's value: a number with its unit, or done and not done."""
    if goal.kind == Wording.Kind.YES_NO:
        return forms.ChoiceField(label=_("It is"), choices=YES_NO, required=required)
    label = _("Value today, %s") % goal.value_unit if goal.value_unit else _("Value today")
    return ValueField(label=label, required=required)


def nearest(confidence: Decimal | None) -> str:
    """The choice nearest to what was said last; likely, when nothing was."""
    last = Decimal("0.75") if confidence is None else confidence
    return min((key for key, _word in SURE), key=lambda key: abs(Decimal(key) - last))


class CheckInsForm(ViewerForm):
    """Several goals on one page: each a row of its own; what is left alone is left out."""

    def __init__(self, *args: Any, goals: Iterable[GoalSeen], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        data = args[0] if args else None
        goals = list(goals)
        done = done_days([one.goal for one in goals])
        self.rows = [
            (
                one,
                CheckInForm(
                    data,
                    viewer=self.viewer,
                    goal=one.goal,
                    done=done.get(one.goal.pk, {}),
                    value_required=False,
                    prefix=f"g{one.goal.pk}",
                ),
            )
            for one in goals
        ]

    @property
    def forms(self) -> list[CheckInForm]:
        """The rows, for what was typed in them and not sent."""
        return [form for _one, form in self.rows]

    def clean(self) -> dict[str, Any]:
        """Tell what was typed for a goal that has no row now; sent again, it is left out."""
        if typed := self._typed_elsewhere():
            rows = goals_seen_by(self.viewer).filter(pk__in=typed)
            titles = dict(rows.values_list("pk", "title"))
            words = _(
                "“%(goal)s” is no longer yours to check in on, or was closed. "
                "What you wrote about it: %(words)s"
            )
            hidden = _("a goal you may not see")
            raise forms.ValidationError(
                [
                    words % {"goal": titles.get(pk, hidden), "words": said}
                    for pk, said in typed.items()
                ]
            )
        return super().clean()

    def _typed_elsewhere(self) -> dict[int, str]:
        """What was typed for goals that have no row here, by goal."""
        offered = {one.goal.pk for one, _form in self.rows}
        found: dict[int, str] = {}
        for key in self.data:
            row = ROW.fullmatch(key)
            said = self._told(key) if row else ""
            if row and said and int(row[1]) not in offered:
                found[int(row[1])] = " · ".join(filter(None, [found.get(int(row[1])), said]))
        return found

    def _told(self, key: str) -> str:
        """What was typed into a field; of ticks only that they are others than before."""
        said: str = self.data[key].strip()
        if not key.endswith("-was"):
            return said
        data: Any = self.data
        is_same = set(data.getlist(key.replace("-was", "-done"))) == set(
            filter(None, said.split(","))
        )
        return "" if is_same else gettext("milestones ticked")

    def is_valid(self) -> bool:
        """Whether each row can be understood."""
        rows = [form.is_valid() for form in self.forms]
        return super().is_valid() and all(rows)

    @property
    def said(self) -> list[CheckInForm]:
        """The rows in which something was said."""
        return [form for form in self.forms if form.is_said]
