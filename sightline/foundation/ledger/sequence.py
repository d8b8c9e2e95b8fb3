"""Gives committed records their places in the log, and signs what the log is now.

Writers never wait for each other: they leave records that wait, and one sequencer at a time takes
them in the order of their numbers. A transaction that commits late is taken when it has committed.
"""

from __future__ import annotations

from django.db import connection, transaction

from sightline.foundation.core.dates import now
from sightline.foundation.ledger import rules, signing
from sightline.foundation.ledger.models import Head, Leaf, Record, Subtree, Waiting

BATCH = 1000
KEPT_LEVELS = 8
"""Roots of subtrees are kept at every eighth level: one row for 256 leaves."""

LOCK = 0x5167_687A_1ED6
"""The number of PostgreSQL's advisory lock that one sequencer holds at a time."""


def sequence() -> int:
    """Put all waiting records into the log; how many that were."""
    total = 0
    while placed := sequence_batch():
        total += placed
        if placed < BATCH:
            break
    return total


@transaction.atomic
def sequence_batch() -> int:
    """Append one batch to the log and sign its head; 0 when none waits or another is at it."""
    if not only_sequencer():
        return 0
    waiting = Waiting.objects.order_by("pk").values_list("pk", flat=True)
    records = list(Record.objects.filter(pk__in=list(waiting[:BATCH])).order_by("pk"))
    if records:
        frontier = latest_frontier()
        key = signing.signer(log_is_empty=frontier.size == 0)
        append(frontier, records)
        Waiting.objects.filter(pk__in=[entry.pk for entry in records]).delete()
        sign(frontier, key)
    return len(records)


def only_sequencer() -> bool:
    """Whether this transaction alone sequences. SQLite's write transactions always are alone."""
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        return bool(cursor.fetchone()[0])


def latest_frontier() -> rules.Frontier:
    """Where the log stands."""
    head = Head.objects.order_by("-tree_size").first()
    return (
        rules.Frontier.from_bytes(head.tree_size, bytes(head.frontier))
        if head
        else (rules.Frontier())
    )


def append(frontier: rules.Frontier, records: list[Record]) -> None:
    """Write a leaf for each record, and the subtrees that these complete."""
    leaves, subtrees = [], []
    for entry in records:
        leaf = leaf_hash_of(entry)
        leaves.append(Leaf(position=frontier.size, record=entry, hash=leaf))
        subtrees += [
            Subtree(level=done.level, index=done.index, root=done.root)
            for done in frontier.append(leaf)
            if done.level % KEPT_LEVELS == 0
        ]
    Leaf.objects.bulk_create(leaves)
    Subtree.objects.bulk_create(subtrees)


def sign(frontier: rules.Frontier, key: signing.Signer) -> None:
    """Write the signed head of the log as it stands."""
    at, root = now(), frontier.root()
    Head.objects.create(
        tree_size=frontier.size,
        at=at,
        root=root,
        frontier=frontier.to_bytes(),
        key_id=key.key_id,
        signature=key.sign(rules.head_message(frontier.size, root, at)),
    )


def leaf_hash_of(entry: Record) -> bytes:
    """The hash that stands for a record in the log."""
    return rules.leaf_hash(rules.leaf_data(entry.pk, entry.described()))
