"""The state of a review cycle as a file: what its page shows, sheet by sheet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from sightline.foundation.access.decisions import require
from sightline.foundation.exchange.tables import Table, write_xlsx
from sightline.foundation.ledger.record import record
from sightline.insight.events import CycleExported
from sightline.insight.queries.cycles import (
    CycleSeen,
    ManagerRow,
    StageRow,
    cycle_seen,
    managers_seen,
)
from sightline.insight.rules import Work
from sightline.people.viewer import Viewer
from sightline.reviews.models import Cycle
from sightline.reviews.policies import may_see_people
from sightline.reviews.queries.load import people_to_remind


@transaction.atomic
def export_cycle(*, by: Viewer, cycle: Cycle) -> bytes:
    """An XLSX file of a cycle's parts, units, managers and of whom to remind. Leaves a record."""
    require(may_see_people(by, cycle))
    seen = cycle_seen(by, cycle)
    waiting = list(people_to_remind(by, cycle))
    managers = managers_seen(by, cycle)
    tables = [_stages(seen), _units(seen), _managers(managers), _waiting(waiting)]
    record(CycleExported(cycle.pk, cycle.name, len(managers), len(waiting)), by=by)
    return write_xlsx(*tables)


def _columns(*names: str) -> list[str]:
    """For each of these a column of what is done, open and late."""
    return [
        title
        for name in names
        for title in (
            _("%s: done") % name,
            _("%s: open") % name,
            _("%s: late") % name,
        )
    ]


def _cells(*parts: Work) -> list[int]:
    return [number for part in parts for number in (part.done, part.open, part.late)]


def _stages(seen: CycleSeen) -> Table:
    headers = [_("Part"), _("From"), _("Last day"), _("Done"), _("Open"), _("Late"), _("Percent")]
    return Table(_("Parts"), headers, [_stage(row) for row in seen.stages])


def _stage(row: StageRow) -> list[Any]:
    counts = [row.work.done, row.work.open, row.work.late] if row.work else [None, None, None]
    stage = row.stage
    return [str(stage.get_kind_display()), stage.from_on, stage.last_on, *counts, row.percent]


def _units(seen: CycleSeen) -> Table:
    parts = (_("Self"), _("Managers"), _("Shared"), _("Read"))
    headers = [_("Unit"), _("People"), *_columns(*parts)]
    rows: Sequence[list[Any]] = [
        [
            row.unit.name if row.unit else _("Smaller units together"),
            row.people,
            *_cells(row.own, row.managers, row.shared, row.read),
        ]
        for row in seen.units
    ]
    return Table(_("Units"), headers, rows)


def _managers(managers: Sequence[ManagerRow]) -> Table:
    headers = [_("Manager"), _("People"), *_columns(_("Self"), _("Managers"))]
    rows: Sequence[list[Any]] = [
        [row.name, row.people, *_cells(row.own, row.managers)] for row in managers
    ]
    return Table(_("Managers"), headers, rows)


def _waiting(people: Sequence[Any]) -> Table:
    headers = [_("Person"), _("Own review open"), _("Forms about reports open")]
    rows = [[one.name, one.self_open, one.reports_open] for one in people]
    return Table(_("To remind"), headers, rows)
