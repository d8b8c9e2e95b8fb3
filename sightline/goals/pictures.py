"""The arithmetic of the pictures of goals: the course of one, effort by objective, its flow.

Pure: numbers in, SVG attributes out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from math import ceil, floor

from sightline.foundation.ui.pictures import path, share, written
from sightline.goals.models import CheckIn, Goal, Wording
from sightline.goals.queries.sight import ObjectiveSeen, UnitSeen
from sightline.strategy.models import Objective

WIDTH, HEIGHT, LEFT, RIGHT, TOP, FOOT = 640.0, 230.0, 56.0, 16.0, 18.0, 30.0


@dataclass(frozen=True, slots=True)
class Grid:
    """A line across the picture with the value that it stands for, and where its words stand."""

    y: str
    text_y: str
    value: Decimal


@dataclass(frozen=True, slots=True)
class DayMark:
    """A day under the picture."""

    x: str
    on: date
    anchor: str


@dataclass(frozen=True, slots=True)
class Course:
    """A goal's plan as a line, what was said as another, and today."""

    plan: str
    said: str
    dots: list[tuple[str, str]]
    grid: list[Grid]
    days: list[DayMark]
    today_x: str | None
    first: date
    last: date
    points: int
    ahead: str = ""
    """Where the typical speed so far leads up to the due day, and between what bounds."""
    band: str = ""
    keep: str = ""
    """Within which the value is to be kept."""


def course(goal: Goal, check_ins: Sequence[CheckIn], today: date) -> Course | None:
    """The course of a goal that is measured by a number; None where there is nothing to draw."""
    is_band = goal.kind == Wording.Kind.BAND
    if goal.kind != Wording.Kind.NUMBER and not is_band:
        return None
    begins, leads = (
        (goal.band_low, goal.band_high) if is_band else (goal.start_value, goal.target_value)
    )
    if begins is None or leads is None:
        return None
    by_day = {one.on: one.value for one in sorted(check_ins, key=lambda one: (one.on, one.pk))}
    said = [(on, value) for on, value in by_day.items() if value is not None]
    first = min([goal.from_on, *(on for on, _value in said)])
    last = max([goal.due_on, *(on for on, _value in said)])
    values = [begins, leads, *(value for _on, value in said)]
    low, high = float(min(values)), float(max(values))
    ends = () if is_band else _ends(goal, said, (low, high))
    low, high = min([low, *ends]), max([high, *ends])

    def across(day: date) -> float:
        part = share((day - first).days, 0, (last - first).days) / 100
        return LEFT + part * (WIDTH - LEFT - RIGHT)

    def up(value: Decimal | float) -> float:
        return HEIGHT - FOOT - share(float(value), low, high) / 100 * (HEIGHT - TOP - FOOT)

    points = [(across(on), up(value)) for on, value in said]
    start, due = across(goal.from_on), across(goal.due_on)
    way = [(start, up(begins)), (due, up(leads))]
    edges = [(start, up(leads)), (due, up(leads)), (due, up(begins)), (start, up(begins))]
    return Course(
        plan="" if is_band else path(way),
        keep=f"{path(edges)}z" if is_band else "",
        said=path(points if is_band else [way[0], *points]) if points else "",
        dots=[(written(x), written(y)) for x, y in points],
        grid=_grid(Decimal(str(low)), Decimal(str(high)), up),
        days=_days(first, last, across),
        today_x=written(across(today)) if first <= today <= last else None,
        first=first,
        last=last,
        points=len(points),
        **_forecast(points, [(due, up(end)) for end in ends]),
    )


