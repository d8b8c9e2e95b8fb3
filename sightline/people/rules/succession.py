"""Who follows a manager who leaves."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import TypeVar

from sightline.foundation.core.spans import Span

Manager = TypeVar("Manager")


def turns_of_followers(
    days: Span, above: Iterable[tuple[Span, Manager | None]], out: Collection[Manager]
) -> list[tuple[date, Manager]]:
    """Under whom one is in these days who reported to the leaver: each manager from a day on.

    It is whoever would have been the leaver's own manager (`above`, in order). Days on which that
    is nobody, or one of `out`, are the manager's before them, the first days the first one's. No
    turns when there is none at all.
    """
    turns: list[tuple[date, Manager]] = []
    for span, manager in above:
        if not span & days or manager is None or manager in out:
            continue
        if not turns:
            turns.append((days.start, manager))
        elif turns[-1][1] != manager:
            turns.append((span.start, manager))
    return turns
