"""Which known name was meant by one that nobody has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from difflib import SequenceMatcher


class Nearest:
    """Finds the closest of many short names: those at one or two slips from the one given.

    Every name is filed under itself and under itself less each one sign. Two names that are a slip
    apart share such an entry, so that a search looks at few, whatever the number of names.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._filed: dict[str, list[str]] = defaultdict(list)
        for name in names:
            for variant in _variants(name):
                self._filed[variant].append(name)

    def to(self, wanted: str) -> str | None:
        """The closest name, the first in order among equals; None when none is close."""
        found = {name for variant in _variants(wanted) for name in self._filed.get(variant, ())}
        found.discard(wanted)
        if not found or len(wanted) < 2:
            return None
        return max(sorted(found), key=lambda name: SequenceMatcher(None, wanted, name).ratio())


def _variants(name: str) -> set[str]:
    folded = name.casefold()
    return {folded, *(folded[:i] + folded[i + 1 :] for i in range(min(len(folded), 20)))}
