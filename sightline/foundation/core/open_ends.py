"""What waits for somebody in many tables, read at once.

Each app tells of its own open ends as rows of one shape (`rows_of`); whoever shows them together
asks the database once (`read_at_once`), however many apps there are. Whoever asks the same again
and again keeps the question (`compose`).
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import CharField, DateField, F, QuerySet, TextField, Value
from django.db.models.functions import Cast

FIELDS = ("what", "key", "who", "text", "more", "on")
COLUMNS = tuple(f"end_{field}" for field in FIELDS)


@dataclass(frozen=True, slots=True)
class OpenEnd:
    """One thing that waits: what, of which row, about whom, in its own words, since or by when."""

    what: str
    key: int
    who: str
    text: str
    more: str
    on: date | None


def rows_of(
    rows: QuerySet[Any],
    what: Any,
    *,
    key: str = "pk",
    who: Any = "",
    text: str = "",
    more: Any = "",
    on: Any = "",
) -> QuerySet[Any]:
    """Rows as open ends: which fields (or expressions) tell what."""
    told = {
        "end_what": Value(what, output_field=CharField()) if isinstance(what, str) else what,
        "end_key": F(key),
        "end_who": _words(who),
        "end_text": _words(text),
        "end_more": _words(more),
        "end_on": Cast(Value(None) if on == "" else _named(on), DateField()),
    }
    listed: QuerySet[Any] = rows.order_by().annotate(**told).values_list(*COLUMNS)
    return listed


@dataclass(frozen=True, slots=True)
class Question:
    """The text of one read, and its values. Composing it costs far more than asking it."""

    sql: str
    values: tuple[Any, ...]

    def ask(self) -> list[OpenEnd]:
        """The open ends of this moment."""
        if not self.sql:
            return []
        with connection.cursor() as cursor:
            cursor.execute(self.sql, self.values)
            rows = [dict(zip(FIELDS, row, strict=True)) for row in cursor.fetchall()]
        return [OpenEnd(**row | {"on": _day(row["on"])}) for row in rows]


def compose(parts: Iterable[QuerySet[Any]]) -> Question:
    """All open ends of all these rows, as one question; equal texts are kept once."""
    found = list(parts)
    if not found:
        return Question("", ())
    try:
        sql, values = found[0].union(*found[1:], all=True).query.sql_with_params()
    except EmptyResultSet:
        return Question("", ())
    return Question(sys.intern(sql), tuple(values))


def read_at_once(parts: Iterable[QuerySet[Any]]) -> list[OpenEnd]:
    """All open ends of all these rows, in one read."""
    return compose(parts).ask()


def _day(told: date | str | None) -> date | None:
    """A day as databases give it: SQLite keeps days as text."""
    return date.fromisoformat(told) if isinstance(told, str) else told


def _words(field: Any) -> Any:
    return Value("", output_field=TextField()) if field == "" else _named(field)


def _named(field: Any) -> Any:
    return F(field) if isinstance(field, str) else field
