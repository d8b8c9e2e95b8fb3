"""From the bytes of a file to its tables."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext as _

from sightline.foundation.exchange.tables import csv_file, xlsx_file
from sightline.foundation.exchange.tables.sheet import MAX_BYTES, Book, Sheet, refuse

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read(data: bytes, name: str, *, sheet: str = "", encoding: str = "") -> Sheet:
    """The table in a file: the named sheet, or the first that is not empty.

    `encoding` overrules the guess for a CSV file. Refuses, with a sentence each, whatever is not a
    readable CSV or XLSX table.
    """
    book = open_book(data, name, encoding=encoding)
    if sheet and sheet not in book.names:
        raise refuse(
            _("There is no sheet “%(sheet)s” in the file. It has: %(names)s.")
            % {"sheet": sheet, "names": ", ".join(book.names)}
        )
    chosen = sheet or book.names[0]
    others = tuple(other for other in book.names if other != chosen)
    return replace(book.sheet(chosen), others=others)


def open_book(data: bytes, name: str, *, encoding: str = "") -> Book:
    """The tables of a file, each read when it is asked for; at least one."""
    if len(data) > MAX_BYTES:
        raise refuse(
            _("The file has %(size)s MB; at most 20 MB can be read. Split it into smaller files.")
            % {"size": round(len(data) / 1024 / 1024)}
        )
    if data.startswith(_OLE):
        raise refuse(_ole_sentence(data))
    if data.startswith(b"PK"):
        book = xlsx_file.open_book(data)
    else:
        book = csv_file.open_book(data, name, encoding=encoding)
    if not book.names:
        raise refuse(_("The file is empty."))
    return book


def _ole_sentence(data: bytes) -> str:
    """What the old container of Microsoft Office holds: a locked new file, or an old one."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return _("The file is protected by a password. Save it without one and choose it again.")
    return _("Files of the old kind (.xls) cannot be read. Save it as XLSX or CSV.")
