"""The organisation as files: the columns that imports read, of what the viewer looks after."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.db import transaction

from sightline.foundation.access.decisions import require
from sightline.foundation.exchange.tables import Table, write_csv, write_xlsx
from sightline.foundation.ledger.record import record
from sightline.people.events import PeopleExported
from sightline.people.exchange.columns import (
    EVERYTHING,
    JOBS,
    PEOPLE,
    POSITIONS,
    RESPONSIBILITIES,
    UNITS,
    Kind,
    kinds,
    label,
)
from sightline.people.exchange.further import FURTHER
from sightline.people.exchange.snapshot import Snapshot, take
from sightline.people.policies.imports import may_exchange, may_exchange_jobs
from sightline.people.viewer import Viewer

CSV, XLSX = "csv", "xlsx"


@transaction.atomic
def export(*, by: Viewer, kind: str, file_format: str, day: date) -> bytes:
    """A file of the organisation on a day, in the viewer's scope. Leaves a record."""
    require(may_exchange(by))
    if kind in {JOBS, EVERYTHING}:
        require(may_exchange_jobs(by))
    tables = [_table(one, rows) for one, rows in _rows(by, kind, day)]
    record(PeopleExported(label(kind), sum(len(list(table.rows)) for table in tables)), by=by)
    if file_format == CSV and len(tables) == 1:
        return write_csv(tables[0].headers, tables[0].rows)
    return write_xlsx(*tables)


def _rows(by: Viewer, kind: str, day: date) -> Iterator[tuple[Kind, Iterable[list[Any]]]]:
    """The kinds of tables that a file holds, each with its rows."""
    if kind in FURTHER:
        require(FURTHER[kind].may(by))
        yield FURTHER[kind].kind(), FURTHER[kind].rows(by, day)
        return
    snapshot = take(by, day)
    for one in kinds(kind):
        yield one, _ROWS[one.name](snapshot)


def _table(kind: Kind, rows: Iterable[list[Any]]) -> Table:
    return Table(kind.label.capitalize(), [one.label for one in kind.columns], list(rows))


def _units(snapshot: Snapshot) -> Iterator[list[Any]]:
    standing = [unit for unit in snapshot.units.values() if snapshot.day in unit.span]
    for unit in sorted(standing, key=lambda one: one.code):
        if snapshot.in_scope(unit):
            placed = snapshot.parent(unit)
            parent = placed.parent.code if placed and snapshot.day in placed.span else ""
            yield [unit.code, unit.name, str(unit.get_kind_display()), parent, unit.purpose]


def _jobs(snapshot: Snapshot) -> Iterator[list[Any]]:
    for job in sorted(snapshot.jobs.values(), key=lambda one: one.code):
        yield [
            *(job.code, job.title, job.family, job.level),
            *(job.currency, job.pay_from, job.pay_to),
        ]


def _standing(snapshot: Snapshot) -> Iterator[Any]:
    """The positions on the day, by code."""
    for code in sorted(snapshot.positions):
        position = snapshot.position(code)
        if position and snapshot.day in position.span and snapshot.in_scope(position.unit):
            yield position


def _positions(snapshot: Snapshot) -> Iterator[list[Any]]:
    for position in _standing(snapshot):
        yield [
            *(position.code, position.title, position.unit.code),
            *(position.job.code, position.purpose),
        ]


def _responsibilities(snapshot: Snapshot) -> Iterator[list[Any]]:
    for position in _standing(snapshot):
        for duty in snapshot.duties.get(id(position), []):
            if snapshot.day in duty.span:
                yield [position.code, duty.title, duty.weight_percent, duty.standard]


def _people(snapshot: Snapshot) -> Iterator[list[Any]]:
    for number in sorted(snapshot.people):
        person = snapshot.people[number]
        employment = snapshot.employment(person)
        if employment is None or snapshot.day not in employment.span:
            continue
        held = snapshot.assignment(person)
        if held is not None and snapshot.day not in held.span:
            held = None
        if snapshot.scope is not None and not (held and snapshot.in_scope(held.position.unit)):
            continue
        yield [
            *(person.number, person.name, person.known_as, person.family_name),
            *(person.email, person.location, person.time_zone),
            held.position.code if held else "",
            held.manager.number if held and held.manager else "",
            held.share_percent if held else "",
            employment.from_on,
        ]


_ROWS = {
    UNITS: _units,
    JOBS: _jobs,
    POSITIONS: _positions,
    RESPONSIBILITIES: _responsibilities,
    PEOPLE: _people,
}
