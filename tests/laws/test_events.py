"""Every event of the product reads, comes back, and can be erased."""

from __future__ import annotations

import importlib
import re
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from decimal import Decimal
from types import UnionType
from typing import Any, ClassVar, get_args, get_origin, get_type_hints

import pytest

from sightline.foundation.ledger.actions import shred
from sightline.foundation.ledger.events import REGISTRY, Event, House, revive
from sightline.foundation.ledger.models import Payload
from sightline.foundation.ledger.queries import event_of
from sightline.foundation.ledger.record import record
from tests.laws.law import files

for path in files(("sightline/**/events.py",)):
    importlib.import_module(path.removesuffix(".py").replace("/", "."))

SAMPLES = {
    int: 7,
    str: "word",
    float: 0.5,
    bool: True,
    Decimal: Decimal("1.50"),
    date: date(2026, 3, 1),
    datetime: datetime(2026, 3, 1, 12, tzinfo=UTC),
}
NAMED = {
    "from_on": "2026-03-01",
    "until_on": "2026-04-01",
    "on": "2026-03-01",
    "due_on": "2026-03-01",
    "until": "2026-04-01",
    "subject_ref": "employee:7",
    "how": "set",
}
DAY_OF_MACHINES = re.compile(r"\d{4}-\d{2}-\d{2}")
EVENTS = sorted(
    (kind for kind, event in REGISTRY.items() if event.__module__.startswith("sightline.")),
)
FOUNDATIONS = {"people.AboutEmployee"}


def sample(declared: Any) -> Any:
    """A value of a declared type."""
    origin, inner = get_origin(declared), get_args(declared)
    if origin is UnionType:
        return sample(inner[0])
    if origin is dict:
        return {"name": sample(inner[1])}
    if origin in {list, tuple}:
        return origin([sample(inner[0])])
    return SAMPLES.get(declared, "word")


def example(event: type[Event]) -> Event:
    """An event of a class, with a value in every field."""
    hints = get_type_hints(event)
    values = {one.name: sample(hints[one.name]) for one in fields(event)}
    values |= {name: said for name, said in NAMED.items() if hints.get(name) is str}
    return event(**values)


def faults(event: type[Event]) -> list[str]:
    """What is wrong with a class of events; nothing when all is well."""
    one = example(event)
    found = []
    said = str(one.sentence())
    if not said or said[0].isspace() or "%(" in said or "{" in said or said.endswith("."):
        found.append(f"does not read: {said!r}")
    if DAY_OF_MACHINES.search(said):
        found.append(f"tells a day as machines write it: {said!r}")
    if event.from_payload(one.payload()) != one:
        found.append("does not come back as it was")
    if unknown := event.personal - {field.name for field in fields(event)}:
        found.append(f"calls fields personal that it does not have: {sorted(unknown)}")
    if event.personal and not one.subject:
        found.append("holds what is a person's own and is about nobody: it could not be erased")
    return found


@pytest.mark.parametrize("kind", EVENTS)
def test_it_reads_and_comes_back_and_is_about_somebody(kind):
    assert faults(REGISTRY[kind]) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "kind", [kind for kind in EVENTS if REGISTRY[kind].personal and kind not in FOUNDATIONS]
)
def test_what_is_a_persons_own_goes_when_the_person_is_erased(kind):
    event = example(REGISTRY[kind])
    written = record(event, by=House())
    assert event_of(written) == event
    shred(by=House(), subject=event.subject)
    assert not Payload.objects.filter(record=written).exists()


@pytest.fixture
def planted():
    """Classes of events that are no good, taken out of the register afterwards."""
    before = set(REGISTRY)

    @dataclass(frozen=True, slots=True)
    class Unspoken(Event):
        employee_id: int

        def sentence(self) -> str:
            return ""

    @dataclass(frozen=True, slots=True)
    class Unerasable(Event):
        personal: ClassVar[frozenset[str]] = frozenset({"text"})
        text: str

        def sentence(self) -> str:
            return "said something"

    @dataclass(frozen=True, slots=True)
    class Unfinished(Event):
        personal: ClassVar[frozenset[str]] = frozenset({"words"})
        text: str

        def sentence(self) -> str:
            return "%(who)s said something"

        @property
        def subject(self) -> str:
            return "employee:7"

    @dataclass(frozen=True, slots=True)
    class Dated(Event):
        on: str

        def sentence(self) -> str:
            return f"said something on {self.on}"

    @dataclass(frozen=True, slots=True)
    class Changed(Event):
        text: str

        def sentence(self) -> str:
            return "said something"

        def payload(self) -> dict[str, Any]:
            return {"text": "another"}

    yield [Unspoken, Unerasable, Unfinished, Dated, Changed]
    for kind in set(REGISTRY) - before:
        del REGISTRY[kind]


def test_planted_events_are_found(planted):
    unspoken, unerasable, unfinished, dated, changed = map(faults, planted)
    assert unspoken == ["does not read: ''"]
    assert len(unerasable) == 1
    assert "could not be erased" in unerasable[0]
    assert len(unfinished) == 2
    assert dated == ["tells a day as machines write it: 'said something on 2026-03-01'"]
    assert changed == ["does not come back as it was"]


def test_an_event_that_is_known_no_more_is_told_apart():
    assert revive("people.NeverHeardOf", {"employee_id": 1}) is None
