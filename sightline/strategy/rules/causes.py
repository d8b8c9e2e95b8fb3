"""What drives what: links between objectives, without circles."""

from __future__ import annotations

from collections.abc import Iterable

Link = tuple[int, int]
"""(what drives, what is driven)."""


def circle_through(links: Iterable[Link], new: Link) -> list[int] | None:
    """The circle that a new link would close, from its start back to it; None when there is none.

    Searches breadth first, so that the circle shown is a shortest one.
    """
    onwards: dict[int, list[int]] = {}
    for start, end in links:
        onwards.setdefault(start, []).append(end)
    start, end = new
    came_from: dict[int, int] = {end: start}
    ways = [end]
    while ways and start not in ways:
        reached = []
        for here in ways:
            for there in onwards.get(here, ()):
                if there not in came_from:
                    came_from[there] = here
                    reached.append(there)
        ways = reached
    return _walked_back(came_from, start) if start in ways else None


def _walked_back(came_from: dict[int, int], start: int) -> list[int]:
    path, here = [start], came_from[start]
    while here != start:
        path.append(here)
        here = came_from[here]
    return [start, *reversed(path[1:]), start]
