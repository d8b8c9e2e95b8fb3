"""`sightline import`: people and the organisation from a file."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sightline.site.commands.base import Command, say
from sightline.site.environment import stop

if TYPE_CHECKING:
    from sightline.foundation.exchange.models import Import
    from sightline.people.viewer import Viewer

KINDS = ["units", "jobs", "positions", "responsibilities", "people", "everything"]
SHOWN = 50


def add_arguments(parser: ArgumentParser) -> None:
    """What is in the file, on whose behalf it is imported, and whether to change anything."""
    parser.add_argument("kind", choices=KINDS, help=f"what the file holds: {', '.join(KINDS)}")
    parser.add_argument("file", type=Path, help="a CSV or XLSX file with the columns of a template")
    parser.add_argument(
        "--by", required=True, metavar="EMAIL", help="who imports; must be allowed to"
    )
    parser.add_argument(
        "--from",
        dest="day",
        type=date.fromisoformat,
        metavar="DAY",
        help="the day from which it holds, such as 2026-12-01 (default: today)",
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="show what would change, and change nothing"
    )


def run(options: Namespace) -> int | None:
    """Import the file, all of it or nothing."""
    from django.core.exceptions import PermissionDenied

    from sightline.foundation.core.errors import Refused

    viewer = viewer_by_email(options.by)
    try:
        data = options.file.read_bytes()
        imported = dry_run(viewer, options, data)
        if tell(imported):
            return 1
        return None if options.dry_run else carry_out(viewer, imported)
    except Refused as refusal:
        stop(" ".join(sentence for _field, sentence in refusal.reasons))
    except PermissionDenied as denied:
        stop(str(denied) or f"{options.by} may not import.")


def viewer_by_email(email: str) -> Viewer:
    """The person who imports."""
    from sightline.foundation.identity.models import Account
    from sightline.people.viewer import viewer_of

    account = Account.objects.filter(email__iexact=email, is_active=True).first()
    viewer = viewer_of(account) if account else None
    return viewer or stop(f"nobody who works here signs in as {email}.")


def dry_run(viewer: Viewer, options: Namespace, data: bytes) -> Import:
    """Bring the file and read it here and now; a worker that comes later finds it done."""
    from sightline.people.exchange.steps import bring
    from sightline.people.exchange.work import read_file

    imported = bring(
        by=viewer,
        kind=options.kind,
        file_name=options.file.name,
        data=data,
        day=options.day or viewer.today,
    )
    read_file.call(imported.pk)
    imported.refresh_from_db()
    return imported


def tell(imported: Import) -> bool:
    """Say what was found; whether anything is wrong."""
    for note in imported.notes:
        say(note)
    if imported.state == imported.State.REFUSED:
        return True
    errors = imported.cell_errors
    for error in errors[:SHOWN]:
        say(f"row {error.row}, {error.column.rpartition('.')[2]}: {error.sentence}")
    if len(errors) > SHOWN:
        say(f"… and {len(errors) - SHOWN} more")
    counts: dict[str, Any] = imported.counts
    told = [f"{counts[act]} {act}" for act in ("new", "changed", "ended", "same", "wrong")]
    say(f"{', '.join(told)}.")
    return bool(errors)


def carry_out(viewer: Viewer, imported: Import) -> int:
    """Import what the dry run showed; 1 when something came between."""
    from sightline.people.exchange.steps import ask_import
    from sightline.people.exchange.work import carry_out_import

    if not any(imported.counts[act] for act in ("new", "changed", "ended")):
        say("Nothing to import: everything is as the file says.")
        return 0
    ask_import(by=viewer, imported=imported)
    carry_out_import.call(imported.pk)
    imported.refresh_from_db()
    if imported.state != imported.State.IMPORTED:
        tell(imported)
        return 1
    say("Imported.")
    return 0


COMMAND = Command(
    name="import",
    summary="import people, units, positions and what belongs to them from a file",
    description=(
        "Reads a CSV or XLSX file, all of it or nothing. Every error is told with its row and\n"
        "column. The same file twice changes nothing. The import can be undone on its page by the\n"
        "person who imported. Exit status 1, and nothing changed, when something is wrong."
    ),
    run=run,
    add_arguments=add_arguments,
)
