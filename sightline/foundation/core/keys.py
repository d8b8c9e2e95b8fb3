"""Keys and words in addresses and forms, where anything may have been typed."""

from __future__ import annotations

from unicodedata import category

LONGEST_KEY = 18
"""Digits; whatever has no more is a number that both databases can hold."""

LONGEST_WORDS = 200


def key_in(text: str) -> int | None:
    """The key that a text holds; None when it holds none."""
    is_key = text.isascii() and text.isdecimal() and len(text) <= LONGEST_KEY
    return int(text) if is_key else None


def words_in(text: str) -> str:
    """The words to look for in a text: without signs that no database takes, and not too long."""
    kept = "".join(" " if category(sign) in {"Cc", "Cs"} else sign for sign in text)
    return " ".join(kept.split())[:LONGEST_WORDS]
