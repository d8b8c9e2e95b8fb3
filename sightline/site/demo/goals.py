"""What units and people of the company set out to do, and how it went.

The words stand in `company/goals.toml`. Of everybody in the first houses two years are told, of a
larger company's crowd the last two halves. Check-ins come at a human rhythm: some late, some never.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from sightline.goals.actions.bulk import Ended, GoalHistory, Pass, Said, Serves, bring_goals
from sightline.goals.actions.forecasts import learn_from_what_ended
from sightline.goals.actions.periods import close_period, open_period
from sightline.goals.models import Closing, Goal, Period, Side, Wording
from sightline.goals.rules.milestones import Milestone
from sightline.goals.rules.texts import GoalText
from sightline.people.models import (
    Assignment,
    Employee,
    Leave,
    Responsibility,
    Role,
    RoleGrant,
    Unit,
    UnitPlacement,
)
from sightline.people.viewer import Viewer
from sightline.site.demo.book import toml
from sightline.site.demo.calendar import Calendar
from sightline.site.demo.goals_answered import answer_questions
from sightline.site.demo.goals_course import Course, course_of
from sightline.site.demo.goals_shown import show
from sightline.strategy.models import Objective

Row = dict[str, Any]
HALVES_TOLD, HALVES_OF_THE_CROWD = 5, 2
CROWD_FROM = 320
"""People beyond the first so many are told in less detail."""

AT_ONCE = 1500
"""How many goals are written together: few statements, little memory."""

WEIGHTS = [(40, 35, 25), (50, 30, 20), (40, 30, 30), (35, 35, 30), (45, 30, 25)]
NEARLY = (40, 30, 15)
"""The weights of those who have not finished their plan."""

ONE_DAY = timedelta(days=1)
Outcome = Closing.Outcome


@dataclass(slots=True)
class Telling:
    """What is known while goals are told."""

    by: Viewer
    calendar: Calendar
    book: Row
    objectives: dict[str, Objective]
    parents: dict[int, int]
    halves: list[Period] = field(default_factory=list)
    years: list[Period] = field(default_factory=list)
    known: dict[str, int] = field(default_factory=dict)
    unit_goals: dict[tuple[int, int, str], str] = field(default_factory=dict)
    """The key of a unit's goal by unit, period and objective."""

    waiting: list[GoalHistory] = field(default_factory=list)

    @property
    def today(self) -> date:
        """The day on which it is told."""
        return self.calendar.today

    def add(self, history: GoalHistory) -> None:
        """Write a goal, soon."""
        self.waiting.append(history)
        if len(self.waiting) >= AT_ONCE:
            self.write()

    def write(self) -> None:
        """Write what waits; of the keys only those of units are needed again."""
        keys = bring_goals(by=self.by, histories=self.waiting, known=self.known)
        self.known |= {key: pk for key, pk in keys.items() if key.startswith("unit:")}
        self.waiting = []


def tell_goals(by: Viewer, calendar: Calendar) -> None:
    """Let units and people set goals, speak about them and close them, up to today."""
    told = Telling(
        by=by,
        calendar=calendar,
        book=toml("goals"),
        objectives=_objectives_by_code(),
        parents=dict(UnitPlacement.objects.on(calendar.today).values_list("unit", "parent")),
    )
    _open_periods(told)
    _tell_units(told)
    told.write()
    _tell_people(told)
    told.write()
    answer_questions(by, told.halves[-2:], calendar.today)
    _close_periods(told)
    learn_from_what_ended()
    show()


def _objectives_by_code() -> dict[str, Objective]:
    titles = {row["title"]: row["code"] for row in toml("strategy")["objective"]}
    rows = Objective.objects.select_related("strategy").filter(strategy__stage="in_force")
    return {titles[one.title]: one for one in rows if one.title in titles}


def _open_periods(told: Telling) -> None:
    year, month = told.today.year, told.today.month
    now = 0 if month <= 6 else 1
    for count in range(1 - HALVES_TOLD, 1):
        told.halves.append(_half(told, year * 2 + now + count))
    if (told.halves[-1].until_on - told.today).days <= 45:
        _half(told, year * 2 + now + 1)
    for one in (year - 1, year):
        told.years.append(
            _opened(told, str(one), Period.Kind.YEAR, date(one, 1, 1), date(one + 1, 1, 1))
        )


