"""What a version is sealed with: one digest over all that it says and rests on."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from sightline.foundation.ledger.rules import canonical


def digest(content: Mapping[str, Any]) -> str:
    """SHA-256 over the canonical JSON (RFC 8785) of a content, in hexadecimal."""
    return sha256(canonical(dict(content))).hexdigest()


def shortened(digest_hex: str) -> str:
    """A digest as it stands on a page: "7c1e…a90f"."""
    return f"{digest_hex[:4]}…{digest_hex[-4:]}" if len(digest_hex) > 8 else digest_hex
