from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest
from django.db import transaction

from sightline.foundation.ledger import listen
from sightline.foundation.ledger.events import REGISTRY, Event, House, revive, sentence_of
from sightline.foundation.ledger.models import LedgerIsAppendOnly, Payload, Record, Waiting
from sightline.foundation.ledger.record import record, record_all
from sightline.foundation.ledger.tests.cups import CupFilled


@pytest.fixture
def heard():
    """What a listener was told."""
    told = []
    listener = listen.listens_to(CupFilled)(lambda event, entry: told.append((event, entry)))
    yield told
    listen.LISTENERS[CupFilled].remove(listener)


@pytest.mark.django_db
def test_an_event_leaves_a_record_that_says_who_when_and_about_whom():
    entry = record(CupFilled(7), by=House("employee:3", on_behalf_of="employee:4"))
    stored = Record.objects.get()
    assert stored == entry
    assert (stored.actor, stored.on_behalf_of) == ("employee:3", "employee:4")
    assert (stored.subject, stored.kind) == ("employee:7", CupFilled.kind())
    assert Waiting.objects.get().record_id == stored.pk


@pytest.mark.django_db
def test_what_was_typed_is_nowhere_in_the_open():
    record(CupFilled(7, note="spilled by Anna"), by=House(), reason="she was late")
    sealed = bytes(Payload.objects.get().sealed)
    assert b"Anna" not in sealed
    assert b"late" not in sealed


@pytest.mark.django_db
def test_many_events_are_written_in_their_order():
    records = record_all([CupFilled(n) for n in range(1200)], by=House())
    assert [entry.subject for entry in records] == [f"employee:{n}" for n in range(1200)]
    assert sorted(entry.pk for entry in records) == [entry.pk for entry in records]
    assert Record.objects.count() == Payload.objects.count() == 1200


@pytest.mark.django_db
def test_listeners_hear_of_an_event_in_its_transaction(heard):
    with transaction.atomic():
        entry = record(CupFilled(7), by=House())
        assert heard == [(CupFilled(7), entry)]


@pytest.mark.django_db
def test_a_change_that_is_undone_leaves_no_record():
    with transaction.atomic():
        record(CupFilled(7), by=House())
        transaction.set_rollback(True)
    assert not Record.objects.exists()


@pytest.mark.django_db
def test_personal_words_about_nobody_are_refused():
    @dataclass(frozen=True, slots=True)
    class SomethingSaid(Event):
        words: str
        personal = frozenset({"words"})

    try:
        with pytest.raises(ValueError, match="must name its subject"):
            record(SomethingSaid("hm"), by=House())
    finally:
        del REGISTRY[SomethingSaid.kind()]


def test_an_event_comes_back_as_it_was():
    event = CupFilled(7, "a", date(2026, 2, 28), Decimal("1.50"), ("Ann", "Bo"))
    assert revive(CupFilled.kind(), event.payload()) == event


def test_a_record_speaks_plainly_when_it_cannot_be_read():
    assert sentence_of(CupFilled.kind(), {"cup": 7}) == "filled cup 7"
    assert sentence_of(CupFilled.kind(), None) == "something that has since been erased"
    assert "no longer known" in sentence_of("gone.Gone", {})
    assert "no longer known" in sentence_of(CupFilled.kind(), {"saucer": 7})


@pytest.mark.django_db
def test_code_cannot_change_or_delete_what_is_recorded():
    entry = record(CupFilled(7), by=House())
    attempts = [
        entry.save,
        entry.delete,
        lambda: Record.objects.update(actor="x"),
        lambda: Record.objects.all().delete(),
        lambda: Record.objects.bulk_update([entry], ["actor"]),
        lambda: Record.objects.bulk_create(
            [entry], update_conflicts=True, update_fields=["actor"], unique_fields=["id"]
        ),
    ]
    for attempt in attempts:
        with pytest.raises(LedgerIsAppendOnly):
            attempt()


@pytest.mark.django_db
def test_listeners_to_many_hear_once_of_all_that_is_recorded_together():
    told = []
    listener = listen.listens_to_many(CupFilled)(told.append)
    try:
        records = record_all([CupFilled(1), CupFilled(2)], by=House())
    finally:
        listen.LISTENERS_TO_MANY.remove(((CupFilled,), listener))
    assert [[entry for _event, entry in heard] for heard in told] == [records]
