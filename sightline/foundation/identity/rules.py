"""Words by which the first account is made: how they are drawn, read and kept."""

from __future__ import annotations

import hashlib
import secrets

LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Those that nobody takes for one another when he copies them from a screen."""

GROUPS, GROUP = 5, 4


def new_token() -> str:
    """Twenty letters at random, in groups: about 99 bits, which nobody guesses."""
    groups = ("".join(secrets.choice(LETTERS) for _ in range(GROUP)) for _ in range(GROUPS))
    return "-".join(groups)


def digest_of(token: str) -> str:
    """What is kept of a token; the same however it is typed, in small letters or without dashes.

    A plain hash is enough: there are too many tokens to try, unlike passwords.
    """
    letters = "".join(letter for letter in token.upper() if letter.isalnum())
    return hashlib.sha256(letters.encode()).hexdigest()