def _ends(
    goal: Goal, said: Sequence[tuple[date, Decimal]], bounds: tuple[float, float]
) -> tuple[float, ...]:
    """Where the typical speed and its bounds lead on the due day; nothing where none is known.

    What would leave the picture by more than half of it is held at its edge.
    """
    if goal.is_closed or len(said) < 3 or said[-1][0] >= goal.due_on:
        return ()
    from sightline.goals.rules.forecast import speed

    found = speed([((on - goal.from_on).days, float(value)) for on, value in said])
    if found is None:
        return ()
    left, (low, high) = (goal.due_on - said[-1][0]).days, bounds
    room = (high - low) / 2
    return tuple(
        min(high + room, max(low - room, float(said[-1][1]) + one * left)) for one in found
    )


def _forecast(
    points: Sequence[tuple[float, float]], ends: Sequence[tuple[float, float]]
) -> dict[str, str]:
    if not ends:
        return {}
    typical, slow, fast = ends
    return {"ahead": path([points[-1], typical]), "band": f"{path([points[-1], slow, fast])}z"}


MOST_STEPS = 5


def _grid(low: Decimal, high: Decimal, up: Callable[[Decimal], float]) -> list[Grid]:
    """Lines at round values within the range, so that each says exactly where it lies."""
    step = _round_step(high - low)
    numbers = range(ceil(low / step), floor(high / step) + 1) if step else ()
    values = [Decimal(f"{number * step:f}") for number in numbers] or [low]
    return [Grid(written(up(value)), written(up(value) + 4), value) for value in values]


def _round_step(length: Decimal) -> Decimal:
    """The smallest of 1, 2, 2.5 and 5 times a power of ten that cuts a length in few parts."""
    if not length:
        return length
    tens = Decimal(1).scaleb((length / MOST_STEPS).adjusted())
    steps = (tens * Decimal(times) for times in ("1", "2", "2.5", "5", "10"))
    return next(step for step in steps if length <= MOST_STEPS * step)


