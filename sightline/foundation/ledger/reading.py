"""Opens what records say."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ObjectDoesNotExist

from sightline.foundation.ledger import rules, sealing
from sightline.foundation.ledger.models import Payload, Record


@dataclass(frozen=True, slots=True)
class Opened:
    """What a record says, and the salt that its commitment was made with."""

    salt: bytes
    said: dict[str, Any]


def payload_of(entry: Record) -> Payload | None:
    """The sealed payload of a record; None once it was shredded."""
    try:
        return entry.payload
    except ObjectDoesNotExist:
        return None


def content_of(entry: Record, payload: Payload) -> bytes:
    """Salt and canonical JSON of a record; CannotOpen when anything was changed by hand."""
    key = sealing.unwrap(bytes(payload.key.wrapped))
    bound_to = rules.canonical(entry.described())
    return sealing.unseal(key, bytes(payload.sealed), bound_to=bound_to)


def opened(entry: Record) -> Opened | None:
    """What a record says; None once it was shredded."""
    if (payload := payload_of(entry)) is None:
        return None
    content = content_of(entry, payload)
    return Opened(content[: rules.SALT_BYTES], json.loads(content[rules.SALT_BYTES :]))
