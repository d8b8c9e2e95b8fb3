"""The power goes in the midst of an import, or of its undo: nothing is half done."""

from __future__ import annotations

import pytest

from tests.load.conftest import House

pytestmark = pytest.mark.load

UNITS_BEFORE = 4
UNITS_IN_FILE = 200
TABLES = ("people_unit", "people_unitplacement", "people_unitline", "ledger_record")


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def importing_house(request, tmp_path_factory):
    """A house in which an import waits for a worker."""
    folder = tmp_path_factory.mktemp("house")
    if request.param == "sqlite":
        url = f"sqlite:///{folder / 'house.sqlite3'}"
    else:
        url = request.getfixturevalue("fresh_postgresql")
    house = House(folder, url, module="tests.load.import_crew")
    house.run("prepare")
    yield house
    house.close()


def counted(house):
    return {table: house.rows(f"SELECT count(*) FROM {table}")[0][0] for table in TABLES}


def state(house):
    return house.rows("SELECT state FROM exchange_import ORDER BY id DESC LIMIT 1")[0][0]


def cut_in(house, step):
    """Let a worker take the job (over), wait until it has come to this step, and kill it."""
    worker = house.start("work_until", step)
    assert worker.stdout.readline() == "in the midst\n"
    house.kill(worker)


def work(house):
    """A new worker takes the job over once the lease of the dead one has run out."""
    waiting = "SELECT 1 FROM jobs_job WHERE state IN ('waiting', 'running') LIMIT 1"
    for _attempt in range(60):
        house.run("work")
        if not house.rows(waiting):
            return
    pytest.fail("the job was never taken over")


def test_a_power_cut_leaves_nothing_half_done_and_the_job_is_taken_up_again(importing_house):
    house = importing_house
    before = counted(house)
    for step in ("Writing", "Recording"):
        cut_in(house, step)
        assert counted(house) == before
        assert state(house) == "importing"
    work(house)
    assert state(house) == "imported"
    after = counted(house)
    assert after["people_unit"] == UNITS_BEFORE + UNITS_IN_FILE
    assert after["ledger_record"] == before["ledger_record"] + UNITS_IN_FILE + 1
    undone(house, before)


def undone(house, before):
    """The same for the undo."""
    imported = counted(house)
    house.run("undo")
    for step in ("Drawing the lines",):
        cut_in(house, step)
        assert counted(house) == imported
        assert state(house) == "undoing"
    work(house)
    assert state(house) == "undone"
    after = counted(house)
    assert after == before | {"ledger_record": imported["ledger_record"] + 1}
