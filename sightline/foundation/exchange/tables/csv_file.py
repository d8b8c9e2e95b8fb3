"""Reading CSV: encoding, separator, quotation marks."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from sightline.foundation.exchange.tables.cells import as_text
from sightline.foundation.exchange.tables.sheet import MAX_ROWS, Book, Sheet, make_sheet, refuse

ENCODINGS = (
    ("utf-8", "UTF-8"),
    ("utf-16", "UTF-16"),
    ("cp1252", "Windows-1252"),
    ("cp1250", "Windows-1250"),
    ("cp1251", "Windows-1251"),
    ("cp1254", "Windows-1254"),
    ("gb18030", "GB 18030"),
    ("big5", "Big5"),
    ("shift_jis", "Shift JIS"),
    ("euc_kr", "EUC-KR"),
)
"""What a person may choose from when the guess was wrong: codec and name."""

_SEPARATORS = (",", ";", "\t")
_HINT = re.compile(r"sep=([,;\t])\r?\n", re.IGNORECASE)
_BINARY = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def open_book(data: bytes, name: str, *, encoding: str = "") -> Book:
    """The one table of a CSV file."""
    text, encoding_note = _decoded(data, encoding)
    if _BINARY.search(text):
        raise refuse(_("This is not a table. Choose a CSV or XLSX file."))
    hint = _HINT.match(text)
    separator = hint[1] if hint else _separator(text)
    notes = [encoding_note, _separator_note(separator)]
    sheet = make_sheet(name, _lines(text, separator, skip=1 if hint else 0), notes=notes)
    return Book((name,), lambda _name: sheet) if sheet else Book((), _no_sheet)


def _no_sheet(name: str) -> Sheet:
    raise KeyError(name)


def _decoded(data: bytes, encoding: str) -> tuple[str, str]:
    """The text, and a note on how it was read."""
    names = dict(ENCODINGS)
    for codec in [encoding] if encoding in names else _candidates(data):
        try:
            text = data.decode("utf-8-sig" if codec == "utf-8" else codec)
        except UnicodeError:
            continue
        shown = names.get(codec, "UTF-16")
        return text.removeprefix("\ufeff"), _("read as %(encoding)s") % {"encoding": shown}
    raise refuse(
        _("The letters in the file cannot be read. Save it as “CSV UTF-8” and choose it again.")
    )


def _candidates(data: bytes) -> list[str]:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return ["utf-16"]
    head = data[:2000]
    if head[1::2].count(0) > len(head) // 4:
        return ["utf-16-le"]
    if head[0::2].count(0) > len(head) // 4:
        return ["utf-16-be"]
    return ["utf-8", "cp1252"]


def _separator(text: str) -> str:
    """The sign between cells: the one by which most rows have as many cells as the first."""

    def fit(separator: str) -> tuple[int, int]:
        rows = []
        try:
            for row in csv.reader(io.StringIO(text), delimiter=separator):
                rows.append(len(row))
                if len(rows) == 50:
                    break
        except csv.Error:
            return (0, 0)
        widths = [width for width in rows if width]
        if not widths or widths[0] < 2:
            return (0, 0)
        return (sum(width == widths[0] for width in widths), widths[0])

    return max(_SEPARATORS, key=fit)


def _separator_note(separator: str) -> str:
    names = {",": _("commas"), ";": _("semicolons"), "\t": _("tabs")}
    return _("cells set apart by %(separators)s") % {"separators": names[separator]}


def _lines(text: str, separator: str, *, skip: int) -> Iterator[list[str]]:
    """The rows, row numbers kept: a skipped or empty line is an empty row."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    opened_in = 1
    try:
        for number, row in enumerate(reader):
            opened_in = number + 2
            if number > 4 * MAX_ROWS:
                raise refuse(_("The file has more than 100,000 rows. Split it into smaller files."))
            yield [] if number < skip else [as_text(cell) for cell in row]
    except csv.Error as error:
        raise refuse(_quote_sentence(str(error), opened_in)) from error


def _quote_sentence(error: str, row: int) -> str:
    if "end of data" in error:
        return _("A quotation mark opened in row %(row)s is never closed.") % {"row": row}
    if "field larger" in error:
        return _(
            "A cell in row %(row)s holds more than 10,000 characters. "
            "Perhaps a quotation mark is never closed."
        ) % {"row": row}
    return _("The quotation marks in row %(row)s do not match. Double those inside a cell.") % {
        "row": row
    }
