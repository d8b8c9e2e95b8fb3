"""Who stands over whom, on which days: the closure of a graph whose edges hold for spans of days.

An edge says that `below` stands directly under `above` during a span. On any day each node has
one edge upwards at most, so the lines above a node are found by walking up, cutting the span at
each step to the days on which all steps hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sightline.foundation.core.spans import Span


@dataclass(frozen=True, slots=True)
class Edge:
    """`below` stands directly under `above` during `span`."""

    below: int
    above: int
    span: Span


@dataclass(frozen=True, slots=True)
class Line:
    """`below` stands under `above` through `depth` steps during `span`."""

    above: int
    below: int
    depth: int
    span: Span


class Circle(Exception):  # noqa: N818 - a finding, not a fault
    """Somebody would stand under himself. `path` runs from a node up to the same node."""

    def __init__(self, path: Sequence[int]) -> None:
        super().__init__(f"a circle: {' → '.join(map(str, path))}")
        self.path = list(path)


Upwards = Mapping[int, Sequence[Edge]]
"""The edges by the node below."""


def edges_upwards(edges: Iterable[Edge]) -> dict[int, list[Edge]]:
    """The edges in the form that `lines_above` reads."""
    upwards: dict[int, list[Edge]] = {}
    for edge in edges:
        upwards.setdefault(edge.below, []).append(edge)
    return upwards


def lines_above(node: int, upwards: Upwards, span: Span) -> list[Line]:
    """All lines from a node upwards within a span, few and long; raises Circle."""
    found: dict[tuple[int, int], list[Span]] = {}
    for line in _walk(node, upwards, span, (node,)):
        found.setdefault((line.above, line.depth), []).append(line.span)
    return [
        Line(above, node, depth, whole)
        for (above, depth), spans in found.items()
        for whole in _run_together(spans)
    ]


def _walk(node: int, upwards: Upwards, span: Span, path: tuple[int, ...]) -> Iterator[Line]:
    for edge in upwards.get(path[-1], ()):
        if not (common := edge.span & span):
            continue
        if edge.above in path:
            raise Circle([*path[path.index(edge.above) :], edge.above])
        yield Line(edge.above, node, len(path), common)
        yield from _walk(node, upwards, common, (*path, edge.above))


def _run_together(spans: list[Span]) -> list[Span]:
    """Spans that touch, as one; those of one node never overlap."""
    result: list[Span] = []
    for span in sorted(spans):
        if result and result[-1].end == span.start:
            result[-1] = Span(result[-1].start, span.end)
        else:
            result.append(span)
    return result


def find_circle(edges: Iterable[Edge], nodes: Iterable[int], span: Span) -> list[int] | None:
    """The first circle met when walking up from the nodes, as a path; None when there is none."""
    upwards = edges_upwards(edges)
    for node in nodes:
        try:
            lines_above(node, upwards, span)
        except Circle as circle:
            return circle.path
    return None
