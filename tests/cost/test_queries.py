"""What each page asks of the database: recorded, and the same with 20 rows as with 2.

Any change, up or down, fails until it is recorded:

    RECORD_COST=1 .venv/bin/pytest tests/cost
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from django.db import connection

from tests.access.audiences import VIEWERS
from tests.access.house import House, undone
from tests.access.row import Row
from tests.access.table import TABLE
from tests.company import Company, Statements
from tests.cost.rows import fill

RECORDED = Path(__file__).with_name("queries.json")
MOST = 15
FEW, MANY = 2, 20
PREFERRED = ["ingrid", "ruth", "samuel", "tomas", "nobody"]
MORE_THAN_MOST = {
    "own_data": "reads every table that knows of a person, once in a while",
    "own_data_file": "as above",
    "ledger:proof a record": "a file, worked out from the levels of the tree",
    "decisions:proof evidence of what was passed": "as above",
    "decisions:seal decision about tomas": "as above",
    "decisions:checks draft about tomas": "asks for all that a proposal is held against",
    "decisions:pick_evidence draft about tomas": "asks what each who may approve can read",
}
WITH_WORDS = {"search", "people:pick", "people:pick_unit", "people:pick_position"}


def looker(row: Row) -> str:
    """Whoever sees most of a page."""
    own = [row.of] if row.of in VIEWERS else []
    allowed = [key for key, answer in row.who.answers.items() if answer == "yes"]
    return next(key for key in [*PREFERRED, *own, *allowed] if key in allowed)


PAGES = {str(row): row for row in TABLE if row.get == 200 and "yes" in row.who.answers.values()} | {
    "home of a manager": Row("home", next(row for row in TABLE if row.name == "home").who),
    "insight:team of a manager": next(row for row in TABLE if row.name == "insight:team"),
}


class Reads:
    """Counts what goes to the database, savepoints apart, which a page in use does not make."""

    def __init__(self) -> None:
        self.statements: list[str] = []

    def __call__(self, execute, sql, params, many, context):
        if not sql.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK")):
            self.statements.append(sql)
        return execute(sql, params, many, context)


def cost(house: House, name: str) -> int:
    """How many queries a page makes, when it is not the first of its session."""
    row = PAGES[name]
    client = house.clients["ana" if name.endswith("of a manager") else looker(row)]
    url = house.address(row.name, row.of)
    asked = {"q": "e"} if row.name in WITH_WORDS else {}
    assert client.get(url, asked).status_code == 200
    with connection.execute_wrapper(reads := Reads()):
        client.get(url, asked)
    return len(reads.statements)


@pytest.fixture(scope="module")
def costs(_insertions: Statements, django_db_blocker) -> dict[int, dict[str, int]]:
    """The queries of every page, by how many rows there are."""
    found = {}
    with django_db_blocker.unblock():
        for count in (FEW, MANY):
            with undone():
                with connection.cursor() as cursor:
                    for statement, values in _insertions:
                        cursor.execute(statement, values)
                house = House(Company(), list(VIEWERS))
                fill(house, count)
                found[count] = {name: cost(house, name) for name in PAGES}
    if os.environ.get("RECORD_COST"):
        RECORDED.write_text(json.dumps(found[FEW], indent=2, sort_keys=True) + "\n")
    return found


@pytest.mark.django_db
def test_a_page_costs_the_same_with_20_rows_as_with_2(costs):
    grown = {
        name: (costs[FEW][name], costs[MANY][name])
        for name in PAGES
        if costs[FEW][name] != costs[MANY][name]
    }
    assert grown == {}


@pytest.mark.django_db
def test_a_page_costs_what_is_recorded(costs):
    recorded = json.loads(RECORDED.read_text())
    changed = {
        name: f"{recorded.get(name)} → {costs[FEW].get(name)}"
        for name in {*recorded, *PAGES}
        if recorded.get(name) != costs[FEW].get(name)
    }
    assert changed == {}, "if that is meant: RECORD_COST=1 pytest tests/cost, and commit the file"


def dear(recorded: dict[str, int]) -> dict[str, int]:
    """The pages that ask more than they should, and that nothing excuses."""
    return {
        name: count
        for name, count in recorded.items()
        if count > MOST and name not in MORE_THAN_MOST
    }


def test_no_page_asks_more_than_fifteen_times():
    assert dear(json.loads(RECORDED.read_text())) == {}


def test_every_excuse_is_still_needed():
    recorded = json.loads(RECORDED.read_text())
    assert [name for name in MORE_THAN_MOST if recorded.get(name, 0) <= MOST] == []


def test_a_page_that_asks_too_often_would_be_found():
    assert dear({"home": 15, "person tomas": 16}) == {"person tomas": 16}
