"""Where the objectives of a strategy stand on its map: rows by perspective, and lanes for links."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from sightline.strategy.rules.causes import Link


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


def lanes(links: Iterable[Link], order: Sequence[int]) -> dict[Link, int]:
    """A lane beside a column of objectives for each link, such that none lies upon another.

    Short links get the inner lanes. Two links share a lane when one ends above where the other
    begins.
    """
    at = {objective: index for index, objective in enumerate(order)}
    taken: list[list[tuple[int, int]]] = []
    found: dict[Link, int] = {}
    for link in sorted(links, key=lambda link: (abs(at[link[0]] - at[link[1]]), link)):
        low, high = sorted((at[link[0]], at[link[1]]))
        lane = next((n for n, spans in enumerate(taken) if _is_free(spans, low, high)), len(taken))
        if lane == len(taken):
            taken.append([])
        taken[lane].append((low, high))
        found[link] = lane
    return found


def _is_free(spans: Iterable[tuple[int, int]], low: int, high: int) -> bool:
    return all(high < start or low > end for start, end in spans)
