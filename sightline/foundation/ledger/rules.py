"""The arithmetic of the log: canonical bytes, Merkle trees (RFC 6962), proofs and receipts.

No framework, no database. docs/rules/ledger.md explains it with worked numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
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


def leaf_data(record_id: int, described: Mapping[str, Any]) -> bytes:
    """The bytes that a leaf stands for: a record's number and its metadata."""
    return canonical({"version": 1, "id": record_id, **described})


# ── The tree ──────────────────────────────────────────────────────────────────────────────────


def leaf_hash(data: bytes) -> bytes:
    """The hash of a leaf; the 0 keeps leaves apart from nodes."""
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of a node over its two children."""
    return sha256(b"\x01" + left + right).digest()
