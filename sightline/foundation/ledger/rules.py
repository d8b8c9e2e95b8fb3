"""The arithmetic of the log: canonical bytes, Merkle trees (RFC 6962), proofs and receipts.

No framework, no database. docs/rules/ledger.md explains it with worked numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import rfc8785
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

SALT_BYTES = 32
EMPTY_ROOT = sha256(b"").digest()


# ── What is committed to ──────────────────────────────────────────────────────────────────────


def canonical(value: Any) -> bytes:
    """JSON in the one form of RFC 8785: the same value is always the same bytes."""
    return rfc8785.dumps(value)


def instant(at: datetime) -> str:
    """An instant as the log writes it: UTC, microseconds, "Z"."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def commitment(content: bytes) -> bytes:
    """Binds a record to what it says (salt, then canonical JSON) without telling it."""
    return sha256(content).digest()


def metadata(
    *, at: datetime, actor: str, on_behalf_of: str, subject: str, kind: str, commitment: bytes
) -> dict[str, Any]:
    """All of a record that is in the open, as JSON."""
    return {
        "at": instant(at),
        "actor": actor,
        "on_behalf_of": on_behalf_of,
        "subject": subject,
        "kind": kind,
        "commitment": commitment.hex(),
    }


def leaf_object(record_id: int, described: Mapping[str, Any]) -> dict[str, Any]:
    """What a leaf stands for: a record's number and its metadata."""
    return {"version": 1, "id": record_id, **described}


def leaf_data(record_id: int, described: Mapping[str, Any]) -> bytes:
    """The bytes of a leaf, before they are hashed."""
    return canonical(leaf_object(record_id, described))


# ── The tree ──────────────────────────────────────────────────────────────────────────────────


def leaf_hash(data: bytes) -> bytes:
    """The hash of a leaf; the 0 keeps leaves apart from nodes."""
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of a node over its two children."""
    return sha256(b"\x01" + left + right).digest()


@dataclass(frozen=True, slots=True)
class Complete:
    """The root over the 2^level leaves that begin at `index` · 2^level."""

    level: int
    index: int
    root: bytes


@dataclass(slots=True)
class Frontier:
    """A log's complete subtrees, largest first: all that is needed to grow it and to sum it up."""

    size: int = 0
    roots: list[bytes] = field(default_factory=list)

    def append(self, leaf: bytes) -> list[Complete]:
        """Grow by one leaf; the subtrees above it that are complete now."""
        completed: list[Complete] = []
        level, index, root = 0, self.size, leaf
        while index & 1:
            level, index, root = level + 1, index >> 1, node_hash(self.roots.pop(), root)
            completed.append(Complete(level, index, root))
        self.roots.append(root)
        self.size += 1
        return completed

    def root(self) -> bytes:
        """The Merkle tree hash of the whole log."""
        return folded(self.roots) if self.roots else EMPTY_ROOT

    def to_bytes(self) -> bytes:
        """As it is stored."""
        return b"".join(self.roots)

    @classmethod
    def from_bytes(cls, size: int, stored: bytes) -> Frontier:
        """As it was stored."""
        return cls(size, [stored[at : at + 32] for at in range(0, len(stored), 32)])


def folded(roots: Sequence[bytes]) -> bytes:
    """One root over neighbouring subtrees, each larger than the next."""
    result = roots[-1]
    for root in reversed(roots[:-1]):
        result = node_hash(root, result)
    return result


def tree_root(leaves: Iterable[bytes]) -> bytes:
    """The Merkle tree hash over leaf hashes."""
    frontier = Frontier()
    for leaf in leaves:
        frontier.append(leaf)
    return frontier.root()


# ── Proofs ────────────────────────────────────────────────────────────────────────────────────

RootOf = Callable[[int, int], bytes]
"""Gives the root of the complete subtree at (level, index)."""


def inclusion_path(position: int, size: int, root_of: RootOf) -> list[bytes]:
    """The hashes that lead from a leaf to the root of a log, lowest first (RFC 6962 §2.1.1)."""
    if not 0 <= position < size:
        raise ValueError(f"no place {position} in a log of {size}")
    path: list[bytes] = []
    low, high = 0, size
    while high - low > 1:
        middle = low + largest_power_below(high - low)
        if position < middle:
            path.append(range_root(middle, high, root_of))
            high = middle
        else:
            path.append(range_root(low, middle, root_of))
            low = middle
    return path[::-1]


