"""Planning cycles and narrowing lists."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from sightline.foundation.core.choices import offer_or_all
from sightline.foundation.ui.forms import named_within
from sightline.people.forms.employees import DayField, ViewerForm
from sightline.people.forms.fields import UnitField
from sightline.people.models import Unit
from sightline.people.queries.organisation import jobs_seen_by, units_seen_by
from sightline.people.viewer import Viewer
from sightline.reviews.actions.cycles import Plan
from sightline.reviews.models import Cycle, CycleStage
from sightline.reviews.queries.cycles import offered_versions

KINDS = CycleStage.Kind
DAY = timedelta(days=1)


class DaysForm(ViewerForm):
    """The first and the last day of each part of a cycle."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind in KINDS:
            for end, words in (("from", _("from")), ("last", _("to"))):
                self.fields[f"{kind}_{end}_on"] = DayField(
                    label=named_within(kind.label, words), required=True
                )

    def parts(self) -> list[tuple[str, Any, Any]]:
        """Each part with its two days, for the page."""
        return [
            (str(kind.label), self[f"{kind}_from_on"], self[f"{kind}_last_on"]) for kind in KINDS
        ]

    def days(self) -> dict[str, tuple[date, date]]:
        """The days as they are kept: half-open."""
        cleaned = self.cleaned_data
        return {
            kind.value: (cleaned[f"{kind}_from_on"], cleaned[f"{kind}_last_on"] + DAY)
            for kind in KINDS
        }

    @staticmethod
    def initial_days(cycle: Cycle) -> dict[str, date]:
        """The days of a cycle, for the page."""
        found: dict[str, date] = {}
        for one in cycle.stages.all():
            found |= {f"{one.kind}_from_on": one.from_on, f"{one.kind}_last_on": one.last_on}
        return found


class PlanForm(DaysForm):
    """A cycle: whom, by what, about which time, when."""

    name = forms.CharField(label=_("Name"), max_length=120)
    version: Any = forms.ModelChoiceField(label=_("Template"), queryset=None, empty_label=None)
    period_from_on = DayField(label=_("Looks back from"))
    period_last_on = DayField(label=_("to"))
    units: Any = forms.ModelMultipleChoiceField(
        label=_("Only these units"),
        queryset=None,
        required=False,
        help_text=_("With all under them. None: everybody."),
    )
    jobs: Any = forms.ModelMultipleChoiceField(
        label=_("Only these jobs"), queryset=None, required=False
    )
    peers_from = forms.IntegerField(
        label=_("Answers of peers needed"),
        min_value=3,
        max_value=9,
        initial=3,
        help_text=_("Fewer are held back. Never fewer than three."),
    )
    peers_up_to = forms.IntegerField(label=_("Peers at most"), min_value=3, max_value=20, initial=5)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: dict[str, Any] = {
            "version": offered_versions(self.viewer),
            "units": units_seen_by(self.viewer, self.viewer.today).order_by("name"),
            "jobs": jobs_seen_by(self.viewer),
        }
        for name, rows in chosen.items():
            field: Any = self.fields[name]
            field.queryset = rows

    @property
    def has_templates(self) -> bool:
        """Whether there is a template to choose."""
        field: Any = self.fields["version"]
        return bool(field.queryset.exists())

    @property
    def plan(self) -> Plan:
        """What was planned."""
        cleaned = self.cleaned_data
        return Plan(
            name=cleaned["name"],
            version=cleaned["version"],
            period_from_on=cleaned["period_from_on"],
            period_until_on=cleaned["period_last_on"] + DAY,
            days=self.days(),
            units=list(cleaned["units"]),
            jobs=list(cleaned["jobs"]),
            peers_from=cleaned["peers_from"],
            peers_up_to=cleaned["peers_up_to"],
        )

    @classmethod
    def initial_of(cls, cycle: Cycle) -> dict[str, Any]:
        """A cycle as it is planned, for the page."""
        return {
            "name": cycle.name,
            "version": cycle.version_id,
            "period_from_on": cycle.period_from_on,
            "period_last_on": cycle.period_until_on - DAY,
            "units": list(cycle.units.all()),
            "jobs": list(cycle.jobs.all()),
            "peers_from": cycle.peers_from,
            "peers_up_to": cycle.peers_up_to,
            **cls.initial_days(cycle),
        }


class MoveForm(DaysForm):
    """Other days for a running cycle, and why."""

    reason = forms.CharField(
        label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}), max_length=500
    )


class ReviewsFilter(forms.Form):
    """Narrows the reviews of a cycle."""

    q = forms.CharField(label=_("Name"), required=False, max_length=120)
    unit = forms.ChoiceField(label=_("Unit"), required=False)
    waits = forms.ChoiceField(
        label=_("Waits for"),
        required=False,
        choices=[
            ("", _("All")),
            ("self", _("the self review")),
            ("manager", _("the manager’s form")),
            ("writer", _("another writer")),
            ("share", _("sharing")),
            ("acknowledge", _("the person’s reply")),
            ("appeal", _("a decision on an appeal")),
        ],
    )

    def __init__(self, *args: Any, units: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_or_all(self, "unit", units)


class CalibrationFilter(forms.Form):
    """Narrows a calibration to a unit, where there are too many for tabs."""

    unit = UnitField(label=_("Unit, with all under it"), required=False)

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(UnitField, self.fields["unit"]).viewer = viewer
        self.fields["as"] = forms.CharField(required=False, widget=forms.HiddenInput)

    @property
    def chosen(self) -> Unit | None:
        """The unit asked for, if it can be chosen."""
        self.is_valid()
        unit: Unit | None = self.cleaned_data.get("unit")
        return unit
