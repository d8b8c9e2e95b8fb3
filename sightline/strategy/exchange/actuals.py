"""Values of measures as a table: what its columns are, and what its rows would do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from sightline.foundation.exchange.columns import Column
from sightline.people.exchange.columns import Kind
from sightline.people.exchange.further import Reported
from sightline.people.exchange.plan import CHANGED, NEW, SAME, Plan
from sightline.people.exchange.rows import Line
from sightline.people.viewer import Viewer
from sightline.strategy.actions import bringing
from sightline.strategy.actions.bringing import Value
from sightline.strategy.models import Measure
from sightline.strategy.models.measures import DECIMALS, EXACT_DIGITS
from sightline.strategy.queries.measures import corrected_values, measures_in_force
from sightline.strategy.rules.numbers import plain

ACTUALS = "actuals"
LARGEST = Decimal(10) ** (EXACT_DIGITS - DECIMALS)


def kind() -> Kind:
    """A value a row: of which measure, on which day."""
    columns = (
        Column(
            "objective",
            _("Objective"),
            ("code", "objective code", "goal"),
            help=_("Its code or title; needed where two measures have the same name."),
            example="O3",
        ),
        Column(
            "measure",
            _("Measure"),
            ("kpi", "metric", "indicator", "name"),
            required=True,
            help=_("The name of a measure of the strategy in force."),
            example=_("Would recommend us, of 100"),
        ),
        Column("on", _("Measured on"), ("date", "day", "on", "as of"), required=True, kind="day"),
        Column(
            "value",
            _("Value"),
            ("actual", "actual value", "result"),
            required=True,
            kind="number",
            help=_("In the unit of the measure. Of a day that has a value, it is a correction."),
            example="44",
        ),
    )
    return Kind(ACTUALS, _("values of measures"), columns, ("measure",))


@dataclass(slots=True)
class _Known:
    """The measures by name, the values that stand, and in which row a day was first."""

    measures: dict[str, list[Measure]] = field(default_factory=lambda: defaultdict(list))
    values: dict[tuple[int, date], Decimal] = field(default_factory=dict)
    first: dict[tuple[int, date], int] = field(default_factory=dict)


def plan_actuals(plan: Plan, lines: list[Line]) -> None:
    """Hold the rows against the values there are. Every fault of a row is told, one a cell."""
    known = _Known()
    for measure in measures_in_force(plan.viewer):
        known.measures[_folded(measure.name)].append(measure)
    every = [one for found in known.measures.values() for one in found]
    known.values = corrected_values(every)
    for line in lines:
        _plan_row(plan, line, known)


def _plan_row(plan: Plan, line: Line, known: _Known) -> None:
    measure, on, value = _measure(plan, line, known), line.day("on"), line.number("value")
    if value is not None and (abs(value) >= LARGEST or value != round(value, DECIMALS)):
        words = _("Write a number with at most %(whole)d digits and %(parts)d decimals.")
        plan.wrong(line, "value", words % {"whole": EXACT_DIGITS - DECIMALS, "parts": DECIMALS})
    if on is not None and on > plan.viewer.today:
        plan.wrong(line, "on", _("That day is yet to come."))
    elif on is not None and measure and on < measure.baseline_on:
        plan.wrong(line, "on", _("The baseline was measured later than that."))
    if measure is None or on is None or value is None or plan.is_wrong(line):
        return
    key = (measure.pk, on)
    if key in known.first:
        words = _("Row %(row)s has this day already.")
        plan.wrong(line, "on", words % {"row": known.first[key]})
        return
    known.first[key] = line.row
    stands = known.values.get(key)
    if stands == value:
        plan.note(line, SAME, measure.objective.code, measure.name, [])
        return
    plan.further.append(Value(measure, on, value))
    said = [("on", "", line.cells["on"]), ("value", "", plain(value))]
    if stands is not None:
        said = [("value", plain(stands), plain(value))]
    act = NEW if stands is None else CHANGED
    plan.note(line, act, measure.objective.code, measure.name, said)


def _measure(plan: Plan, line: Line, known: _Known) -> Measure | None:
    name, objective = _folded(line.text("measure")), _folded(line.text("objective"))
    if not name:
        return None
    found = known.measures.get(name, [])
    if not found:
        plan.wrong(line, "measure", _("The strategy in force has no measure of this name."))
        return None
    if objective:
        found = [one for one in found if objective in _names(one)]
        if not found:
            plan.wrong(line, "objective", _("This objective has no measure of this name."))
            return None
    if len(found) > 1:
        codes = ", ".join(one.objective.code for one in found)
        words = _("Several objectives have a measure of this name: %s. Say which.")
        plan.wrong(line, "objective", words % codes)
        return None
    return found[0]


def _names(measure: Measure) -> set[str]:
    return {_folded(measure.objective.code), _folded(measure.objective.title)}


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def carry_out(by: Viewer, plan: Plan, import_id: int, report: Reported) -> Any:
    """Record the values of a plan; tells what `take_back` needs."""
    return bringing.bring_actuals(by=by, values=plan.further, import_id=import_id, report=report)


def take_back(by: Viewer, before: Any, import_id: int, report: Reported) -> None:
    """Take the values back again, those that no later one corrects."""
    bringing.take_actuals_back(by=by, actuals=before, import_id=import_id, report=report)


def rows(viewer: Viewer, day: date) -> Iterator[list[Any]]:
    """The values of the strategy in force up to a day, corrected, by objective and measure."""
    measures = measures_in_force(viewer)
    values = corrected_values(measures)
    by_measure: dict[int, list[tuple[date, Decimal]]] = defaultdict(list)
    for (key, on), value in sorted(values.items()):
        by_measure[key].append((on, value))
    for measure in measures:
        for on, value in by_measure[measure.pk]:
            if on <= day:
                yield [measure.objective.code, measure.name, on, plain(value)]
