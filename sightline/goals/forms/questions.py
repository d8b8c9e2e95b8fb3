"""The question whom one's work serves: 100 points."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sightline.goals.models import SightAnswer
from sightline.goals.models.answers import REASON_LENGTH
from sightline.goals.wording import said_of_sum
from sightline.people.forms.employees import ViewerForm
from sightline.strategy.models import Objective


class PointsField(forms.IntegerField):
    """Whole points out of a hundred; left empty, none."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=0, max_value=100, required=False, **kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Digits are offered for typing on a phone."""
        return {**super().widget_attrs(widget), "inputmode": "numeric"}


class QuestionForm(ViewerForm):
    """The points of each objective, those of none, and a word for who skips it."""

    may_stay_open = True

    none = PointsField(
        label=_("None of these"),
        help_text=_("What your post is there for, and whatever else takes your time."),
    )
    words = forms.CharField(
        label=_("Why you skip it"),
        max_length=REASON_LENGTH,
        required=False,
        help_text=_("Only if you skip it. Nobody else reads it."),
    )

    def __init__(
        self,
        *args: Any,
        objectives: Sequence[Objective],
        held: SightAnswer | None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.objectives = {f"points-{one.pk}": one for one in objectives}
        given = {one.objective_id: one.percent for one in held.shares.all()} if held else {}
        for name, one in self.objectives.items():
            self.fields[name] = PointsField(label=one.title, initial=given.get(one.pk))
        if held is not None:
            said = {
                "none": held.none_percent or None,
                "words": held.skipped_because,
            }
            self.initial.update(said)

    @property
    def rows(self) -> list[tuple[Objective, forms.BoundField]]:
        """Each objective with its field."""
        return [(one, self[name]) for name, one in self.objectives.items()]

    @property
    def is_skip(self) -> bool:
        """Whether the answer is to be skipped."""
        return "skip" in self.data

    @property
    def shares(self) -> dict[Objective, int]:
        """The points of each objective."""
        return {one: self.cleaned_data.get(name) or 0 for name, one in self.objectives.items()}

    @property
    def points(self) -> int:
        """How many points are given so far; what cannot be read counts as none."""
        names = [*self.objectives, "none"]
        if not self.is_bound:
            return sum(_whole(self[name].initial) for name in names)
        self.full_clean()
        return sum(self.cleaned_data.get(name) or 0 for name in names)

    @property
    def said_of_sum(self) -> str:
        """What the points come to, in words."""
        return said_of_sum(self.points)


def _whole(value: Any) -> int:
    """Points as a draft brings them back: text, or a number."""
    text = str(value or 0)
    return int(text) if text.isdecimal() and len(text) <= 3 else 0