def consistency_path(old: int, new: int, root_of: RootOf) -> list[bytes]:
    """The hashes that show that the log of `new` leaves begins with that of `old` (§2.1.2)."""
    if not 0 <= old <= new:
        raise ValueError(f"a log of {new} cannot begin with one of {old}")
    path: list[bytes] = []
    low, high = 0, new
    while old not in {0, high}:
        middle = low + largest_power_below(high - low)
        if old <= middle:
            path.append(range_root(middle, high, root_of))
            high = middle
        else:
            path.append(range_root(low, middle, root_of))
            low = middle
    if low:
        path.append(range_root(low, high, root_of))
    return path[::-1]


def root_by_inclusion(leaf: bytes, position: int, size: int, path: Sequence[bytes]) -> bytes | None:
    """The root to which a path leads from a leaf; None when it is not a path of this log."""
    if not 0 <= position < size:
        return None
    index, last, root = position, size - 1, leaf
    for sibling in path:
        if last == 0:
            return None
        if index & 1 or index == last:
            root = node_hash(sibling, root)
            while not index & 1 and index:
                index, last = index >> 1, last >> 1
        else:
            root = node_hash(root, sibling)
        index, last = index >> 1, last >> 1
    return root if last == 0 else None


def is_consistent(
    old: int, new: int, old_root: bytes, new_root: bytes, path: Sequence[bytes]
) -> bool:
    """Whether a path shows that the new log begins with the old one (RFC 9162 §2.1.4.2)."""
    if old == new:
        return not path and old_root == new_root
    if old == 0:
        return not path and old_root == EMPTY_ROOT
    if not 0 < old < new:
        return False
    steps = [old_root, *path] if old & (old - 1) == 0 else list(path)
    if not steps:
        return False
    index, last = old - 1, new - 1
    while index & 1:
        index, last = index >> 1, last >> 1
    first = second = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if index & 1 or index == last:
            first, second = node_hash(step, first), node_hash(step, second)
            while not index & 1 and index:
                index, last = index >> 1, last >> 1
        else:
            second = node_hash(second, step)
        index, last = index >> 1, last >> 1
    return last == 0 and first == old_root and second == new_root


def largest_power_below(count: int) -> int:
    """The largest power of two smaller than a count of at least 2: where a tree is split."""
    return 1 << (count - 1).bit_length() - 1


def range_root(low: int, high: int, root_of: RootOf) -> bytes:
    """The root over the leaves from `low` up to `high`, where a tree is split at `low`."""
    roots: list[bytes] = []
    while low < high:
        level = (high - low).bit_length() - 1
        roots.append(root_of(level, low >> level))
        low += 1 << level
    return folded(roots)


# ── Receipts ──────────────────────────────────────────────────────────────────────────────────


class NotProved(Exception):  # noqa: N818 - reads as what happened
    """A receipt does not show what it claims; the sentence says where it fails."""


def head_message(tree_size: int, root: bytes, at: datetime) -> bytes:
    """The bytes that are signed for a head."""
    return canonical({"tree_size": tree_size, "root": root.hex(), "at": instant(at)})


def key_id(public_key: bytes) -> str:
    """The short name of a signing key."""
    return sha256(public_key).hexdigest()[:16]


def is_signed(message: bytes, signature: bytes, public_key: bytes) -> bool:
    """Whether an Ed25519 signature holds."""
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def verify_receipt(receipt: Mapping[str, Any], *, public_key: str) -> None:
    """Check a receipt against the organisation's public key (hexadecimal); NotProved if it fails.

    The signature covers the head, the path leads from the leaf to the head, and what the record
    says, where the receipt opens it, is what the leaf commits to.
    """
    head, leaf = receipt["head"], receipt["leaf"]
    message = canonical({name: head[name] for name in ("tree_size", "root", "at")})
    if not is_signed(message, bytes.fromhex(head["signature"]), bytes.fromhex(public_key)):
        raise NotProved("The head is not signed by this key.")
    path = [bytes.fromhex(step) for step in receipt["path"]]
    start = leaf_hash(canonical(leaf))
    root = root_by_inclusion(start, receipt["position"], head["tree_size"], path)
    if root is None or root.hex() != head["root"]:
        raise NotProved("The path does not lead from the record to the signed head.")
    if opening := receipt.get("opening"):
        content = bytes.fromhex(opening["salt"]) + canonical(opening["payload"])
        if commitment(content).hex() != leaf["commitment"]:
            raise NotProved("The record does not say what the receipt shows.")
