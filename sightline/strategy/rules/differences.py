"""A text against the one before, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from enum import StrEnum


class Part(StrEnum):
    """What became of some words."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


def differences(before: str, after: str) -> list[tuple[Part, str]]:
    """A text against the one before, in runs of words that stayed, went, or came."""
    old, new = _words(before), _words(after)
    found: list[tuple[Part, str]] = []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for _tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if old[old_from:old_to] == new[new_from:new_to]:
            found.append((Part.SAME, "".join(old[old_from:old_to])))
            continue
        found += _runs(Part.GONE, old[old_from:old_to])
        found += _runs(Part.NEW, new[new_from:new_to])
    return found


def _words(text: str) -> list[str]:
    """Words with the space behind them; where no spaces are written, each character."""
    return re.findall(r"[\u3040-\u30ff\u3400-\u9fff]|[^\s\u3040-\u30ff\u3400-\u9fff]+\s*|\s+", text)


def _runs(part: Part, words: list[str]) -> Iterator[tuple[Part, str]]:
    if words:
        yield part, "".join(words)
