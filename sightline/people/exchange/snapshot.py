"""The organisation in memory, from a day on: read once, in few queries, whatever its size."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from django.db.models import Q
from django.utils.translation import gettext as _

from sightline.foundation.core.models import Dated
from sightline.people import policies
from sightline.people.models import (
    Assignment,
    Employee,
    Employment,
    Job,
    Position,
    Responsibility,
    Unit,
    UnitLine,
    UnitPlacement,
)
from sightline.people.viewer import Viewer

_Row = TypeVar("_Row", bound=Dated)
_Key = TypeVar("_Key", str, int)


@dataclass(slots=True)
class Snapshot:
    """What stands on a day or is planned after it. Rows point at each other, so no more queries.

    All is found by code or number, but `duties` and `holders` (numbers of people) by the identity
    of their position's row. Lists are in the order of time. A plan works on these copies: what it
    adds is found by what comes next. `scope` (codes of units), `kept` and `seen` (keys of people)
    are what the viewer may change and see; None is all.
    """

    day: date
    units: dict[str, Unit] = field(default_factory=dict)
    placements: dict[str, list[UnitPlacement]] = field(default_factory=dict)
    jobs: dict[str, Job] = field(default_factory=dict)
    positions: dict[str, list[Position]] = field(default_factory=dict)
    duties: dict[int, list[Responsibility]] = field(default_factory=dict)
    people: dict[str, Employee] = field(default_factory=dict)
    employments: dict[str, list[Employment]] = field(default_factory=dict)
    assignments: dict[str, list[Assignment]] = field(default_factory=dict)
    holders: dict[int, set[str]] = field(default_factory=dict)
    scope: frozenset[str] | None = None
    kept: frozenset[int] | None = None
    seen: frozenset[int] | None = None

    def position(self, code: str) -> Position | None:
        """The position of this code that stands on the day, or the next planned."""
        return self.first(self.positions.get(code, []))

    def parent(self, unit: Unit) -> UnitPlacement | None:
        """Where a unit stands on the day, or will first."""
        return self.first(self.placements.get(unit.code, []))

    def employment(self, person: Employee) -> Employment | None:
        """The employment that holds on the day, or the next planned."""
        return self.first(self.employments.get(person.number, []))

    def assignment(self, person: Employee) -> Assignment | None:
        """The post that a person holds on the day, or will first."""
        return self.first(self.assignments.get(person.number, []))

    def first(self, rows: list[_Row]) -> _Row | None:
        """The first row that has not ended by the day."""
        return next((row for row in rows if row.until_on > self.day), None)

    def in_scope(self, unit: Unit) -> bool:
        """Whether the viewer may change what is in this unit."""
        return self.scope is None or unit.code in self.scope

    def keeps(self, person: Employee) -> bool:
        """Whether the viewer may change this person: one who is new, or whose file he keeps."""
        return self.kept is None or person.pk is None or person.pk in self.kept

    def sees(self, person: Employee) -> bool:
        """Whether this person exists for the viewer."""
        return self.seen is None or person.pk is None or person.pk in self.seen

    def name_of(self, person: Employee) -> str:
        """How a sentence names a person whom the viewer may not know."""
        return person.name if self.sees(person) else _("somebody else")

    def widen(self, code: str) -> None:
        """A unit that the viewer is about to open is in scope as well."""
        if self.scope is not None:
            self.scope |= {code}


def take(viewer: Viewer, day: date) -> Snapshot:
    """Read the organisation as it is on a day and as it is planned after it."""
    units = {unit.pk: unit for unit in Unit.objects.all()}
    jobs = {job.pk: job for job in Job.objects.all()}
    people = {person.pk: person for person in Employee.objects.order_by("pk")}
    positions = {
        row.pk: row
        for row in _linked(
            Position.objects.filter(until_on__gt=day).order_by("from_on"), unit=units, job=jobs
        )
    }
    snapshot = Snapshot(
        day=day,
        units={unit.code: unit for unit in units.values()},
        jobs={job.code: job for job in jobs.values()},
        people={person.number: person for person in people.values()},
        scope=_scope(viewer, units),
        kept=_keys(viewer, policies.in_hands_of(viewer)),
        seen=_keys(viewer, policies.employees_visible_to(viewer)),
    )
    snapshot.positions = _grouped(positions.values(), lambda row: row.code)
    placements = UnitPlacement.objects.filter(until_on__gt=day).order_by("from_on")
    snapshot.placements = _grouped(
        _linked(placements, unit=units, parent=units), lambda row: row.unit.code
    )
    duties = Responsibility.objects.filter(position__in=Position.objects.filter(until_on__gt=day))
    duties = duties.order_by("place", "pk")
    snapshot.duties = _grouped(_linked(duties, position=positions), lambda row: id(row.position))
    employments = Employment.objects.order_by("from_on")
    snapshot.employments = _grouped(
        _linked(employments, employee=people), lambda row: row.employee.number
    )
    assignments = Assignment.objects.filter(until_on__gt=day).order_by("from_on")
    held = _linked(assignments, employee=people, position=positions, manager=people)
    snapshot.assignments = _grouped(held, lambda row: row.employee.number)
    for row in held:
        snapshot.holders.setdefault(id(row.position), set()).add(row.employee.number)
    return snapshot


def _keys(viewer: Viewer, whose: Q) -> frozenset[int] | None:
    """The keys of these people; None for an HR administrator, who keeps all but the own file."""
    if viewer.is_hr_administrator:
        return None
    return frozenset(Employee.objects.filter(whose).values_list("pk", flat=True))


def _linked(rows: Iterable[Any], **links: dict[int, Any]) -> list[Any]:
    """The rows, their foreign keys filled from rows read before."""
    found = list(rows)
    for name, targets in links.items():
        for row in found:
            key = getattr(row, f"{name}_id")
            if key in targets:
                row._state.fields_cache[name] = targets[key]
    return found


def _grouped(rows: Iterable[Any], key: Callable[[Any], _Key]) -> dict[_Key, list[Any]]:
    groups: dict[_Key, list[Any]] = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    return groups


def _scope(viewer: Viewer, units: dict[int, Unit]) -> frozenset[str] | None:
    """The codes of the units whose people the viewer looks after; None for all."""
    if viewer.is_hr_administrator:
        return None
    lines = UnitLine.objects.on(viewer.today).filter(above__in=viewer.units_partnered)
    return frozenset(units[pk].code for pk in lines.values_list("unit", flat=True))
