"""From a file to a plan: find the tables and their columns, read the rows, compare."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sightline.foundation.core.errors import Refused
from sightline.foundation.exchange import tables
from sightline.foundation.exchange.columns import Match, match, normalised
from sightline.foundation.exchange.models import Import
from sightline.people.actions.imports import Report
from sightline.people.exchange.columns import (
    EVERYTHING,
    JOBS,
    ORDER,
    PEOPLE,
    POSITIONS,
    RESPONSIBILITIES,
    UNITS,
    Kind,
    kind,
)
from sightline.people.exchange.further import FURTHER
from sightline.people.exchange.plan import Plan, Wish
from sightline.people.exchange.plan_duties import plan_responsibilities
from sightline.people.exchange.plan_people import plan_people
from sightline.people.exchange.plan_posts import plan_jobs, plan_positions
from sightline.people.exchange.plan_units import plan_units
from sightline.people.exchange.rows import Line, Read, read_rows
from sightline.people.exchange.snapshot import take
from sightline.people.viewer import Viewer

_PLANNERS = {
    UNITS: plan_units,
    JOBS: plan_jobs,
    POSITIONS: plan_positions,
    RESPONSIBILITIES: plan_responsibilities,
    PEOPLE: plan_people,
}


@dataclass(frozen=True, slots=True)
class Part:
    """One table of a file: what it holds, and where its columns are."""

    kind: Kind
    sheet: tables.Sheet
    match: Match


@dataclass(frozen=True, slots=True)
class Contents:
    """A file that was read: its tables in the order in which they lean on each other."""

    parts: list[Part]
    reads: list[Read]
    names: tuple[str, ...]

    @property
    def notes(self) -> list[str]:
        """How it was read, for the head of the page."""
        rows = sum(len(part.sheet.rows) for part in self.parts)
        notes = [ngettext("%(count)s row", "%(count)s rows", rows) % {"count": rows}]
        for part, read in zip(self.parts, self.reads, strict=True):
            notes += [*part.sheet.notes, *read.notes]
        return list(dict.fromkeys(notes))

    @property
    def headers(self) -> dict[str, Any]:
        """What stands on top of the columns, for the page where they are put right."""
        return headers_of(self.parts)


def headers_of(parts: list[Part]) -> dict[str, Any]:
    """The headers of each table with the first row, and which column each was taken for."""
    return {
        part.kind.name: {
            "sheet": part.sheet.name,
            "others": list(part.sheet.others),
            "headers": list(part.sheet.headers),
            "letters": list(part.sheet.letters),
            "first": [cell[:80] for cell in part.sheet.rows[0].cells] if part.sheet.rows else [],
            "places": part.match.places,
            "suggestions": part.match.suggestions,
        }
        for part in parts
    }


def find_parts(imported: Import) -> list[Part]:
    """The tables of an import's file."""
    data, choices = bytes(imported.file or b""), imported.choices
    encoding = choices.get("encoding", "")
    book = tables.open_book(data, imported.file_name, encoding=encoding)
    wanted = ORDER if imported.kind == EVERYTHING else (imported.kind,)
    parts = []
    for name in wanted:
        one = kind(name)
        sheet_name = _sheet_for(book, one, choices, alone=len(wanted) == 1)
        if sheet_name:
            others = tuple(other for other in book.names if other != sheet_name)
            sheet = replace(book.sheet(sheet_name), others=others)
            found = match(sheet.headers, one.columns, choices.get("columns", {}).get(name))
            parts.append(Part(one, sheet, found))
    if not parts:
        names = ", ".join(kind(name).label for name in wanted)
        words = _("No sheet is named after what it holds: %(names)s.")
        raise Refused(words % {"names": names}, field="file")
    return parts


def _sheet_for(
    book: tables.Book, one: Kind, choices: Mapping[str, Any], *, alone: bool
) -> str | None:
    chosen = choices.get("sheet", "")
    if alone and chosen in book.names:
        return str(chosen)
    named = {normalised(one.name), normalised(one.label)}
    found = next((name for name in book.names if normalised(name) in named), None)
    return found or (book.names[0] if alone else None)


def missing_columns(parts: list[Part]) -> list[str]:
    """A sentence for each column that a table lacks."""
    return [sentence for part in parts for sentence in part.match.sentences()]


def read_parts(parts: list[Part], choices: Mapping[str, Any]) -> Contents:
    """The rows of the tables."""
    reads = []
    for part in parts:
        mends = {
            (row, key): text
            for name, row, key, text in choices.get("mends", ())
            if name == part.kind.name
        }
        order = choices.get("order", "")
        reads.append(read_rows(part.sheet, part.match, part.kind, mends, order=order))
    return Contents(parts, reads, parts[0].sheet.others)


def wish_of(choices: Mapping[str, Any]) -> Wish:
    """What the person decided about days."""
    left_on = choices.get("left_on")
    return Wish(
        day=date.fromisoformat(choices["day"]),
        missing_left=bool(choices.get("missing_left")),
        left_on=date.fromisoformat(left_on) if left_on else None,
    )


def _planner(name: str) -> Callable[[Plan, list[Line]], None]:
    return _PLANNERS[name] if name in _PLANNERS else FURTHER[name].plan


def make_plan(viewer: Viewer, contents: Contents, wish: Wish, report: Report) -> Plan:
    """What the rows would do to the organisation as it is now."""
    report(20, 100, _("Reading the organisation"))
    plan = Plan(viewer, wish, take(viewer, wish.day))
    for part, read in zip(contents.parts, contents.reads, strict=True):
        report(30, 100, _("Comparing"))
        plan.rows += len(read.lines)
        plan.refuse_rows(read.errors)
        _planner(part.kind.name)(plan, read.lines)
    plan.leave_out_wrong_rows()
    plan.errors.sort(key=lambda error: (error.row == 0, error.column.partition(".")[0], error.row))
    return plan
