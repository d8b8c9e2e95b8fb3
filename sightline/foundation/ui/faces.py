"""What stands for a person where there is no picture: initials and a colour."""

from __future__ import annotations

import unicodedata
import zlib

HUES = 8
"""How many colours avatars have; the style sheet has one rule for each."""


def initials(name: str) -> str:
    """One or two characters for a name, in any script.

    First and last word where names are set in words; the given name's end for Chinese, Japanese
    and Korean, where the family name comes first and says little about who it is.
    """
    words = [word for word in (letters(part) for part in name.split()) if word]
    if not words:
        return name.strip()[:1] or "?"
    if is_ideographic(words[0][0]):
        together = [character for word in words for character in word]
        return "".join(together[-2:])
    ends = [words[0]] if len(words) == 1 else [words[0], words[-1]]
    if is_joined(words[0][0]):
        ends = ends[:1]
    return "".join(capital(word[0]) for word in ends)


def hue(name: str) -> int:
    """Which of the avatar colours a name has: always the same one."""
    return zlib.crc32(unicodedata.normalize("NFC", name).encode()) % HUES


def letters(word: str) -> list[str]:
    """The word's letters and digits, each with the marks that belong to it."""
    result: list[str] = []
    for character in unicodedata.normalize("NFC", word):
        kind = unicodedata.category(character)[0]
        if kind in "LN":
            result.append(character)
        elif kind == "M" and result:
            result[-1] += character
    return result


def capital(letter: str) -> str:
    """The letter as a capital, where it has one that is a single letter."""
    upper = letter.upper()
    return upper if len(upper) == len(letter) else letter


def is_ideographic(letter: str) -> bool:
    """Is it written in Han characters, kana or Hangul?"""
    name = unicodedata.name(letter[0], "")
    return name.startswith(("CJK", "HIRAGANA", "KATAKANA", "HANGUL"))


def is_joined(letter: str) -> bool:
    """Does its script join letters, so that two initials would read as a word?"""
    return unicodedata.name(letter[0], "").startswith(("ARABIC", "SYRIAC", "MONGOLIAN", "NKO"))
