"""What a goal lacks, whatever its words: docs/rules/advice.md, whose table runs as a test."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

FEWEST_MILESTONES = 2


@dataclass(frozen=True, slots=True)
class Written:
    """A goal as far as it is written, each field as text; "" where nothing stands."""

    title: str
    why: str
    kind: str
    measured_by: str
    start_value: str
    target_value: str
    band_low: str
    band_high: str
    due_on: str
    milestones: int
    says_how_many: bool
    """Whether its title or its measure has a number in it."""

    @property
    def has_numbers(self) -> bool:
        """Whether it says how much: by its measure, or in its words."""
        return self.says_how_many or {
            "number": bool(self.target_value),
            "band": bool(self.band_low and self.band_high),
        }.get(self.kind, False)


def lacking(goal: Written) -> Iterator[str]:
    """What is missing, in the order in which it is told."""
    yield from {"number": _of_number, "band": _of_band}.get(goal.kind, _of_steps)(goal)
    if not goal.due_on:
        yield "date"
    if not goal.why:
        yield "contribution"


def _of_number(goal: Written) -> Iterator[str]:
    if not goal.measured_by:
        yield "measure"
    if not goal.start_value:
        yield "baseline"
    if not goal.target_value:
        yield "target"


def _of_band(goal: Written) -> Iterator[str]:
    if not goal.measured_by:
        yield "measure"
    if not (goal.band_low and goal.band_high):
        yield "band"


def _of_steps(goal: Written) -> Iterator[str]:
    if goal.kind == "milestones" and goal.milestones < FEWEST_MILESTONES:
        yield "milestones"
    if goal.kind == "yes_no" and not (goal.measured_by or goal.says_how_many):
        yield "sign"
