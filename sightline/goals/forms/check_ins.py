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

from sightline.foundation.ui.words import day, percent
from sightline.goals.actions.check_ins import Ticked
from sightline.goals.actions.help import HelpWanted
from sightline.goals.forms.help import helper_field, need_field
from sightline.goals.models import Goal, Wording
from sightline.goals.queries.goals import GoalSeen, goals_seen_by
from sightline.goals.queries.milestones import done_days
from sightline.people.forms.employees import DayField, ViewerForm
from sightline.strategy.forms.measures import ValueField

SURE = [
    ("1.00", _("Certain, 100%")),
    ("0.90", _("Very sure, 90%")),
    ("0.75", _("Likely, 75%")),
    ("0.60", _("More likely than not, 60%")),
    ("0.50", _("Even, 50%")),
    ("0.35", _("Doubtful, 35%")),
    ("0.20", _("Unlikely, 20%")),
    ("0.00", _("Out of reach, 0%")),
]
ROW = re.compile(r"g([0-9]{1,15})-(?:value|same|note|words|was)", re.ASCII)
"""What was typed for one of several goals."""

HELP = ("asked", "words")
"""Whose help is needed, and what for."""

SHARE = re.compile(r"0\.[0-9]{2}|1\.00", re.ASCII)
"""How sure one was, as a form sends it."""

YES_NO = [("", _("Not said")), ("0", _("Not done yet")), ("1", _("Done"))]


class Sureness(forms.Select):
    """The choices of how sure one is, and what else an older page or a draft brings."""

    def optgroups(self, name: str, value: list[str], attrs: Any = None) -> list[Any]:
        """What can be chosen, with what was chosen among it."""
        known = {key for key, _word in self.choices}
        more = [(one, _("%d %%") % (100 * Decimal(one))) for one in value if SHARE.fullmatch(one)]
        self.choices = [*self.choices, *(one for one in more if one[0] not in known)]
        return super().optgroups(name, value, attrs)


class SurenessField(forms.ChoiceField):
    """How sure one is to get there: in words, and to the percent what was said last."""

    widget = Sureness

    def valid_value(self, value: str) -> bool:
        """Whether it is a share at all; an older page may hold one that is not offered now."""
        return bool(SHARE.fullmatch(value))


