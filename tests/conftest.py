"""What the tests of the whole house stand on."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests import postgres

ON_BOTH_DATABASES_ALREADY = ("commands", "install")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that bring their own databases need not be run once more on PostgreSQL."""
    for item in items:
        if item.path.parent.name in ON_BOTH_DATABASES_ALREADY:
            item.add_marker(pytest.mark.processes)


def missing(what: str) -> None:
    """A part of the machine is not there: a skip at a desk, a failure where all must be tested."""
    say = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
    say(what)


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """The address of a PostgreSQL, started once for all tests that need one."""
    if not postgres.is_there():
        missing("PostgreSQL is not installed: sudo apt install postgresql")
    with postgres.server() as url:
        yield url


@pytest.fixture(scope="module")
def fresh_postgresql(postgresql_server: str) -> Iterator[str]:
    """The address of an empty database on PostgreSQL."""
    with postgres.database(postgresql_server) as url:
        yield url
