"""Every address answers everybody in the cast as the table says, and what is refused does nothing.

`python -m tests.access` writes the table to docs/access.md, for people to read.
"""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.db import connection
from django.urls import get_resolver, path

from tests.access.audiences import STATUS, VIEWERS
from tests.access.document import DOCUMENT, written
from tests.access.house import undone
from tests.access.row import Row
from tests.access.table import TABLE
from tests.laws.test_doors import addresses

ASKED = [(row, "get") for row in TABLE if row.get] + [(row, "post") for row in TABLE if row.post]
DOOR = "/account/sign-in/"
NAMES_EVERYBODY = {
    "accounts": "accounts are looked after whether or not their owners work here",
    "account": "as above",
    "account_address": "as above",
    "people:roles": "whoever hands out a role sees who holds it",
    "ledger:records": "the ledger is about everybody",
    "ui:gallery": "made-up people of the same names",
}
TURNED_AWAY = {"refused", "unseen", "door", "closed"}


def asked(row: Row, method: str) -> list[str]:
    """Who asks: everybody; where the method is refused before the person is looked at, two."""
    return ["nobody", "tomas"] if method == "get" and row.get == 405 else list(VIEWERS)


def expected(row: Row, method: str, viewer: str) -> int:
    """The status that a viewer should get."""
    answer = row.who.answers[viewer]
    own = row.get if method == "get" else row.post
    if own == 405 and answer != "door":
        return 405
    return STATUS.get(answer, own)


def may_name(row: Row, viewer: str) -> bool:
    """Whether a page may name people who otherwise do not exist for the viewer.

    What is about oneself says who did it, and who the manager is or will be.
    """
    is_own = row.of == viewer or row.name in {"own_data", "own_data_file"}
    return is_own or row.name in NAMES_EVERYBODY


class Writing:
    """Notes what is written to the database, but for the use of sessions."""

    def __init__(self) -> None:
        self.statements: list[str] = []

    def __call__(self, execute, sql, params, many, context):
        of_sessions = '_session"' in sql or '_usersession"' in sql
        if sql.startswith(("INSERT", "UPDATE", "DELETE")) and not of_sessions:
            self.statements.append(sql)
        return execute(sql, params, many, context)


@dataclass
class Answer:
    """What somebody got: the status, where it leads, the text, and what was written meanwhile."""

    status: int
    leads_to: str
    text: str
    written: list[str]


def ask(house, row: Row, method: str, viewer: str) -> Answer:
    """What a viewer gets; the house stays as it was."""
    client, writing = house.clients[viewer], Writing()
    client.raise_request_exception = False
    cookies = client.cookies.copy()
    with undone(), connection.execute_wrapper(writing):
        sent = row.sent if method == "post" else {}
        answer = getattr(client, method)(house.address(row.name, row.of), sent)
    client.cookies = cookies
    return Answer(
        answer.status_code,
        answer.get("Location", ""),
        answer.content.decode(errors="replace"),
        writing.statements,
    )


@pytest.mark.parametrize(("row", "method"), ASKED, ids=str)
def test_everybody_gets_what_the_table_says_and_what_is_refused_changes_nothing(house, row, method):
    differences = {}
    for viewer in asked(row, method):
        got = ask(house, row, method, viewer)
        wanted = row.who.answers[viewer]
        if wanted == "door" and not got.leads_to.startswith(DOOR):
            differences[viewer] = f"{got.status} {got.leads_to} instead of the door"
        elif got.status != expected(row, method, viewer):
            differences[viewer] = f"{got.status} {got.leads_to}"
        elif wanted in TURNED_AWAY and got.written:
            differences[viewer] = f"refused, and yet: {got.written[0][:80]}"
        elif not may_name(row, viewer) and (names := house.hidden_in(got.text, viewer)):
            differences[viewer] = f"names {names}, who do not exist for this person"
    assert not differences, f"{row.who.reason} {differences}"


def unlisted_and_dead(patterns) -> tuple[set[str], set[str]]:
    """The addresses that tests/access/table.py has not, and its rows that are no address."""
    known = {name for name, _pattern in addresses(patterns)}
    listed = {row.name for row in TABLE}
    return known - listed, listed - known


def test_every_address_is_in_the_table_and_every_row_is_an_address():
    assert unlisted_and_dead(get_resolver().url_patterns) == (set(), set())


def test_an_address_that_nobody_listed_is_found():
    planted = path("everything/", lambda request: None, name="everything")
    unlisted, _dead = unlisted_and_dead([*get_resolver().url_patterns, planted])
    assert unlisted == {"everything"}


def test_a_reason_is_told_with_every_refusal(house):
    for row in TABLE:
        refused = [key for key, answer in row.who.answers.items() if answer == "refused"]
        if refused and row.get == 200:
            answer = house.clients[refused[0]].get(house.address(row.name, row.of))
            assert answer.status_code == 403, row
            assert "<h1" in answer.content.decode()


def test_the_document_says_what_the_table_says():
    assert DOCUMENT.read_text() == written(), "run python -m tests.access"
