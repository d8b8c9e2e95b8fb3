"""What an import would do: worked out in memory, nothing written."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from sightline.foundation.exchange.errors import CellError
from sightline.foundation.exchange.tables import clean
from sightline.people.actions.dated import copy_of
from sightline.people.actions.imports import Report, Writes
from sightline.people.exchange.nearest import Nearest
from sightline.people.exchange.rows import Line
from sightline.people.exchange.snapshot import Snapshot
from sightline.people.models import Position
from sightline.people.viewer import Viewer

NEW, CHANGED, ENDED, SAME = "new", "changed", "ended", "same"

Fields = list[tuple[str, str, str]]
"""Columns that differ: the column's key, the value before, the value after."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that an import would make, change or end, as a person reads it."""

    kind: str
    act: str
    key: str
    name: str
    row: int
    fields: Fields

    def as_json(self) -> list[Any]:
        """For keeping; `Entry(*kept)` reads it."""
        return [self.kind, self.act, self.key, self.name, self.row, self.fields]


@dataclass(frozen=True, slots=True)
class Wish:
    """What the person who imports decided: from which day, and what absence from the file means."""

    day: date
    missing_left: bool = False
    left_on: date | None = None


@dataclass(slots=True)
class Plan:
    """The plan in the making. The modules `plan_…` add to it, one kind of rows each."""

    viewer: Viewer
    wish: Wish
    snapshot: Snapshot
    report: Report = lambda _done, _of, _sentence: None
    writes: Writes = field(default_factory=Writes)
    entries: list[Entry] = field(default_factory=list)
    errors: list[CellError] = field(default_factory=list)
    rows: int = 0
    leaving: dict[str, date] = field(default_factory=dict)
    further: list[Any] = field(default_factory=list)
    _wrong_rows: set[tuple[str, int]] = field(default_factory=set)

    @property
    def day(self) -> date:
        """The day from which the file holds."""
        return self.wish.day

    def wrong(self, line: Line, key: str, sentence: str) -> None:
        """A cell of a row is wrong."""
        self.errors.append(line.wrong(key, sentence))
        self._wrong_rows.add((line.kind, line.row))

    def note(self, line: Line, act: str, key: str, name: str, fields: Fields) -> None:
        """Something would be made or changed by a row; without fields a change is none.

        That a row is so already is told where it is noted, as goals do.
        """
        if act in {NEW, SAME} or fields:
            self.entries.append(Entry(line.kind, act, key, name, line.row, fields))

    def is_wrong(self, line: Line) -> bool:
        """Whether anything is wrong in the row so far."""
        return (line.kind, line.row) in self._wrong_rows

    def leave_out_wrong_rows(self) -> None:
        """A row in which anything is wrong counts as wrong and as nothing else."""
        self.entries = [e for e in self.entries if (e.kind, e.row) not in self._wrong_rows]

    def counts(self) -> dict[str, Any]:
        """How many things of each act, which columns change how often, what stays or is wrong."""
        counts: dict[str, Any] = {NEW: 0, CHANGED: 0, ENDED: 0, SAME: 0}
        columns: dict[str, int] = {}
        kinds: dict[str, int] = {}
        for entry in self.entries:
            counts[entry.act] += 1
            if entry.act == NEW:
                kinds[entry.kind] = kinds.get(entry.kind, 0) + 1
            if entry.act == CHANGED:
                for key, _before, _after in entry.fields:
                    name = f"{entry.kind}.{key}"
                    columns[name] = columns.get(name, 0) + 1
        return counts | {
            SAME: self.rows - len(self._wrong_rows) - self._touched_rows(),
            "wrong": len(self._wrong_rows),
            "rows": self.rows,
            "columns": columns,
            "kinds": kinds,
        }

    def _touched_rows(self) -> int:
        return len([e for e in self.entries if e.row and e.act != SAME])

    def kept(self) -> list[Any]:
        """The entries as JSON."""
        return [entry.as_json() for entry in self.entries]

    def refuse_rows(self, errors: list[CellError]) -> None:
        """Cells that could not be read."""
        self.errors += errors
        self._wrong_rows |= {(error.column.partition(".")[0], error.row) for error in errors}

    def digest(self) -> str:
        """The same for the same changes on the same day, and for nothing else."""
        told = [str(self.wish), self.kept(), [error.as_json() for error in self.errors]]
        return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


class Names:
    """Finds rows by code, and says what is wrong, and what may be meant, when there is none."""

    def __init__(self, known: dict[str, Any], words: Callable[[Any], str]) -> None:
        self._known = known
        self._words = words
        self._asked = 0

    @cached_property
    def _nearest(self) -> Nearest:
        return Nearest(self._known)

    def hint(self, wanted: str) -> str:
        """ " Did you mean …?", or nothing. Looked for in the first few hundred errors only."""
        self._asked += 1
        like = self._nearest.to(wanted) if self._asked < 500 else None
        if like is None:
            return ""
        return _(" Did you mean %(code)s, %(name)s?") % {
            "code": like,
            "name": self._words(self._known[like]),
        }


def refuse_doubled(plan: Plan, lines: list[Line], key: str) -> list[Line]:
    """The rows without those whose key stands in an earlier row; each of those is an error."""
    first: dict[str, int] = {}
    kept: list[Line] = []
    for line in lines:
        value = line.text(key)
        if not value:
            continue
        if value in first:
            plan.wrong(line, key, _("Row %(row)s has this already.") % {"row": first[value]})
            continue
        first[value] = line.row
        kept.append(line)
    return kept


def refuse_too_long(
    plan: Plan, line: Line, model: type[models.Model], names: Mapping[str, str]
) -> None:
    """Each text of the row that is longer than its field is an error."""
    for column, name in names.items():
        longest = getattr(model._meta.get_field(name), "max_length", None)
        if longest and len(line.text(column)) > longest:
            plan.wrong(line, column, _("At most %(count)d characters.") % {"count": longest})


def whole_percent(plan: Plan, line: Line, key: str) -> int | None:
    """A whole number from 1 to 100 in a cell; anything else is an error."""
    number = line.number(key)
    if number is None:
        return None
    if number != number.to_integral_value() or not 1 <= number <= 100:
        plan.wrong(line, key, _("Write a whole number from 1 to 100."))
        return None
    return int(number)


def differences(before: dict[str, str], after: dict[str, str]) -> Fields:
    """What differs, column by column. Odd spaces in what is stored are no difference."""
    return [
        (key, before.get(key, ""), value)
        for key, value in after.items()
        if value != clean(before.get(key, ""))
    ]


def changed_texts(line: Line, row: models.Model, names: Mapping[str, str]) -> dict[str, str]:
    """The columns of text that the file has and that differ from a row's fields, cleaned."""
    given = {key: line.text(key) for key in names if line.has(key)}
    before = {key: str(getattr(row, names[key])) for key in given}
    return {key: value for key, _before, value in differences(before, given)}


def go_on(plan: Plan, rows: list[Any], old: Position, new: Position) -> None:
    """What holds of a position on the day, or later, goes on with the position's new row."""
    for row in [row for row in rows if row.position is old and row.until_on > plan.day]:
        if row.from_on >= plan.day:
            plan.writes.change(row, position=new)
            continue
        fresh = copy_of(row, position=new, from_on=plan.day)
        plan.writes.change(row, until_on=plan.day)
        plan.writes.create(fresh)
        rows.insert(rows.index(row) + 1, fresh)


def shown(row: Any) -> str:
    """A unit, a job, a position or a person as the plan shows it: name and code."""
    if row is None:
        return ""
    return f"{row} ({getattr(row, 'code', '') or row.number})"
