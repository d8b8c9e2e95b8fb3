"""Making CSV and XLSX files."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import xlsxwriter

from sightline.foundation.exchange.tables.cells import (
    Cell,
    as_text,
    escape_apostrophe,
    escape_formula,
    without_controls,
)

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
"""What an XLSX file is called in the head of an answer."""

_WIDEST = 48
_XLSX_CELL = 32_767


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet to be written; `widths` are in characters, by column."""

    name: str
    headers: Sequence[str]
    rows: Iterable[Sequence[Cell]]
    widths: Sequence[int] = ()


def write_csv(headers: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """A CSV file in UTF-8 that spreadsheets open as it is meant; formulas in it are inert."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([escape_formula(header) for header in headers])
    for row in rows:
        writer.writerow([_csv_cell(cell) for cell in row])
    return out.getvalue().encode("utf-8-sig")


def _csv_cell(cell: Cell) -> str:
    return escape_formula(without_controls(cell)) if isinstance(cell, str) else as_text(cell)


def write_xlsx(*tables: Table) -> bytes:
    """An XLSX file with a sheet for each table: text as text, numbers as numbers, days as days."""
    out = io.BytesIO()
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_date_format": "yyyy-mm-dd",
    }
    with xlsxwriter.Workbook(out, options) as book:
        header = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for table in tables:
            sheet = book.add_worksheet(table.name)
            sheet.freeze_panes(1, 0)
            for column, title in enumerate(table.headers):
                width = table.widths[column] if column < len(table.widths) else len(title) + 6
                sheet.set_column(column, column, min(max(width, 10), _WIDEST))
            for column, title in enumerate(table.headers):
                sheet.write_string(0, column, title, header)
            for number, row in enumerate(table.rows, start=1):
                for column, cell in enumerate(row):
                    _write_cell(sheet, number, column, cell, day)
    return out.getvalue()


def _write_cell(
    sheet: xlsxwriter.worksheet.Worksheet,
    row: int,
    column: int,
    cell: Cell,
    day: xlsxwriter.format.Format,
) -> None:
    match cell:
        case None | "":
            return
        case str():
            if len(cell) > _XLSX_CELL - 1:
                raise ValueError(f"a cell of {len(cell)} characters does not fit into XLSX")
            sheet.write_string(row, column, escape_apostrophe(without_controls(cell)))
        case date() if cell.year >= 1900:
            sheet.write_datetime(row, column, cell, day)
        case int() | float() | Decimal() if not isinstance(cell, bool):
            sheet.write_number(row, column, cell)
        case _:
            sheet.write_string(row, column, as_text(cell))
