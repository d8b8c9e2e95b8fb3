"""Where effort goes: the shares of goals, followed up to the strategic objectives.

docs/rules/line-of-sight.md says the same in words, with the tables that run as tests. Source of
the formulas: the absorbing chain T = (I - B)^-1 R on the graph of contributions, which has no
circles, so that the inverse is the finite sum I + B + B^2 + ...

Loads numpy and scipy: import it where a trace is followed, not at start-up.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from sightline.goals.rules.unity import Mix

Keys = NDArray[np.int64]
Table = NDArray[np.float64]

LINK = np.dtype([("goal", "i8"), ("share", "f8"), ("parent", "i8"), ("objective", "i8")])
PLANNED = np.dtype([("person", "i8"), ("goal", "i8"), ("weight", "f8")])
POST = np.dtype([("person", "i8"), ("unit", "i8"), ("capacity", "f8")])


class Link(NamedTuple):
    """A goal gives a share of itself (0 to 1) to another goal, or to an objective; 0 is none."""

    goal: int
    share: float
    parent: int = 0
    objective: int = 0


class Planned(NamedTuple):
    """One goal in a person's plan, with its weight there."""

    person: int
    goal: int
    weight: float


class Post(NamedTuple):
    """A person works for a unit, with a share of full time (0 to 1)."""

    person: int
    unit: int
    capacity: float


@dataclass(frozen=True, slots=True)
class Shares:
    """Of each of many (goals, people) the share that leads to each objective.

    `keys` and `objectives` grow; `table` has a row a key and a column an objective.
    """

    keys: Keys
    objectives: Keys
    table: Any

    def of(self, key: int) -> Mix:
        """The shares of one; nothing of one that is not known."""
        place, known = _places(np.array([key]), self.keys)
        return _mix(self.objectives, self.table[place].toarray()[0]) if known[0] else {}

    def reaching(self) -> list[int]:
        """Those that lead to any objective at all."""
        return [int(key) for key in self.keys[np.diff(self.table.indptr) > 0]]


def traced(links: Iterable[tuple[int, float, int, int]]) -> Shares:
    """What share of each goal leads to each objective. Rows are those of `Link`."""
    rows = np.fromiter(links, LINK)
    upwards, ends = rows[rows["parent"] > 0], rows[rows["objective"] > 0]
    goals = np.unique(np.concatenate([rows["goal"], upwards["parent"]]))
    objectives = np.unique(ends["objective"])
    given = _table(upwards["share"], (upwards["goal"], goals), (upwards["parent"], goals))
    step = whole = _table(ends["share"], (ends["goal"], goals), (ends["objective"], objectives))
    for _level in range(len(goals)):
        step = given @ step
        if not step.nnz:
            break
        whole = whole + step
    return Shares(goals, objectives, whole)


def efforts(plans: Iterable[tuple[int, int, float]], traces: Shares) -> Shares:
    """Where each person's effort goes: the mean of his goals by weight. Rows are `Planned`.

    Weights are made to add up to 1; a plan without weight leads nowhere.
    """
    rows = np.fromiter(plans, PLANNED)
    people, person = np.unique(rows["person"], return_inverse=True)
    totals = np.bincount(person, rows["weight"], len(people))[person]
    parts = np.divide(rows["weight"], totals, np.zeros(len(rows)), where=totals > 0)
    known = np.isin(rows["goal"], traces.keys)
    plan = _table(parts[known], (rows["person"][known], people), (rows["goal"][known], traces.keys))
    return Shares(people, traces.objectives, plan @ traces.table)


@dataclass(frozen=True, slots=True)
class UnitShares:
    """Sums over those who work for a unit, objective by objective."""

    sums: Mix
    """Their effort, by capacity."""
    squares: Mix
    """The same squared, person by person: see `unity.concentration`."""
    serving: dict[int, int]
    """How many of them serve it at all."""


def by_unit(posts: Iterable[tuple[int, int, float]], people: Shares) -> dict[int, UnitShares]:
    """The effort of each unit in which anybody has a post. Rows are those of `Post`."""
    rows = np.fromiter(posts, POST)
    place, known = _places(rows["person"], people.keys)
    rows, place = rows[known], place[known]
    made = sparse.diags_array(rows["capacity"]) @ people.table[place]
    units = np.unique(rows["unit"])
    each = np.arange(len(rows))
    within = _table(np.ones(len(rows)), (rows["unit"], units), (each, each))
    sums, squares, serving = ((within @ one).toarray() for one in (made, made**2, made > 0))
    return {
        int(unit): UnitShares(
            sums=_mix(people.objectives, sums[n]),
            squares=_mix(people.objectives, squares[n]),
            serving={key: int(many) for key, many in _mix(people.objectives, serving[n]).items()},
        )
        for n, unit in enumerate(units)
    }


def _places(asked: Keys, keys: Keys) -> tuple[Keys, NDArray[np.bool_]]:
    """Where each of these stands among the keys, and whether it does; 0 where not."""
    place = np.minimum(np.searchsorted(keys, asked), max(len(keys) - 1, 0))
    known = keys[place] == asked if len(keys) else np.zeros(len(asked), bool)
    return np.where(known, place, 0), known


def _table(values: Table, rows: tuple[Keys, Keys], columns: tuple[Keys, Keys]) -> Any:
    """A sparse table: each value at its row and its column, which stand among those keys."""
    places = tuple(np.searchsorted(keys, asked) for asked, keys in (rows, columns))
    return sparse.csr_array((values, places), shape=(len(rows[1]), len(columns[1])))


def _mix(objectives: Keys, shares: Table) -> Mix:
    (some,) = shares.nonzero()
    return {int(objectives[n]): float(shares[n]) for n in some}
