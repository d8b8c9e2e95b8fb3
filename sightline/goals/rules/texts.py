"""What a goal says, and what one revision says otherwise than another."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any

from sightline.goals.rules.milestones import Milestone
from sightline.strategy.rules.differences import Part

LONG = frozenset({"title", "why", "measured_by"})
"""Fields that are compared word by word; of the others the whole value changes."""

RELIED_ON = frozenset(
    {
        *("title", "measured_by", "kind", "value_unit", "start_value", "target_value", "due_on"),
        *("band_low", "band_high", "inside_percent", "milestones"),
    }
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
    band_low: Decimal | None = None
    band_high: Decimal | None = None
    inside_percent: int | None = None
    """On so many of a hundred days the number is to lie within its band."""

    milestones: tuple[Milestone, ...] = ()
    weight_percent: int = 20


FIELDS = [field.name for field in fields(GoalText)]


def text_of(thing: object) -> GoalText:
    """What a goal or one of its revisions says."""
    return GoalText(**{name: getattr(thing, name) for name in FIELDS})


def fields_of(text: GoalText) -> dict[str, Any]:
    """What a goal says, field by field."""
    return {name: getattr(text, name) for name in FIELDS}


def changed_fields(before: GoalText, after: GoalText) -> list[str]:
    """The fields that say something else."""
    return [name for name in FIELDS if getattr(before, name) != getattr(after, name)]


def concerns_children(before: GoalText, after: GoalText) -> bool:
    """Whether a change touches what other goals rely on."""
    return bool(RELIED_ON.intersection(changed_fields(before, after)))


def steps_changed(
    before: Collection[Milestone], after: Collection[Milestone]
) -> list[tuple[Part, Milestone]]:
    """Milestones against those before: what stayed, what became of each, what came, what went."""
    old = {one.number: one for one in before}
    found: list[tuple[Part, Milestone]] = []
    for one in after:
        was = old.pop(one.number, None)
        if was == one:
            found.append((Part.SAME, one))
            continue
        found += [(Part.GONE, was)] if was else []
        found.append((Part.NEW, one))
    return found + [(Part.GONE, one) for one in old.values()]
