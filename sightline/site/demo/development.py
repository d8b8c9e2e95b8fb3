"""How people grow: what was judged and is planned, of the cast word for word, of others by dice."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any

from sightline.development.actions.bulk import PastAction, PastPlan, Went, take_over_plans
from sightline.development.actions.levels import Judged, Level, show_levels_of_many
from sightline.development.actions.plans import Aim, Doing
from sightline.development.models import ShownLevel, Side
from sightline.foundation.core.known import known
from sightline.people.models import Assignment, Competency, Employee, Job, Requirement
from sightline.people.viewer import Viewer
from sightline.site.demo.calendar import Calendar

SETTLED = timedelta(days=60)
"""Nobody is judged in the first weeks of a post."""

Needs = Mapping[int, Sequence[tuple[Competency, int]]]


@cache
def words() -> dict[str, Any]:
    """The words of company/development.toml."""
    text = files("sightline.site.demo") / "company" / "development.toml"
    return tomllib.loads(text.read_text(encoding="utf-8"))


# ── The cast ──────────────────────────────────────────────────────────────────────────────────


def develop_cast(by: Viewer, cast: Mapping[str, Employee], calendar: Calendar) -> None:
    """Judgements and plans of the cast, as they are written."""
    book = _Book(cast, calendar)
    written = words()["person"]
    show_levels_of_many(
        by=by, judged=[book.judged(one["key"], it) for one in written for it in one["judged"]]
    )
    take_over_plans(
        by=by, plans=[book.plan(one["key"], one["plan"]) for one in written if "plan" in one]
    )


class _Book:
    """Turns what is written of the cast into what actions take."""

    def __init__(self, cast: Mapping[str, Employee], calendar: Calendar) -> None:
        self.cast, self.day = cast, calendar.days
        self.competencies = {one.code: one for one in Competency.objects.all()}
        self.jobs = {one.code: one for one in Job.objects.all()}

    def judged(self, key: str, written: dict[str, Any]) -> Judged:
        """One judgement."""
        seen = written.get("seen", {})
        own = written["by"] == key
        return Judged(
            employee=self.cast[key],
            levels={
                self.competencies[code]: Level(Decimal(level), seen_in=seen.get(code, ""))
                for code, level in written["levels"].items()
            },
            source=ShownLevel.Source.SELF if own else ShownLevel.Source.MANAGER,
            on=self.day(written["day"]),
            judged_by=self.cast[written["by"]],
        )

    def plan(self, key: str, written: dict[str, Any]) -> PastPlan:
        """One plan."""
        aspires = written.get("aspires_to")
        return PastPlan(
            employee=self.cast[key],
            drafted_by=self.cast[written["drafted_by"]],
            aim=Aim(
                written["aim"],
                self.day(written["until"]),
                self.jobs[aspires] if aspires else None,
            ),
            from_on=self.day(written["from"]),
            agreed=[
                (Side(side), self.cast[who], self.day(day)) for side, who, day in written["agreed"]
            ],
            actions=[self._action(one) for one in written["action"]],
        )

    def _action(self, written: dict[str, Any]) -> PastAction:
        helper = written.get("helper")
        return PastAction(
            Doing(
                what=written["what"],
                how_known=written["how_known"],
                due_on=self.day(written["due"]),
                competency=self.competencies[written["competency"]],
                helper=self.cast[helper] if helper else None,
            ),
            went=[
                Went(stage, self.day(day), self.cast[who], said)
                for stage, who, day, said in written.get("went", [])
            ],
        )


# ── Everybody else ────────────────────────────────────────────────────────────────────────────


def develop_crowd(by: Viewer, but: Iterable[Employee], calendar: Calendar, seed: int) -> None:
    """Judgements and plans of all who work here today, but for those who have theirs."""
    needs = _needs(calendar.today)
    said = {one["competency"]: one for one in words()["crowd"]}
    known = {one.pk for one in but}

    def lives() -> Iterator[_Life]:
        for post in _posts(calendar.today):
            if post.employee_id not in known and post.manager_id:
                dice = Random(f"{seed}:{post.employee.number}")  # noqa: S311 - a demo
                yield _Life(post, dice, calendar, needs.get(post.position.job_id, ()), said)

    show_levels_of_many(by=by, judged=(it for life in lives() for it in life.judged()))
    take_over_plans(by=by, plans=(plan for life in lives() for plan in life.plans()))


def _posts(today: date) -> Iterator[Assignment]:
    rows = Assignment.objects.on(today).select_related("employee", "manager", "position")
    return rows.order_by("pk").iterator(chunk_size=1_000)


def _needs(today: date) -> Needs:
    found: dict[int, list[tuple[Competency, int]]] = {}
    for need in Requirement.objects.on(today).select_related("competency"):
        found.setdefault(need.job_id, []).append((need.competency, need.level))
    return found


@dataclass(slots=True)
class _Life:
    """One person beyond the cast; the same dice give the same life twice over."""

    post: Assignment
    dice: Random
    calendar: Calendar
    needs: Sequence[tuple[Competency, int]]
    said: Mapping[str, dict[str, Any]]

    def levels(self) -> dict[Competency, int]:
        """What the person shows, near what is needed."""
        dice = Random(self.post.employee.number)  # noqa: S311 - the same for both calls
        return {
            competency: max(1, min(5, need + dice.choice((-2, -1, -1, -1, 0, 0, 0, 0, 0, 1))))
            for competency, need in self.needs
        }

    def judged(self) -> Iterator[Judged]:
        """The rounds in which the manager judged, and now and then a look in the mirror."""
        settled = self.post.from_on + SETTLED
        if not self.needs:
            return
        for back in (-self.dice.randint(380, 420), -self.dice.randint(12, 60)):
            on = self.calendar.days(back)
            if on > settled and self.dice.random() < 0.8:
                yield self._judged(ShownLevel.Source.MANAGER, on)
        on = self.calendar.days(-self.dice.randint(8, 50))
        if on > settled and self.dice.random() < 0.45:
            yield self._judged(ShownLevel.Source.SELF, on)

    def _judged(self, source: str, on: date) -> Judged:
        own = source == ShownLevel.Source.SELF
        return Judged(
            employee=self.post.employee,
            levels={
                one: self._level(one, shown, need, own)
                for (one, need), shown in zip(self.needs, self.levels().values(), strict=True)
            },
            source=source,
            on=on,
            judged_by=self.post.employee if own else self.post.manager,
        )

    def _level(self, competency: Competency, shown: int, need: int, own: bool) -> Level:
        level = max(1, min(5, shown + self.dice.choice((0, 0, 0, 1) if own else (-1, 0, 0, 0, 0))))
        if own or self.dice.random() > 0.4:
            return Level(Decimal(level))
        pool = self.said[competency.code]["below" if level < need else "enough"]
        return Level(Decimal(level), seen_in=self.dice.choice(pool))

    def plans(self) -> Iterator[PastPlan]:
        """A plan for the largest gaps, of some; a few have closed one before."""
        short = [one for (one, need) in self.needs if self.levels()[one] < need]
        if not short or self.dice.random() > 0.5:
            return
        start = self.calendar.days(-self.dice.randint(15, 170))
        if start > self.post.from_on + SETTLED:
            yield self._plan(short[:3], start, closed=False)
        before = start - timedelta(days=300)
        if before > self.post.from_on + SETTLED and self.dice.random() < 0.3:
            yield self._plan(short[:2], before, closed=True)

    def _plan(self, short: Sequence[Competency], start: date, closed: bool) -> PastPlan:
        who = self.post.employee
        manager = known(self.post.manager, "whoever has none gets no plan")
        drafter = self.dice.choice((who, who, manager))
        until = start + timedelta(days=240)
        first = (Side.EMPLOYEE, who, start) if drafter is who else (Side.MANAGER, manager, start)
        other = (Side.MANAGER, manager) if drafter is who else (Side.EMPLOYEE, who)
        agreed = [first]
        answered = start + timedelta(days=self.dice.randint(1, 12))
        if closed or (answered < self.calendar.today and self.dice.random() < 0.9):
            agreed.append((*other, answered))
        return PastPlan(
            employee=who,
            drafted_by=drafter,
            aim=Aim(self.dice.choice(words()["words"]["aims"]), until),
            from_on=start,
            agreed=agreed,
            actions=[self._action(one, start, closed or len(agreed) > 1) for one in short],
            closed_on=until if closed else None,
            closing_words=self.dice.choice(words()["words"]["closing"]) if closed else "",
        )

    def _action(self, competency: Competency, start: date, began: bool) -> PastAction:
        what, how_known = self.dice.choice(self.said[competency.code]["actions"])
        due = start + timedelta(days=self.dice.randint(40, 220))
        helper = self.post.manager if self.dice.random() < 0.4 else None
        doing = Doing(what, how_known, due, competency, helper)
        return PastAction(doing, list(self._went(start, due)) if began else [])

    def _went(self, start: date, due: date) -> Iterator[Went]:
        who, said = self.post.employee, words()["words"]
        begun = start + timedelta(days=self.dice.randint(15, 35))
        ended = due + timedelta(days=self.dice.randint(-20, 10))
        if begun < self.calendar.today and begun < ended and self.dice.random() < 0.85:
            yield Went("doing", begun, who, self.dice.choice(said["doing"]))
            if ended < self.calendar.today and self.dice.random() < 0.85:
                stage = self.dice.choice(("done", "done", "done", "done", "dropped"))
                yield Went(stage, ended, who, self.dice.choice(said[stage]))
