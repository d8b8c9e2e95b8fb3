"""What lists of goals are narrowed by."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sightline.foundation.core.choices import offer, offer_or_all
from sightline.goals.models import Period
from sightline.goals.queries.lists import Wanted
from sightline.goals.queries.periods import periods_seen_by
from sightline.goals.queries.sightlines import objectives_to_serve
from sightline.people.forms.fields import UnitField
from sightline.people.viewer import Viewer
from sightline.strategy.models import Objective

STATES = [
    ("", _("All")),
    ("running", _("Agreed and running")),
    ("behind", _("Behind or at risk")),
    ("silent", _("Without a word for long")),
    ("proposed", _("Waiting for an answer")),
    ("stale", _("To be confirmed")),
    ("loose", _("Serving nothing")),
    ("draft", _("Drafts")),
    ("closed", _("Closed")),
    ("done", _("Done")),
    ("missed", _("Missed")),
    ("dropped", _("Dropped")),
]


class GoalFilter(forms.Form):
    """Narrows a list of goals."""

    q = forms.CharField(
        label=_("Words"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    period = forms.ChoiceField(label=_("Period"), required=False)
    state = forms.ChoiceField(label=_("State"), choices=STATES, required=False)
    always: tuple[str, ...] = ()
    """What is always asked for, and narrows nothing."""

    def __init__(
        self, *args: Any, viewer: Viewer, scope: str, held: Iterable[Objective] | None = None
    ) -> None:
        super().__init__(*args)
        self.scope = scope
        if "period" not in self.always:
            offer_or_all(self, "period", [(one.pk, one.name) for one in periods_seen_by(viewer)])
        if scope in {"unit", "all"}:
            unit = UnitField(label=_("Unit, with all under it"), required=False)
            unit.viewer = viewer
            self.fields["unit"] = unit
        if scope == "all":
            self.fields["objective"] = forms.ChoiceField(label=_("Objective"), required=False)
            held = objectives_to_serve(viewer) if held is None else held
            offer_or_all(self, "objective", [(one.pk, f"{one.code} {one.title}") for one in held])
        self.order_fields(["q", "unit", "period", "objective", "state"])

    @property
    def asked(self) -> dict[str, Any]:
        """What was asked for; what cannot be is left out."""
        self.is_valid()
        return self.cleaned_data

    def wanted(self, unit_id: int | None = None) -> Wanted:
        """What the list is narrowed to; of a unit, this one unless another was asked for."""
        unit, period = self.asked.get("unit"), self.asked.get("period")
        objective = self.asked.get("objective")
        return Wanted(
            scope=self.scope,
            period_id=int(period) if period else None,
            unit_id=unit.pk if unit else unit_id,
            objective_id=int(objective) if objective else None,
            state=self.asked.get("state", ""),
            words=self.asked.get("q", ""),
        )

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is left out."""
        return any(self.asked.get(name) for name in self.fields if name not in self.always)


class TreeFilter(GoalFilter):
    """Narrows the tree of goals, which is always that of one period."""

    always = ("period",)

    def __init__(
        self, *args: Any, viewer: Viewer, known: Iterable[Period], held: Iterable[Objective]
    ) -> None:
        super().__init__(*args, viewer=viewer, scope="all", held=held)
        offer(self, "period", [(one.pk, one.name) for one in known])
