"""Reading XLSX: the values of cells, as they would be typed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from sightline.foundation.core.errors import Refused
from sightline.foundation.exchange.tables.cells import Cell, as_text, plain_number
from sightline.foundation.exchange.tables.sheet import (
    EXCEL_DAY_ZERO,
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_ROWS,
    Book,
    Sheet,
    column_letters,
    make_sheet,
    refuse,
)
from sightline.foundation.exchange.tables.xlsx_package import damaged, unpack
from sightline.foundation.exchange.tables.xlsx_scan import (
    Place,
    Scan,
    counts_from_1904,
    formats,
    scan,
)

_DAY_ZERO_1904 = date(1904, 1, 1)
_SHOWN = 5  # how many cells a sentence names


def open_book(data: bytes) -> Book:
    """The visible sheets of a workbook that hold values."""
    package = unpack(data)
    shown = formats(package.parts.get("xl/styles.xml", b""))
    from_1904 = counts_from_1904(package.parts["xl/workbook.xml"])
    day_zero = _DAY_ZERO_1904 if from_1904 else EXCEL_DAY_ZERO
    scans: dict[str, Scan] = {}
    for part in package.sheets():
        looked = scan(package.parts[part.path], shown)
        if part.hidden or looked.area == 0:
            package.parts[part.path] = _EMPTY_SHEET
        else:
            scans[part.name] = looked
    archive = package.repacked()

    def load(name: str) -> Sheet:
        _check_size(scans[name])
        archive.seek(0)
        try:
            workbook = CalamineWorkbook.from_filelike(archive)
            return _read_sheet(workbook.get_sheet_by_name(name), scans[name], day_zero)
        except Refused:
            raise
        except (CalamineError, OSError, ValueError) as error:
            raise damaged() from error
        except BaseException as error:
            if type(error).__name__ != "PanicException":  # Rust's, and not an Exception
                raise
            raise damaged() from error

    return Book(tuple(scans), load)


_EMPTY_SHEET = (
    b'<?xml version="1.0" encoding="UTF-8"?>'
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    b"<sheetData/></worksheet>"
)


def _check_size(looked: Scan) -> None:
    """Before the reader lays out the whole rectangle in memory: is it within bounds?"""
    if looked.last_column >= MAX_COLUMNS:
        raise refuse(
            _("Row %(row)s has more than 200 columns. Take away the columns that are not needed.")
            % {"row": looked.last_row + 1}
        )
    if looked.last_row > 4 * MAX_ROWS or looked.area > MAX_CELLS:
        raise refuse(
            _("The sheet reaches down to row %(row)s. Take away empty rows, or split the file.")
            % {"row": looked.last_row + 1}
        )


def _read_sheet(source: CalamineSheet, looked: Scan, day_zero: date) -> Sheet:
    _refuse_unreadable(source, looked)
    sheet = make_sheet(
        source.name, _lines(source, looked.shown), notes=_notes(looked, day_zero), day_zero=day_zero
    )
    if sheet is None:
        raise refuse(_("The sheet “%(name)s” is empty.") % {"name": source.name})
    return sheet


def _notes(looked: Scan, day_zero: date) -> list[str]:
    notes = []
    if "%" in looked.shown.values():
        notes.append(_("shares read as percentages"))
    if any(code != "%" for code in looked.shown.values()):
        notes.append(_("numbers filled up with zeros as shown"))
    if day_zero == _DAY_ZERO_1904:
        notes.append(_("days counted from 1904"))
    return notes


def _lines(source: CalamineSheet, shown: dict[Place, str]) -> Iterator[list[str]]:
    """The rows from the file's first, cells from column A."""
    start_row, start_column = source.start or (0, 0)
    yield from ([] for _row in range(start_row))
    for row, cells in enumerate(source.to_python(skip_empty_area=True), start=start_row):
        line = [""] * start_column
        for column, cell in enumerate(cells, start=start_column):
            code = shown.get((row, column)) if shown else None
            line.append(_as_shown(cell, code) if code else as_text(cell))
        yield line


def _as_shown(cell: Cell, code: str) -> str:
    """A number by its format: 0.2 as "20%", 123 as "00123"."""
    if not isinstance(cell, int | float) or isinstance(cell, bool):
        return as_text(cell)
    number = Decimal(repr(cell))
    if code == "%":
        return plain_number(number * 100) + "%"
    return f"{round(number):0{len(code)}d}"


def _refuse_unreadable(source: CalamineSheet, looked: Scan) -> None:
    """Cells whose value cannot be known are told, never guessed."""
    sentences = []
    if looked.valueless_formulas:
        sentences.append(
            _("Formulas without a value in %(cells)s. Open the file in Excel and save it again.")
            % {"cells": _named(looked.valueless_formulas)}
        )
    if looked.errors:
        sentences.append(
            _("Formulas that end in an error in %(cells)s. Mend them.")
            % {"cells": _named(looked.errors)}
        )
    if merged := source.merged_cell_ranges:
        named = ", ".join(f"{_name(*first)}:{_name(*last)}" for first, last in merged[:_SHOWN])
        sentences.append(
            _("Merged cells in %(cells)s. Unmerge them and write the value in each row.")
            % {"cells": named + ("…" if len(merged) > _SHOWN else "")}
        )
    if sentences:
        raise Refused.all(("file", sentence) for sentence in sentences)


def _named(places: list[Place]) -> str:
    names = ", ".join(_name(*place) for place in places[:_SHOWN])
    return names + ("…" if len(places) > _SHOWN else "")


def _name(row: int, column: int) -> str:
    return f"{column_letters(column)}{row + 1}"
