"""The X-matrix of a strategy: objectives, units, measures and owners, and what they lack."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import OuterRef, Subquery

from sightline.people.models import Employee, Employment, Unit, UnitPlacement
from sightline.people.queries.organisation import leads_on, units_seen_by
from sightline.people.viewer import Viewer
from sightline.strategy.models import Objective, Strategy
from sightline.strategy.queries.commitments import Charter, CommitmentSeen, charters_of
from sightline.strategy.queries.measures import MeasureSeen, measures_by_objective
from sightline.strategy.queries.strategies import objectives_of
from sightline.strategy.rules import coverage
from sightline.strategy.rules.coverage import Check, Finding, ObjectiveFacts

Failing = Sequence[Objective | MeasureSeen | Unit]


@dataclass(frozen=True, slots=True)
class Checked:
    """A check with the things that fail it."""

    finding: Finding
    failing: Failing


@dataclass(frozen=True, slots=True)
class RowOfMatrix:
    """An objective with its measures, the units that offer effort, and its owner when seen."""

    objective: Objective
    measures: list[MeasureSeen]
    commitments: list[CommitmentSeen]
    owner: Employee | None


@dataclass(frozen=True, slots=True)
class Matrix:
    """A strategy as its X-matrix shows it. `leads` are pairs of unit and owner."""

    strategy: Strategy
    rows: list[RowOfMatrix]
    charters: list[Charter]
    owners: list[Employee]
    leads: set[tuple[int, int]]
    checks: list[Checked]

    @property
    def measures(self) -> list[tuple[RowOfMatrix, MeasureSeen]]:
        """All measures with the rows of their objectives, in the order of the map."""
        return [(row, one) for row in self.rows for one in row.measures]


def matrix_of(viewer: Viewer, strategy: Strategy, day: date) -> Matrix:
    """Everything of a strategy that the X-matrix shows, in a fixed number of queries."""
    objectives = objectives_of(viewer, strategy)
    measures = measures_by_objective(viewer, objectives, day)
    charters = charters_of(viewer, strategy, own=False)
    offered: dict[int, list[CommitmentSeen]] = {}
    for charter in charters:
        for one in charter.commitments:
            offered.setdefault(one.commitment.objective_id, []).append(one)
    rows = [
        RowOfMatrix(
            objective=one,
            measures=measures.get(one.pk, []),
            commitments=offered.get(one.pk, []),
            owner=one.owner if _seen(one) else None,
        )
        for one in objectives
    ]
    owners = {row.owner.pk: row.owner for row in rows if row.owner}
    grants = leads_on(viewer, day, [one.unit.pk for one in charters])
    pairs = grants.filter(employee__in=owners).values_list("unit", "employee")
    leads = {(unit, employee) for unit, employee in pairs if unit}
    checks = _checks(viewer, strategy, rows, charters, day)
    return Matrix(strategy, rows, charters, list(owners.values()), leads, checks)


def _seen(objective: Objective) -> bool:
    return bool(getattr(objective, "owner_seen", False))


def _checks(
    viewer: Viewer,
    strategy: Strategy,
    rows: list[RowOfMatrix],
    charters: list[Charter],
    day: date,
) -> list[Checked]:
    """The checks; while it is a draft, those alone that ask nothing of units."""
    here = _at_work([row.objective.owner_id for row in rows], day)
    facts = [_facts(row, here) for row in rows]
    by_key = {row.objective.pk: row.objective for row in rows}
    found = [
        Checked(one, [by_key[key] for key in one.failing]) for one in coverage.of_objectives(facts)
    ]
    seen = {one.measure.pk: one for row in rows for one in row.measures}
    owners = {key: fact.owners for fact in facts for key in fact.measures}
    owned = coverage.of_measures({key: owners[key] for key in seen})
    found.append(Checked(owned, [seen[key] for key in owned.failing]))
    if strategy.is_draft:
        return [one for one in found if one.finding.check != Check.TAKEN_ON]
    return [*found, *_checks_of_units(viewer, charters, day)]


def _checks_of_units(viewer: Viewer, charters: list[Charter], day: date) -> list[Checked]:
    placed = UnitPlacement.objects.on(day).filter(unit=OuterRef("pk")).values("parent")[:1]
    rows = units_seen_by(viewer, day).annotate(parent=Subquery(placed)).order_by("name", "pk")
    units = {unit.pk: unit for unit in rows}
    parents: dict[int, int | None] = {unit.pk: unit.parent for unit in rows}
    serving = {one.unit.pk for one in charters if any(map(_holds, one.commitments))}
    serves = coverage.of_units(parents, serving)
    charted = {one.unit.pk: one.unit for one in charters}
    within = coverage.of_efforts(
        {one.unit.pk: [c.commitment.claimed_percent for c in one.commitments] for one in charters}
    )
    return [
        Checked(serves, [units[key] for key in serves.failing]),
        Checked(within, [charted[key] for key in within.failing]),
    ]


def _holds(one: CommitmentSeen) -> bool:
    return (one.commitment.agreed_percent or Decimal(0)) > 0


def _facts(row: RowOfMatrix, here: set[int]) -> ObjectiveFacts:
    return ObjectiveFacts(
        key=row.objective.pk,
        owners={row.objective.owner_id} & here,
        measures={one.measure.pk for one in row.measures},
        units={one.commitment.unit_id for one in row.commitments if _holds(one)},
    )


def _at_work(people: list[int], day: date) -> set[int]:
    """Those of some people who work here on a day, or will."""
    rows = Employment.objects.filter(employee__in=people, until_on__gt=day)
    return set(rows.values_list("employee", flat=True))