def _half(told: Telling, number: int) -> Period:
    year, second = divmod(number, 2)
    start = date(year, 7 if second else 1, 1)
    end = date(year + 1, 1, 1) if second else date(year, 7, 1)
    return _opened(told, f"H{second + 1} {year}", Period.Kind.HALF, start, end)


def _opened(told: Telling, name: str, kind: str, start: date, end: date) -> Period:
    by = replace(told.by, today=min(start - timedelta(days=20), told.today))
    cadence = 30 if kind == Period.Kind.YEAR else 14
    return open_period(
        by=by,
        name=name,
        kind=kind,
        from_on=start,
        until_on=end,
        cadence_days=cadence,
        asks=kind == Period.Kind.HALF and end > told.today - timedelta(days=184),
    )


def _close_periods(told: Telling) -> None:
    for period in [*told.halves, *told.years]:
        closed_on = period.until_on + timedelta(days=30)
        if closed_on <= told.today:
            close_period(by=replace(told.by, today=closed_on), period=period)


def _tell_units(told: Telling) -> None:
    """Units from the top down, so that what is served is there before what serves it."""
    units = {unit.pk: unit for unit in Unit.objects.on(told.today)}
    for period in told.years:
        for unit in sorted(units.values(), key=lambda one: (_depth(told, one.pk), one.pk)):
            leads = _leads_of(told, unit)
            rows = told.book["unit"].get(unit.code, ())
            if leads:
                for number, row in enumerate(rows):
                    _tell_unit_goal(told, unit, period, row, number, *leads)
        told.write()


def _depth(told: Telling, unit: int) -> int:
    depth = 0
    while unit in told.parents and depth < 12:
        unit, depth = told.parents[unit], depth + 1
    return depth


def _leads_of(told: Telling, unit: Unit) -> tuple[Employee, Employee | None] | None:
    """The lead of a unit and the lead's manager; None when nobody leads it."""
    grant = (
        RoleGrant.objects.on(told.today)
        .filter(role=Role.UNIT_LEAD, unit=unit)
        .select_related("employee")
        .first()
    )
    if grant is None:
        return None
    post = Assignment.objects.on(told.today).filter(employee=grant.employee)
    held = post.select_related("manager").first()
    return grant.employee, held.manager if held else None


def _tell_unit_goal(
    told: Telling,
    unit: Unit,
    period: Period,
    row: Row,
    number: int,
    lead: Employee,
    manager: Employee | None,
) -> None:
    dice = Random(f"{unit.code}:{period.name}:{number}")  # noqa: S311 - a play of chance
    key = f"unit:{unit.code}:{period.name}:{number}"
    text = text_of(row, period, weight=row.get("weight", 25), again=period != told.years[-1])
    course = course_of(told.book["words"], text, told.today, dice, every=30)
    begun = period.from_on - timedelta(days=12)
    ended = _end(told, period, course, manager or lead, dice)
    told.add(
        GoalHistory(
            key=key,
            unit=unit,
            period=period,
            passes=(Pass(text, lead, Side.OWNER, min(begun, told.today)),),
            agreed_number=1,
            speaker=lead,
            other=manager,
            said=_until(ended, course.said),
            ended=ended,
            serves=tuple(_serves_of_unit(told, unit, period, row["serves"])),
        )
    )
    if ended is None or ended.outcome != Outcome.DROPPED:
        told.unit_goals[unit.pk, period.pk, row["serves"]] = key


def _serves_of_unit(told: Telling, unit: Unit, period: Period, code: str) -> Iterator[Serves]:
    above = told.parents.get(unit.pk)
    if (key := _goal_above(told, above, period, code)) is not None:
        yield Serves(key, Decimal(90))
    elif code in told.objectives:
        yield Serves(told.objectives[code], Decimal(100))


def _goal_above(told: Telling, unit: int | None, period: Period, code: str) -> str | None:
    """The goal of the nearest unit above that serves an objective in the year of a period."""
    year = next((one for one in told.years if period.from_on in one.span), None)
    while unit is not None and year is not None:
        if key := told.unit_goals.get((unit, year.pk, code)):
            return key
        unit = told.parents.get(unit)
    return None


@dataclass(frozen=True, slots=True)
class Sits:
    """A person in a post for some days."""

    employee: Employee
    manager: Employee | None
    job: str
    family: str
    unit: int
    position: int
    from_on: date
    until_on: date


