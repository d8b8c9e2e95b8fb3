"""A few people typed into a table: who reports to whom, and what is wrong with what was typed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from sightline.people.rules.names import folded


@dataclass(frozen=True, slots=True)
class Typed:
    """One row, as typed. `manager` is a name: of another row, or of somebody who is here."""

    name: str
    post: str = ""
    unit: str = ""
    email: str = ""
    manager: str = ""


class Wrong(Enum):
    """What can be wrong with a row."""

    NAME_MISSING = auto()
    POST_MISSING = auto()
    EMAIL_TWICE = auto()
    EMAIL_TAKEN = auto()
    MANAGER_UNKNOWN = auto()
    MANAGER_IS_SELF = auto()
    MANAGER_UNCLEAR = auto()
    CIRCLE = auto()


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in which row and field."""

    row: int
    field: str
    wrong: Wrong


def faults(
    rows: Sequence[Typed], *, names: Mapping[str, int], emails: Collection[str]
) -> list[Fault]:
    """All that is wrong at once.

    `names` tells how many people who are here have a name (folded), `emails` which addresses are
    taken (in small letters).
    """
    found = [*_missing(rows), *_doubled_emails(rows, emails), *_bad_managers(rows, names)]
    if not any(fault.field == "manager" for fault in found):
        circle = in_circle(managers_among(rows))
        found += [Fault(row, "manager", Wrong.CIRCLE) for row in circle]
    return sorted(found, key=lambda fault: fault.row)


def _missing(rows: Sequence[Typed]) -> Iterator[Fault]:
    for index, row in enumerate(rows):
        if not row.name:
            yield Fault(index, "name", Wrong.NAME_MISSING)
        if not row.post:
            yield Fault(index, "post", Wrong.POST_MISSING)


def _doubled_emails(rows: Sequence[Typed], taken: Collection[str]) -> Iterator[Fault]:
    counts = Counter(row.email.casefold() for row in rows if row.email)
    for index, row in enumerate(rows):
        if counts[row.email.casefold()] > 1:
            yield Fault(index, "email", Wrong.EMAIL_TWICE)
        elif row.email.casefold() in taken:
            yield Fault(index, "email", Wrong.EMAIL_TAKEN)


def _bad_managers(rows: Sequence[Typed], names: Mapping[str, int]) -> Iterator[Fault]:
    counts = Counter(folded(row.name) for row in rows)
    for index, row in enumerate(rows):
        wanted = folded(row.manager)
        known = counts[wanted] + names.get(wanted, 0)
        if not wanted:
            continue
        if not known:
            yield Fault(index, "manager", Wrong.MANAGER_UNKNOWN)
        elif known > 1:
            yield Fault(index, "manager", Wrong.MANAGER_UNCLEAR)
        elif wanted == folded(row.name):
            yield Fault(index, "manager", Wrong.MANAGER_IS_SELF)


def managers_among(rows: Sequence[Typed]) -> dict[int, int]:
    """The row of the manager of each row whose manager is in the table."""
    by_name = {folded(row.name): index for index, row in enumerate(rows)}
    return {
        index: by_name[folded(row.manager)]
        for index, row in enumerate(rows)
        if row.manager and folded(row.manager) in by_name
    }


def in_circle(managers: Mapping[int, int]) -> list[int]:
    """The rows that would report to themselves through others."""
    found = []
    for start in managers:
        at, steps = managers[start], 0
        while at != start and at in managers and steps < len(managers):
            at, steps = managers[at], steps + 1
        if at == start:
            found.append(start)
    return found


def from_the_top(count: int, managers: Mapping[int, int]) -> list[int]:
    """The rows in an order in which every manager comes before those who report to him."""
    below: dict[int | None, list[int]] = defaultdict(list)
    for row in range(count):
        below[managers.get(row)].append(row)
    ordered: list[int] = []
    waiting = list(below[None])
    while waiting:
        row = waiting.pop(0)
        ordered.append(row)
        waiting += below[row]
    return ordered


def code_from(words: str, taken: Collection[str]) -> str:
    """A short code made of words, that nothing else has: "Customer care" → CUSTOMERCARE."""
    letters = "".join(sign for sign in folded(words).upper() if sign.isalnum())[:20] or "X"
    code, number = letters, 1
    while code in taken:
        number += 1
        code = f"{letters}-{number}"
    return code
