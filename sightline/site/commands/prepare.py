"""What must stand before the first page: tables, and files for the browser."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.conf import settings

from sightline.site.commands import migrate
from sightline.site.commands.base import say


def prepare() -> None:
    """Bring the database to this version."""
    if migrate.migrations_are_missing():
        say("Bringing the database to this version")
        migrate.migrate()


def collect_static_files() -> None:
    """Put styles, scripts, fonts and pictures where the server takes them from, compressed."""
    from django.core.management import call_command

    stamp = Path(settings.STATIC_ROOT) / ".collected"
    wanted = fingerprint(static_files())
    if stamp.exists() and stamp.read_text() == wanted:
        return
    say("Collecting the files for the browser")
    call_command("collectstatic", verbosity=0, interactive=False, clear=True, skip_checks=True)
    stamp.write_text(wanted)


def static_files() -> Iterator[tuple[str, Path]]:
    """Every file that the browser may ask for, by its name and where an app keeps it."""
    from django.contrib.staticfiles.finders import get_finders

    for finder in get_finders():
        for name, storage in finder.list([]):
            yield name, Path(storage.path(name))


def fingerprint(files: Iterable[tuple[str, Path]]) -> str:
    """A word that changes whenever one of the files does."""
    digest = hashlib.sha256()
    for name, path in sorted(files):
        found = path.stat()
        digest.update(f"{name}\0{found.st_size}\0{found.st_mtime_ns}\n".encode())
    return digest.hexdigest()
