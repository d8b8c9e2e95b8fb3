"""How a goal went: its check-ins at a human rhythm, with what was said."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from sightline.foundation.ui.words import in_unit
from sightline.goals.actions.bulk import Said
from sightline.goals.models import Wording
from sightline.goals.rules.texts import GoalText

PACES = {"well": 1.12, "fair": 0.93, "poor": 0.62}
"""How fast a goal moves, of the pace of its plan."""

SURE = {"well": (0.75, 0.95), "fair": (0.5, 0.8), "poor": (0.2, 0.5)}


@dataclass(frozen=True, slots=True)
class Course:
    """The check-ins of a goal, and whether it was reached in the end."""

    said: tuple[Said, ...]
    reached: bool


def course_of(
    words: dict[str, Any],
    text: GoalText,
    today: date,
    dice: Random,
    *,
    every: int,
    away: bool = False,
) -> Course:
    """A goal from its start to its due day, or to today. Who is away has been silent for weeks."""
    how = dice.choices(["well", "fair", "poor"], [50, 30, 20])[0]
    silent = dice.random() < 0.07
    if text.kind == Wording.Kind.CHILDREN:
        return Course((), how != "poor")
    pace = PACES[how] * dice.uniform(0.93, 1.07)
    last = min(today, text.due_on) - timedelta(days=60 if away or silent else 0)
    said: list[Said] = []
    for on in _days(text.from_on, last, dice, every):
        part = (on - text.from_on).days / (text.due_on - text.from_on).days
        reached = max(0.0, min(1.15, part * pace + dice.gauss(0, 0.035)))
        said.append(_said(words[how], text, on, reached, SURE[how], dice))
    reached_it = how == "well" or (how == "fair" and dice.random() < 0.6)
    if today > text.due_on:
        part = dice.uniform(1.0, 1.06) if reached_it else dice.uniform(0.45, 0.9)
        said.append(_said(words[how], text, text.due_on, part, SURE[how], dice))
        if text.kind == Wording.Kind.NUMBER:
            reached_it = said[-1].value == text.target_value or reached_it
    return Course(_ticked(text, said, pace), reached_it)


def _ticked(text: GoalText, said: list[Said], pace: float) -> tuple[Said, ...]:
    """Each milestone is done as much sooner or later as the goal moves, and said when next asked.

    Those without a day follow each other evenly.
    """
    length, count = (text.due_on - text.from_on).days, len(text.milestones)
    done_on = {}
    for place, one in enumerate(text.milestones, start=1):
        part = (one.due_on - text.from_on).days if one.due_on else length * place / count
        done_on[one.number] = text.from_on + timedelta(days=max(1, round(part / pace)))
    found, told = [], set[int]()
    for word in said:
        new = [(number, on) for number, on in done_on.items() if on <= word.on]
        found.append(replace(word, ticks=tuple(tick for tick in new if tick[0] not in told)))
        told |= {number for number, _on in new}
    return tuple(found)


def _days(first: date, last: date, dice: Random, every: int) -> list[date]:
    """About every so many days; one time in seven it is forgotten, now and then it comes late."""
    days, day = [], first + timedelta(days=dice.randint(4, every))
    while day <= last:
        if dice.random() > 0.14:
            days.append(day)
        day += timedelta(days=max(5, round(dice.gauss(every, every / 4))))
    return days


def _said(
    words: list[str],
    text: GoalText,
    on: date,
    reached: float,
    sure: tuple[float, float],
    dice: Random,
) -> Said:
    value = _value(text, reached, sure, dice)
    note = dice.choice(words) if dice.random() < 0.45 else ""
    is_number = text.kind in {Wording.Kind.NUMBER, Wording.Kind.BAND}
    shown = ""
    if is_number and value is not None:
        shown = in_unit(f"{value.normalize():f}", text.value_unit)
    note = note.replace("{now}. ", f"{shown}. " if shown else "")
    note = note.replace("{now}, and", f"{shown}, and" if shown else "Done in part, and")
    confidence = Decimal(f"{round(dice.uniform(*sure) * 20) / 20:.2f}")
    return Said(on, value, confidence, note)


def _value(
    text: GoalText, reached: float, sure: tuple[float, float], dice: Random
) -> Decimal | None:
    if text.kind == Wording.Kind.MILESTONES:
        return None
    if text.band_low is not None and text.band_high is not None:
        middle, width = (text.band_low + text.band_high) / 2, text.band_high - text.band_low
        off = dice.gauss(0, 0.75 - sure[0] / 2) * float(width)
        return max(Decimal(0), middle + Decimal(f"{off:.1f}"))
    if text.kind == Wording.Kind.YES_NO or text.start_value is None or text.target_value is None:
        return Decimal(reached >= 1)
    exact = float(text.start_value) + float(text.target_value - text.start_value) * reached
    step = Decimal(1) if _is_whole(text) else Decimal("0.1")
    return max(Decimal(0), Decimal(f"{exact:.6f}")).quantize(step)


def _is_whole(text: GoalText) -> bool:
    values = (text.start_value, text.target_value)
    return all(value is not None and value == value.to_integral_value() for value in values)
