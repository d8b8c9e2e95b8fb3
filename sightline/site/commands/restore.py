"""`sightline restore`: an installation as it was when its backup was made."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from argparse import ArgumentParser, Namespace
from pathlib import Path

from sightline.site.commands import archive, databases, migrate
from sightline.site.commands.backup import fingerprint, keys
from sightline.site.commands.base import Command, say
from sightline.site.environment import database_identity, stop


def add_arguments(parser: ArgumentParser) -> None:
    """Where from, and whether what is here may go."""
    parser.add_argument(
        "file", type=Path, metavar="FILE", help="a file that `sightline backup` wrote"
    )
    parser.add_argument(
        "--force", action="store_true", help="replace what is in the database; it is lost"
    )


def run(options: Namespace) -> int | None:
    """Check the file, put everything in place, and verify the ledger."""
    if not options.force and not database_is_free():
        stop("this database is not empty. Restore into an empty one, or say --force to replace it.")
    source = options.file.resolve()
    with tempfile.TemporaryDirectory(prefix="sightline-restore-") as name:
        folder = Path(name)
        manifest = archive.unpack(source, folder)
        refuse_what_does_not_fit(manifest, source)
        refuse_what_cannot_be_unsealed(manifest, folder)
        say(f"Restoring the backup of {manifest.made_at}")
        put_back(manifest, folder)
    if migrate.migrations_are_missing():
        migrate.migrate()
    return verify_anew()


def database_is_free() -> bool:
    """Whether there is nothing in the database that a restore would destroy."""
    from django.db import connection

    from sightline.site.commands.demo import database_is_empty

    tables = connection.introspection.table_names()
    return "identity_account" not in tables or database_is_empty()


def refuse_what_does_not_fit(manifest: archive.Manifest, source: Path) -> None:
    """Stop before anything is changed."""
    database = databases.copier()
    if manifest.database != database.name:
        stop(
            f"{source} is a backup of {manifest.database}, and this installation runs on "
            f"{database.name}. Set DATABASE_URL to a {manifest.database} database."
        )
    if not migrate.known().issuperset(manifest.migrations):
        stop(
            f"{source} was made by a newer Sightline ({manifest.version}). Install that version "
            "first."
        )


def refuse_what_cannot_be_unsealed(manifest: archive.Manifest, folder: Path) -> None:
    """Stop unless the key that will be read is the one that the backup was made with."""
    from django.conf import settings

    if manifest.secret == fingerprint(settings.SECRET_KEY):
        return
    if not brings_its_secret(manifest, folder):
        stop(
            "the backup holds no secret key, and SIGHTLINE_SECRET_KEY is not the one it was made "
            "with. Set it to that one; without it nothing sealed can be read."
        )
    if secret_comes_from_elsewhere():
        stop(
            "the backup brings its own secret key, but SIGHTLINE_SECRET_KEY or its file is set "
            "here and would hide it. Unset it, then run this again."
        )


def brings_its_secret(manifest: archive.Manifest, folder: Path) -> bool:
    """Whether the secret in the backup is the one that sealed what is in it."""
    packed = folder / "secret-key"
    return packed.exists() and fingerprint(packed.read_text().strip()) == manifest.secret


def secret_comes_from_elsewhere() -> bool:
    """Whether the key that will be put in place is not the one that would be read."""
    return any(os.environ.get(f"SIGHTLINE_SECRET_KEY{end}", "").strip() for end in ("", "_FILE"))


def put_back(manifest: archive.Manifest, folder: Path) -> None:
    """The database, whole or not at all; once it is here, the keys that open it."""
    from django.conf import settings
    from django.db import connection

    connection.close()
    database = databases.copier()
    database.copy_in(folder / database.file)
    if not brings_its_secret(manifest, folder):
        (folder / "secret-key").unlink(missing_ok=True)
    for key, place in keys().items():
        if (folder / key).exists():
            put_key_back(folder / key, place)
    settings.DEMO_MARK.unlink(missing_ok=True)
    if manifest.demo:
        settings.DEMO_MARK.write_text(database_identity(settings.DATABASES["default"]))


def put_key_back(packed: Path, place: Path) -> None:
    """Put a key in its place. Another that was there is kept, under a name that is its alone."""
    if place.exists():
        here = archive.sum_of(place)
        if here == archive.sum_of(packed):
            return
        place.replace(place.with_name(f"{place.name}.before-restore-{here[:12]}"))
    shutil.copy2(packed, place)
    place.chmod(0o600)


def verify_anew() -> int:
    """`sightline verify` as a process of its own, which reads the restored keys."""
    command = [sys.executable, "-m", "sightline.site.command", "verify"]
    return subprocess.run(command).returncode  # noqa: S603  # our own command


COMMAND = Command(
    name="restore",
    summary="restore an installation from a backup",
    description=(
        "Checks the sums of a backup, puts its keys and its database in place, brings it to this\n"
        "version and verifies the ledger. Stop the server first. Refuses when the database is not\n"
        "empty, unless --force is given."
    ),
    run=run,
    add_arguments=add_arguments,
)
