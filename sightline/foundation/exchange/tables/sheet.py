"""A table read from a file, and how large one may be."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from sightline.foundation.core.errors import Refused
from sightline.foundation.exchange.columns import normalised

MAX_BYTES = 20 * 1024 * 1024
MAX_ROWS = 100_000
MAX_COLUMNS = 200
MAX_CELL = 10_000
MAX_CELLS = 4_000_000
"""How many cells the rectangle around all values may hold: readers keep it in memory as a whole."""

EXCEL_DAY_ZERO = date(1899, 12, 30)


@dataclass(frozen=True, slots=True)
class Row:
    """One row with something in it, and its number in the file; cells align with the headers."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: its header row, its rows that are not empty, and what the reader had to decide.

    `letters` names each header's column as spreadsheets do. `day_zero` is the day that the file
    counts day numbers from.
    """

    name: str
    headers: tuple[str, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()
    letters: tuple[str, ...] = ()
    day_zero: date = EXCEL_DAY_ZERO
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Book:
    """The tables of one file by name, without the empty ones."""

    names: tuple[str, ...]
    sheet: Callable[[str], Sheet]


def column_letters(index: int) -> str:
    """A column's name in spreadsheets: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def refuse(sentence: str) -> Refused:
    """A refusal of the whole file."""
    return Refused(sentence, field="file")


def make_sheet(
    name: str,
    lines: Iterable[Sequence[str]],
    *,
    notes: Iterable[str] = (),
    day_zero: date = EXCEL_DAY_ZERO,
) -> Sheet | None:
    """The table in numbered lines of clean text; None when all are empty.

    The first line with text in it is the header. Columns without header and without text are left
    out; one with text and without header is refused, as is a header that stands twice.
    """
    headers: tuple[str, ...] = ()
    used: set[int] = set()
    rows: list[Row] = []
    for number, line in enumerate(lines, start=1):
        filled = [index for index, cell in enumerate(line) if cell]
        if not filled:
            continue
        _check_line(number, line, filled)
        if not headers:
            headers = tuple(line)
            continue
        used.update(filled)
        rows.append(Row(number, tuple(line)))
        if len(rows) > MAX_ROWS:
            raise refuse(_("The file has more than 100,000 rows. Split it into smaller files."))
    if not headers:
        return None
    return _aligned(name, headers, rows, used, tuple(notes), day_zero)


def _check_line(number: int, line: Sequence[str], filled: list[int]) -> None:
    if filled[-1] >= MAX_COLUMNS:
        raise refuse(
            _("Row %(row)s has more than 200 columns. Take away the columns that are not needed.")
            % {"row": number}
        )
    for index in filled:
        if len(line[index]) > MAX_CELL:
            raise refuse(
                _("Cell %(cell)s holds more than 10,000 characters. Shorten it.")
                % {"cell": f"{column_letters(index)}{number}"}
            )


def _aligned(
    name: str,
    headers: tuple[str, ...],
    rows: list[Row],
    used: set[int],
    notes: tuple[str, ...],
    day_zero: date,
) -> Sheet:
    """The sheet with only its named columns, each row as long as the header."""
    unnamed = sorted(i for i in used if i >= len(headers) or not headers[i])
    if unnamed:
        raise refuse(
            _("Column %(letters)s has values but no name in the first row. Name it or empty it.")
            % {"letters": ", ".join(map(column_letters, unnamed[:5]))}
        )
    kept = [index for index, header in enumerate(headers) if header]
    _refuse_doubled(headers, kept)
    return Sheet(
        name=name,
        headers=tuple(headers[i] for i in kept),
        rows=tuple(
            Row(row.number, tuple(row.cells[i] if i < len(row.cells) else "" for i in kept))
            for row in rows
        ),
        notes=notes,
        letters=tuple(map(column_letters, kept)),
        day_zero=day_zero,
    )


def _refuse_doubled(headers: tuple[str, ...], kept: list[int]) -> None:
    places: dict[str, list[int]] = {}
    for index in kept:
        places.setdefault(normalised(headers[index]), []).append(index)
    sentences = [
        _("Columns %(letters)s are all named “%(name)s”. Keep one of them.")
        % {"letters": ", ".join(map(column_letters, indices)), "name": headers[indices[0]]}
        for indices in places.values()
        if len(indices) > 1
    ]
    if sentences:
        raise Refused.all(("file", sentence) for sentence in sentences)
