"""Who had a hand in what goals say: of planned work the share that each side drafted or answered.

docs/rules/catchball.md says the same in words, with the table that runs as a test.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

ACTS = ("drafted", "answered", "commented")
WHOLE, SHAPED = "whole", "shaped"

Voices = dict[str, float]
"""By what was done ("drafted:owner") the weight of the goals of which that is so."""


def voices(goals: Iterable[tuple[float, Collection[str]]]) -> Voices:
    """What was done with goals, by their weight in the plan; each with what either side did.

    `whole` is the weight of all, `shaped` that of goals in which their owners had a hand at all.
    """
    found: Voices = {}
    for weight, acts in goals:
        has_hand = any(act.endswith(":owner") for act in acts)
        for act in [WHOLE, *([SHAPED] if has_hand else []), *acts]:
            found[act] = found.get(act, 0.0) + weight
    return found


def add_voices(sums: Voices, some: Voices) -> None:
    """Add what was done with some goals to what was done with others."""
    for act, weight in some.items():
        sums[act] = sums.get(act, 0.0) + weight


def share_percent(found: Voices, act: str) -> float | None:
    """The share of all planned work of which something is so; None without any work."""
    whole = found.get(WHOLE)
    return 100 * found.get(act, 0.0) / whole if whole else None
