"""How everything that changes leaves its trace: `record(event, by=viewer)`."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from django.db import transaction

from sightline.foundation.core.dates import now
from sightline.foundation.ledger import rules, sealing
from sightline.foundation.ledger.events import Actor, Deputy, Event
from sightline.foundation.ledger.listen import tell
from sightline.foundation.ledger.models import Payload, Record

BATCH = 500


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
            for event, entry in zip(batch, records, strict=True):
                tell(event, entry)
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
    Record.objects.bulk_create(records)
    Payload.objects.bulk_create(
        Payload(record=entry, key_id=keys[entry.subject][0], sealed=content)
        for entry, content in zip(records, sealed, strict=True)
    )
    return records


def spoken(event: Event, reason: str) -> dict[str, Any]:
    """What a record says: the event's fields, and the reason where one was given."""
    return {"event": event.payload()} | ({"reason": reason} if reason else {})


def refuse_what_could_not_be_erased(event: Event) -> None:
    """A person's own words about nobody would be under no person's key."""
    if event.personal and not event.subject:
        raise ValueError(f"{event.kind()} holds personal fields, so it must name its subject.")