def _days(first: date, last: date, across: Callable[[date], float]) -> list[DayMark]:
    length = (last - first).days
    marks = [first + timedelta(days=round(length * part / 4)) for part in range(5)]
    anchors = ["start", "middle", "middle", "middle", "end"]
    return [
        DayMark(written(across(day)), day, anchor)
        for day, anchor in zip(marks, anchors, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class Effort:
    """An objective's row: effort meant (hollow) and made (filled), in percent of the picture."""

    seen: ObjectiveSeen
    intended: str
    actual: str
    intended_percent: float
    actual_percent: float


def efforts(rows: Sequence[ObjectiveSeen]) -> list[Effort]:
    """Rows on one scale: the longest bar fills nine tenths of the room."""
    shares = [share for row in rows for share in (row.compared.intended, row.compared.actual)]
    most = max([*shares, 0.01]) / 0.9
    return [
        Effort(
            seen=row,
            intended=written(100 * row.compared.intended / most),
            actual=written(100 * row.compared.actual / most),
            intended_percent=100 * row.compared.intended,
            actual_percent=100 * row.compared.actual,
        )
        for row in rows
    ]


FLOW_WIDTH, LEFT_AT, RIGHT_AT, GAP, ROOM = 920.0, 300.0, 640.0, 14.0, 380.0
MOST_UNITS = 9
LEAST_TOLD = 0.005
"""Of an objective's effort less than that is not told in words."""


@dataclass(frozen=True, slots=True)
class End:
    """One end of the flow: an objective or a unit."""

    label: str
    y: str
    height: str
    text_y: str
    hue: int = 0
    loose_y: str = ""
    loose_height: str = ""


@dataclass(frozen=True, slots=True)
class Flow:
    """Effort from objectives to units: the ribbons of each objective, as wide as the effort."""

    ribbons: list[tuple[str, int]]
    objectives: list[End]
    units: list[End]
    height: int


def flow(objectives: Sequence[ObjectiveSeen], units: Sequence[UnitSeen]) -> Flow | None:
    """The flow; None when no effort was planned. The largest units are drawn."""
    units = _drawn(units)
    total = sum(one.effort.capacity for one in units)
    if not units or not objectives:
        return None
    scale = ROOM / total
    masses = [
        [unit.effort.sums.get(one.objective.pk, 0.0) * scale for unit in units]
        for one in objectives
    ]
    left = _stacked([max(4.0, sum(row)) for row in masses], GAP)
    right = _stacked([max(6.0, unit.effort.capacity * scale) for unit in units], GAP)
    starts, ends = [y for y, _height in left], [y for y, _height in right]
    ribbons = []
    for index, row in enumerate(masses):
        drawn = ""
        for place, mass in enumerate(row):
            if mass >= 0.4:
                drawn += _ribbon(starts[index], ends[place], mass)
            starts[index] += mass
            ends[place] += mass
        ribbons.append((drawn, objectives[index].objective.perspective.hue))
    return Flow(
        ribbons=ribbons,
        objectives=[
            _end(one.objective.title, span, one.objective.perspective.hue)
            for one, span in zip(objectives, left, strict=True)
        ],
        units=[
            _end(unit.unit.name, span, 0, loose_from=ends[place])
            for place, (unit, span) in enumerate(zip(units, right, strict=True))
        ],
        height=round(max(left[-1][0] + left[-1][1], right[-1][0] + right[-1][1]) + 8),
    )


@dataclass(frozen=True, slots=True)
class Stream:
    """The flow of one objective in words: the units it goes to, with their parts in percent.

    Without an objective: what leads to none.
    """

    objective: Objective | None
    percent: float
    """Of all effort that the flow draws."""

    units: list[tuple[str, float]]


def streams(objectives: Sequence[ObjectiveSeen], units: Sequence[UnitSeen]) -> list[Stream]:
    """What the flow draws, as rows that a phone can show; the largest part of each first."""
    units = _drawn(units)
    masses: list[tuple[Objective | None, list[float]]] = [
        (one.objective, [unit.effort.sums.get(one.objective.pk, 0.0) for unit in units])
        for one in objectives
    ]
    served = [sum(row[place] for _one, row in masses) for place in range(len(units))]
    left = [max(0.0, unit.effort.capacity - mass) for unit, mass in zip(units, served, strict=True)]
    total = sum(served) + sum(left) or 1.0
    found = []
    for objective, row in [*masses, (None, left)]:
        whole = sum(row)
        parts = [
            (unit.unit.name, 100 * mass / whole)
            for unit, mass in zip(units, row, strict=True)
            if whole and mass / whole >= LEAST_TOLD
        ]
        found.append(Stream(objective, 100 * whole / total, sorted(parts, key=lambda one: -one[1])))
    return found if units and objectives else []


def _drawn(units: Sequence[UnitSeen]) -> list[UnitSeen]:
    return [one for one in units if one.effort.goals][:MOST_UNITS]


def _stacked(heights: Sequence[float], gap: float) -> list[tuple[float, float]]:
    found, y = [], 8.0
    for height in heights:
        found.append((y, height))
        y += height + gap
    return found


def _end(label: str, span: tuple[float, float], hue: int, loose_from: float | None = None) -> End:
    y, height = span
    loose = max(0.0, y + height - loose_from) if loose_from is not None else 0.0
    return End(
        label=label if len(label) <= 40 else f"{label[:39].rstrip()}…",
        y=written(y),
        height=written(height),
        text_y=written(y + height / 2 + 4.5),
        hue=hue,
        loose_y=written(y + height - loose),
        loose_height=written(loose),
    )


def _ribbon(start: float, end: float, mass: float) -> str:
    """A band from the left to the right, as wide as the mass; its steps are relative."""
    near, wide, lift = 130, RIGHT_AT - LEFT_AT, end - start
    far = wide - near
    return (
        f"M{written(LEFT_AT)} {written(start)}"
        f"c{written(near)} 0 {written(far)} {written(lift)} {written(wide)} {written(lift)}"
        f"v{written(mass)}"
        f"c{written(-near)} 0 {written(-far)} {written(-lift)} {written(-wide)} {written(-lift)}z"
    )
