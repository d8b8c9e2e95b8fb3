"""Attacks at one moment: what two people do at once ends as if one had come after the other."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.load

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def found(request, tmp_path_factory):
    """What came of all races on one kind of database."""
    folder = tmp_path_factory.mktemp("races")
    if request.param == "sqlite":
        url = f"sqlite:///{folder / 'house.sqlite3'}"
    else:
        url = request.getfixturevalue("fresh_postgresql")
    done = subprocess.run(
        [sys.executable, "-m", "tests.attacks.race_crew"],
        cwd=ROOT,
        env=os.environ
        | {
            "DATABASE_URL": url,
            "SIGHTLINE_VAR": str(folder),
            "SIGHTLINE_HOSTS": "testserver",
            "SIGHTLINE_LOG_LEVEL": "ERROR",
        },
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr[-4000:]
    return json.loads(done.stdout.splitlines()[-1])


def test_one_vacant_post_takes_one_of_four(found):
    assert found["one_post"] == [[{"done": 1, "refused": 3}, 1]] * 4


def test_one_number_is_given_once(found):
    assert found["one_number"] == [[{"done": 1, "refused": 1}, 1]] * 4


def test_two_changes_make_no_circle_of_people(found):
    assert found["circle_of_people"] == [[{"done": 1, "refused": 1}, 1]] * 4


def test_two_moves_make_no_circle_of_units(found):
    assert found["circle_of_units"] == [[{"done": 1, "refused": 1}, 1]] * 4


def test_nobody_holds_a_post_that_closed_in_the_same_moment(found):
    assert [beyond for _outcome, beyond in found["closing_while_hiring"]] == [0] * 4
    assert all(outcome == {"done": 1, "refused": 1} for outcome, _ in found["closing_while_hiring"])


def test_a_unit_has_one_lead(found):
    assert found["one_lead"] == [[{"done": 1, "refused": 1}, 1]] * 4


def test_of_two_who_send_the_same_form_one_is_told(found):
    assert [outcome for outcome, _pays in found["one_form"]] == [{"302": 1, "422": 1}] * 4
