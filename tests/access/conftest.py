"""One house for all tests of a file; each test's changes are undone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection

from tests.access.audiences import VIEWERS
from tests.access.house import House, undone
from tests.company import Company, Statements


@pytest.fixture(scope="module")
def _built(_insertions: Statements, django_db_blocker) -> Iterator[House]:
    """The house, made once for a file of tests and rolled back after the last of them."""
    with django_db_blocker.unblock(), undone():
        with connection.cursor() as cursor:
            for statement, values in _insertions:
                cursor.execute(statement, values)
        yield House(Company(), list(VIEWERS))


@pytest.fixture(autouse=True)
def _proofs_last(settings) -> None:
    """Everybody proved himself when the house was made, and the table takes minutes."""
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 3600


@pytest.fixture
def house(_built: House, db: None) -> House:
    """The house as it was made; what a test does to it is rolled back (`db`)."""
    return _built
