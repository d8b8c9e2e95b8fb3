"""When a save is taken, and when it would overwrite what somebody else's page wrote."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

LIMIT_BYTES = 1024 * 1024
"""How much text one draft holds."""

LIMIT_DRAFTS = 500
"""How many drafts with text one account holds."""

KEPT_DAYS = 90
"""How long a draft is kept after its last change."""

KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9:._-]{0,199}")
"""What a draft may be called: "goal:12:note"."""

Fields = Mapping[str, Sequence[str]]
"""What stood in a form: each name with its values, as a form would send them."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Which text this is: the version, the page that wrote it, and that page's own count."""

    version: int
    page: str
    turn: int


class Verdict(Enum):
    """What becomes of a save."""

    TAKE = "it is the newest text"
    LATE = "the same page has since sent a newer text"
    CONFLICT = "another page has written in between"


def verdict(*, held: Mark, sent: Mark) -> Verdict:
    """Judge a save against what is held; `sent.version` is the version that its page started from.

    A page never conflicts with itself: when the answer to its last save was lost on the way, it
    starts from a version too old, and its next save must be taken all the same.
    """
    if held.page == sent.page:
        return Verdict.TAKE if sent.turn > held.turn else Verdict.LATE
    return Verdict.TAKE if held.version == sent.version else Verdict.CONFLICT


def size_in_bytes(fields: Fields) -> int:
    """How much text this is."""
    return sum(
        len(name.encode()) + sum(len(value.encode()) for value in values)
        for name, values in fields.items()
    )
