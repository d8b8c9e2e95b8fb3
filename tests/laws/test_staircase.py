"""Imports and foreign keys run downhill: an app knows the apps below it, never those above."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps

from tests.laws.law import ROOT
from tests.laws.pages import STAIRCASE

UPHILL = {
    "sightline/foundation/core/planted.py": "import sightline.people.models",
    "sightline/foundation/ledger/planted.py": "import sightline.foundation.identity.models",
    "sightline/people/queries/planted.py": "import sightline.people.actions.posts",
    "sightline/people/rules/planted.py": "import django.db",
}
CONTRACTS = [
    "An app knows only the apps below it",
    "Foundations stand on core",
    "Inside an app, each file leans only on the files beneath it",
    "rules.py is arithmetic: no framework, no database",
]


def contracts(folder: Path) -> tuple[int, str]:
    """What import-linter says of a house: whether all is well, and the report."""
    program = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    done = subprocess.run(
        [sys.executable, "-c", program, "--no-cache"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def copy_of_the_house(tmp_path):
    """The product's Python with nothing in it but imports, and the contracts."""
    for path in ROOT.glob("sightline/**/*.py"):
        copied = tmp_path / path.relative_to(ROOT)
        copied.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copied)
    shutil.copyfile(ROOT / ".importlinter", tmp_path / ".importlinter")
    return tmp_path


def test_imports_run_downhill():
    code, report = contracts(ROOT)
    assert code == 0, report


def test_planted_imports_are_found_by_every_contract(copy_of_the_house):
    for path, line in UPHILL.items():
        (copy_of_the_house / path).write_text(line)
    code, report = contracts(copy_of_the_house)
    assert code != 0
    broken = [line for line in report.splitlines() if line.endswith("BROKEN")]
    assert [name for name in CONTRACTS if any(name in line for line in broken)] == CONTRACTS


def test_a_folder_that_nobody_planned_is_found(copy_of_the_house):
    (copy_of_the_house / "sightline" / "helpers").mkdir()
    (copy_of_the_house / "sightline" / "helpers" / "__init__.py").touch()
    code, report = contracts(copy_of_the_house)
    assert code != 0
    assert "sightline.helpers" in report


def step(module: str) -> int:
    """How high an app of ours stands; packages stand below all."""
    parts = module.split(".")
    if parts[0] != "sightline":
        return -1
    return STAIRCASE.index(".".join(parts[1 : 3 if parts[1] == "foundation" else 2]))


def uphill(keys: list[tuple[str, str, str]]) -> list[str]:
    """The foreign keys, as (name, from app, to app), that lead to an app further up."""
    return [name for name, here, there in keys if step(there) > step(here)]


def keys_of_the_house() -> list[tuple[str, str, str]]:
    """Every foreign key of ours, with the modules of its two ends."""
    return [
        (f"{model.__name__}.{field.name}", model.__module__, field.related_model.__module__)
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete and model.__module__.startswith("sightline.")
    ]


def test_foreign_keys_run_downhill():
    keys = keys_of_the_house()
    assert keys
    assert uphill(keys) == []


def test_planted_foreign_keys_are_told_apart():
    people, ledger = "sightline.people.models.employees", "sightline.foundation.ledger.models"
    planted = [
        ("Record.employee", ledger, people),
        ("Employee.account", people, "sightline.foundation.identity.models"),
        ("Unit.parent", people, people),
        ("Draft.content_type", "sightline.foundation.drafts.models", "django.contrib.x.models"),
    ]
    assert uphill(planted) == ["Record.employee"]


def test_the_steps_are_those_of_the_contracts():
    written = (ROOT / ".importlinter").read_text()
    for app in STAIRCASE:
        assert app.rsplit(".", 1)[-1] in written
