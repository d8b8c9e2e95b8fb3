"""The parts of an XLSX file, taken out of its zip with care.

A reader of spreadsheets trusts its file. So the file is unpacked here, within limits, each part
that matters is looked through, and the reader is given a new package made of what was seen.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from xml.parsers import expat

from django.utils.translation import gettext as _

from sightline.foundation.exchange.tables.sheet import refuse

MAX_UNPACKED = 200 * 1024 * 1024
MAX_RATIO = 200
MAX_ENTRIES = 2_000
_SMALL = 10 * 1024 * 1024

Attributes = dict[str, str]


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A sheet as the workbook lists it."""

    name: str
    path: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class Package:
    """The XML parts of a workbook by path."""

    parts: dict[str, bytes]

    def repacked(self) -> io.BytesIO:
        """A plain zip of these parts and nothing else."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
            for path, data in self.parts.items():
                archive.writestr(path, data)
        out.seek(0)
        return out

    def sheets(self) -> list[SheetPart]:
        """The workbook's sheets in order."""
        targets: dict[str, str] = {}
        found: list[SheetPart] = []

        def relation(tag: str, attributes: Attributes) -> None:
            if tag == "Relationship" and attributes.get("TargetMode") != "External":
                target = attributes.get("Target", "")
                targets[attributes.get("Id", "")] = posixpath.normpath(
                    target.lstrip("/") if target.startswith("/") else f"xl/{target}"
                )

        def sheet(tag: str, attributes: Attributes) -> None:
            if tag == "sheet":
                ids = [value for key, value in attributes.items() if key.endswith(":id")]
                path = targets.get(ids[0], "") if ids else ""
                hidden = attributes.get("state", "visible") != "visible"
                found.append(SheetPart(attributes.get("name", ""), path, hidden))

        walk(self.parts.get("xl/_rels/workbook.xml.rels", b""), relation)
        walk(self.parts["xl/workbook.xml"], sheet)
        return [part for part in found if part.path in self.parts]


def unpack(data: bytes) -> Package:
    """The parts of a workbook; refuses what is no XLSX file, is damaged, locked or too large."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            _check_directory(entries, len(data))
            parts = {
                entry.filename: _inflated(archive, entry)
                for entry in entries
                if entry.filename.endswith((".xml", ".rels"))
            }
    except (zipfile.BadZipFile, NotImplementedError, OSError, EOFError, ValueError) as error:
        raise damaged() from error
    return Package(parts)


def _inflated(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """An entry's bytes, never more than the directory says: the limit stops the inflation."""
    with archive.open(entry) as part:
        return part.read(entry.file_size + 1)


def _check_directory(entries: list[zipfile.ZipInfo], packed: int) -> None:
    """Look at what the zip says of itself before any of it is unpacked."""
    names = {entry.filename for entry in entries}
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MAX_ENTRIES or unpacked > MAX_UNPACKED:
        raise refuse(_("The file unpacks to more than can be read. Save only this table in it."))
    if unpacked > _SMALL and unpacked > MAX_RATIO * packed:
        raise refuse(_("The file unpacks to far more than its size. It will not be read."))
    if any(entry.flag_bits & 1 for entry in entries):
        raise refuse(
            _("The file is protected by a password. Save it without one and choose it again.")
        )
    if "xl/workbook.xml" not in names:
        raise refuse(_other_kind(names))


def _other_kind(names: set[str]) -> str:
    if "xl/workbook.bin" in names:
        return _("Binary workbooks (.xlsb) cannot be read. Save it as XLSX or CSV.")
    if "content.xml" in names and "mimetype" in names:
        return _("OpenDocument files (.ods) cannot be read. Save it as XLSX or CSV.")
    return _("This is not a table. Choose a CSV or XLSX file.")


def damaged() -> Exception:
    """The refusal of a file that cannot be read although it is of the right kind."""
    return refuse(_("The file is damaged. Open it in a spreadsheet program and save it again."))


def walk(xml: bytes, start: Callable[[str, Attributes], None]) -> None:
    """Call `start` with each element's local name and attributes. Document types are refused."""
    if not xml:
        return
    parser = expat.ParserCreate()

    def element(tag: str, attributes: Attributes) -> None:
        start(tag.rpartition(":")[2], attributes)

    def doctype(*_arguments: object) -> None:
        raise damaged()

    parser.StartElementHandler = element
    parser.StartDoctypeDeclHandler = doctype
    try:
        parser.Parse(xml, True)
    except expat.ExpatError as error:
        raise damaged() from error
