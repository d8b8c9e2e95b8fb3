"""Keeps the lines (who is above whom, on which days) in step with assignments and placements."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import date
from itertools import islice
from typing import Any, TypeVar

from django.db import models
from django.utils.translation import gettext as _

from sightline.foundation.core.errors import Refused
from sightline.foundation.core.spans import FOREVER, Span
from sightline.people.models import (
    Assignment,
    Employee,
    ReportingLine,
    Unit,
    UnitLine,
    UnitPlacement,
)
from sightline.people.rules.lines import Circle, Edge, Line, edges_upwards, lines_above

EVER = Span(date.min, FOREVER)
_MANY = 2_000
_Row = TypeVar("_Row", ReportingLine, UnitLine)


def redraw_reporting_lines(employees: Collection[int]) -> None:
    """Draw anew the lines above these employees and all who ever stood under them.

    Refuses a circle with the circle shown. Called by every action that changes who reports to whom.
    """
    below = ReportingLine.objects.filter(manager__in=employees).values_list("employee", flat=True)
    nodes = set(employees) | set(below)
    try:
        lines = _lines_of(nodes, _reporting_edges)
    except Circle as circle:
        raise Refused(circle_of_people(circle.path), field="manager") from circle
    _store(ReportingLine, "manager", "employee", nodes, lines)


def redraw_all_reporting_lines() -> None:
    """Draw all lines anew, after many changes at once."""
    nodes = set(Assignment.objects.values_list("employee", flat=True))
    redraw_reporting_lines(nodes)


def redraw_unit_lines(units: Collection[int]) -> None:
    """Draw anew the lines above these units and all that ever stood under them."""
    below = UnitLine.objects.filter(above__in=units).values_list("unit", flat=True)
    nodes = set(units) | set(below)
    try:
        lines = _lines_of(nodes, _placement_edges)
    except Circle as circle:
        names = Unit.objects.in_bulk(circle.path)
        path = " → ".join(names[unit].name for unit in circle.path)
        raise Refused(_("That would be a circle: %s.") % path, field="parent") from circle
    own = [Line(unit.pk, unit.pk, 0, unit.span) for unit in Unit.objects.filter(pk__in=nodes)]
    _store(UnitLine, "above", "unit", nodes, [*lines, *own])


def circle_of_people(path: Iterable[int]) -> str:
    """A circle in a sentence, with names."""
    path = list(path)
    names = Employee.objects.in_bulk(path)
    return _("That would be a circle: %s.") % " → ".join(names[node].name for node in path)


def _lines_of(nodes: set[int], edges_of: Callable[[set[int] | None], list[Edge]]) -> list[Line]:
    upwards = edges_upwards(_edges_needed(nodes, edges_of))
    return [line for node in nodes for line in lines_above(node, upwards, EVER)]


def _edges_needed(nodes: set[int], edges_of: Callable[[set[int] | None], list[Edge]]) -> list[Edge]:
    """The edges on all ways up: level by level for few nodes, the whole graph for many."""
    if len(nodes) > _MANY:
        return edges_of(None)
    edges: list[Edge] = []
    known: set[int] = set()
    wanted = set(nodes)
    while wanted:
        found = edges_of(wanted)
        edges += found
        known |= wanted
        wanted = {edge.above for edge in found} - known
    return edges


def _reporting_edges(below: set[int] | None) -> list[Edge]:
    rows = Assignment.objects.filter(manager__isnull=False)
    return _edges(rows, "employee", "manager", below)


def _placement_edges(below: set[int] | None) -> list[Edge]:
    return _edges(UnitPlacement.objects.all(), "unit", "parent", below)


def _edges(
    rows: models.QuerySet[Any], below_field: str, above_field: str, below: set[int] | None
) -> list[Edge]:
    if below is not None:
        rows = rows.filter(**{f"{below_field}__in": below})
    return [
        Edge(node, above, Span(start, end))
        for node, above, start, end in rows.values_list(
            below_field, above_field, "from_on", "until_on"
        )
    ]


def _store(
    model: type[_Row], above_field: str, below_field: str, nodes: set[int], lines: list[Line]
) -> None:
    """Write the difference between the lines that are and those that should be."""
    wanted = {
        (line.above, line.below, line.depth, line.span.start, line.span.end) for line in lines
    }
    fields = (above_field, below_field, "depth", "from_on", "until_on")
    stored = model.objects.all()
    if len(nodes) <= _MANY:
        stored = stored.filter(**{f"{below_field}__in": nodes})
    gone: list[int] = []
    for pk, *row in stored.values_list("pk", *fields).iterator(chunk_size=10_000):
        key = tuple(row)
        if key in wanted:
            wanted.discard(key)
        elif row[1] in nodes:
            gone.append(pk)
    for start in range(0, len(gone), 5_000):
        stored.model.objects.filter(pk__in=gone[start : start + 5_000]).delete()
    columns = (f"{above_field}_id", f"{below_field}_id", "depth", "from_on", "until_on")
    fresh = iter(sorted(wanted))
    while rows := list(islice(fresh, 5_000)):
        model.objects.bulk_create(model(**dict(zip(columns, row, strict=True))) for row in rows)
