"""Where effort goes: the shares of goals, followed up to the strategic objectives.

docs/rules/line-of-sight.md says the same in words, with the tables that run as tests. Source of
the formulas: the absorbing chain T = (I - B)^-1 R on the graph of contributions.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import fsum, log2
from operator import mul

Trace = dict[int, float]
"""Of one goal the share that leads to each objective; what is missing to 1 is local."""

SERVED_AT_LEAST = 0.5
"""An objective with less than half the effort meant for it is starved."""

CONCENTRATED_FROM = 0.25
"""An objective whose effort is so concentrated hangs on a few people: four alike, or fewer."""

CROWDED_FROM = 1.5
"""An objective with more than one and a half times the effort meant for it is crowded."""


@dataclass(frozen=True, slots=True)
class Link:
    """A goal gives a share of itself (0 to 1) to another goal, or to an objective."""

    goal: int
    share: float
    parent: int | None = None
    objective: int | None = None


def traced(links: Iterable[Link]) -> dict[int, Trace]:
    """What share of each goal leads to each objective: parents first, each goal once."""
    upwards: dict[int, list[Link]] = {}
    for link in links:
        upwards.setdefault(link.goal, []).append(link)
    found: dict[int, Trace] = {}
    for goal in parents_first(upwards):
        trace: Trace = {}
        for link in upwards.get(goal, ()):
            if link.objective is not None:
                trace[link.objective] = trace.get(link.objective, 0.0) + link.share
            elif link.parent is not None:
                for objective, share in found.get(link.parent, {}).items():
                    trace[objective] = trace.get(objective, 0.0) + link.share * share
        found[goal] = trace
    return found


def parents_first(upwards: Mapping[int, Sequence[Link]]) -> list[int]:
    """The goals in an order in which each comes after all that it serves."""
    order: list[int] = []
    entered: set[int] = set()
    for start in upwards:
        ways = [start]
        while ways:
            goal = ways[-1]
            unseen = [
                link.parent
                for link in upwards.get(goal, ())
                if link.parent is not None and link.parent not in entered
            ]
            if goal not in entered and unseen:
                ways += unseen
                continue
            ways.pop()
            if goal not in entered:
                entered.add(goal)
                order.append(goal)
    return order


@dataclass(frozen=True, slots=True)
class Planned:
    """One goal in somebody's plan, with its weight there."""

    goal: int
    weight: float


def effort_of(plan: Sequence[Planned], traces: Mapping[int, Trace]) -> Trace:
    """Where one person's effort goes: weights are made to add up to 1; no plan leads nowhere."""
    total = fsum(one.weight for one in plan)
    found: Trace = {}
    for one in plan:
        for objective, share in traces.get(one.goal, {}).items():
            part = one.weight / total * share if total else 0.0
            found[objective] = found.get(objective, 0.0) + part
    return found


def add_up(sums: Trace, capacity: float, effort: Trace) -> None:
    """Add one person's effort to that of several, by capacity (share of full time)."""
    for objective, share in effort.items():
        sums[objective] = sums.get(objective, 0.0) + capacity * share


@dataclass(frozen=True, slots=True)
class Compared:
    """An objective: the effort meant for it and the effort it gets, as shares of all effort."""

    objective: int
    intended: float
    actual: float

    @property
    def gap(self) -> float:
        """What it gets beyond what was meant; below 0 when it gets less."""
        return self.actual - self.intended

    @property
    def reading(self) -> str:
        """unserved, starved, served, crowded."""
        if self.actual == 0:
            return "unserved" if self.intended else "served"
        if self.actual < SERVED_AT_LEAST * self.intended:
            return "starved"
        return "crowded" if self.actual > CROWDED_FROM * self.intended else "served"


@dataclass(frozen=True, slots=True)
class Unity:
    """How well the effort that is made matches the effort that was intended."""

    objectives: list[Compared] = field(default_factory=list)
    standing: float = 0.0
    """The share of effort kept for standing responsibilities (β)."""

    @property
    def aligned(self) -> float:
        """The share of all effort that leads to an objective."""
        return fsum(one.actual for one in self.objectives)

    @property
    def local(self) -> float:
        """The share of all effort that leads to none: the post itself, and what leads nowhere."""
        return max(0.0, 1.0 - self.aligned)

    @property
    def deviation(self) -> float:
        """½ Σ |actual - intended|: the share of all effort that would have to move."""
        gaps = [one.gap for one in self.objectives] + [self.local - self.standing]
        return fsum(map(abs, gaps)) / 2

    @property
    def unity(self) -> float:
        """1 - deviation."""
        return 1.0 - self.deviation

    @property
    def drift(self) -> float:
        """Effort that leads nowhere beyond what is kept for standing responsibilities."""
        return self.local - self.standing

    @property
    def coverage(self) -> float:
        """The share of the strategy that has at least half the effort meant for it."""
        intended = fsum(one.intended for one in self.objectives)
        served = fsum(
            one.intended for one in self.objectives if one.actual >= SERVED_AT_LEAST * one.intended
        )
        return served / intended if intended else 0.0

    @property
    def divergence(self) -> float:
        """The Jensen-Shannon divergence of actual and intended effort, in bits."""
        pairs = [(one.actual, one.intended) for one in self.objectives]
        return fsum(_divergence(p, q) for p, q in [*pairs, (self.local, self.standing)])


def compared(actual: Trace, intended: Mapping[int, float], standing: float) -> Unity:
    """Actual effort against what a strategy intends; `intended` are its shares, summing to 1."""
    total = fsum(intended.values())
    rest = 1.0 - standing
    rows = [
        Compared(objective, rest * share / total if total else 0.0, actual.get(objective, 0.0))
        for objective, share in intended.items()
    ]
    return Unity(rows, standing)


def concentration(squares: float, whole: float) -> float:
    """HHI: Σ (share of each person in the effort for an objective)²; 1 when one carries it all.

    `squares` is the sum of the squared efforts of people, `whole` the sum of their efforts.
    """
    return squares / whole**2 if whole else 0.0


def _divergence(p: float, q: float) -> float:
    mean = (p + q) / 2
    return fsum(one / 2 * log2(one / mean) for one in (p, q) if one > 0)


def specialisation(units: Sequence[tuple[float, Sequence[float]]]) -> float:
    """I(U;O) in bits: 0 when all units do the same mix. Each unit with its size and its mix.

    A mix holds the share that leads nowhere as well, and adds up to 1.
    """
    total = fsum(size for size, _mix in units)
    if not total:
        return 0.0
    columns = zip(*(mix for _size, mix in units), strict=True)
    sizes = [size / total for size, _mix in units]
    whole = [fsum(map(mul, sizes, column)) for column in columns]
    within = (size * _entropy(mix) for size, (_size, mix) in zip(sizes, units, strict=True))
    return _entropy(whole) - fsum(within)


def _entropy(mix: Sequence[float]) -> float:
    return -fsum(one * log2(one) for one in mix if one > 0)
