"""How two people of the demo company talk: how often, about what, what they promise."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import cycle
from random import Random
from typing import Any

from django.utils import timezone

from sightline.conversations.actions.past import PastPoint, PastPromise, PastSeries
from sightline.foundation.core.spans import FOREVER, Span
from sightline.people.models import Employee
from sightline.site.demo.calendar import Calendar

Meetings = list[tuple[datetime, bool]]
PURPOSE = "One-to-one"
HOURS = (9, 10, 11, 13, 14, 15, 16)
DRIFT_DAYS = (-1, 0, 0, 0, 0, 1, 2, 4)
"""By how much people miss the day that the rhythm asks for."""


@dataclass(frozen=True, slots=True)
class Habit:
    """How a manager keeps talks: every so many days, how many fall out, since when none at all."""

    cadence_days: int
    missed: float
    silent_days: int = 0


HABITS = (Habit(14, 0.07), Habit(14, 0.2), Habit(28, 0.28))
OF_HUNDRED = (45, 32, 23)
"""How many of a hundred managers keep which of these."""
OF_THE_CAST = {"ana": Habit(14, 0.05), "leo": Habit(14, 0.3), "amara": Habit(14, 0.1)}
FADES, NEVER = 0.07, 0.03
"""The part of pairs that fell silent some time ago, and of those who never began."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A person and the manager, on these days, in a job of this family."""

    employee: Employee
    manager: Employee
    span: Span
    family: str
    is_far: bool = False
    """In a further house, of which less is told."""

    def is_running(self) -> bool:
        """Whether the one still reports to the other."""
        return self.span.end == FOREVER


