"""Recomputes the whole ledger from its rows and names the first that is broken."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db.models import Count, Max

from sightline.foundation.ledger import reading, rules, signing
from sightline.foundation.ledger.events import SubjectShredded
from sightline.foundation.ledger.models import Head, Leaf, Payload, Record, Subtree, Waiting
from sightline.foundation.ledger.sealing import CannotOpen
from sightline.foundation.ledger.sequence import KEPT_LEVELS, leaf_hash_of

BATCH = 1000


@dataclass(frozen=True, slots=True)
class Report:
    """What verification found. `broken` names the first broken row; "" when there is none."""

    records: int
    heads: int
    waiting: int
    erased: int
    broken: str

    @property
    def ok(self) -> bool:
        """Whether nothing is broken."""
        return not self.broken


@dataclass(slots=True)
class Walk:
    """Where verification stands."""

    keys: dict[str, bytes]
    frontier: rules.Frontier = field(default_factory=rules.Frontier)
    heads: int = 0
    waiting: int = 0
    erased: int = 0
    erased_until: dict[str, int] = field(default_factory=dict)


def verify() -> Report:
    """Recompute commitments, leaves, subtrees, roots and signatures, in bounded memory."""
    size = Head.objects.aggregate(size=Max("tree_size"))["size"] or 0
    try:
        walk = Walk(signing.signer(log_is_empty=size == 0).public_keys())
    except signing.NoSigningKey as missing:
        return Report(0, 0, 0, 0, str(missing))
    broken = next(faults(walk, size), "")
    return Report(walk.frontier.size, walk.heads, walk.waiting, walk.erased, broken)


def faults(walk: Walk, size: int) -> Iterator[str]:
    """What is broken, in the order of the log, then what stands outside of it."""
    for start in range(0, size, BATCH):
        yield from faults_in_batch(walk, start, min(start + BATCH, size))
    yield from faults_beside_the_log(walk, size)
    yield from faults_in_waiting_records(walk)


def faults_in_batch(walk: Walk, start: int, end: int) -> Iterator[str]:
    """Check the leaves from one place up to another, and the heads over them."""
    leaves = Leaf.objects.in_bulk(range(start, end))
    records = (
        Record.objects.select_related("payload__key")
        .in_bulk([leaf.record_id for leaf in leaves.values()])
    )  # fmt: skip
    heads = Head.objects.filter(tree_size__gt=start, tree_size__lte=end).in_bulk()
    for position in range(start, end):
        if (leaf := leaves.get(position)) is None:
            yield f"Place {position} of the log: its leaf is missing."
            return
        if (entry := records.get(leaf.record_id)) is None:
            yield f"Record {leaf.record_id} (place {position} of the log) is missing."
            return
        if leaf_hash_of(entry) != bytes(leaf.hash):
            yield f"{named(entry)} (place {position} of the log) does not match its leaf."
        yield from faults_in_payload(walk, entry)
        yield from faults_in_subtrees(walk.frontier.append(bytes(leaf.hash)))
        if head := heads.get(walk.frontier.size):
            walk.heads += 1
            yield from faults_in_head(walk, head)


def faults_in_payload(walk: Walk, entry: Record) -> Iterator[str]:
    """Check that a record says what it commits to, or was shredded, and that by an event."""
    payload = reading.payload_of(entry)
    if payload is None:
        if was_shredded(walk, entry):
            walk.erased += 1
        else:
            yield f"{named(entry)}: what it says is missing, and no event erased it."
        return
    try:
        content = reading.content_of(entry, payload)
    except CannotOpen as reason:
        yield f"{named(entry)}: what it says was changed, or cannot be opened. {reason}".strip()
        return
    if rules.commitment(content) != bytes(entry.commitment):
        yield f"{named(entry)}: what it says does not match its commitment."


def was_shredded(walk: Walk, entry: Record) -> bool:
    """Whether a later event erased what was said about this record's subject."""
    if entry.pk > walk.erased_until.get(entry.subject, 0):
        events = Record.objects.filter(kind=SubjectShredded.kind(), subject=entry.subject)
        walk.erased_until[entry.subject] = events.aggregate(last=Max("pk"))["last"] or 0
    return entry.pk < walk.erased_until[entry.subject]


def faults_in_subtrees(completed: list[rules.Complete]) -> Iterator[str]:
    """Check the kept roots of the subtrees that a leaf completes."""
    for done in completed:
        if done.level % KEPT_LEVELS == 0:
            kept = Subtree.objects.filter(level=done.level, index=done.index).first()
            if kept is None or bytes(kept.root) != done.root:
                yield f"Subtree {done.level}:{done.index} of the log was changed or is missing."


def faults_in_head(walk: Walk, head: Head) -> Iterator[str]:
    """Check a head's root, what it keeps for growing, and its signature."""
    name, root = f"The head at {head.tree_size}", bytes(head.root)
    if root != walk.frontier.root() or bytes(head.frontier) != walk.frontier.to_bytes():
        yield f"{name} does not match the records before it."
    if (key := walk.keys.get(head.key_id)) is None:
        yield f"{name} is signed by key {head.key_id}, which is not in the key file."
    elif not rules.is_signed(
        rules.head_message(head.tree_size, root, head.at), bytes(head.signature), key
    ):
        yield f"{name} has a wrong signature."


def faults_beside_the_log(walk: Walk, size: int) -> Iterator[str]:
    """Check that nothing stands twice, beyond the last head, outside the log, or without record."""
    known = walk.heads
    if (heads := Head.objects.filter(tree_size__lte=size).count()) != known:
        yield f"{heads - known} heads stand at no place of the log."
    newest = Head.objects.aggregate(size=Max("tree_size"))["size"] or 0
    if leaf := Leaf.objects.filter(position__gte=newest).order_by("position").first():
        yield f"Record {leaf.record_id} (place {leaf.pk} of the log) is under no signed head."
    for model, name in [(Leaf, "record_id"), (Record, "commitment")]:
        twice = model.objects.values(name).annotate(times=Count("pk")).filter(times__gt=1)
        for row in twice[:1]:
            again = Record.objects.filter(**{"pk" if model is Leaf else name: row[name]}).last()
            yield f"Record {again.pk if again else row[name]} is there twice."
    if lost := Record.objects.filter(leaf=None, waiting=None).order_by("pk").first():
        yield f"{named(lost)} is neither in the log nor waiting for it."
    if payload := Payload.objects.exclude(pk__in=Record.objects.values("pk")).first():
        yield f"Record {payload.pk} is missing; what it says is still there."


def faults_in_waiting_records(walk: Walk) -> Iterator[str]:
    """Check the records that are not in the log yet."""
    last = 0
    while batch := list(Waiting.objects.filter(pk__gt=last).order_by("pk")[:BATCH]):
        ids = [waiting.pk for waiting in batch]
        records = Record.objects.select_related("payload__key").in_bulk(ids)
        placed = set(Leaf.objects.filter(record__in=ids).values_list("record_id", flat=True))
        for record_id in ids:
            if record_id in placed:
                continue  # the sequencer was quicker
            if (entry := records.get(record_id)) is None:
                yield f"Record {record_id} is missing; it waited for its place in the log."
                continue
            walk.waiting += 1
            yield from faults_in_payload(walk, entry)
        last = ids[-1]


def named(entry: Record) -> str:
    """How a record is called in a report."""
    return f"Record {entry.pk} ({entry.kind})"
