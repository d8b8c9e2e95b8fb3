"""`sightline import`: the same dry run and the same import as on the page."""

from __future__ import annotations

import pytest

UNITS = "Code,Name,Kind,Parent\nLARK,Lark,Company,\nPLAT,Platform,Department,LARK\n"
COUNT = "from sightline.people.models import Unit\nprint(Unit.objects.count())"


@pytest.fixture
def founded(prepared):
    """An installation in which Ana may import."""
    prepared.done("found", "Ana Ribeiro", "ana@example.org")
    return prepared


@pytest.fixture
def units(tmp_path):
    """A file with two units."""
    file = tmp_path / "units.csv"
    file.write_text(UNITS)
    return file


def test_a_dry_run_shows_and_changes_nothing(founded, units):
    said = founded.done("import", "units", units, "--by", "ana@example.org", "--dry-run")
    assert "2 new" in said
    assert founded.within(COUNT) == "0"


def test_a_file_is_imported_once(founded, units):
    words = ("import", "units", units, "--by", "ana@example.org")
    assert founded.done(*words).endswith("Imported.\n")
    assert founded.within(COUNT) == "2"
    assert "Nothing to import" in founded.done(*words)


def test_errors_are_told_by_row_and_column_and_nothing_is_imported(founded, units):
    units.write_text(UNITS + "DATA,Data,Department,NONE\n")
    done = founded.sightline("import", "units", units, "--by", "ana@example.org")
    assert done.returncode == 1
    assert "row 4, parent: " in done.stdout
    assert founded.within(COUNT) == "0"


def test_whoever_is_not_known_imports_nothing(founded, units):
    said = founded.refused("import", "units", units, "--by", "nobody@example.org")
    assert said == "sightline: nobody who works here signs in as nobody@example.org."


def test_a_file_that_is_not_there_is_told(founded, tmp_path):
    nowhere = tmp_path / "nowhere.csv"
    said = founded.refused("import", "units", nowhere, "--by", "ana@example.org")
    assert f"{nowhere} cannot be used" in said
