"""How likely a goal is reached in time, judged from its check-ins.

Progress drifts towards the target and wanders on its way (a Wiener process). What is known of
other goals comes first, what was said of this one moves it. docs/rules/forecast.md says the same
in words, with the tables that run as tests. Time is counted in thirteenths of the goal's own
days, as weeks of a quarter are, and progress from 0 (start) to 1 (target).

Loads numpy and scipy: import it where a forecast is made, not at start-up.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import special

Numbers = NDArray[np.float64]

UNITS = 13
"""So many units of time lie between start and due day of any goal."""

NODES = 15
"""At so many points of what the drift may be the chance is asked, and the mean taken."""

FEWEST_FINISHED = 200
"""From so many finished goals on, an organisation's own history corrects the chance."""


@dataclass(frozen=True, slots=True)
class Prior:
    """What is believed of a goal before anything was said of it.

    The drift is normal (mean, spread); the variance of the wandering is inverse gamma (shape,
    scale); both for one unit of time.
    """

    drift: float = 1 / UNITS
    spread: float = 0.35 / UNITS
    shape: float = 4.0
    scale: float = 4.0 * 0.035**2


@dataclass(frozen=True, slots=True)
class Recalibration:
    """log odds = offset + slope × the forecast's log odds (Platt 1999)."""

    offset: float = 0.0
    slope: float = 1.0


AS_IT_IS = Recalibration()
"""Corrects nothing."""

BEFORE_HISTORY = Prior()
"""What is believed before an organisation has a history."""


@dataclass(frozen=True, slots=True)
class Course:
    """What the check-ins of one goal say: `elapsed` units since its start, `done` of the way."""

    elapsed: float
    done: float
    begun: float = 0.0
    """How much was done at the start already: no progress of these days."""
    wander: float = 0.0
    """Σ (dx - ν dt)² / dt over the steps, with ν the mean speed: how unsteadily it went."""
    steps: int = 0
    grace: float = 0.0
    """So many units beyond the due day are in time still."""


def course_of(said: Iterable[tuple[float, float]]) -> Course:
    """The course of one goal from (elapsed, done) in the order of time, start excluded.

    Of several words at one moment the last counts. Refuses nothing: what was said at the very
    start moves where the way begins.
    """
    points = [(0.0, 0.0)]
    for elapsed, done in said:
        if elapsed <= points[-1][0]:
            points[-1] = (points[-1][0], done)
        else:
            points.append((elapsed, done))
    (first, begin), (last, done) = points[0], points[-1]
    span = last - first
    speed = (done - begin) / span if span else 0.0
    steps = list(pairwise(points))
    wander = sum(
        (later[1] - sooner[1] - speed * (later[0] - sooner[0])) ** 2 / (later[0] - sooner[0])
        for sooner, later in steps
    )
    return Course(last, done, begin, wander, len(steps))


def first_passage(remaining: Any, left: Any, drift: Any, variance: Any) -> Numbers:
    """P(the target is reached within `left`), drift and variance given; any shapes that agree.

    Φ((νh - r)/(σ√h)) + exp(2νr/σ²) Φ((-νh - r)/(σ√h)), in logarithms; 1 where nothing remains,
    0 where no time is left. Source: the first passage of a Wiener process with drift
    (inverse Gaussian distribution).
    """
    remaining, left, drift, variance = np.broadcast_arrays(
        *(np.asarray(one, dtype=float) for one in (remaining, left, drift, variance))
    )
    reached, over = remaining <= 0, left <= 0
    r, h = np.where(reached, 1.0, remaining), np.where(over, 1.0, left)
    deviation = np.sqrt(np.maximum(variance, 1e-8) * h)
    straight = special.ndtr((drift * h - r) / deviation)
    exponent = 2 * drift * r / np.maximum(variance, 1e-8)
    back = np.exp(np.minimum(exponent + special.log_ndtr((-drift * h - r) / deviation), 0.0))
    chance = np.clip(straight + back, 0.0, 1.0)
    found: Numbers = np.where(reached, 1.0, np.where(over, 0.0, chance))
    return found


