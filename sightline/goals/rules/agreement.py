"""Line-of-sight agreement: what a person says the work serves, held against the person's goals.

docs/rules/agreement.md says the same in words, with the tables that run as tests.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import fsum

from sightline.goals.rules.unity import Mix

POINTS = 100
"""So many points are given to objectives, and to what serves none of them."""

APART_BELOW = 0.5
"""Whoever agrees with the trace by less than half sees the work otherwise than the goals do."""

CLOSE_FROM = 0.8
"""From here on both say much the same."""

TOLD_FROM = 0.1
"""A difference of a tenth of all effort is worth a word."""

ASKED_AFTER = 3
"""The question comes when a third of a period is over: by then goals are agreed."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One objective (None: what serves none): the share that was said, and the share traced."""

    objective: int | None
    said: float
    traced: float

    @property
    def gap(self) -> float:
        """What was said beyond what the goals lead to; below 0 when less was said."""
        return self.said - self.traced

    @property
    def reading(self) -> str:
        """alike, said (more was said than traced), traced (more was traced than said)."""
        if abs(self.gap) < TOLD_FROM - 1e-9:
            return "alike"
        return "said" if self.gap > 0 else "traced"


def differences(said: Mix, traced: Mix) -> list[Difference]:
    """Each objective that either names, and last what serves none: what is missing to 1."""
    named = [Difference(key, said.get(key, 0.0), traced.get(key, 0.0)) for key in said | traced]
    return [*named, Difference(None, _rest(said), _rest(traced))]


def agreement(said: Mix, traced: Mix) -> float:
    """LOS = 1 − ½ Σ |said − traced|, what serves no objective included; from 0 to 1."""
    return 1.0 - fsum(abs(one.gap) for one in differences(said, traced)) / 2


@dataclass(frozen=True, slots=True)
class Agreement:
    """How well several people know what their goals serve."""

    answers: int = 0
    total: float = 0.0
    """The sum of their agreements."""
    apart: int = 0
    """How many agree with the trace of their goals by less than half."""

    @property
    def mean(self) -> float:
        """Their mean agreement; 0 when nobody answered."""
        return self.total / self.answers if self.answers else 0.0

    @property
    def apart_share(self) -> float:
        """The share of them that is apart."""
        return self.apart / self.answers if self.answers else 0.0

    def __add__(self, other: Agreement) -> Agreement:
        """These people and those."""
        return Agreement(
            self.answers + other.answers, self.total + other.total, self.apart + other.apart
        )


def together(agreements: Sequence[float]) -> Agreement:
    """Several people by the agreement of each."""
    apart = sum(one < APART_BELOW - 1e-9 for one in agreements)
    return Agreement(len(agreements), fsum(agreements), apart)


def asked_from(from_on: date, until_on: date) -> date:
    """The day from which a period asks: when a third of it is over."""
    return from_on + timedelta(days=(until_on - from_on).days // ASKED_AFTER)


def _rest(mix: Mix) -> float:
    return max(0.0, 1.0 - fsum(mix.values()))
