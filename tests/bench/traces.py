"""A large house's goals as columns of numbers, and every figure of unity computed from them."""

from __future__ import annotations

import resource
import time
from collections.abc import Iterator
from random import Random
from typing import Any

GOALS, OBJECTIVES, UNITS, PLAN = 200_000, 40, 1_000, 4
TOPS = 200
LEVELS = (TOPS, 3_000, 40_000, GOALS)
"""Goals up to the first number serve objectives; those up to each next one the level before."""

STANDING = 0.3


def links() -> Iterator[tuple[int, float, int, int]]:
    """The contributions of all goals, over four levels, the same in each run."""
    dice = Random(7)
    for goal in range(1, GOALS + 1):
        if goal <= TOPS:
            for objective in dice.sample(range(1, OBJECTIVES + 1), 2):
                yield goal, 0.5, 0, objective
            continue
        level = next(n for n, last in enumerate(LEVELS) if goal <= last)
        above = range(1 + (LEVELS[level - 2] if level > 1 else 0), LEVELS[level - 1] + 1)
        for parent in dice.sample(above, 1 + goal % 2):
            yield goal, 0.45, parent, 0


def every_figure() -> dict[str, Any]:
    """Seconds to follow all traces and to compute what the line of sight tells of them."""
    from sightline.goals.rules import trace, unity

    rows = list(links())
    people = GOALS // PLAN
    plans = [(1 + goal // PLAN, goal + 1, 25.0) for goal in range(GOALS)]
    posts = [(1 + person, 1 + person % UNITS, 1.0) for person in range(people)]
    begin = time.perf_counter()
    units = trace.by_unit(posts, trace.efforts(plans, trace.traced(rows)))
    sums: unity.Mix = {}
    squares: unity.Mix = {}
    for one in units.values():
        unity.add_up(sums, one.sums)
        unity.add_up(squares, one.squares)
    intended = dict.fromkeys(range(1, OBJECTIVES + 1), 1.0)
    size = people / UNITS
    each = [
        unity.compared({key: part / size for key, part in one.sums.items()}, intended, STANDING)
        for one in units.values()
    ]
    whole = unity.compared({key: part / people for key, part in sums.items()}, intended, STANDING)
    held = [unity.concentration(squares[key], sums[key]) for key in intended]
    mixes = [(size, [*(row.actual for row in one.objectives), one.local]) for one in each]
    told = [whole.unity, whole.divergence, whole.coverage, unity.specialisation(mixes), max(held)]
    told += [one.unity for one in each]
    return {
        "seconds": time.perf_counter() - begin,
        "unity": told[0],
        "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