@dataclass(slots=True)
class Talking:
    """Tells what happened between pairs. Nobody hears the same point twice from one manager."""

    calendar: Calendar
    seed: int
    words: Mapping[str, Any]
    keys: Mapping[int, str]
    """The keys of the cast by the people's own."""
    _lines: dict[tuple[str, str, str], cycle[str]] = field(default_factory=dict)

    def of(self, pair: Pair, away: Sequence[Span]) -> PastSeries | None:
        """The series of a pair; None for the few who never began one."""
        dice = self._dice("talks", pair.employee.number, pair.manager.number)
        own = self._own_words(pair)
        habit = self._habit(pair, own, dice)
        if habit is None:
            return None
        meetings = self._meetings(pair, habit, away, dice)
        if own:
            points, promises = self._told(pair, own, meetings), self._promised(pair, own)
        else:
            points = self._points(pair, meetings, dice)
            promises = self._promises(pair, meetings, dice)
        return PastSeries(
            pair=(pair.employee, pair.manager),
            purpose=PURPOSE,
            cadence_days=habit.cadence_days,
            span=pair.span,
            meetings=meetings,
            next_at=self._next(pair, habit, meetings, away, dice),
            points=points,
            promises=promises,
        )

    def _dice(self, *about: str) -> Random:
        return Random(f"{self.seed}/{'/'.join(about)}")  # noqa: S311 - a play of chance

    def _habit(self, pair: Pair, own: Mapping[str, Any], dice: Random) -> Habit | None:
        of_cast = OF_THE_CAST.get(self.keys.get(pair.manager.pk, ""))
        usual = self._dice("habit", pair.manager.number).choices(HABITS, OF_HUNDRED)[0]
        habit = of_cast or usual
        if own:
            return Habit(habit.cadence_days, habit.missed, own.get("silent_days", 0))
        chance = dice.random()
        if chance < NEVER and not of_cast:
            return None
        if chance < NEVER + FADES and not of_cast:
            return Habit(habit.cadence_days, habit.missed, dice.randint(50, 200))
        return habit

    def _meetings(self, pair: Pair, habit: Habit, away: Iterable[Span], dice: Random) -> Meetings:
        end = min(pair.span.end, self.calendar.days(-habit.silent_days))
        day = pair.span.start + timedelta(days=dice.randint(2, habit.cadence_days))
        found: Meetings = []
        while (day := workday(day)) < end:
            chance = dice.random()
            is_free = not rests(day) and not any(day in span for span in away)
            if is_free and chance >= habit.missed:
                found.append((at(day, dice), True))
            elif is_free and chance < habit.missed / 2:
                found.append((at(day, dice), False))
            day += timedelta(days=habit.cadence_days + dice.choice(DRIFT_DAYS))
        return found

    def _next(
        self, pair: Pair, habit: Habit, meetings: Meetings, away: Iterable[Span], dice: Random
    ) -> datetime | None:
        today = self.calendar.today
        is_away = any(today in span for span in away)
        if not pair.is_running() or habit.silent_days or is_away or dice.random() < 0.12:
            return None
        last = meetings[-1][0].date() if meetings else pair.span.start
        day = workday(last + timedelta(days=habit.cadence_days))
        while day < today - timedelta(days=2):
            day = workday(today + timedelta(days=dice.randint(0, 6)))
        return at(day, dice)

    def _points(self, pair: Pair, meetings: Meetings, dice: Random) -> list[PastPoint]:
        """What was talked about in the last four talks, and what waits for the next."""
        found = []
        first = max(0, len(meetings) - (1 if pair.is_far else 4))
        for number, (met_at, was_held) in enumerate(meetings[first:], start=first):
            for _count in range(dice.randint(1, 2) if was_held else 0):
                found.append(self._point(pair, met_at, number, dice))
        if pair.is_running() and meetings:
            for _count in range(dice.choice((0, 0, 1, 1, 2))):
                found.append(self._point(pair, self._yesterday(dice), None, dice))
        return found

    def _point(self, pair: Pair, before: datetime, settled: int | None, dice: Random) -> PastPoint:
        is_own = dice.random() < 0.6
        text = self._line(pair, "theirs" if is_own else "managers")
        raised_at = before - timedelta(days=dice.randint(0, 5), hours=dice.randint(1, 20))
        return PastPoint(text, pair.employee if is_own else pair.manager, raised_at, settled)

    def _promises(self, pair: Pair, meetings: Meetings, dice: Random) -> list[PastPromise]:
        """What was promised in the last three talks; most of it is done, some of it is late."""
        found = []
        for met_at, was_held in meetings[-1 if pair.is_far else -3 :]:
            if not was_held or dice.random() < 0.45:
                continue
            due_on = met_at.date() + timedelta(days=dice.choice((7, 14, 14, 21)))
            done_at = met_at + timedelta(days=dice.randint(2, 18))
            is_done = dice.random() < 0.7 and done_at < self._yesterday(None)
            found.append(
                PastPromise(
                    text=self._line(pair, "promises"),
                    who=dice.choice((pair.employee, pair.employee, pair.manager)),
                    promised_at=met_at,
                    due_on=due_on,
                    done_at=done_at if is_done else None,
                )
            )
        return found

    def _line(self, pair: Pair, kind: str) -> str:
        """The next line of its kind for a manager: all are heard once before one comes again."""
        key = (pair.manager.number, pair.family, kind)
        if key not in self._lines:
            lines = list(self._words_of(pair.family)[kind])
            self._dice(*key).shuffle(lines)
            self._lines[key] = cycle(lines)
        return next(self._lines[key])

    def _words_of(self, family: str) -> Mapping[str, Any]:
        found: Mapping[str, Any] = next(
            one for one in self.words["talk"] if one["family"] == family
        )
        return found

    def _own_words(self, pair: Pair) -> Mapping[str, Any]:
        """What the book says that two of the cast talk about now."""
        keys = {self.keys.get(pair.employee.pk), self.keys.get(pair.manager.pk)}
        if not pair.is_running():
            return {}
        return next((one for one in self.words["pair"] if set(one["with"]) == keys), {})

    def _told(self, pair: Pair, own: Mapping[str, Any], meetings: Meetings) -> list[PastPoint]:
        found = []
        for row in [*own.get("settled", ()), *own.get("open", ())]:
            raised_at = self._ago(row["days"])
            later = (
                number
                for number, (met_at, was_held) in enumerate(meetings)
                if was_held and met_at > raised_at
            )
            settled = next(later, None) if row in own.get("settled", ()) else None
            found.append(PastPoint(row["text"], self._who(pair, row["by"]), raised_at, settled))
        return found

    def _promised(self, pair: Pair, own: Mapping[str, Any]) -> list[PastPromise]:
        return [
            PastPromise(
                text=row["text"],
                who=self._who(pair, row["who"]),
                promised_at=self._ago(row["days"]),
                due_on=self.calendar.days(-row["due"]),
                done_at=self._ago(row["done"]) if "done" in row else None,
            )
            for row in own.get("promised", ())
        ]

    def _who(self, pair: Pair, key: str) -> Employee:
        return pair.employee if self.keys.get(pair.employee.pk) == key else pair.manager

    def _ago(self, days: int) -> datetime:
        return at(self.calendar.days(-days), None)

    def _yesterday(self, dice: Random | None) -> datetime:
        return at(self.calendar.days(-1), dice)


def workday(day: date) -> date:
    """The day itself, or the Monday after a weekend."""
    return day + timedelta(days=max(0, 7 - day.weekday())) if day.weekday() > 4 else day


def rests(day: date) -> bool:
    """The days around the turn of the year, on which nobody is there to talk with."""
    return (day.month, day.day) >= (12, 22) or (day.month, day.day) <= (1, 4)


def at(day: date, dice: Random | None) -> datetime:
    """An hour of a working day; ten o'clock without dice."""
    hour = dice.choice(HOURS) if dice else 10
    return timezone.make_aware(datetime.combine(day, time(hour)))
