"""The key that signs the log's heads: Ed25519, made at first use, kept in a file of its own.

The file may also name public keys of earlier days, as PEM blocks below the private one, so that
heads signed before a change of keys still verify.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)
from django.conf import settings

from sightline.foundation.ledger import rules

PUBLIC_BLOCK = re.compile(b"-----BEGIN PUBLIC KEY-----.+?-----END PUBLIC KEY-----", re.DOTALL)


class NoSigningKey(Exception):  # noqa: N818 - says what is missing
    """The log has signed heads, and the key that signed them is not where it should be."""


@dataclass(frozen=True, slots=True)
class Signer:
    """Signs heads, and knows the public keys by which heads verify."""

    private_key: Ed25519PrivateKey
    earlier: tuple[bytes, ...] = ()

    @property
    def public_key(self) -> bytes:
        """The public half of the key in use."""
        return raw(self.private_key.public_key())

    @property
    def key_id(self) -> str:
        """The short name of the key in use."""
        return rules.key_id(self.public_key)

    def public_keys(self) -> dict[str, bytes]:
        """All public keys by which a head of this log may verify, by their short names."""
        return {rules.key_id(key): key for key in (self.public_key, *self.earlier)}

    def sign(self, message: bytes) -> bytes:
        """The signature of a message."""
        return self.private_key.sign(message)


def key_file() -> Path:
    """Where the signing key is kept."""
    return Path(settings.LEDGER_KEY_FILE)


def signer(*, log_is_empty: bool) -> Signer:
    """The signer of this installation. A key is made only while nothing has been signed yet."""
    path = key_file()
    if not path.exists():
        if not log_is_empty:
            raise NoSigningKey(
                f"The ledger's signing key is not at {path}. Put it back from the backup, or name "
                "its place in SIGHTLINE_LEDGER_KEY_FILE."
            )
        make_key(path)
    return read_signer(path)


def read_signer(path: Path) -> Signer:
    """The signer whose key a file holds."""
    stored = path.read_bytes()
    private_key = load_pem_private_key(stored, password=None)
    if not isinstance(private_key, Ed25519PrivateKey):
        raise NoSigningKey(f"{path} holds a key, but not an Ed25519 one.")
    earlier = [load_pem_public_key(block) for block in PUBLIC_BLOCK.findall(stored)]
    return Signer(private_key, tuple(raw(k) for k in earlier if isinstance(k, Ed25519PublicKey)))


def make_key(path: Path) -> None:
    """Write a new key for nobody else's eyes; leave the file of whoever was quicker."""
    pem = Ed25519PrivateKey.generate().private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    )
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    with open(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as out:
        out.write(pem)
    try:
        os.link(draft, path)  # whole or not at all, and never over another's
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def raw(public_key: Ed25519PublicKey) -> bytes:
    """The 32 bytes of a public key."""
    return public_key.public_bytes(Encoding.Raw, PublicFormat.Raw)
