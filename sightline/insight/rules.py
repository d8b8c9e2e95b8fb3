"""The arithmetic of overviews: what is done, open and late, and which small groups are not told.

docs/rules/insight.md says the same in words, with the tables that run as tests.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from sightline.foundation.core.groups import FEWEST

Group = TypeVar("Group")


@dataclass(frozen=True, slots=True)
class Work:
    """Of so much to be done: what is done, what is open, and what of it is late."""

    done: int
    open: int
    late: int

    @property
    def of(self) -> int:
        """All that is to be done."""
        return self.done + self.open + self.late

    @property
    def missing(self) -> int:
        """What has not come in, late or not."""
        return self.open + self.late


def work(done: int, of: int, *, is_over: bool) -> Work:
    """What is not done is open while its days run, and late when they are over."""
    left = max(0, of - done)
    return Work(done, 0, left) if is_over else Work(done, left, 0)


def held_back(
    groups: Iterable[Group], size: Callable[[Group], int]
) -> tuple[list[Group], list[Group]]:
    """The groups of three or more that may be told one by one, and those told together.

    Small groups are put together. When they are still too few, the smallest of the others joins
    them, so that nobody finds them out by subtracting what is told from the whole.
    """
    told = [one for one in groups if size(one) >= FEWEST]
    small = [one for one in groups if 0 < size(one) < FEWEST]
    while small and told and sum(size(one) for one in small) < FEWEST:
        smallest = min(range(len(told)), key=lambda place: size(told[place]))
        small.append(told.pop(smallest))
    return told, small
