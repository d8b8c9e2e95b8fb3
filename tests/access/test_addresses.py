"""Every address answers everybody in the cast as the table says, and what is refused does nothing.

`python -m tests.access` writes the table to docs/access.md, for people to read.
"""

from __future__ import annotations

import pytest
from django.db import connection
from django.urls import get_resolver

from tests.access.audiences import STATUS, VIEWERS
from tests.access.document import DOCUMENT, written
from tests.access.house import undone
from tests.access.table import TABLE, Row
from tests.laws.test_doors import addresses

ASKED = [(row, "get") for row in TABLE if row.get] + [(row, "post") for row in TABLE if row.post]
DOOR = "/account/sign-in/"
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


class Writing:
    """Notes what is written to the database, but for the use of sessions."""

    def __init__(self) -> None:
        self.statements: list[str] = []

    def __call__(self, execute, sql, params, many, context):
        of_sessions = '_session"' in sql or '_usersession"' in sql
        if sql.startswith(("INSERT", "UPDATE", "DELETE")) and not of_sessions:
            self.statements.append(sql)
        return execute(sql, params, many, context)


def ask(house, row: Row, method: str, viewer: str) -> tuple[int, str, list[str]]:
    """Status, where it leads, and what was written; the house stays as it was."""
    client, writing = house.clients[viewer], Writing()
    client.raise_request_exception = False
    cookies = client.cookies.copy()
    with undone(), connection.execute_wrapper(writing):
        sent = row.sent if method == "post" else {}
        answer = getattr(client, method)(house.address(row.name, row.of), sent)
    client.cookies = cookies
    return answer.status_code, answer.get("Location", ""), writing.statements


@pytest.mark.parametrize(("row", "method"), ASKED, ids=str)
def test_everybody_gets_what_the_table_says_and_what_is_refused_changes_nothing(house, row, method):
    differences = {}
    for viewer in asked(row, method):
        status, leads_to, written = ask(house, row, method, viewer)
        answer = row.who.answers[viewer]
        if answer == "door" and not leads_to.startswith(DOOR):
            differences[viewer] = f"{status} {leads_to} instead of the door"
        elif status != expected(row, method, viewer):
            differences[viewer] = f"{status} {leads_to}"
        elif answer in TURNED_AWAY and written:
            differences[viewer] = f"refused, and yet: {written[0][:80]}"
    assert not differences, f"{row.who.reason} {differences}"


def test_every_address_is_in_the_table_and_every_row_is_an_address():
    known = {name for name, _pattern in addresses(get_resolver().url_patterns)}
    listed = {row.name for row in TABLE}
    assert known - listed == set(), "not in tests/access/table.py"
    assert listed - known == set(), "in tests/access/table.py, but no address"


def test_an_address_that_nobody_listed_would_be_found():
    listed = {row.name for row in TABLE}
    assert {"goals:everything", "home"} - listed == {"goals:everything"}


def test_a_reason_is_told_with_every_refusal(house):
    for row in TABLE:
        refused = [key for key, answer in row.who.answers.items() if answer == "refused"]
        if refused and row.get == 200:
            answer = house.clients[refused[0]].get(house.address(row.name, row.of))
            assert answer.status_code == 403, row
            assert "<h1" in answer.content.decode()


def test_the_document_says_what_the_table_says():
    assert DOCUMENT.read_text() == written(), "run python -m tests.access"
