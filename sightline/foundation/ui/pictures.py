"""The arithmetic of small pictures: where things stand, as shares of the picture's width.

Positions come as text with a full stop for SVG attributes, whatever the reader's language; SVG
takes them as percentages, so that a picture fills its room at any width and nothing in it shrinks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby


def share(value: float, minimum: float = 0, maximum: float = 100) -> float:
    """How far along from minimum to maximum a value lies, in percent, held inside."""
    if maximum <= minimum:
        return 0.0
    return min(100.0, max(0.0, (value - minimum) / (maximum - minimum) * 100))


def written(number: float) -> str:
    """The number for an SVG attribute: a full stop, no needless digits."""
    return f"{round(number, 2):g}" if number else "0"


@dataclass(frozen=True, slots=True)
class Bar:
    """How much is done, and where the plan says it should be; in percent of the width."""

    done: str
    plan: str | None


def bar(value: float, plan: float | None = None) -> Bar:
    """A bar for a percentage, with the plan's tick when there is a plan."""
    return Bar(written(share(value)), None if plan is None else written(share(plan)))


@dataclass(frozen=True, slots=True)
class Interval:
    """A value on a scale with what it may really be; each in percent of the width."""

    low: str
    width: str
    value: str
    other: str | None
    marks: list[str]


EDGE = 5.0
"""How much of an interval's width stays free at each end, so that its dots are whole."""


def interval(
    value: float,
    low: float,
    high: float,
    *,
    minimum: float,
    maximum: float,
    other: float | None = None,
    step: float = 1,
) -> Interval:
    """A dot at `value` with a line from `low` to `high`, on a scale with a mark at each step.

    `other` is a second, hollow dot: the level that is needed, the rating as it was given.
    """

    def place(number: float) -> float:
        return EDGE + share(number, minimum, maximum) * (100 - 2 * EDGE) / 100

    count = round((maximum - minimum) / step) + 1 if step > 0 and maximum > minimum else 0
    return Interval(
        low=written(place(low)),
        width=written(max(0.0, place(high) - place(low))),
        value=written(place(value)),
        other=None if other is None else written(place(other)),
        marks=[written(place(minimum + step * index)) for index in range(count)],
    )


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a distribution: its height in percent of the highest one."""

    label: str
    count: int
    height: str
    top: str
    expected: str | None


def distribution(
    rows: Sequence[tuple[str, int]], expected: Sequence[float] | None = None
) -> list[Column]:
    """Columns for counts, and where they would stand were they as expected."""
    outlines = [None] * len(rows) if expected is None else list(expected)
    highest = max([count for _label, count in rows] + [line for line in outlines if line] + [1])
    return [
        Column(
            label=label,
            count=count,
            height=written(share(count, 0, highest)),
            top=written(100 - share(count, 0, highest)),
            expected=None if line is None else written(100 - share(line, 0, highest)),
        )
        for (label, count), line in zip(rows, outlines, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class Sparkline:
    """A line of values in a box of its own units: the path, and its last point."""

    path: str
    last_x: str
    last_y: str
    width: int
    height: int


def sparkline(
    values: Sequence[float | None], *, width: int = 120, height: int = 28, margin: int = 4
) -> Sparkline:
    """A line through values at equal distances; it breaks where there is none."""
    known = [value for value in values if value is not None]
    low, high = (min(known), max(known)) if known else (0.0, 0.0)

    def point(index: int, value: float) -> tuple[float, float]:
        across = index / (len(values) - 1) if len(values) > 1 else 1.0
        up = (value - low) / (high - low) if high > low else 0.5
        return margin + across * (width - 2 * margin), height - margin - up * (height - 2 * margin)

    points = [None if value is None else point(i, value) for i, value in enumerate(values)]
    last = next((place for place in reversed(points) if place), (width / 2, height / 2))
    return Sparkline(path(points), written(last[0]), written(last[1]), width, height)


def path(points: Sequence[tuple[float, float] | None]) -> str:
    """The points as the d of an SVG path; a missing one starts a new line."""
    runs = [list(run) for known, run in groupby(points, key=bool) if known]
    lines = [[f"{written(x)} {written(y)}" for x, y in filter(None, run)] for run in runs]
    return "".join(f"M{'L'.join(line)}" for line in lines)
