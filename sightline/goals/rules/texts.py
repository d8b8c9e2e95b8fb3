"""What a goal says, and what one revision says otherwise than another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from difflib import SequenceMatcher
from enum import StrEnum

LONG = frozenset({"title", "why", "measured_by"})
"""Fields that are compared word by word; of the others the whole value changes."""

RELIED_ON = frozenset(
    {"title", "measured_by", "kind", "value_unit", "start_value", "target_value", "due_on"}
)
"""What other goals rely on: when it changes, those that serve the goal must be confirmed."""


@dataclass(frozen=True, slots=True)
class GoalText:
    """What a goal says."""

    title: str
    from_on: date
    due_on: date
    why: str = ""
    measured_by: str = ""
    kind: str = "number"
    value_unit: str = ""
    start_value: Decimal | None = None
    target_value: Decimal | None = None
    weight_percent: int = 20


FIELDS = [field.name for field in fields(GoalText)]


def text_of(thing: object) -> GoalText:
    """What a goal or one of its revisions says."""
    return GoalText(**{name: getattr(thing, name) for name in FIELDS})


def changed_fields(before: GoalText, after: GoalText) -> list[str]:
    """The fields that say something else."""
    return [name for name in FIELDS if getattr(before, name) != getattr(after, name)]


def concerns_children(before: GoalText, after: GoalText) -> bool:
    """Whether a change touches what other goals rely on."""
    return bool(RELIED_ON.intersection(changed_fields(before, after)))


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
