"""What a person may do with a file: bring it, put its columns and cells right, import, undo."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from django_tasks.base import Task

from sightline.foundation.access.decisions import require
from sightline.foundation.core.errors import Refused
from sightline.foundation.exchange import actions
from sightline.foundation.exchange.models import Import
from sightline.people.exchange.columns import EVERYTHING, JOBS
from sightline.people.exchange.further import FURTHER
from sightline.people.exchange.work import carry_out_import, read_file, undo_import
from sightline.people.policies.imports import may_exchange, may_exchange_jobs, may_undo
from sightline.people.viewer import Viewer

State = Import.State


def bring(
    *,
    by: Viewer,
    kind: str,
    file_name: str,
    data: bytes,
    day: date,
    missing_left: bool = False,
    left_on: date | None = None,
) -> Import:
    """Bring a file and have it read. `day` is the day from which it holds."""
    require(may_exchange(by))
    if kind in {JOBS, EVERYTHING}:
        require(may_exchange_jobs(by))
    if kind in FURTHER:
        require(FURTHER[kind].may(by))
    if by.account is None:
        raise PermissionDenied(_("Only somebody who signs in imports."))
    choices = days_chosen(day=day, missing_left=missing_left, left_on=left_on)
    with transaction.atomic():
        imported = actions.bring_file(
            by=by.account, kind=kind, file_name=file_name, data=data, choices=choices
        )
        _start(imported, State.READING, read_file, {})
    return imported


def days_chosen(*, day: date, missing_left: bool, left_on: date | None) -> dict[str, Any]:
    """The choices about days, as they are kept."""
    return {
        "day": day.isoformat(),
        "missing_left": missing_left,
        "left_on": (left_on or day).isoformat() if missing_left else None,
    }


def read_again(*, by: Viewer, imported: Import, choices: dict[str, Any]) -> None:
    """Read the file anew with other choices: columns, sheet, encoding, days."""
    _require_open(by, imported)
    _start(imported, State.READING, read_file, choices)


def mend(*, by: Viewer, imported: Import, cells: dict[tuple[str, int, str], str]) -> None:
    """Write cells anew, each named by kind of table, row and column, and read the file again."""
    mends = {(kind, row, key): text for kind, row, key, text in imported.choices.get("mends", ())}
    kept = [[*place, text] for place, text in (mends | cells).items()]
    read_again(by=by, imported=imported, choices={"mends": kept})


def ask_import(*, by: Viewer, imported: Import) -> None:
    """Have carried out what the dry run shows."""
    _require_open(by, imported)
    if imported.state != State.DRY_RUN or imported.errors:
        raise Refused(_("Nothing is imported while a row is wrong."))
    if not any(imported.counts.get(act) for act in ("new", "changed", "ended")):
        raise Refused(_("Nothing would change."))
    _start(imported, State.IMPORTING, carry_out_import, {})


def ask_undo(*, by: Viewer, imported: Import) -> None:
    """Have an import taken back."""
    require(may_undo(by, imported))
    _start(imported, State.UNDOING, undo_import, {})


@transaction.atomic
def _start(imported: Import, state: str, work: Task[..., None], choices: dict[str, Any]) -> None:
    """The stage and the job are committed together, or neither is."""
    actions.start(imported=imported, state=state, choices=choices)
    actions.give_to(imported=imported, job=str(work.enqueue(import_id=imported.pk).id))


def _require_open(by: Viewer, imported: Import) -> None:
    require(may_exchange(by))
    if imported.state in {State.IMPORTED, State.UNDONE}:
        raise Refused(_("This file was imported already. Choose it again to import it anew."))
    if by.account is None or imported.by_id != by.account.pk:
        raise PermissionDenied(_("Only the person who brought the file goes on with it."))