def chances(
    courses: Sequence[Course], prior: Prior = BEFORE_HISTORY, learned: Recalibration = AS_IT_IS
) -> Numbers:
    """P(done in time) of each course: first passage, averaged over what its drift may be.

    σ² = (b0 + S/2) / (a0 + (k - 1)/2); the drift is normal with V = 1/(1/t0² + t/σ²) and mean
    V (m0/t0² + p/σ²); 15 Gauss-Hermite nodes.
    """
    rows = [(c.elapsed, c.done, c.begun, c.wander, c.steps, c.grace) for c in courses]
    elapsed, done, begun, wander, steps, grace = np.array(rows, float).reshape(-1, 6).T
    more = np.maximum(steps - 1, 0) / 2
    variance = (prior.scale + wander / 2) / (prior.shape + more)
    trust = 1 / prior.spread**2
    spread = 1 / (trust + elapsed / variance)
    mean = spread * (prior.drift * trust + (done - begun) / variance)
    nodes, weights = _nodes()
    drifts = mean[:, None] + np.sqrt(spread)[:, None] * nodes
    remaining, left = (1 - done)[:, None], (UNITS + grace - elapsed)[:, None]
    raw: Numbers = first_passage(remaining, left, drifts, variance[:, None]) @ weights
    return recalibrated(raw, learned)


def recalibrated(chance: Any, learned: Recalibration) -> Numbers:
    """Chances corrected by what became of forecasts before; 0 and 1 stay as they are."""
    raw: Numbers = np.asarray(chance, dtype=float)
    if learned == AS_IT_IS:
        return raw
    corrected = special.expit(learned.offset + learned.slope * _log_odds(raw))
    found: Numbers = np.where((raw <= 0) | (raw >= 1), raw, corrected)
    return found


def learn(chance: Sequence[float] | Numbers, in_time: Sequence[bool]) -> Recalibration:
    """The correction that makes past chances fit what became of them, by maximum likelihood.

    Outcomes are taken a little off 0 and 1, as Platt does, so that a clean cut gives no endless
    slope. None (offset 0, slope 1) with fewer than 200 finished goals, when all ended alike, or
    when it would call the better chance the worse one.
    """
    if len(in_time) < FEWEST_FINISHED or len(set(in_time)) < 2:
        return AS_IT_IS
    from scipy import optimize  # heavy, and needed here alone

    odds, done = _log_odds(np.asarray(chance, float)), np.asarray(in_time, bool)
    reached = int(done.sum())
    aimed = np.where(done, (reached + 1) / (reached + 2), 1 / (len(done) - reached + 2))

    def unlikelihood(both: Numbers) -> float:
        corrected = both[0] + both[1] * odds
        return float((np.logaddexp(0, corrected) - aimed * corrected).sum())

    offset, slope = optimize.minimize(unlikelihood, np.array([0.0, 1.0])).x
    return Recalibration(float(offset), float(slope)) if slope > 0 else AS_IT_IS


def brier(chance: Sequence[float] | Numbers, in_time: Sequence[bool]) -> float:
    """The mean squared difference of chance and outcome: 0 is perfect, 0.25 is a coin's."""
    apart = np.asarray(chance, float) - np.asarray(in_time, float)
    return float(np.mean(apart**2))


def speed(said: Sequence[tuple[float, float]]) -> tuple[float, float, float] | None:
    """The typical speed of a course and its bounds of 95 % (Theil-Sen), for the chart alone.

    None with fewer than three points: two say nothing of their spread.
    """
    if len(said) < 3:
        return None
    from scipy import stats  # heavy, and needed here alone

    found = stats.theilslopes([done for _at, done in said], [at for at, _done in said])
    return float(found[0]), float(found[2]), float(found[3])


@cache
def _nodes() -> tuple[Numbers, Numbers]:
    nodes, weights = np.polynomial.hermite_e.hermegauss(NODES)
    return nodes, weights / weights.sum()


def _log_odds(chance: Numbers) -> Numbers:
    held = np.clip(chance, 1e-4, 1 - 1e-4)
    found: Numbers = np.log(held / (1 - held))
    return found
