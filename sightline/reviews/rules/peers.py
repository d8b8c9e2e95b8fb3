"""What may be told of answers that were given in confidence.

Told only from so many people up (three at least), once and for all from all of them together, as
half points of the scale whose ends are left open, and as words in an order that means nothing.
See docs/rules/reviews.md for what each of these keeps from being found out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor

FEWEST = 3
"""No installation can tell answers of fewer people."""
FEWEST_ASKED = 50
"""Of fewer forms asked for, not even the share that has come in is told: of so many, each ten of
percent stand for five forms, and none for a single one."""


LOW, HIGH = "low", "high"


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of the ratings of an item: a half point; at an end, "so much or more"."""

    half_points: int
    """Twice the value, a whole number."""
    end: str
    """LOW or HIGH at an end of the scale: that everybody gave the last point cannot be told."""

    @property
    def is_open(self) -> bool:
        """Whether it may be more, or less, than is told."""
        return bool(self.end)


def told(values: Sequence[int], *, lowest: int, highest: int, needed: int = FEWEST) -> Told | None:
    """The ratings of an item by peers, as far as they may be told; None: held back."""
    if len(values) < max(needed, FEWEST):
        return None
    mean = Fraction(sum(values), len(values))
    half_points = floor(mean * 2 + Fraction(1, 2))
    ends = {2 * lowest + 1: LOW, 2 * highest - 1: HIGH}
    inner = min(max(half_points, min(ends)), max(ends))
    return Told(inner, ends.get(inner, ""))


def words_told(
    by_author: Sequence[Sequence[str]],
    *,
    shuffle: Callable[[list[str]], None],
    needed: int = FEWEST,
) -> list[str]:
    """What several authors wrote, each list one author's, shuffled; empty: held back.

    Authors who wrote nothing do not count.
    """
    written = [[text.strip() for text in texts if text.strip()] for texts in by_author]
    authors = [texts for texts in written if texts]
    if len(authors) < max(needed, FEWEST):
        return []
    words = [text for texts in authors for text in texts]
    shuffle(words)
    return words


def share_told(done: int, of: int) -> int | None:
    """How many percent of the forms of peers have come in, in tens; None: too few to tell."""
    if of < FEWEST_ASKED:
        return None
    return floor(Fraction(10 * done, of) + Fraction(1, 2)) * 10
