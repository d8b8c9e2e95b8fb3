"""What an address answers to whom: a line of the access table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.access.audiences import Audience

SOMETHING = {"sent": "1"}


@dataclass(frozen=True)
class Row:
    """An address with something in it, and what each viewer gets there."""

    name: str
    who: Audience
    of: str = ""
    get: int | None = 200
    post: int | None = None
    sent: Mapping[str, str] = field(default_factory=lambda: SOMETHING)

    def __str__(self) -> str:
        return f"{self.name} {self.of}".strip()


def form(name: str, who: Audience, of: str = "", **sent: str) -> Row:
    """A page with a form, which refuses what is sent here and says why."""
    return Row(name, who, of, get=200, post=422, sent=sent or SOMETHING)


def button(name: str, who: Audience, of: str = "", post: int = 302, **sent: str) -> Row:
    """An act by a button: it takes what is sent and shows nothing by itself."""
    return Row(name, who, of, get=405, post=post, sent=sent or SOMETHING)
