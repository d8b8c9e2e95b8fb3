"""The form in which a target is shared out: a table of units and quarters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sightline.people.forms.employees import ViewerForm
from sightline.people.models import Unit
from sightline.strategy.actions.target_shares import QUARTERS, UnitPart
from sightline.strategy.forms.measures import ValueField
from sightline.strategy.models import Measure, TargetShare
from sightline.strategy.rules.decomposition import Row, Sheet, Way, sheet

BY_QUARTER, BY_YEAR = "quarter", "year"


class PartField(ValueField):
    """A value in a table, typed as the reader's language writes it."""

    def __init__(self, *, label: str, min_value: int | None = None) -> None:
        said = {"inputmode": "decimal", "autocomplete": "off", "aria-label": label}
        super().__init__(label=label, required=False, localize=True, min_value=min_value)
        self.widget.attrs |= {**said, "class": "input split__input", "size": "8"}

    def prepare_value(self, value: Any) -> Any:
        """A value without needless zeros, with the language's decimal mark."""
        if isinstance(value, Decimal):
            return formats.localize_input(Decimal(f"{value.normalize():f}"))
        return value


@dataclass(frozen=True, slots=True)
class SplitRow:
    """A unit with its fields, and what its parts come to."""

    unit: Unit
    weight: forms.BoundField
    quarters: list[forms.BoundField]
    year: forms.BoundField
    comes_to: Decimal | None

    @property
    def fields(self) -> list[forms.BoundField]:
        """All its fields."""
        return [self.weight, *self.quarters, self.year]


class SplitForm(ViewerForm):
    """Which unit gets which part of a target.

    By quarters, what is typed under the year and below the quarters are totals from which the
    table can be filled in; they are not kept.
    """

    way = forms.ChoiceField(
        label=gettext_lazy("How the parts make the whole"), choices=Measure.Decomposition.choices
    )
    by = forms.ChoiceField(
        label=gettext_lazy("Parts for"),
        choices=[
            (BY_QUARTER, gettext_lazy("Each quarter")),
            (BY_YEAR, gettext_lazy("The year")),
        ],
        widget=forms.RadioSelect,
    )
    units = forms.CharField(
        required=False, widget=forms.HiddenInput(attrs={"data-autosave-keep": ""})
    )
    add = forms.ChoiceField(
        label=gettext_lazy("Add units"),
        required=False,
        widget=forms.Select(attrs={"data-autosave-skip": ""}),
    )

    def __init__(
        self, *args: Any, rows: Sequence[Unit], choices: list[Any], whole: Decimal, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.in_rows, self.whole = list(rows), whole
        add = self.fields["add"]
        if isinstance(add, forms.ChoiceField):
            add.choices = [("", _("Choose")), *choices]
        for unit in self.in_rows:
            said = {"unit": unit.name}
            self.fields[f"weight-{unit.pk}"] = PartField(
                label=_("%(unit)s, weight") % said, min_value=0
            )
            for quarter in QUARTERS:
                said["quarter"] = str(quarter)
                self.fields[f"q{quarter}-{unit.pk}"] = PartField(
                    label=_("%(unit)s, quarter %(quarter)s") % said
                )
            self.fields[f"year-{unit.pk}"] = PartField(label=_("%(unit)s, year") % said)
        for quarter in QUARTERS:
            label = _("Total of quarter %s") % quarter
            self.fields[f"total-{quarter}"] = PartField(label=label, min_value=0)

    def said(self, name: str) -> Any:
        """What a field holds: as it was sent, or as it stands before that."""
        if self.is_bound:
            self.is_valid()
            return self.cleaned_data.get(name)
        value = self.get_initial_for_field(self.fields[name], name)
        return value if not isinstance(value, str) or name in {"way", "by"} else None

    @property
    def is_by_quarter(self) -> bool:
        """Whether each quarter has its own part."""
        return bool(self.said("by") != BY_YEAR)

    def values(self, unit: Unit) -> list[Decimal | None]:
        """What is written for a unit."""
        if not self.is_by_quarter:
            return [self.said(f"year-{unit.pk}")]
        return [self.said(f"q{quarter}-{unit.pk}") for quarter in QUARTERS]

    def weight(self, unit: Unit) -> Decimal:
        """How much a unit counts; 1 where nothing is said."""
        said = self.said(f"weight-{unit.pk}")
        return said if isinstance(said, Decimal) else Decimal(1)

    @property
    def way_chosen(self) -> Way:
        """How the parts make the whole; nothing is asked of them while nothing is chosen."""
        return Way(self.said("way") or Way.NONE)

    @property
    def sheet(self) -> Sheet:
        """What the table comes to as it stands."""
        rows = [Row(self.values(unit), self.weight(unit)) for unit in self.in_rows]
        return sheet(self.way_chosen, rows, self.whole)

    @property
    def parts(self) -> list[UnitPart]:
        """What is shared out; a unit left empty is left out."""
        found = []
        for unit in self.in_rows:
            values = [value for value in self.values(unit) if value is not None]
            if values:
                found.append(UnitPart(unit, values, self.weight(unit)))
        return found

    def refuse_unfinished(self) -> None:
        """A unit has all four quarters or none: say so beside the first that is missing."""
        for unit in self.in_rows if self.is_by_quarter else []:
            values = self.values(unit)
            names = [f"q{quarter}-{unit.pk}" for quarter in QUARTERS]
            if not any(value is not None for value in values):
                continue
            for name, value in zip(names, values, strict=True):
                if value is None and name not in self.errors:
                    self.add_error(name, _("Write a value, be it 0, or empty the whole row."))

    def rows(self, found: Sheet) -> list[SplitRow]:
        """Each unit with its fields."""
        return [
            SplitRow(
                unit=unit,
                weight=self[f"weight-{unit.pk}"],
                quarters=[self[f"q{quarter}-{unit.pk}"] for quarter in QUARTERS],
                year=self[f"year-{unit.pk}"],
                comes_to=comes_to,
            )
            for unit, comes_to in zip(self.in_rows, found.units, strict=True)
        ]

    @property
    def totals(self) -> list[forms.BoundField]:
        """The fields for the totals of the quarters."""
        return [self[f"total-{quarter}"] for quarter in QUARTERS]


def initial_of_split(
    measure: Measure, shares: Mapping[int, Sequence[TargetShare]]
) -> dict[str, Any]:
    """A target as it is shared out, as the form shows it; at first by quarters that add up."""
    known = [one for row in shares.values() for one in row]
    said: dict[str, Any] = {
        "way": measure.decomposition if known else Measure.Decomposition.ADDITIVE,
        "by": BY_YEAR if known and known[0].quarter is None else BY_QUARTER,
    }
    for one in known:
        name = f"q{one.quarter}" if one.quarter else "year"
        said |= {f"{name}-{one.unit_id}": one.value, f"weight-{one.unit_id}": one.weight}
    return said
