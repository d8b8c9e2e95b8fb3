"""The keys of rows in addresses and forms, where anything may have been typed."""

from __future__ import annotations

LONGEST_KEY = 18
"""Digits; whatever has no more is a number that both databases can hold."""


def key_in(text: str) -> int | None:
    """The key that a text holds; None when it holds none."""
    is_key = text.isascii() and text.isdecimal() and len(text) <= LONGEST_KEY
    return int(text) if is_key else None
