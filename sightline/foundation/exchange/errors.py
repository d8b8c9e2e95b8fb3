"""What is wrong in a file, cell by cell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class CellError:
    """One thing that must be mended: where, what stands there, and what is wrong with it.

    `row` is the row in the file, `column` the column's key, `about` whom or what the row is about.
    """

    row: int
    column: str
    value: str
    sentence: str
    about: str = ""

    def as_json(self) -> list[Any]:
        """For keeping; `from_json` reads it."""
        return [self.row, self.column, self.value, self.sentence, self.about]

    @classmethod
    def from_json(cls, kept: list[Any]) -> Self:
        """What `as_json` gave."""
        row, column, value, sentence, about = kept
        return cls(row, column, value, sentence, about)