class CheckInForm(ViewerForm):
    """How one goal stands. It opens with what was said last; what is left as it was drawn changes
    nothing, whatever was said in another tab meanwhile."""

    confidence = SurenessField(label=_("How sure to get there"))
    note = forms.CharField(
        label=_("What changed, what is in the way"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    asked = helper_field(required=False)
    words = need_field(required=False)

    field_order = ["same", "value", "done", "done_on", "confidence", "note", "asked", "words"]

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
            self.fields["drawn_value"] = drawn_field(last_value(goal))
        if not value_required and goal.measured_on and goal.kind != Wording.Kind.CHILDREN:
            label = _("Nothing has changed since %s") % day(goal.measured_on, "near")
            self.fields["same"] = forms.BooleanField(label=label, required=False)
        sure: Any = self.fields["confidence"]
        sure.choices = sureness(goal.confidence)
        sure.initial = last_confidence(goal)
        self.fields["drawn"] = drawn_field(last_confidence(goal))
        self.order_fields(self.field_order)

    def _sent(self, name: str) -> str:
        sent: str = self.data.get(self.add_prefix(name), "")
        return sent.strip()

    @property
    def said(self) -> dict[str, Any]:
        """What was said, as the action takes it; what was left alone, as it was said last."""
        return {
            "value": self._value,
            "confidence": self._confidence,
            "note": self.cleaned_data["note"],
            "ticked": self.ticked,
            "wanted": self.wanted,
        }

    def clean(self) -> dict[str, Any]:
        """Whoever is asked is asked for something, and the other way round."""
        cleaned = super().clean()
        asked, words = cleaned.get("asked"), cleaned.get("words", "")
        if asked and not words:
            self.add_error("words", _("Say what you need; nobody can help who does not know."))
        if words and not asked and "asked" not in self.errors:
            self.add_error("asked", _("Say whom you ask."))
        return cleaned

    @property
    def wanted(self) -> HelpWanted | None:
        """Whose help is needed, and what for."""
        asked = self.cleaned_data["asked"]
        return HelpWanted(asked, self.cleaned_data["words"]) if asked else None

    @property
    def is_asking(self) -> bool:
        """Whether something stands in the fields about help, which are folded away otherwise."""
        return bool(self["words"].value() or self["asked"].errors or self["words"].errors)

    @property
    def plain_fields(self) -> list[Any]:
        """What one sees, without the fields about help."""
        return [field for field in self.visible_fields() if field.name not in HELP]

    @property
    def help_fields(self) -> list[Any]:
        """The fields about help."""
        return [self[name] for name in HELP]

    @property
    def _value(self) -> Decimal | None:
        if self.is_same_value:
            return self.goal.value
        value = self.cleaned_data.get("value")
        return Decimal(value) if value not in {None, ""} else None

    @property
    def _confidence(self) -> Decimal:
        if not self.is_surer and self.goal.confidence is not None:
            return self.goal.confidence
        return Decimal(self.cleaned_data["confidence"])

    @property
    def is_same_value(self) -> bool:
        """Whether the value was left as it was drawn."""
        drawn = self._sent("drawn_value")
        return bool(drawn) and drawn == self._sent("value")

    @property
    def is_surer(self) -> bool:
        """Whether one is more or less sure than when the page was drawn."""
        drawn = self.cleaned_data.get("drawn") or self.fields["confidence"].initial
        return bool(self.cleaned_data["confidence"] != drawn)

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
        is_valued = self._value is not None and not self.is_same_value
        is_ticked = bool(self.ticked.done or self.ticked.undone)
        is_worded = bool(self.cleaned_data["note"].strip())
        is_same = self.cleaned_data.get("same", False)
        is_told = is_valued or is_worded or is_ticked or is_same
        return is_told or self.is_surer or self.wanted is not None


def drawn_field(told: str) -> forms.Field:
    """What a field held when the page was drawn: what is still the same was left alone.

    It is kept with what was typed, so that this is told of a page that comes back too.
    """
    kept = forms.HiddenInput(attrs={"data-autosave-keep": ""})
    return forms.CharField(required=False, widget=kept, initial=told)


def tick_fields(goal: Goal, done: Collection[int], on: date) -> dict[str, forms.Field]:
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
        "done_on": DayField(label=_("Done on"), required=False, initial=on),
        "was": forms.CharField(required=False, widget=kept, initial=",".join(ticked)),
    }


def value_field(goal: Goal, required: bool) -> forms.Field:
    """The field for a goal's value: a number with its unit, or done and not done."""
    told = last_value(goal)
    if goal.kind == Wording.Kind.YES_NO:
        said: dict[str, Any] = {"label": _("It is"), "required": required, "initial": told}
        return forms.ChoiceField(choices=YES_NO, **said)
    label = _("Value today, %s") % goal.value_unit if goal.value_unit else _("Value today")
    return ValueField(label=label, required=required, initial=told)


def last_value(goal: Goal) -> str:
    """The value that was said last, as a field holds it."""
    return "" if goal.value is None else f"{goal.value.normalize():f}"


def last_confidence(goal: Goal) -> str:
    """How sure one was last, as a field holds it; likely, when nothing was said."""
    return "0.75" if goal.confidence is None else f"{goal.confidence:.2f}"


def sureness(last: Decimal | None) -> list[tuple[str, Any]]:
    """How sure one can be, in words; what was said last stands there to the percent."""
    found: dict[str, Any] = dict(SURE)
    if last is not None:
        found.setdefault(f"{last:.2f}", _("As you said last, %s") % percent(100 * last))
    return sorted(found.items(), key=lambda choice: choice[0], reverse=True)


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
        if key.endswith("-same"):
            return gettext("nothing has changed")
        if key.endswith("-value"):
            return "" if said == self.data.get(key.replace("-value", "-drawn_value")) else said
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
