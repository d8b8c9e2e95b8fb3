"""A backup as a file: a tar of the database and the keys, with a manifest of what is in it.

Anybody can open it with tar; `manifest.json` gives each file's SHA-256.
"""

from __future__ import annotations

import hashlib
import json
import os
import tarfile
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from sightline.site.environment import stop

FORMAT = 1
MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a backup says of itself."""

    made_at: str
    version: str
    database: str
    demo: bool
    secret: str
    sums: dict[str, str]
    migrations: list[str] = field(default_factory=list)
    format: int = FORMAT


def sum_of(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def pack(target: Path, files: list[Path], **said: Any) -> Manifest:
    """Write the archive beside its place and move it there: there is never half of one."""
    manifest = Manifest(sums={path.name: sum_of(path) for path in files}, **said)
    note = files[0].parent / MANIFEST
    note.write_text(json.dumps(asdict(manifest), indent=2) + "\n")
    partial = target.with_name(target.name + ".partial")
    try:
        with open(os.open(partial, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "wb") as out:
            with tarfile.open(fileobj=out, mode="w") as archive:
                for path in [note, *files]:
                    archive.add(path, arcname=path.name)
            out.flush()
            os.fsync(out.fileno())
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)
    return manifest


def unpack(source: Path, folder: Path) -> Manifest:
    """Take the archive apart into a folder; a sentence when it is not whole."""
    try:
        with tarfile.open(source) as archive:
            archive.extractall(folder, filter="data")
        said = json.loads((folder / MANIFEST).read_text())
        if said["format"] != FORMAT:
            stop(f"{source} was made by Sightline {said['version']}. Install that version first.")
        manifest = Manifest(**said)
    except FileNotFoundError as error:
        stop(
            f"{error.filename} is not there."
            if error.filename == str(source)
            else not_a_backup(source)
        )
    except (tarfile.TarError, ValueError, TypeError, KeyError, EOFError):
        stop(not_a_backup(source))
    for name, expected in manifest.sums.items():
        path = folder / name
        if not path.is_file() or sum_of(path) != expected:
            stop(f"{source} is damaged: {name} is not what the manifest says. Take another backup.")
    return manifest


def not_a_backup(source: Path) -> str:
    """What to say of a file that `sightline backup` did not make, or that was cut short."""
    return f"{source} is not a whole backup of Sightline."
