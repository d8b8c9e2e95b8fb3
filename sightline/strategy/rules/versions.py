"""What one version of a strategy says otherwise than the one before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from enum import StrEnum

RELIED_ON = frozenset({"title", "description", "measures"})
"""What goals and commitments rely on: when it changes, they are asked anew."""


class Fate(StrEnum):
    """What becomes of an objective from one version to the next."""

    SAME = "same"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Wording:
    """What is compared of an objective."""

    title: str
    description: str
    measures: str
    """Each on a line of its own, with its targets."""

    perspective: str
    theme: str
    owner: int
    """The key of a person: two of one name differ, and whoever reads may not know either."""

    share_percent: Decimal


@dataclass(frozen=True, slots=True)
class Version:
    """An objective in one version; `line` is what it has in common with its other versions."""

    key: int
    line: int
    strategy: int
    code: str
    wording: Wording


@dataclass(frozen=True, slots=True)
class Compared:
    """An objective as it was and as it is to be; of what comes or goes one of the two."""

    old: Version | None
    new: Version | None

    @property
    def changed(self) -> list[str]:
        """The fields that say something else."""
        if self.old is None or self.new is None:
            return []
        before, after = self.old.wording, self.new.wording
        names = [field.name for field in fields(Wording)]
        return [name for name in names if getattr(before, name) != getattr(after, name)]

    @property
    def fate(self) -> Fate:
        """What becomes of it."""
        if self.old is None:
            return Fate.ADDED
        if self.new is None:
            return Fate.REMOVED
        return Fate.CHANGED if self.changed else Fate.SAME

    @property
    def asks_anew(self) -> bool:
        """Whether those who serve it are asked whether they still do: it is gone, or another."""
        return self.fate == Fate.REMOVED or bool(RELIED_ON.intersection(self.changed))


def compared(old: Sequence[Version], new: Sequence[Version]) -> list[Compared]:
    """Objectives side by side, in the order of the new version; those that go come last."""
    before = {one.line: one for one in old}
    found = [Compared(before.pop(one.line, None), one) for one in new]
    return found + [Compared(one, None) for one in before.values()]
