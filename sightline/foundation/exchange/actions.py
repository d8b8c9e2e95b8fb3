"""The steps of an import. What is imported, and who may, the apps above decide."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _

from sightline.foundation.core.dates import now
from sightline.foundation.core.errors import Refused
from sightline.foundation.exchange.errors import CellError
from sightline.foundation.exchange.models import Import, packed
from sightline.foundation.identity.models import Account
from sightline.foundation.jobs.queries import progress_of

State = Import.State
KEPT = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Found:
    """What reading a file found: how it was read, what would change, what is wrong."""

    headers: dict[str, Any] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    counts: dict[str, Any] = field(default_factory=dict)
    errors: list[CellError] = field(default_factory=list)
    plan: Any = None
    digest: str = ""


def bring_file(
    *, by: Account, kind: str, file_name: str, data: bytes, choices: dict[str, Any]
) -> Import:
    """Keep a file that someone chose, with what was decided along with it."""
    return Import.objects.create(
        by=by, kind=kind, file_name=file_name[-255:], file=data, choices=choices
    )


def start(*, imported: Import, state: str, choices: dict[str, Any]) -> None:
    """An import goes to a job (see `give_to`); once at a time.

    `choices` are laid over those made before.
    """
    kept = Import.objects.select_for_update(no_key=True).get(pk=imported.pk)
    if kept.is_working and not is_stuck(kept):
        raise Refused(_("This file is being worked on. Wait until that is done."))
    if state == State.UNDOING and kept.state not in {State.IMPORTED, State.UNDOING}:
        raise Refused(_("This import is not done, or is undone already."))
    if state != State.UNDOING and kept.file is None:
        raise Refused(_("The file is no longer kept. Choose it again."))
    imported.choices = kept.choices | choices
    imported.state = state
    imported.save(update_fields=["choices", "state"])


def give_to(*, imported: Import, job: str) -> None:
    """Remember which job has the import in hand."""
    imported.job = job
    imported.save(update_fields=["job"])


def is_stuck(imported: Import) -> bool:
    """Whether the job that had the import in hand was given up."""
    progress = progress_of(imported.job)
    return progress is None or progress.is_over


def keep_dry_run(*, imported: Import, found: Found, refused: Iterable[str] = ()) -> None:
    """Keep what reading the file found; `refused` are sentences against the file as a whole."""
    sentences = list(refused)
    imported.state = State.REFUSED if sentences else State.DRY_RUN
    imported.notes = sentences or found.notes
    imported.counts = found.counts
    imported.errors = [error.as_json() for error in found.errors]
    imported.plan = packed(found.plan)
    imported.plan_digest = found.digest
    imported.headers = found.headers
    imported.save(
        update_fields=["state", "headers", "notes", "counts", "errors", "plan", "plan_digest"]
    )


def finish(*, imported: Import, before: Any) -> None:
    """The import is done: the file goes, what an undo needs is kept."""
    imported.state = State.IMPORTED
    imported.done_at = now()
    imported.before = packed(before)
    imported.file = None
    imported.save(update_fields=["state", "done_at", "before", "file"])


def finish_undo(*, imported: Import) -> None:
    """What the import did is undone."""
    imported.state = State.UNDONE
    imported.before = None
    imported.save(update_fields=["state", "before"])


def keep_as_imported(*, imported: Import, notes: list[str]) -> None:
    """The undo was refused: the import stands, and the notes say why."""
    imported.state = State.IMPORTED
    imported.notes = notes
    imported.save(update_fields=["state", "notes"])


def drop_old_files() -> int:
    """Forget files that nobody imported for 30 days, and what undos of imports of that age need."""
    before = now() - KEPT
    files = Import.objects.filter(started_at__lt=before, file__isnull=False)
    undos = Import.objects.filter(done_at__lt=before, before__isnull=False)
    return files.update(file=None) + undos.update(before=None)
