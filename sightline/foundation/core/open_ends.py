"""What waits for somebody in many tables, read at once.

Each app tells of its own open ends as rows of one shape (`rows_of`); whoever shows them together
asks the database once (`read_at_once`), however many apps there are.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import CharField, DateField, F, QuerySet, TextField, Value
from django.db.models.functions import Cast

COLUMNS = ("end_what", "end_key", "end_who", "end_text", "end_more", "end_on")


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


def read_at_once(parts: Iterable[QuerySet[Any]]) -> list[OpenEnd]:
    """All open ends of all these rows, in one read."""
    found = list(parts)
    return [OpenEnd(*row) for row in found[0].union(*found[1:], all=True)] if found else []


def _words(field: Any) -> Any:
    return Value("", output_field=TextField()) if field == "" else _named(field)


def _named(field: Any) -> Any:
    return F(field) if isinstance(field, str) else field
