"""Unity of goals: the effort that is made, held against the effort that a strategy intends.

docs/rules/line-of-sight.md says the same in words, with the tables that run as tests.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import fsum, log2
from operator import mul

Mix = dict[int, float]
"""Of something the share that leads to each objective; what is missing to 1 is local."""

SERVED_AT_LEAST = 0.5
"""An objective with less than half the effort meant for it is starved."""

CONCENTRATED_FROM = 0.25
"""An objective whose effort is so concentrated hangs on a few people: four alike, or fewer."""

CROWDED_FROM = 1.5
"""An objective with more than one and a half times the effort meant for it is crowded."""


def add_up(sums: Mix, mix: Mix) -> None:
    """Add the effort of some to that of others."""
    for objective, effort in mix.items():
        sums[objective] = sums.get(objective, 0.0) + effort


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


def compared(actual: Mix, intended: Mapping[int, float], standing: float) -> Unity:
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
