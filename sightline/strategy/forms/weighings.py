"""Forms with which people are asked how effort is to be shared out, and answer."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sightline.people.forms.employees import ViewerForm
from sightline.people.forms.fields import ColleagueField
from sightline.strategy.forms.strategies import ShareField
from sightline.strategy.models import Weighing
from sightline.strategy.queries.weighings import Asked
from sightline.strategy.rules.pairwise import pairs
from sightline.strategy.rules.shares import WHOLE
from sightline.strategy.wording import judgement_choices


class AskAnotherForm(ViewerForm):
    """One more who is asked."""

    person = ColleagueField(label=_("Whom to ask"))


class AskForm(AskAnotherForm):
    """How people answer, and the first of them."""

    way = forms.ChoiceField(
        label=_("How they answer"),
        choices=Weighing.Way.choices,
        initial=Weighing.Way.POINTS,
        widget=forms.RadioSelect,
        help_text=_("Pairs take longer, and show where judgements contradict each other."),
    )
    field_order = ("way", "person")


class PointsForm(ViewerForm):
    """100 points, shared out over the objectives."""

    def __init__(self, *args: Any, asked: Sequence[Asked], said: dict[str, str], **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.asked = {f"points-{one.key}": one for one in asked}
        for name, one in self.asked.items():
            initial = said.get(str(one.key))
            self.fields[name] = ShareField(
                label=one.title,
                help_text=one.description,
                initial=None if initial is None else Decimal(initial),
            )

    @property
    def rows(self) -> list[forms.BoundField]:
        """The field of each objective."""
        return [self[name] for name in self.asked]

    @property
    def left(self) -> Decimal:
        """How many points are left of what is written; below 0, how many are too many."""
        return WHOLE - sum(map(self._written, self.asked), Decimal(0))

    def _written(self, name: str) -> Decimal:
        try:
            return Decimal(self.fields[name].clean(self[name].value()) or 0)
        except forms.ValidationError:
            return Decimal(0)

    @property
    def points(self) -> dict[int, Decimal]:
        """What was shared out."""
        return {one.key: self.cleaned_data[name] for name, one in self.asked.items()}


class PairsForm(ViewerForm):
    """Which of two matters more, and how much, for every two."""

    def __init__(self, *args: Any, asked: Sequence[Asked], said: dict[str, int], **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.pairs: dict[str, tuple[int, int]] = {}
        for first, second in pairs(len(asked)):
            one, other = asked[first], asked[second]
            name = f"pair-{one.key}-{other.key}"
            self.pairs[name] = (one.key, other.key)
            self.fields[name] = forms.TypedChoiceField(
                label=_("%(one)s, or %(other)s?") % _named(one, other),
                choices=[("", _("Compare them")), *judgement_choices(one.code, other.code)],
                coerce=int,
                initial=said.get(f"{one.key}-{other.key}"),
                error_messages={"required": _("Compare these two as well.")},
            )

    @property
    def rows(self) -> list[forms.BoundField]:
        """The field of each pair."""
        return [self[name] for name in self.pairs]

    @property
    def steps(self) -> dict[tuple[int, int], int]:
        """What was judged."""
        return {pair: self.cleaned_data[name] for name, pair in self.pairs.items()}


def _named(one: Asked, other: Asked) -> dict[str, str]:
    return {"one": f"{one.title} ({one.code})", "other": f"{other.title} ({other.code})"}
