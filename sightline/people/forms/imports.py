"""Forms about files: which one, from which day, which column is which."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from sightline.foundation.core.choices import offer
from sightline.foundation.core.errors import Refused
from sightline.foundation.exchange import tables
from sightline.foundation.exchange.columns import Column
from sightline.foundation.exchange.tables.csv_file import ENCODINGS
from sightline.foundation.exchange.values import DAY_FIRST, MONTH_FIRST
from sightline.people.forms.employees import DayField

_LOOKED_AT_ONCE = 200_000
_ABSENT = ""

Choices = Sequence[tuple[str, str]]


class DaysForm(forms.Form):
    """From which day a file holds, and what it means when somebody is not in it."""

    day = DayField(label=_("Holds from"), help_text=_("The past before this day stays as it is."))
    missing_left = forms.BooleanField(
        label=_("People missing from this file have left"), required=False
    )
    left_on = DayField(
        label=_("First day without them"), required=False, help_text=_("The same day when empty.")
    )

    def days(self) -> dict[str, Any]:
        """What was decided, for `steps`."""
        return {name: self.cleaned_data[name] for name in ("day", "missing_left", "left_on")}


class ImportForm(DaysForm):
    """A file to be brought in."""

    kind = forms.ChoiceField(label=_("What it holds"), widget=forms.RadioSelect)
    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV or XLSX, up to 20 MB and 100,000 rows."),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx,.xlsm"}),
        max_length=255,
    )
    field_order = ["file", "kind", "day", "missing_left", "left_on"]

    def __init__(self, *args: Any, kinds: Choices, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "kind", kinds)
        self.fields["day"].initial = today

    def clean_file(self) -> UploadedFile[bytes]:
        """Refuse at once what is too large, and a small file that is no table."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        size = file.size or 0
        if size > tables.MAX_BYTES:
            raise forms.ValidationError(
                _("The file has %(size)s MB; at most 20 MB can be read."),
                params={"size": round(size / 1024 / 1024)},
            )
        if size <= _LOOKED_AT_ONCE:
            try:
                tables.open_book(file.read(), file.name or "")
            except Refused as refusal:
                raise forms.ValidationError(str(refusal)) from refusal
            file.seek(0)
        return file


class ColumnsForm(DaysForm):
    """How a file is read: its letters, its dates, and which column is which.

    `found` is what the last reading found on top of the columns, by kind of table.
    """

    encoding = forms.ChoiceField(
        label=_("Letters"), required=False, choices=[("", _("as found")), *ENCODINGS]
    )
    order = forms.ChoiceField(
        label=_("Dates such as 03/04/2026"),
        required=False,
        choices=[
            ("", _("as found")),
            (DAY_FIRST, _("day first: 3 April")),
            (MONTH_FIRST, _("month first: 4 March")),
        ],
    )

    def __init__(
        self,
        *args: Any,
        found: dict[str, Any],
        columns: dict[str, Sequence[Column]],
        alone: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.places: list[tuple[str, str, str]] = []
        for kind, table in found.items():
            if alone and table["others"]:
                self._add_sheets([table["sheet"], *table["others"]])
            headers = _headers(table)
            for column in columns[kind]:
                self._add_column(kind, column, headers, table["places"].get(column.key))

    def _add_sheets(self, names: list[str]) -> None:
        self.fields["sheet"] = forms.ChoiceField(
            label=_("Sheet"), choices=[(name, name) for name in names], initial=names[0]
        )

    def _add_column(self, kind: str, column: Column, headers: Choices, place: int | None) -> None:
        name = f"column:{kind}:{column.key}"
        self.fields[name] = forms.ChoiceField(
            label=column.label,
            help_text=column.help,
            required=column.required,
            choices=[(_ABSENT, _("not in this file")), *headers],
            initial=_ABSENT if place is None else str(place),
        )
        self.places.append((name, kind, column.key))

    def general(self) -> Iterator[BoundField]:
        """The fields about the file as a whole."""
        return (field for field in self if not field.name.startswith("column:"))

    def of_kind(self, kind: str) -> list[BoundField]:
        """The fields about the columns of one table."""
        return [field for field in self if field.name.startswith(f"column:{kind}:")]

    def chosen(self) -> dict[str, Any]:
        """What was decided about reading, for `steps`."""
        columns: dict[str, dict[str, int | None]] = {}
        for name, kind, key in self.places:
            text = self.cleaned_data[name]
            columns.setdefault(kind, {})[key] = int(text) if text else None
        kept = {"encoding": self.cleaned_data["encoding"], "order": self.cleaned_data["order"]}
        if "sheet" in self.cleaned_data:
            kept["sheet"] = self.cleaned_data["sheet"]
        return kept | {"columns": columns}


def _headers(table: dict[str, Any]) -> list[tuple[str, str]]:
    """The columns of a file to choose from: letter, header, and what stands under it."""
    firsts = table["first"] or [""] * len(table["headers"])
    return [
        (str(index), f"{letter}: {header}" + (f" ({first[:30]})" if first else ""))
        for index, (letter, header, first) in enumerate(
            zip(table["letters"], table["headers"], firsts, strict=True)
        )
    ]
