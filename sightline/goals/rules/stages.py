"""From which stage a goal, or a period, can go to which."""

from __future__ import annotations

from collections.abc import Mapping

Transitions = Mapping[str, frozenset[str]]

GOAL: Transitions = {
    "draft": frozenset({"draft", "proposed"}),
    "proposed": frozenset({"proposed", "agreed", "closed"}),
    "agreed": frozenset({"proposed", "closed"}),
    "closed": frozenset(),
}
"""A goal is drafted, goes to and fro, is agreed; a change takes it to and fro again."""

PERIOD: Transitions = {"open": frozenset({"closed"}), "closed": frozenset({"open"})}
"""A period closes, and may be opened again for what was forgotten."""


def can_go(transitions: Transitions, now: str, to: str) -> bool:
    """Whether this step is one of those that there are."""
    return to in transitions.get(now, frozenset())
