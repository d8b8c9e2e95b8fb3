"""docs/access.md, written from the table."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tests.access.audiences import VIEWERS
from tests.access.row import Row
from tests.access.table import CHAPTERS

DOCUMENT = Path(__file__).parents[2] / "docs" / "access.md"

HEAD = """# Who gets what at which address

Written by `python -m tests.access` from `tests/access/table.py`, which is also the test: every
address of the product is asked for as everybody in the cast, and must answer as it says here. The
reasons are those of [decisions/0005](decisions/0005-who-sees-whom.md).

| sign | what happens |
| --- | --- |
| ● | it is for this person |
| – | refused: there is such a thing, and the page says why it is not for this person (403) |
| blank | for this person there is no such thing (404) |
| door | sent to sign in |
| on | sent on, for there is nothing to do here |
| 401 | a script is told that nobody is signed in |
"""
SIGNS = {"yes": "●", "refused": "–", "unseen": "", "door": "door", "on": "on", "closed": "401"}


def written() -> str:
    """The whole document."""
    return "\n".join([HEAD, *the_cast(), *(line for name in CHAPTERS for line in chapter(name))])


def the_cast() -> Iterator[str]:
    """Who the columns are."""
    yield from ("| column | who |", "| --- | --- |")
    yield from (f"| {key} | {who} |" for key, who in VIEWERS.items())
    yield ""


def chapter(name: str) -> Iterator[str]:
    """The addresses of a chapter, each with a line for every audience."""
    yield from (f"## {name}", "")
    yield f"| address | {' | '.join(VIEWERS)} | why |"
    yield "| --- |" + " :-: |" * len(VIEWERS) + " --- |"
    yield from (line(row) for row in CHAPTERS[name])
    yield ""


def line(row: Row) -> str:
    """One address with something in it."""
    methods = [word for word, status in (("see", row.get), ("send", row.post)) if status]
    does = "send" if row.get == 405 else " and ".join(methods)
    name = f"`{row.name}`" + (f" {row.of}" if row.of else "")
    signs = " | ".join(SIGNS[row.who.answers[key]] for key in VIEWERS)
    return f"| {name}, {does} | {signs} | {row.who.reason} |"
