"""How names are found and put in order, in any script."""

from __future__ import annotations

import unicodedata


def folded(text: str) -> str:
    """The text without case, accents and doubled spaces: "Tomás  SILVA" → "tomas silva"."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return " ".join(kept.translate(_LETTERS).split())


_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th"})


def search_key(*texts: str) -> str:
    """One folded line in which search looks, at most 900 characters."""
    return " ".join(folded(text) for text in texts if text)[:900]


def sort_key(name: str, family_name: str = "") -> str:
    """By family name, then the whole name. Without a family name, by its last word.

    Only a default: a culture that puts the family name first says so by filling it in.
    """
    words = name.split()
    family = family_name or (words[-1] if words else "")
    return f"{folded(family)[:120]} {folded(name)[:200]}".strip()
