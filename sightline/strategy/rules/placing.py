"""Where an objective comes to stand on the map when it is moved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Way(StrEnum):
    """A step on the map: within a perspective, or to the one above or below."""

    EARLIER = "earlier"
    LATER = "later"
    UP = "up"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on the map: which perspective from the top, which in it, both from 0."""

    row: int
    index: int


def spot_of(rows: Sequence[Sequence[int]], key: int) -> Spot:
    """Where something stands."""
    row = next(number for number, here in enumerate(rows) if key in here)
    return Spot(row, list(rows[row]).index(key))


def stepped(rows: Sequence[Sequence[int]], key: int, way: Way) -> Spot | None:
    """Where one step leads; None at the edge of the map.

    Up and down keep the number within the perspective, as far as it holds as many.
    """
    here = spot_of(rows, key)
    if way in {Way.EARLIER, Way.LATER}:
        index = here.index + (1 if way == Way.LATER else -1)
        return Spot(here.row, index) if 0 <= index < len(rows[here.row]) else None
    row = here.row + (1 if way == Way.DOWN else -1)
    return Spot(row, min(here.index, len(rows[row]))) if 0 <= row < len(rows) else None


def moved(rows: Sequence[Sequence[int]], key: int, spot: Spot) -> list[list[int]]:
    """The rows when something stands in a place, counted among the others.

    What lies beyond the end of a perspective is its end.
    """
    found = [[one for one in here if one != key] for here in rows]
    found[spot.row].insert(spot.index, key)
    return found