def _tell_people(told: Telling) -> None:
    """Everybody who held a post in a half, in the order of their numbers."""
    rows = Assignment.objects.select_related("employee", "manager", "position__job")
    rows = rows.filter(until_on__gt=told.halves[0].from_on, from_on__lt=told.today)
    duties = _duties(told)
    away = set(Leave.objects.on(told.today).values_list("employee", flat=True))
    count, last = 0, 0
    for row in rows.order_by("employee", "from_on").iterator(chunk_size=2000):
        count += row.employee_id != last
        last = row.employee_id
        seat = Sits(
            employee=row.employee,
            manager=row.manager,
            job=row.position.job.code,
            family=row.position.job.family,
            unit=row.position.unit_id,
            position=row.position_id,
            from_on=row.from_on,
            until_on=row.until_on,
        )
        halves = told.halves if count <= CROWD_FROM else told.halves[-HALVES_OF_THE_CROWD:]
        for period in halves:
            if seat.from_on <= _day_of(told, period) < seat.until_on:
                every = 15 if count <= CROWD_FROM else 45
                _tell_plan(told, seat, period, duties, every, row.employee_id in away)


def _day_of(told: Telling, period: Period) -> date:
    """The day that decides in which post the goals of a half are set."""
    return min(period.from_on + timedelta(days=40), told.today)


def _duties(told: Telling) -> dict[int, list[Responsibility]]:
    found: dict[int, list[Responsibility]] = {}
    for duty in Responsibility.objects.on(told.today):
        found.setdefault(duty.position_id, []).append(duty)
    return found


def _tell_plan(
    told: Telling,
    seat: Sits,
    period: Period,
    duties: dict[int, list[Responsibility]],
    every: int,
    is_away: bool,
) -> None:
    dice = Random(f"{seat.employee.number}:{period.name}")  # noqa: S311 - a play of chance
    rows = [*told.book["job"].get(seat.job, ()), *told.book["family"].get(seat.family, ())]
    if not rows or (period is told.halves[-1] and dice.random() < 0.04):
        return
    chosen = _chosen(rows, told.halves.index(period), seat.employee.number, dice)
    weights = NEARLY if dice.random() < 0.06 else dice.choice(WEIGHTS)
    again = told.halves[-1] is not period
    for number, (row, weight) in enumerate(zip(chosen, weights, strict=False)):
        text = text_of(row, period, weight=weight, again=again)
        course = course_of(told.book["words"], text, told.today, dice, every=every, away=is_away)
        passes, agreed = _passes(told, seat, period, text, dice)
        visibility = _visibility(dice)
        ended = None
        if agreed is not None:
            ended = _end(told, period, course, seat.manager or seat.employee, dice)
        told.add(
            GoalHistory(
                key=f"{seat.employee.number}:{period.name}:{number}",
                employee=seat.employee,
                period=period,
                visibility=visibility,
                passes=passes,
                agreed_number=agreed,
                speaker=seat.employee,
                other=seat.manager,
                said=_until(ended, course.said) if agreed is not None else (),
                ended=ended,
                serves=tuple(_serves_of_person(told, seat, period, row["serves"], duties, dice)),
            )
        )


def _chosen(rows: list[Row], half: int, number: str, dice: Random) -> list[Row]:
    """Three goals of a half. What was taken on in one half seldom comes again in the next."""
    kept = [row for row in rows if row.get("always") and half == HALVES_TOLD - 1]
    others = [row for row in rows if row not in kept]
    order = Random(number).sample(others, len(others))  # noqa: S311 - a play of chance
    first = (half * 3 - (dice.random() < 0.4)) % len(order)
    more = [order[(first + step) % len(order)] for step in range(min(3, len(order)))]
    return [*kept, *more][:3]


def _visibility(dice: Random) -> str:
    roll = dice.random()
    if roll < 0.84:
        return Goal.Visibility.EVERYONE
    return Goal.Visibility.UNIT if roll < 0.95 else Goal.Visibility.LINE


