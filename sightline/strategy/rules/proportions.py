"""A target shared out over units and quarters by the proportions of a former year.

Iterative proportional fitting (Deming and Stephan, 1940). docs/rules/decomposition.md says the
same in words, with the tables that run as tests.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from enum import StrEnum
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

NOTHING = Decimal(0)
CLOSE_ENOUGH = 1e-9
"""The largest relative error of a row or a column at which fitting stops."""

ROUNDS = 10_000
MOST_COLUMNS = 12
FINEST = 4
"""Values are kept to four decimals."""

Table = Sequence[Sequence[Decimal]]


class Fault(StrEnum):
    """Why a table cannot have these totals."""

    NEGATIVE = "negative"
    TOTALS_DIFFER = "totals_differ"
    ROW_OF_ZEROS = "row_of_zeros"
    COLUMN_OF_ZEROS = "column_of_zeros"
    ZEROS_IN_THE_WAY = "zeros_in_the_way"
    TOO_FAR_APART = "too_far_apart"


@dataclass(frozen=True, slots=True)
class Fit:
    """A table on the totals that were asked for, or why there is none."""

    cells: list[list[float]]
    fault: Fault | None = None
    place: int | None = None
    """Which row or column of zeros it is."""


def fitted(seed: Table, rows: Sequence[Decimal], columns: Sequence[Decimal]) -> Fit:
    """The table in the proportions of the seed whose rows and columns add up to these totals.

    Rows and columns are scaled in turn until no total is off by more than 1e-9 of itself. What is
    zero in the seed stays zero. Totals that no such table has are reported, not approached.
    """
    if len(columns) > MOST_COLUMNS:
        raise ValueError(f"at most {MOST_COLUMNS} columns")
    if any(value < 0 for line in [*seed, rows, columns] for value in line):
        return Fit([], Fault.NEGATIVE)
    if sum(rows) != sum(columns):
        return Fit([], Fault.TOTALS_DIFFER)
    kept = [
        [bool(value and row and column) for value, column in zip(line, columns, strict=True)]
        for line, row in zip(seed, rows, strict=True)
    ]
    for place, row in enumerate(rows):
        if row and not any(kept[place]):
            return Fit([], Fault.ROW_OF_ZEROS, place)
    for place, column in enumerate(columns):
        if column and not any(line[place] for line in kept):
            return Fit([], Fault.COLUMN_OF_ZEROS, place)
    if not _leaves_room(kept, rows, columns):
        return Fit([], Fault.ZEROS_IN_THE_WAY)
    table = np.where(np.array(kept), np.array(seed, dtype=float), 0.0)
    found = _scaled(table, np.array(rows, dtype=float), np.array(columns, dtype=float))
    return Fit([], Fault.TOO_FAR_APART) if found is None else Fit(found.tolist())


def _leaves_room(
    kept: list[list[bool]], rows: Sequence[Decimal], columns: Sequence[Decimal]
) -> bool:
    """Whether the zeros leave room for the totals; cells that the totals force to 0 are marked.

    Rows that may only use some of the columns must not need more than these hold (Gale 1957).
    Where they need exactly that much, nothing of those columns is left for other rows.
    """
    forced: list[tuple[int, int]] = []
    for size in range(1, len(columns)):
        for some in combinations(range(len(columns)), size):
            within = [not any(v for j, v in enumerate(line) if j not in some) for line in kept]
            needed = sum((row for row, inside in zip(rows, within, strict=True) if inside), NOTHING)
            held = sum((columns[j] for j in some), NOTHING)
            if needed > held:
                return False
            if needed == held:
                others = [i for i, inside in enumerate(within) if not inside]
                forced += [(i, j) for i in others for j in some]
    for i, j in forced:
        kept[i][j] = False
    return True


def _scaled(
    table: NDArray[np.float64], rows: NDArray[np.float64], columns: NDArray[np.float64]
) -> NDArray[np.float64] | None:
    """Rows and columns scaled in turn; nothing when they do not come near enough."""
    for _round in range(ROUNDS):
        table = table * _factors(rows, table.sum(axis=1))[:, np.newaxis]
        table = table * _factors(columns, table.sum(axis=0))
        if np.all(np.abs(table.sum(axis=1) - rows) <= CLOSE_ENOUGH * rows):
            return table
    return None


def _factors(wanted: NDArray[np.float64], found: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.divide(wanted, found, out=np.zeros_like(wanted), where=found > 0)


def shared_out(whole: Decimal, proportions: Sequence[Decimal], decimals: int) -> list[Decimal]:
    """A whole in these proportions, rounded so that the parts still add up to exactly the whole.

    Each is rounded down; the steps that are left go where most was cut off, the first of equals
    before the later ones. Where all proportions are zero, the parts are equal.
    """
    if not any(proportions):
        proportions = [Decimal(1) for _one in proportions]
    total, step = sum(proportions, NOTHING), Decimal(1).scaleb(-decimals)
    exact = [whole * one / total for one in proportions]
    parts = [value.quantize(step, rounding=ROUND_FLOOR) for value in exact]
    order = sorted(
        (place for place, one in enumerate(proportions) if one),
        key=lambda place: parts[place] - exact[place],
    )
    left = whole - sum(parts, NOTHING)
    for place in order:
        given = min(step, left)
        parts[place] += given
        left -= given
    return parts


def totals(
    wanted: Sequence[Decimal | None], proportions: Sequence[Decimal], whole: Decimal, decimals: int
) -> list[Decimal] | None:
    """The totals that are wanted; what they leave of the whole is shared out over the others.

    Nothing when those wanted come to more than the whole, or all are given and come to less.
    """
    given = sum((one for one in wanted if one is not None), NOTHING)
    open_places = [place for place, one in enumerate(wanted) if one is None]
    if given > whole or (given != whole and not open_places):
        return None
    found = [NOTHING if one is None else one for one in wanted]
    if open_places:
        parts = shared_out(whole - given, [proportions[place] for place in open_places], decimals)
        for place, part in zip(open_places, parts, strict=True):
            found[place] = part
    return found


def decimals_for(whole: Decimal, cells: int, given: Sequence[Decimal] = ()) -> int:
    """How fine to round: as fine as what was given, and to three figures of a cell of mean size."""
    fine = [-int(exponent) for exponent in map(_exponent, [whole, *given])]
    mean = abs(whole) / cells
    figures = 2 - mean.adjusted() if mean else 0
    return min(FINEST, max(0, figures, *fine))


def _exponent(value: Decimal) -> int:
    """How many places a number reaches behind the point, below 0; 12.50 reaches one."""
    exponent = value.normalize().as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0
