"""Installations to measure: a fresh one on either database, or one with a company in it."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests import postgres
from tests.commands.installation import ROOT, Installation

House = Installation
KEPT = ROOT / "var" / "bench"


@contextmanager
def fresh_house(database: str) -> Iterator[House]:
    """A migrated installation that is thrown away; PostgreSQL writes as safely as for real data."""
    with tempfile.TemporaryDirectory(prefix="sightline-bench-") as name:
        if database == "SQLite":
            house = House(Path(name))
            house.done("migrate")
            yield house
            return
        with postgres.cluster(safe=True) as url:
            house = House(Path(name), url)
            house.done("migrate")
            yield house


@contextmanager
def company_house(size: int) -> Iterator[House]:
    """An installation with the demo company of a size; kept until its sources change."""
    folder = KEPT / f"company-{size}"
    stamp, wanted = folder / "stamp", fingerprint_of_sources()
    if not stamp.exists() or stamp.read_text() != wanted:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        print(f"Making a company of {size:,} people", flush=True)
        house = House(folder)
        house.patience_seconds = 3600
        house.done("migrate")
        house.done("demo", "--size", str(size))
        stamp.write_text(wanted)
    yield House(folder)


def fingerprint_of_sources() -> str:
    """Changes whenever the demo company or the tables do."""
    digest = hashlib.sha256()
    sources = [
        *ROOT.glob("sightline/site/demo/**/*"),
        *ROOT.glob("sightline/**/migrations/*.py"),
    ]
    for path in sorted(path for path in sources if path.is_file() and path.suffix != ".pyc"):
        digest.update(os.fsencode(path) + path.read_bytes())
    return digest.hexdigest()
