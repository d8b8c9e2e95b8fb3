"""Where the objectives of a strategy stand on its map: rows by perspective."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Place:
    """Where an objective stands: in which row of which perspective, as which of how many."""

    perspective: int
    row: int
    column: int
    columns: int


def places(perspectives: Sequence[Sequence[int]], most: int) -> dict[int, Place]:
    """The place of each objective; a row holds `most` at most, and rows are filled evenly."""
    found: dict[int, Place] = {}
    for number, objectives in enumerate(perspectives):
        for row, here in enumerate(even_rows(objectives, most)):
            for column, objective in enumerate(here):
                found[objective] = Place(number, row, column, len(here))
    return found


def even_rows(things: Sequence[int], most: int) -> list[Sequence[int]]:
    """Things in as few rows as will do, whose lengths differ by one at most."""
    count = -(-len(things) // most)
    cuts = [round(len(things) * number / count) for number in range(count + 1)] if count else []
    return [things[start:end] for start, end in pairwise(cuts)]
