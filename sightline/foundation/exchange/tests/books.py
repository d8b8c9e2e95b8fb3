"""XLSX files as other programs would write them, for the tests."""

import io
import zipfile
from collections.abc import Callable

import xlsxwriter


def book(fill: Callable, **options) -> bytes:
    """A workbook with one sheet, filled by `fill(book, sheet)`."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, options) as made:
        fill(made, made.add_worksheet("People"))
    return out.getvalue()


def rows(*lines: list) -> bytes:
    """A workbook with these rows."""

    def fill(_book, sheet):
        for number, line in enumerate(lines):
            sheet.write_row(number, 0, line)

    return book(fill)


def changed(data: bytes, path: str, change: Callable[[bytes], bytes]) -> bytes:
    """The workbook with one part rewritten."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            part = old.read(entry)
            new.writestr(entry, change(part) if entry.filename == path else part)
    return out.getvalue()
