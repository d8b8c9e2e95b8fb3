"""Figures of many units, put together by the largest parts of the organisation."""

from __future__ import annotations

from datetime import date

from sightline.people.models import Unit, UnitLine
from sightline.people.queries.organisation import units_seen_by
from sightline.people.viewer import Viewer


def divisions(viewer: Viewer, day: date) -> dict[int, Unit]:
    """For each unit of a day the one above it right under a top unit, or itself. Two queries."""
    units = {unit.pk: unit for unit in units_seen_by(viewer, day)}
    lines = UnitLine.objects.on(day).order_by("unit", "-depth").values_list("unit", "above")
    above: dict[int, list[int]] = {}
    for unit, upper in lines:
        above.setdefault(unit, []).append(upper)
    found = {}
    for unit in units:
        line = above.get(unit, [unit])
        found[unit] = units[line[min(1, len(line) - 1)]]
    return found