def _passes(
    told: Telling, seat: Sits, period: Period, text: GoalText, dice: Random
) -> tuple[tuple[Pass, ...], int | None]:
    """How the two came to agree; a few of this half still are at it."""
    begun = min(period.from_on - timedelta(days=dice.randint(2, 16)), told.today)
    if seat.manager is None:
        return (Pass(text, seat.employee, Side.OWNER, begun),), 1
    from_lead = dice.random() < 0.4
    first = (
        Pass(text, seat.manager, Side.LEAD, begun)
        if from_lead
        else Pass(text, seat.employee, Side.OWNER, begun)
    )
    is_open = period is told.halves[-1] and dice.random() < 0.05
    if not is_open and dice.random() > 0.22:
        return (first,), 1
    side = first.side.other
    author = seat.manager if side == Side.LEAD else seat.employee
    words = told.book["catchball"]["manager" if side == Side.LEAD else "employee"]
    on = told.today - timedelta(days=dice.randint(1, 12)) if is_open else begun
    changed = replace(text, weight_percent=max(5, text.weight_percent - 10))
    if text.kind == Wording.Kind.NUMBER and text.start_value is not None and text.target_value:
        step = (text.target_value - text.start_value) / 5
        eased = (text.target_value - step).quantize(text.target_value)
        if eased != text.start_value:
            changed = replace(text, target_value=eased)
    answer = Pass(changed, author, side, on, dice.choice(words))
    if not is_open:
        return (replace(first, text=changed), replace(answer, text=text)), 2
    return (first, answer), (1 if dice.random() < 0.6 else None)


def _serves_of_person(
    told: Telling,
    seat: Sits,
    period: Period,
    code: str,
    duties: dict[int, list[Responsibility]],
    dice: Random,
) -> Iterator[Serves]:
    share = Decimal(dice.choice([100, 100, 80, 70, 60]))
    if code == "post" or (code and code not in told.objectives):
        if own := duties.get(seat.position):
            yield Serves(dice.choice(own), share)
    elif code and dice.random() > 0.05:
        key = _goal_above(told, seat.unit, period, code)
        yield Serves(key or told.objectives[code], share)


def _until(ended: Ended | None, said: tuple[Said, ...]) -> tuple[Said, ...]:
    """What was said before a goal ended."""
    return tuple(one for one in said if ended is None or one.on <= ended.on)


def _end(
    told: Telling, period: Period, course: Course, closer: Employee, dice: Random
) -> Ended | None:
    """How a goal of a period that is over ended; a few are left open, as ever."""
    closed_on = period.until_on + timedelta(days=max(-1, dice.randint(-6, 12)))
    if dice.random() < 0.04:
        words = told.book["closing"]["dropped"]
        early = period.from_on + timedelta(days=dice.randint(50, 120))
        if early <= told.today:
            return Ended(Outcome.DROPPED, closer, early, dice.choice(words))
    if closed_on > told.today or (period.until_on + timedelta(days=25) > told.today):
        return None
    outcome = Outcome.DONE if course.reached else Outcome.MISSED
    words = told.book["closing"][outcome.value]
    return Ended(outcome, closer, closed_on, dice.choice(words))


def text_of(row: Row, period: Period, *, weight: int, again: bool = False) -> GoalText:
    """What a row of the book says as a goal of a period; of earlier ones the way began earlier."""
    due = period.until_on - ONE_DAY
    text = GoalText(
        title=row["title"],
        why=row.get("why", ""),
        from_on=period.from_on,
        due_on=due,
        weight_percent=weight,
        kind=Wording.Kind.YES_NO,
    )
    if row.get("sums"):
        return replace(text, kind=Wording.Kind.CHILDREN)
    if "steps" in row:
        return replace(text, kind=Wording.Kind.MILESTONES, milestones=_steps(row["steps"], text))
    if "between" in row:
        low, high = (Decimal(str(end)) for end in row["between"])
        return replace(
            text,
            kind=Wording.Kind.BAND,
            measured_by=row["by"],
            value_unit=row["in"],
            band_low=low,
            band_high=high,
            inside_percent=row["days"],
        )
    if "in" not in row:
        return text
    was, to = Decimal(str(row["was"])), Decimal(str(row["to"]))
    if again and was:
        was, to = (was - (to - was) / 3).quantize(was), (was + (to - was) / 3).quantize(was)
        was, to = (max(was, Decimal(0)), to) if was != to else (was, to + 1)
    return replace(
        text,
        kind=Wording.Kind.NUMBER,
        measured_by=row["by"],
        value_unit=row["in"],
        start_value=was,
        target_value=to,
    )


def _steps(rows: list[list[Any]], text: GoalText) -> tuple[Milestone, ...]:
    length = (text.due_on - text.from_on).days
    return tuple(
        Milestone(
            number=number,
            title=words,
            weight=more[1] if len(more) > 1 else 1,
            due_on=text.from_on + timedelta(days=length * more[0] // 100) if more else None,
        )
        for number, (words, *more) in enumerate(rows, start=1)
    )
