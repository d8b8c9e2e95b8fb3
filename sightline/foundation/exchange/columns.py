"""Which column of a file is which: by name, by synonym, by likeness, by hand."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

from django.utils.translation import gettext as _

_NOT_LETTERS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Column:
    """A column that a kind of file may have.

    `kind` says how its cells read: "text", "day", "number" or "yes". `help` explains it in the
    template file, where `example` stands in the example row.
    """

    key: str
    label: str
    synonyms: tuple[str, ...] = ()
    required: bool = False
    kind: str = "text"
    help: str = ""
    example: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """Which header each column was found under.

    `places` maps a column's key to the index of its header. `suggestions` holds likely headers for
    columns not found, for a person to confirm; `unused` the headers that no column took.
    """

    places: dict[str, int]
    missing: tuple[Column, ...] = ()
    suggestions: dict[str, str] = field(default_factory=dict)
    unused: tuple[str, ...] = ()

    def sentences(self) -> list[str]:
        """What must be mended before rows can be read: one sentence a missing column."""
        return [self._sentence(column) for column in self.missing]

    def _sentence(self, column: Column) -> str:
        if like := self.suggestions.get(column.key):
            return _("The column “%(column)s” is missing. Did you mean “%(header)s”?") % {
                "column": column.label,
                "header": like,
            }
        return _("The column “%(column)s” is missing.") % {"column": column.label}


def normalised(name: str) -> str:
    """A name without case, accents, spaces and signs: "Starts_On " and "starts on" are one."""
    spread = unicodedata.normalize("NFKD", name.casefold())
    bare = "".join(sign for sign in spread if not unicodedata.combining(sign))
    return _NOT_LETTERS.sub("", bare) or name.strip().casefold()


def match(
    headers: Sequence[str], columns: Sequence[Column], chosen: dict[str, int | None] | None = None
) -> Match:
    """Find the columns among the headers.

    `chosen` is what a person decided: a column's key to a header's index, or to None for "not in
    this file"; it goes before every guess.
    """
    chosen = chosen or {}
    places = {
        key: index
        for key, index in chosen.items()
        if index is not None and 0 <= index < len(headers)
    }
    names = [normalised(header) for header in headers]
    open_columns = [column for column in columns if column.key not in chosen]
    for by_synonym in (False, True):
        for column in open_columns:
            wanted = column.synonyms if by_synonym else (column.label, column.key)
            _take(column, {normalised(name) for name in wanted}, names, places)
    taken = set(places.values())
    unused = [header for index, header in enumerate(headers) if index not in taken]
    absent = [column for column in columns if column.key not in places]
    return Match(
        places=places,
        missing=tuple(column for column in absent if column.required),
        suggestions=_suggestions(absent, unused),
        unused=tuple(unused),
    )


def _take(column: Column, wanted: set[str], names: list[str], places: dict[str, int]) -> None:
    """Give the column the first free header with one of the wanted names."""
    if column.key in places:
        return
    for index, name in enumerate(names):
        if name in wanted and index not in places.values():
            places[column.key] = index
            return


def _suggestions(absent: Sequence[Column], unused: Sequence[str]) -> dict[str, str]:
    headers = {normalised(header): header for header in unused}
    result = {}
    for column in absent:
        for name in (column.label, column.key, *column.synonyms):
            if like := get_close_matches(normalised(name), headers, n=1, cutoff=0.75):
                result[column.key] = headers[like[0]]
                break
    return result
