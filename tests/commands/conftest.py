"""Installations to try commands on."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.commands.installation import Installation


@pytest.fixture
def empty(tmp_path):
    """A folder in which nothing was done yet, on SQLite."""
    return Installation(tmp_path)


@pytest.fixture(scope="session")
def template(tmp_path_factory):
    """An installation that has been started once, on SQLite; the tests take copies of it."""
    made = Installation(tmp_path_factory.mktemp("template"))
    with made.server("--prepare"):
        pass
    return made


@pytest.fixture
def prepared(template, tmp_path):
    """An installation that has been started before, on SQLite."""
    return Installation(Path(shutil.copytree(template.folder, tmp_path / "prepared")))


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def installation(request, tmp_path_factory):
    """A migrated installation, on SQLite and on PostgreSQL."""
    url = request.getfixturevalue("fresh_postgresql") if request.param == "postgresql" else ""
    made = Installation(tmp_path_factory.mktemp("installation"), url)
    made.done("migrate")
    return made
