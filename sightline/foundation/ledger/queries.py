"""Reads of the ledger: pages of records, what they say, and proofs. Who may read is not known here:
pages decide it before they ask."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from sightline.foundation.core.errors import Refused
from sightline.foundation.ledger import reading, rules, signing
from sightline.foundation.ledger.events import REGISTRY, Event, revive, sentence_of
from sightline.foundation.ledger.models import Head, Leaf, Record, Subtree
from sightline.foundation.ledger.sealing import CannotOpen
from sightline.foundation.ledger.sequence import KEPT_LEVELS

PAGE = 50


@dataclass(frozen=True, slots=True)
class Entry:
    """A record as it is read: when, who, about whom, what it says, where it stands in the log."""

    record: Record
    position: int | None
    event: Event | None
    sentence: str
    reason: str
    is_erased: bool
    is_altered: bool = False
    """It was changed by hand, or its key was, and cannot be read."""


def records(
    *,
    subject: str | Collection[str] = "",
    actor: str | Collection[str] = "",
    kind: str = "",
    since: datetime | None = None,
    until: datetime | None = None,
    after: int | None = None,
    limit: int = PAGE,
    reader: str = "",
) -> list[Entry]:
    """A page of records, newest first; `after` is the number of the last one already shown.

    `subject` and `actor` are one or several; of an empty collection nothing is found. `kind` is an
    event's name, or an app's with a dot ("people."). `until` is not included.
    """
    found = records_open_to(reader)
    for name, value in [("subject", subject), ("actor", actor)]:
        if value != "":
            wanted = [value] if isinstance(value, str) else value
            found = found.filter(**{f"{name}__in": wanted})
    if kind:
        found = (
            found.filter(kind__startswith=kind) if kind.endswith(".") else found.filter(kind=kind)
        )
    if since:
        found = found.filter(at__gte=since)
    if until:
        found = found.filter(at__lt=until)
    return entries(older_than(found, after)[:limit])


def records_about(
    subject: str, *, reader: str = "", after: int | None = None, limit: int = PAGE
) -> list[Entry]:
    """What is recorded about somebody, newest first, for a reader as the ledger names him."""
    return records(subject=subject, reader=reader, after=after, limit=limit)


def records_open_to(reader: str) -> QuerySet[Record]:
    """All records but those that their subjects alone read, when the reader is another."""
    kept = [kind for kind, event in REGISTRY.items() if event.subject_alone]
    return Record.objects.exclude(Q(kind__in=kept) & ~Q(subject=reader))


def record_numbered(record_id: int) -> Record | None:
    """The record with this number."""
    return Record.objects.filter(pk=record_id).first()


def event_of(record: Record) -> Event | None:
    """The event that a record tells of; None when it was erased or is no longer known."""
    return entry_of(record, position=None).event


def kinds() -> list[str]:
    """The names of all events but those that only their subjects read, in order: for a filter."""
    return sorted(kind for kind, event in REGISTRY.items() if not event.subject_alone)


def older_than(found: QuerySet[Record], after: int | None) -> QuerySet[Record]:
    """Newest first, from behind the record with this number on."""
    if after is not None and (last := Record.objects.filter(pk=after).first()):
        same_instant = Q(at__lt=last.at) | Q(pk__lt=last.pk)
        found = found.filter(same_instant, at__lte=last.at)
    return found.order_by("-at", "-pk")


def entries(found: QuerySet[Record]) -> list[Entry]:
    """Records opened to be read, in two queries however many."""
    rows = list(found.select_related("payload__key"))
    places = Leaf.objects.filter(record__in=rows).values_list("record_id", "position")
    positions = dict(places)
    return [entry_of(row, position=positions.get(row.pk)) for row in rows]


def entry_of(row: Record, *, position: int | None) -> Entry:
    """A record opened to be read."""
    try:
        opened = reading.opened(row)
    except CannotOpen:
        return Entry(row, position, None, _altered(), "", is_erased=False, is_altered=True)
    said = opened.said if opened else {}
    payload = said.get("event")
    kind = REGISTRY.get(row.kind, Event)
    return Entry(
        record=row,
        position=position,
        event=revive(row.kind, payload),
        sentence=sentence_of(row.kind, payload),
        reason=said.get("reason", "") if kind.tells_reason else "",
        is_erased=opened is None,
    )


def _altered() -> str:
    return _("This record was changed. Ask an administrator to run “sightline verify”.")


# ── Proofs ────────────────────────────────────────────────────────────────────────────────────


def inclusion_proof(record: Record) -> dict[str, Any]:
    """What shows that a record is in the log, as JSON that is verified without Sightline.

    It tells the record's metadata and nothing of what it says; `receipt` opens that too.
    """
    leaf = Leaf.objects.filter(record=record).first()
    head = Head.objects.order_by("-tree_size").first()
    if leaf is None or head is None:
        raise Refused(_("The record gets its place in the log within seconds. Try again then."))
    path = rules.inclusion_path(leaf.position, head.tree_size, stored_root)
    return {
        "leaf": rules.leaf_object(record.pk, record.described()),
        "position": leaf.position,
        "path": [step.hex() for step in path],
        "head": head_as_json(head),
    }


def receipt(record: Record) -> dict[str, Any]:
    """An inclusion proof that also opens what the record says, where that was not erased."""
    proof = inclusion_proof(record)
    try:
        opened = reading.opened(record)
    except CannotOpen as error:
        raise Refused(_altered()) from error
    if opened:
        proof["opening"] = {"salt": opened.salt.hex(), "payload": opened.said}
    return proof


def consistency_proof(old: Head, new: Head) -> dict[str, Any]:
    """What shows that the log at a later head begins with the log at an earlier one, unchanged."""
    path = rules.consistency_path(old.tree_size, new.tree_size, stored_root)
    return {
        "old": head_as_json(old),
        "new": head_as_json(new),
        "path": [step.hex() for step in path],
    }


def latest_head() -> Head | None:
    """The newest signed head, to be kept outside of the house."""
    return Head.objects.order_by("-tree_size").first()


def head_as_json(head: Head) -> dict[str, Any]:
    """A signed head for a reader without Sightline."""
    return {
        "tree_size": head.tree_size,
        "root": bytes(head.root).hex(),
        "at": rules.instant(head.at),
        "key_id": head.key_id,
        "signature": bytes(head.signature).hex(),
    }


def public_key() -> str:
    """The key by which new heads verify, in hexadecimal; "" on a machine that holds no key."""
    path = signing.key_file()
    return signing.read_signer(path).public_key.hex() if path.exists() else ""


def stored_root(level: int, index: int) -> bytes:
    """The root of a complete subtree, from at most 128 stored hashes beneath it."""
    kept = level - level % KEPT_LEVELS
    first, end = index << (level - kept), (index + 1) << (level - kept)
    if kept:
        rows = Subtree.objects.filter(level=kept, index__gte=first, index__lt=end)
        hashes = rows.order_by("index").values_list("root", flat=True)
    else:
        leaves = Leaf.objects.filter(position__gte=first, position__lt=end)
        hashes = leaves.order_by("position").values_list("hash", flat=True)
    return rules.tree_root(bytes(hash) for hash in hashes)
