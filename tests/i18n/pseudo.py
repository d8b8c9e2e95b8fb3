"""A language in which every translated text is in brackets, so that what is not stands out."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Iterator
from gettext import NullTranslations
from html.parser import HTMLParser

OPEN, CLOSE = "⟦", "⟧"
READ_OUT = {"aria-label", "aria-description", "title", "placeholder", "alt"}
OWN_NAMES = {"time_zone", "language"}
CLIPPED_FROM = 20
"""Characters from which a text that ends in "…" may be the beginning of one that was typed."""
SILENT = {"script", "style", "code", "kbd", "time", "svg"}
MONTHS = "|".join([*calendar.month_name[1:], *calendar.month_abbr[1:]])
DAYS = "|".join(set(calendar.day_name))
NOT_WORDS = {
    "the two ends of a hash": r"[0-9a-f]{4}…[0-9a-f]{4}",
    "a name of ours": r"Sightline",
    "a format": r"\b(?:CSV|XLSX|JSON|UTF-8|UTC)\b",
    "a kind of record": r"\b[a-z]+\.[A-Z]\w+\b",
    "a fingerprint or key": r"\b[\w+/=-]{40,}",
    "an address": r"\S+@\S+|https?://\S+|/\S*/|\b\d+\.\d+\.\d+\.\d+\b",
    "a time zone": r"\b[A-Z]\w+/[\w/]+\b",
    "a day, as the language writes it": rf"(?:{DAYS})?\s*\d{{1,2}}\s(?:{MONTHS})(?:\s\d{{4}})?",
    "the name of a job": r"\b[a-z_]+\.[a-z_]+\b",
}


class Pseudo(NullTranslations):
    """Translates everything into itself, in brackets."""

    def gettext(self, message: str) -> str:
        return f"{OPEN}{message}{CLOSE}" if message.strip() else message

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        return self.gettext(singular if n == 1 else plural)

    def pgettext(self, context: str, message: str) -> str:
        return self.gettext(message)

    def npgettext(self, context: str, singular: str, plural: str, n: int) -> str:
        return self.ngettext(singular, plural, n)

    def to_language(self) -> str:
        """The code under which Django knows it."""
        return "en"


class Words(HTMLParser):
    """Collects the pieces of a page that somebody reads or hears."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self._silent: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in SILENT or (tag == "select" and given.get("name") in OWN_NAMES):
            self._silent.append(tag)
        for name, value in given.items():
            is_sentence = name.startswith("data-") and " " in value and not value.startswith("{")
            if name in READ_OUT or is_sentence:
                self.pieces.append(value)
        if tag == "input" and given.get("type") in {"submit", "button"}:
            self.pieces.append(given.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if self._silent and self._silent[-1] == tag:
            self._silent.pop()

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.pieces.append(data)


def untranslated(html: str, known: Iterable[str] = ()) -> Iterator[str]:
    """The pieces of a page with letters that no translator has seen, `known` data left out."""
    words = Words()
    words.feed(html)
    longest_first = sorted(known, key=len, reverse=True)
    for piece in words.pieces:
        rest = without_brackets(piece)
        for pattern in NOT_WORDS.values():
            rest = re.sub(pattern, " ", rest)
        if is_beginning(rest, longest_first):
            continue
        for text in longest_first:
            rest = rest.replace(text, " ") if len(text) <= len(rest) else rest
        if re.search(r"[^\W\d_]{3,}", rest):
            yield " ".join(rest.split())


def is_beginning(piece: str, known: Iterable[str]) -> bool:
    """Whether a piece is a known text cut short, as lists show the long ones: "I want the im…"."""
    shown = " ".join(piece.split())
    if not shown.endswith("…") or len(shown) < CLIPPED_FROM:
        return False
    begun = shown[:-1].rstrip()
    return any(" ".join(text.split()).startswith(begun) for text in known)


def without_brackets(text: str) -> str:
    """What stands outside the brackets, which may be nested."""
    before = None
    while before != text:
        before, text = text, re.sub(f"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}", " ", text)
    return text
