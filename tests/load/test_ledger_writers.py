"""Eight processes write to the ledger at once; the log holds all they wrote, once, in order."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from sightline.foundation.ledger.bench import measure

pytestmark = pytest.mark.load

WRITERS = 8
SECONDS = 4
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def sqlite(tmp_path):
    """A database file of this test."""
    return f"sqlite:///{tmp_path}/ledger.sqlite3"


@pytest.mark.parametrize("database", ["sqlite", "fresh_postgresql"])
def test_eight_writers_lose_double_and_reorder_nothing(database, request, tmp_path):
    environment = {
        "DATABASE_URL": request.getfixturevalue(database),
        "SIGHTLINE_VAR": str(tmp_path),
        "PYTHONPATH": str(ROOT),
    }
    subprocess.run(
        [sys.executable, ROOT / "manage.py", "migrate", "ledger", "--verbosity=0"],
        env=os.environ | environment,
        check=True,
    )
    measured = measure(writers=WRITERS, seconds=SECONDS, environment=environment)
    print(
        f"{database}: {measured.per_second:.0f} events a second, "
        f"slowest {measured.slowest_ms:.0f} ms, {measured.failed} failed"
    )
    assert measured.failed == 0
    assert measured.written > 0
    for writer, count in measured.expected.items():
        assert measured.found.get(writer, []) == list(range(count))
    assert measured.broken == ""
