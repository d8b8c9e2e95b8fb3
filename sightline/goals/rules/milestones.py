"""The steps of a goal: each is done or it is not, has a weight and perhaps a day of its own."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from math import ceil

WHOLE = Decimal(100)
MOST = 20
"""More steps than these are several goals, or a list of errands."""


@dataclass(frozen=True, slots=True)
class Milestone:
    """One step. Its number stays the same through all revisions of a goal.

    Weights count against each other: 2 is twice 1. Without a day it is due with the goal.
    """

    number: int
    title: str
    weight: int = 1
    due_on: date | None = None

    def __str__(self) -> str:
        return f"{self.title} (×{self.weight}, {self.due_on or '–'})"


class State(StrEnum):
    """How a milestone stands on a day."""

    DONE = "done"
    LATE = "late"
    NEXT = "next"
    OPEN = "open"


def done_percent(milestones: Collection[Milestone], done: Collection[int]) -> Decimal:
    """Σ weights of those done of Σ all weights; there must be one at least."""
    reached = sum(one.weight for one in milestones if one.number in done)
    return WHOLE * reached / sum(one.weight for one in milestones)


def planned_days(milestones: Sequence[Milestone], from_on: date, due_on: date) -> dict[int, date]:
    """By number the day on which the plan wants each done.

    Those without a day of their own follow each other evenly, by their weights, up to the due day.
    """
    free = [one.weight for one in milestones if one.due_on is None]
    days, length, passed = {}, (due_on - from_on).days, 0
    for one in milestones:
        passed += one.weight if one.due_on is None else 0
        evenly = timedelta(days=ceil(length * passed / max(1, sum(free))))
        days[one.number] = one.due_on or from_on + evenly
    return days


def wanted_percent(
    milestones: Sequence[Milestone], from_on: date, due_on: date, day: date
) -> Decimal:
    """How much the plan wants to be done by the end of a day."""
    planned = planned_days(milestones, from_on, due_on)
    return done_percent(milestones, [number for number, on in planned.items() if on <= day])


def states(
    milestones: Sequence[Milestone], done: Collection[int], due_on: date, day: date
) -> list[State]:
    """How each stands on a day; what is due today is not late yet, and one at most is next.

    What has no day of its own is due with the goal.
    """
    days = [one.due_on or due_on for one in milestones]
    is_open = [one.number not in done for one in milestones]
    ahead = [on for on, opened in zip(days, is_open, strict=True) if opened and on >= day]
    found: list[State] = []
    for on, opened in zip(days, is_open, strict=True):
        if not opened:
            found.append(State.DONE)
        elif on < day:
            found.append(State.LATE)
        else:
            is_next = on == min(ahead) and State.NEXT not in found
            found.append(State.NEXT if is_next else State.OPEN)
    return found


def numbered(
    milestones: Iterable[Milestone], known: Collection[int], above: int
) -> tuple[Milestone, ...]:
    """Milestones as they are kept: known numbers once, new ones beyond all that ever were."""
    return tuple(_numbered(milestones, set(known), above))


def _numbered(milestones: Iterable[Milestone], free: set[int], above: int) -> Iterator[Milestone]:
    for one in milestones:
        if one.number in free:
            free.remove(one.number)
            yield replace(one, title=one.title.strip())
        else:
            above += 1
            yield replace(one, number=above, title=one.title.strip())
