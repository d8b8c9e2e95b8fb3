"""A first look through a sheet's XML: its size, and what a reader of values would not see."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from sightline.foundation.exchange.tables.xlsx_package import Attributes, walk

_REFERENCE = re.compile(r"([A-Za-z]{1,3})(\d{1,7})$")
_ZEROS = re.compile(r"0{2,15}$")
_PERCENT = {"9": "%", "10": "%"}  # built-in formats 0% and 0.00%

Place = tuple[int, int]


@dataclass(slots=True)
class Scan:
    """What a sheet's XML says: the last row and column with a value, and cells that need a word.

    Places are (row, column) from 0. `shown` holds the formats that change what a number looks like:
    "%" for a share, "00000" for a number filled up with zeros.
    """

    last_row: int = -1
    last_column: int = -1
    valueless_formulas: list[Place] = field(default_factory=list)
    errors: list[Place] = field(default_factory=list)
    shown: dict[Place, str] = field(default_factory=dict)

    @property
    def area(self) -> int:
        """The cells of the rectangle from the first cell to the last with a value."""
        return (self.last_row + 1) * (self.last_column + 1)


def formats(styles: bytes) -> dict[str, str]:
    """By style number: the number formats that `Scan.shown` tells of."""
    codes: dict[str, str] = dict(_PERCENT)
    result: dict[str, str] = {}
    inside_cell_formats = False
    count = 0

    def start(tag: str, attributes: Attributes) -> None:
        nonlocal inside_cell_formats, count
        if tag == "numFmt":
            code = attributes.get("formatCode", "")
            if _ZEROS.match(code):
                codes[attributes.get("numFmtId", "")] = code
            elif code.endswith("%"):
                codes[attributes.get("numFmtId", "")] = "%"
        elif tag in {"cellXfs", "cellStyles", "dxfs"}:
            inside_cell_formats = tag == "cellXfs"
        elif tag == "xf" and inside_cell_formats:
            number = attributes.get("numFmtId", "")
            if number in codes:
                result[str(count)] = codes[number]
            count += 1

    walk(styles, start)
    return result


def counts_from_1904(workbook: bytes) -> bool:
    """Whether the workbook counts its days from 1904, as old Macintosh files do."""
    found = False

    def start(tag: str, attributes: Attributes) -> None:
        nonlocal found
        if tag == "workbookPr" and attributes.get("date1904") in {"1", "true"}:
            found = True

    walk(workbook, start)
    return found


def scan(xml: bytes, shown: dict[str, str]) -> Scan:
    """Look through a sheet; `shown` are the workbook's `formats`."""
    result = Scan()
    row, column = -1, -1
    formula = valued = False
    style = ""

    def finish() -> None:
        if formula and not valued:
            result.valueless_formulas.append((row, column))

    def start(tag: str, attributes: Attributes) -> None:
        nonlocal row, column, formula, valued, style
        if tag == "c":
            finish()
            row, column = _place(attributes.get("r", ""), row, column + 1)
            formula = valued = False
            style = attributes.get("s", "")
            if attributes.get("t") == "e":
                result.errors.append((row, column))
        elif tag in {"v", "is"}:
            valued = True
            result.last_row = max(result.last_row, row)
            result.last_column = max(result.last_column, column)
            if style in shown:
                result.shown[row, column] = shown[style]
        elif tag == "f":
            formula = True
        elif tag == "row":
            finish()
            formula = False
            row, column = int(attributes.get("r", row + 2)) - 1, -1

    walk(xml, start)
    finish()
    return result


def _place(reference: str, row: int, column: int) -> Place:
    """Where a cell stands: as it says, or next to the one before."""
    match = _REFERENCE.match(reference)
    if not match:
        return row, column
    column = 0
    for letter in match[1].upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]) - 1, column - 1
