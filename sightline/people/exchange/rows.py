"""From the cells of a sheet to the values of its rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from sightline.foundation.core.errors import Refused
from sightline.foundation.exchange.columns import Match
from sightline.foundation.exchange.errors import CellError
from sightline.foundation.exchange.tables import Sheet
from sightline.foundation.exchange.values import day_order, read_day, read_number
from sightline.people.exchange.columns import Kind

Value = str | date | Decimal | None
Mends = Mapping[tuple[int, str], str]
"""Cells written anew by hand, by row and column."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a file: its values by column, and what stood in the cells.

    A column that the file does not have is in neither; an empty cell is None.
    """

    kind: str
    row: int
    values: dict[str, Value]
    cells: dict[str, str]
    about: str

    def text(self, key: str) -> str:
        """The cell of a column of text; "" when empty or not in the file."""
        value = self.values.get(key)
        return value if isinstance(value, str) else ""

    def day(self, key: str) -> date | None:
        """The cell of a column of days."""
        value = self.values.get(key)
        return value if isinstance(value, date) else None

    def number(self, key: str) -> Decimal | None:
        """The cell of a column of numbers."""
        value = self.values.get(key)
        return value if isinstance(value, Decimal) else None

    def has(self, key: str) -> bool:
        """Whether the file has the column, and a value that can be read."""
        return key in self.values

    def wrong(self, key: str, sentence: str) -> CellError:
        """What is wrong in a cell of this row."""
        return CellError(
            self.row, f"{self.kind}.{key}", self.cells.get(key, ""), sentence, self.about
        )


@dataclass(frozen=True, slots=True)
class Read:
    """The rows of a sheet, what could not be read, and how dates were read."""

    lines: list[Line]
    errors: list[CellError]
    notes: list[str]


def read_rows(
    sheet: Sheet, match: Match, kind: Kind, mends: Mends, *, order: str = "", limit: int = 0
) -> Read:
    """The rows' values. `order` overrules how ambiguous dates are read."""
    columns = [column for column in kind.columns if column.key in match.places]
    orders, notes = _day_orders(sheet, match, kind, order)
    lines: list[Line] = []
    errors: list[CellError] = []
    for row in sheet.rows[: limit or None]:
        cells = {
            column.key: mends.get((row.number, column.key), row.cells[match.places[column.key]])
            for column in columns
        }
        about = next((cells[key] for key in kind.about if cells.get(key)), "")
        line = Line(kind.name, row.number, {}, cells, about)
        for column in columns:
            text = cells[column.key]
            try:
                line.values[column.key] = _value(column.kind, text, sheet, orders.get(column.key))
            except Refused as refusal:
                errors.append(line.wrong(column.key, str(refusal)))
            if column.required and not text:
                errors.append(line.wrong(column.key, _("Empty.")))
        lines.append(line)
    return Read(lines, errors, notes)


def _value(kind: str, text: str, sheet: Sheet, order: str | None) -> Value:
    if not text:
        return None
    if kind == "day":
        return read_day(text, order=order or "", day_zero=sheet.day_zero)
    return read_number(text) if kind == "number" else text


def _day_orders(
    sheet: Sheet, match: Match, kind: Kind, chosen: str
) -> tuple[dict[str, str], list[str]]:
    orders: dict[str, str] = {}
    notes: list[str] = []
    for column in kind.columns:
        if column.kind == "day" and column.key in match.places:
            place = match.places[column.key]
            found = day_order((row.cells[place] for row in sheet.rows), chosen=chosen)
            orders[column.key] = found.order
            notes += [found.note] if found.note else []
    return orders, notes
