"""From which stage a strategy, or a commitment, can go to which."""

from __future__ import annotations

from collections.abc import Mapping

Transitions = Mapping[str, frozenset[str]]

STRATEGY: Transitions = {
    "draft": frozenset({"in_force"}),
    "in_force": frozenset({"superseded"}),
    "superseded": frozenset(),
}
"""A strategy is written, holds, and is followed by another. None comes back."""

COMMITMENT: Transitions = {
    "proposed": frozenset({"proposed", "agreed", "passed_back"}),
    "passed_back": frozenset({"proposed"}),
    "agreed": frozenset({"proposed"}),
}
"""A commitment goes to and fro until both sides accept the same share, and may be taken up anew."""


def can_go(transitions: Transitions, now: str, to: str) -> bool:
    """Whether this step is one of those that there are."""
    return to in transitions.get(now, frozenset())
