"""How everything that changes leaves its trace: `record(event, by=viewer)`."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, transaction

from sightline.foundation.core.dates import now
from sightline.foundation.ledger import rules, sealing
from sightline.foundation.ledger.events import Actor, Deputy, Event
from sightline.foundation.ledger.listen import tell_all
from sightline.foundation.ledger.models import Record

BATCH = 500

INSERT_RECORDS = (
    "INSERT INTO ledger_record (at, actor, on_behalf_of, subject, kind, commitment) VALUES "
)
INSERT_PAYLOADS = "INSERT INTO ledger_payload (record_id, key_id, sealed) VALUES "


def record(event: Event, *, by: Actor, reason: str = "") -> Record:
    """Write an event to the ledger, in the transaction of its change, and tell who listens.

    `reason` is what the actor typed to explain himself; it is sealed with the rest of the payload.
    """
    return record_all([event], by=by, reason=reason)[0]


def record_all(events: Iterable[Event], *, by: Actor, reason: str = "") -> list[Record]:
    """Write many events at once, in order: one instant, one actor, one reason."""
    written: list[Record] = []
    remaining = iter(events)
    with transaction.atomic(savepoint=False):
        while batch := list(islice(remaining, BATCH)):
            records = written_batch(batch, by=by, reason=reason)
            tell_all(list(zip(batch, records, strict=True)))
            written += records
    return written


def written_batch(events: Sequence[Event], *, by: Actor, reason: str) -> list[Record]:
    """Records and sealed payloads for a batch of events."""
    keys = sealing.keys_of(event.subject for event in events)
    at = now()
    behalf = by.on_behalf_of if isinstance(by, Deputy) else ""
    records, sealed = [], []
    for event in events:
        refuse_what_could_not_be_erased(event)
        content = os.urandom(rules.SALT_BYTES) + rules.canonical(spoken(event, reason))
        entry = Record(
            at=at,
            actor=by.actor_ref,
            on_behalf_of=behalf,
            subject=event.subject,
            kind=event.kind(),
            commitment=rules.commitment(content),
        )
        records.append(entry)
        sealed.append(
            sealing.seal(
                keys[event.subject][1], content, bound_to=rules.canonical(entry.described())
            )
        )
    insert(records, [keys[entry.subject][0] for entry in records], sealed)
    return records


def insert(records: Sequence[Record], key_ids: Sequence[int], sealed: Sequence[bytes]) -> None:
    """Write records and their payloads: two plain statements, a third of what models would cost.

    Each change of the product passes here, so its cost is everybody's.
    """
    at = connection.ops.adapt_datetimefield_value(records[0].at)
    columns = ("actor", "on_behalf_of", "subject", "kind", "commitment")
    rows = [(at, *(getattr(entry, name) for name in columns)) for entry in records]
    with connection.cursor() as cursor:
        cursor.execute(INSERT_RECORDS + placeholders(rows) + " RETURNING id", flat(rows))
        for entry, (record_id,) in zip(records, sorted(cursor.fetchall()), strict=True):
            entry.pk, entry._state.adding, entry._state.db = record_id, False, DEFAULT_DB_ALIAS
        payloads = [
            (r.pk, key, text) for r, key, text in zip(records, key_ids, sealed, strict=True)
        ]
        cursor.execute(INSERT_PAYLOADS + placeholders(payloads), flat(payloads))


def placeholders(rows: Sequence[tuple[Any, ...]]) -> str:
    """As many places as the rows have values."""
    return ", ".join(["(" + ", ".join(["%s"] * len(rows[0])) + ")"] * len(rows))


def flat(rows: Sequence[tuple[Any, ...]]) -> list[Any]:
    """The values of all rows, one behind the other."""
    return [value for row in rows for value in row]


def spoken(event: Event, reason: str) -> dict[str, Any]:
    """What a record says: the event's fields, and the reason where one was given."""
    return {"event": event.payload()} | ({"reason": reason} if reason else {})


def refuse_what_could_not_be_erased(event: Event) -> None:
    """A person's own words about nobody would be under no person's key."""
    if event.personal and not event.subject:
        raise ValueError(f"{event.kind()} holds personal fields, so it must name its subject.")
