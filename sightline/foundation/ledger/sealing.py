"""Seals what records say, each subject's under a key of its own.

The key of a subject is random, and kept wrapped under a key derived from the installation's secret.
Once the row of the key is gone, nobody can open the payloads: not from the database, not from the
secret, not from both.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import connection

from sightline.foundation.ledger.models import SubjectKey

NONCE_BYTES = 12
SELECT_KEYS = "SELECT subject, id, wrapped FROM ledger_subjectkey WHERE subject IN (%s)"


class CannotOpen(Exception):  # noqa: N818 - reads as what happened
    """The sealed bytes were changed, or belong elsewhere, or were sealed under another secret."""


def keys_of(subjects: Iterable[str]) -> dict[str, tuple[int, bytes]]:
    """The row id and the key of each subject; made where there is none yet."""
    wanted = sorted(set(subjects))  # sorted: two writers never wait for each other in a circle
    found = stored_keys(wanted)
    if missing := [subject for subject in wanted if subject not in found]:
        made = [SubjectKey(subject=subject, wrapped=wrap(os.urandom(32))) for subject in missing]
        SubjectKey.objects.bulk_create(made, ignore_conflicts=True)
        found |= stored_keys(missing)
    return found


def stored_keys(subjects: list[str]) -> dict[str, tuple[int, bytes]]:
    """The row id and the key of each subject that has one. Plain SQL: each record asks."""
    places = ", ".join(["%s"] * len(subjects))
    with connection.cursor() as cursor:
        cursor.execute(SELECT_KEYS % places, subjects)
        rows = cursor.fetchall()
    return {subject: (key_id, unwrap(bytes(wrapped))) for subject, key_id, wrapped in rows}


def seal(key: bytes, content: bytes, *, bound_to: bytes) -> bytes:
    """Content sealed under a key, so that it opens only together with what it is bound to."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, content, bound_to)


def unseal(key: bytes, sealed: bytes, *, bound_to: bytes) -> bytes:
    """What was sealed; CannotOpen when a single bit of anything differs."""
    try:
        return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], bound_to)
    except (InvalidTag, ValueError) as error:
        raise CannotOpen from error


def wrap(key: bytes) -> bytes:
    """A subject's key as it is stored."""
    return seal(wrapping_key(settings.SECRET_KEY), key, bound_to=b"")


def unwrap(wrapped: bytes) -> bytes:
    """A subject's key from its stored form, under the secret of today or an earlier one."""
    for secret in [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]:
        try:
            return unseal(wrapping_key(secret), wrapped, bound_to=b"")
        except CannotOpen:
            continue
    raise CannotOpen("The subject's key was wrapped under another SIGHTLINE_SECRET_KEY.")


@cache
def wrapping_key(secret: str) -> bytes:
    """The key that wraps keys, derived from the installation's secret."""
    derivation = HKDF(
        algorithm=SHA256(), length=32, salt=None, info=b"sightline ledger subject keys"
    )
    return derivation.derive(secret.encode())
