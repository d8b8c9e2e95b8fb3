"""Which level of a competency holds, how far it is from what is needed, how plans move on.

docs/rules/development.md explains it with worked numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from math import floor

from sightline.foundation.core.groups import FEWEST

MANAGER, SELF, REVIEW = "manager", "self", "review"
LOWEST, HIGHEST = Decimal(1), Decimal(9)

FRESH = timedelta(days=548)
"""How long a judgement speaks for today: eighteen months. An older one holds, and is marked."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """A level that somebody saw a person show. Of two on one day, the later written one counts."""

    level: Decimal
    source: str
    on: date
    written: int = 0
    plus_minus: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Standing:
    """The level that holds, and between which levels all who judged put the person."""

    level: Decimal
    low: Decimal
    high: Decimal
    source: str
    on: date


def standing(judgements: Iterable[Judgement]) -> Standing | None:
    """The level that holds: the latest of review and manager's; one's own if nobody else judged.

    A review outweighs a manager's assessment of the same day. The range spans the latest judgement
    of each source, each with its own uncertainty.
    """
    last: dict[str, Judgement] = {}
    for one in sorted(judgements, key=lambda one: (one.on, one.written)):
        last[one.source] = one
    if not last:
        return None
    others = [one for source, one in last.items() if source != SELF] or [last[SELF]]
    held = max(others, key=lambda one: (one.on, one.source == REVIEW))
    return Standing(
        level=held.level,
        low=max(LOWEST, min(one.level - one.plus_minus for one in last.values())),
        high=min(HIGHEST, max(one.level + one.plus_minus for one in last.values())),
        source=held.source,
        on=held.on,
    )


def missing_levels(required: int, shown: Decimal | None) -> Decimal | None:
    """How many levels are missing; 0 when more is shown than needed, None when nobody judged."""
    return None if shown is None else max(Decimal(0), required - shown)


def missing_percent(pairs: Sequence[tuple[int, Decimal | None]]) -> Decimal | None:
    """What is missing of all that is needed, in percent, over (required, shown) that are judged.

    None when nothing is judged: not knowing is not the same as nothing missing.
    """
    judged = [(required, shown) for required, shown in pairs if shown is not None]
    needed = sum(required for required, _shown in judged)
    if not needed:
        return None
    missing = sum((max(Decimal(0), required - shown) for required, shown in judged), Decimal(0))
    return missing / needed * 100


def is_old(on: date, today: date) -> bool:
    """Whether a judgement is too old to speak for today."""
    return today - on > FRESH


def next_level(shown: Decimal, highest: int) -> int | None:
    """The whole level above what is shown; None from the highest one on."""
    above = floor(shown) + 1
    return above if above <= highest else None


PLAN_MOVES: Mapping[str, frozenset[str]] = {
    "draft": frozenset({"proposed", "agreed"}),
    "proposed": frozenset({"proposed", "agreed", "closed"}),
    "agreed": frozenset({"proposed", "agreed", "closed"}),
    "closed": frozenset(),
}
"""From which stage to which a plan may go. A change brings an agreed plan back to proposed."""

ACTION_MOVES: Mapping[str, frozenset[str]] = {
    "open": frozenset({"doing", "done", "dropped"}),
    "doing": frozenset({"done", "dropped"}),
    "done": frozenset({"doing"}),
    "dropped": frozenset({"open"}),
}
"""From which stage to which an action may go; done and dropped ones can be taken up again."""

ENDED = frozenset({"done", "dropped"})


def plan_may_go(before: str, after: str) -> bool:
    """Whether a plan may go from one stage to another."""
    return after in PLAN_MOVES[before]


def action_may_go(before: str, after: str) -> bool:
    """Whether an action may go from one stage to another."""
    return after in ACTION_MOVES[before]


def words_needed(before: str, after: str) -> bool:
    """Whether a move asks for words: whatever ends an action, and whatever takes it up again."""
    return before in ENDED or after in ENDED


def is_overdue(due_on: date, stage: str, today: date) -> bool:
    """Whether an action should have ended before today, and has not."""
    return due_on < today and stage not in ENDED


def may_be_counted(top: int, under: Mapping[int, Sequence[int]], people: Mapping[int, int]) -> bool:
    """Whether a count of people in a unit, with all under it, tells of nobody singly.

    `under` are the units right under each unit, `people` how many there are in each unit itself.
    A count is of `FEWEST` at least; and less the counts told of units further down it leaves none
    or as many at least, so that no subtraction tells more.
    """

    def told(unit: int) -> tuple[int, int]:
        """How many there are, and how many of them the counts told from here on down cover."""
        below = [told(one) for one in under.get(unit, ())]
        count = people.get(unit, 0) + sum(one for one, _covered in below)
        covered = sum(one for _count, one in below)
        is_safe = count >= FEWEST and not 0 < count - covered < FEWEST
        return count, count if is_safe else covered

    count, covered = told(top)
    return count >= FEWEST and covered == count


def agreed_by_all(needed: Iterable[str], agreed: Iterable[str]) -> bool:
    """Whether every side that must agree to a plan has done so."""
    return set(needed) <= set(agreed)
