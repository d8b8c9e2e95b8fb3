"""`sightline backup`: the database and the keys in one file, while everything runs."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from argparse import ArgumentParser, Namespace
from pathlib import Path

from sightline import __version__
from sightline.foundation.core.dates import now
from sightline.site.commands import archive, databases, migrate
from sightline.site.commands.base import Command, say
from sightline.site.environment import stop


def keys() -> dict[str, Path]:
    """The keys without which the database cannot be read or proved, and where they lie."""
    from django.conf import settings

    return {
        "secret-key": settings.VAR_DIR / "secret-key",
        "ledger-key": Path(settings.LEDGER_KEY_FILE),
    }


def add_arguments(parser: ArgumentParser) -> None:
    """Where to."""
    parser.add_argument(
        "file", type=Path, metavar="FILE", help="the file to write; never written over"
    )


def run(options: Namespace) -> int | None:
    """Copy the database as it is at one moment, and the keys."""
    target = options.file.resolve()
    if target.exists():
        stop(f"{target} is there already. Name a new file.")
    if not target.parent.is_dir():
        stop(f"the folder {target.parent} is not there.")
    manifest = back_up(target)
    size_mb = target.stat().st_size / 2**20
    say(f"Backed up to {target} ({size_mb:.1f} MB): {', '.join(manifest.sums)}.")
    say("Whoever has this file can read everything in it. Keep it as you keep the installation.")
    return None


def back_up(target: Path) -> archive.Manifest:
    """Make the archive, by way of a folder on the same disk."""
    from django.conf import settings

    database = databases.copier()
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".sightline-backup-") as name:
        folder = Path(name)
        database.copy_out(folder / database.file)
        files = [folder / database.file]
        for name_of_key, place in keys_in_force().items():
            files.append(Path(shutil.copy2(place, folder / name_of_key)))
        return archive.pack(
            target,
            files,
            made_at=now().isoformat(timespec="seconds"),
            version=__version__,
            database=database.name,
            demo=settings.DEMO,
            secret=fingerprint(settings.SECRET_KEY),
            migrations=migrate.applied(),
        )


def keys_in_force() -> dict[str, Path]:
    """The keys that are there and in use; a secret from the environment leaves its file unused."""
    from django.conf import settings

    there = {name: place for name, place in keys().items() if place.exists()}
    if "secret-key" in there and there["secret-key"].read_text().strip() != settings.SECRET_KEY:
        del there["secret-key"]
    return there


def fingerprint(secret: str) -> str:
    """Tells whether two secrets are the same, and nothing else about them."""
    return hashlib.sha256(b"sightline backup\0" + secret.encode()).hexdigest()[:16]


COMMAND = Command(
    name="backup",
    summary="back up a running installation into one file",
    description=(
        "Writes the database as it is at one moment, and the keys that it cannot be read without,\n"
        "into one tar with a manifest of SHA-256 sums. Everything goes on running meanwhile.\n"
        "On PostgreSQL this needs pg_dump, at least as new as the server."
    ),
    run=run,
    add_arguments=add_arguments,
)
