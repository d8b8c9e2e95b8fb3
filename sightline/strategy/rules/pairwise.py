"""Weights from comparisons of two at a time: the analytic hierarchy process (Saaty 1980).

docs/rules/weights.md says the same in words, with the tables that run as tests.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import fsum, log, prod

Matrix = list[list[float]]
"""Row over column: how many times as much the one matters as the other."""

FEWEST, MOST = 2, 9
STRONGEST = 9
CLOSE_ENOUGH = 1e-14
ROUNDS = 1000
ACCEPTED_RATIO = 0.10
RANDOM_INDEX = {3: 0.58, 4: 0.90, 5: 1.12, 6: 1.24, 7: 1.32, 8: 1.41, 9: 1.45}
"""The index of consistency of judgements made at random, by how many things are compared."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """What comparisons come to: weights that add up to 1, and how well they go together."""

    weights: list[float]
    eigenvalue: float
    ratio: float
    """Of the inconsistency to that of judgements made at random."""

    @property
    def is_consistent(self) -> bool:
        """Whether the judgements go together well enough to be taken as they are."""
        return self.ratio <= ACCEPTED_RATIO


@dataclass(frozen=True, slots=True)
class Triad:
    """Three of those compared whose judgements go together least; places, the first the least."""

    places: tuple[int, int, int]
    judged: float
    """The first over the last as it was judged."""

    implied: float
    """The same as it follows from the other two judgements."""

    @property
    def factor(self) -> float:
        """How many times the larger of the two is the smaller; 1 when they agree."""
        return max(self.judged, self.implied) / min(self.judged, self.implied)


def pairs(number: int) -> list[tuple[int, int]]:
    """Every two of so many, by their places, each pair once."""
    return list(combinations(range(number), 2))


def ratio_of(step: int) -> float:
    """A judgement as a ratio: 5 is five to one, −5 one to five; 1 is alike.

    0, −1 and whatever lies beyond 9 is no judgement.
    """
    if step == -1 or not 1 <= abs(step) <= STRONGEST:
        raise ValueError(step)
    return float(step) if step > 0 else -1 / step


def matrix_of(number: int, steps: Mapping[tuple[int, int], int]) -> Matrix:
    """The table of so many things from the judgement of each pair; all of them are needed."""
    table = [[1.0] * number for _row in range(number)]
    for first, second in pairs(number):
        table[first][second] = ratio_of(steps[first, second])
        table[second][first] = 1 / table[first][second]
    return table


def weighed(table: Sequence[Sequence[float]]) -> Weighed:
    """The principal eigenvector by power iteration, its eigenvalue and the consistency ratio."""
    number = len(table)
    if not FEWEST <= number <= MOST:
        raise ValueError(number)
    weights, eigenvalue = [1 / number] * number, float(number)
    for _round in range(ROUNDS):
        product = [fsum(a * w for a, w in zip(row, weights, strict=True)) for row in table]
        eigenvalue = fsum(product)
        following = [one / eigenvalue for one in product]
        moved = max(abs(a - b) for a, b in zip(following, weights, strict=True))
        weights = following
        if moved <= CLOSE_ENOUGH:
            break
    index = max(0.0, (eigenvalue - number) / (number - 1))
    ratio = index / RANDOM_INDEX[number] if number in RANDOM_INDEX else 0.0
    return Weighed(weights, eigenvalue, ratio)


def joined(tables: Sequence[Matrix]) -> Matrix:
    """The judgements of several people as one: cell by cell the geometric mean."""
    number = len(tables[0])
    return [
        [prod(table[i][j] for table in tables) ** (1 / len(tables)) for j in range(number)]
        for i in range(number)
    ]


def worst_triad(table: Sequence[Sequence[float]]) -> Triad | None:
    """The three whose judgements go together least; None where no three contradict each other."""
    worst = max(_triads(table), key=lambda one: one.factor, default=None)
    return worst if worst is not None and log(worst.factor) > CLOSE_ENOUGH * 1000 else None


def _triads(table: Sequence[Sequence[float]]) -> Iterable[Triad]:
    for i, j, k in combinations(range(len(table)), 3):
        yield Triad((i, j, k), table[i][k], table[i][j] * table[j][k])


@dataclass(frozen=True, slots=True)
class Spread:
    """What several people gave to one thing."""

    mean: float
    least: float
    most: float


def spread(given: Sequence[float]) -> Spread:
    """The mean of what was given, and between what it lies."""
    return Spread(fsum(given) / len(given), min(given), max(given))
