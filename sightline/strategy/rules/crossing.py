"""The X-matrix as a picture: four lists around an X, and what meets in the corners between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

CELL, ROW, CENTRE, MIDDLE, MARGIN = 34, 28, 330, 236, 8
"""Width of a column, height of a row, width and height of the middle, all in units of SVG."""


@dataclass(frozen=True, slots=True)
class Line:
    """One name along a side: where its stripe begins and where its words stand."""

    at: int
    word: int


@dataclass(frozen=True, slots=True)
class Cross:
    """Objectives above, units to the left, measures to the right, owners below the middle."""

    units: int
    measures: int
    objectives: int
    owners: int

    cell: ClassVar[int] = CELL
    row: ClassVar[int] = ROW
    centre: ClassVar[int] = CENTRE
    middle: ClassVar[int] = MIDDLE

    @property
    def left(self) -> int:
        """Where the middle begins."""
        return MARGIN + max(1, self.units) * CELL

    @property
    def right(self) -> int:
        """Where the middle ends."""
        return self.left + CENTRE

    @property
    def top(self) -> int:
        """Where the middle begins, from above."""
        return MARGIN + max(1, self.objectives) * ROW

    @property
    def foot(self) -> int:
        """Where the middle ends, from above."""
        return self.top + MIDDLE

    @property
    def width(self) -> int:
        """Of the whole picture."""
        return self.right + max(1, self.measures) * CELL + MARGIN

    @property
    def height(self) -> int:
        """Of the whole picture."""
        return self.foot + max(1, self.owners) * ROW + MARGIN

    def objective(self, index: int) -> Line:
        """The first stands nearest to the middle, as the X wants it read: outwards."""
        at = self.top - (index + 1) * ROW
        return Line(at, at + ROW // 2)

    def owner(self, index: int) -> Line:
        """The same below."""
        at = self.foot + index * ROW
        return Line(at, at + ROW // 2)

    def unit(self, index: int) -> Line:
        """The same to the left."""
        at = self.left - (index + 1) * CELL
        return Line(at, at + CELL // 2)

    def measure(self, index: int) -> Line:
        """The same to the right."""
        at = self.right + index * CELL
        return Line(at, at + CELL // 2)
