"""What lists of goals are narrowed by."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sightline.foundation.core.choices import offer_or_all
from sightline.goals.queries.lists import Wanted
from sightline.goals.queries.periods import periods_seen_by
from sightline.people.forms.fields import UnitField
from sightline.people.viewer import Viewer

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

    def __init__(self, *args: Any, viewer: Viewer, scope: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.scope = scope
        offer_or_all(self, "period", [(one.pk, one.name) for one in periods_seen_by(viewer)])
        if scope == "unit":
            unit = UnitField(label=_("Unit, with all under it"), required=False)
            unit.viewer = viewer
            self.fields["unit"] = unit
            self.order_fields(["q", "unit", "period", "state"])

    @property
    def asked(self) -> dict[str, Any]:
        """What was asked for; what cannot be is left out."""
        self.is_valid()
        return self.cleaned_data

    def wanted(self, unit_id: int | None = None) -> Wanted:
        """What the list is narrowed to; of a unit, this one unless another was asked for."""
        unit, period = self.asked.get("unit"), self.asked.get("period")
        return Wanted(
            scope=self.scope,
            period_id=int(period) if period else None,
            unit_id=unit.pk if unit else unit_id,
            state=self.asked.get("state", ""),
            words=self.asked.get("q", ""),
        )

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is left out."""
        return any(self.asked.get(name) for name in ("q", "period", "state", "unit"))
