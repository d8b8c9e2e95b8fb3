"""The arithmetic of the bars in which parts of a whole stand beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sightline.foundation.ui.pictures import written


@dataclass(frozen=True, slots=True)
class Piece:
    """One part of a bar: its look, where it begins and how wide it is, in percent of the bar."""

    kind: str
    start: str
    width: str


def stacked(parts: Sequence[tuple[str, int]]) -> list[Piece]:
    """The parts side by side, in their order; what is nothing is left out."""
    total = sum(number for _kind, number in parts)
    pieces, start = [], 0
    for kind, number in parts:
        if number:
            at, wide = 100 * start / total, 100 * number / total
            pieces.append(Piece(kind, written(at), written(wide)))
        start += number
    return pieces
