"""The arithmetic of the pictures of strategy: boxes and links of the map, the course of a measure.

Pure: numbers in, SVG attributes out. The map is drawn twice, wide with links and narrow with words
in their place; a style sheet chooses, so that it reads on a telephone and on paper.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sightline.foundation.ui.pictures import path, share, written
from sightline.strategy.rules.causes import Link
from sightline.strategy.rules.layers import places

BOX_HEIGHT, BAND_TITLE, BAND_FOOT, BETWEEN_BANDS, BETWEEN_ROWS = 84.0, 34.0, 14.0, 20.0, 26.0
PADDING = 14.0
LINE, DRIVES, EMPTY = 19.0, 48.0, 30.0
"""On a telephone: a line of words in a box, the room of the word before it, an empty band."""

ADD_WIDTH = 98.0

Point = tuple[float, float]

LETTER = 7.0
"""How wide a letter of a title is, at most times."""


@dataclass(frozen=True, slots=True)
class Band:
    """A perspective as a band across the map."""

    index: int
    y: str
    height: str
    title_y: str


@dataclass(frozen=True, slots=True)
class Box:
    """An objective on the map."""

    key: int
    x: float
    y: float
    width: float
    height: float
    lines: list[str]
    drives: tuple[tuple[int, str], ...] = ()
    """What it drives, told in words where no links are drawn: each with its title."""

    @property
    def attributes(self) -> dict[str, str]:
        """Everything that the template writes, as SVG takes it."""
        left, right = self.x + PADDING, self.x + self.width - PADDING
        numbers = {
            "x": self.x,
            "y": self.y,
            "width": self.width,
            "height": self.height,
            "left": left,
            "right": right,
            "inner": right - left,
            "bar_y": self.y + 52,
            "plan_y": self.y + 49,
            "foot_y": self.y + 74,
        }
        return {name: written(number) for name, number in numbers.items()}

    @property
    def titles(self) -> list[tuple[str, str]]:
        """The lines of the title, each with its height; one line stands in the middle of two."""
        top = self.y + (31 if len(self.lines) == 1 else 23)
        return [(written(top + 16 * number), line) for number, line in enumerate(self.lines)]

    @property
    def told(self) -> list[tuple[str, int, str]]:
        """What it drives, line by line below its status, each with its height."""
        return [
            (written(self.y + BOX_HEIGHT + LINE * number + 12), key, title)
            for number, (key, title) in enumerate(self.drives)
        ]

    def part(self, percent: Decimal | None) -> str:
        """How far along the box's bar a percentage lies."""
        return written(share(float(percent or 0)) / 100 * (self.width - 2 * PADDING))

    def tick(self, percent: Decimal | None) -> str:
        """Where the plan's tick stands."""
        along = share(float(percent or 0)) / 100 * (self.width - 2 * PADDING)
        return written(self.x + PADDING + along - 1)


@dataclass(frozen=True, slots=True)
class MapPicture:
    """A map, ready to be written."""

    shape: str
    width: str
    height: str
    bands: list[Band]
    boxes: list[Box]
    links: list[str]

    @property
    def add_end(self) -> str:
        """Where, at the end of a band, the words end by which it gets a further objective."""
        return written(float(self.width) - PADDING)

    @property
    def add_x(self) -> str:
        """Where the room of these words begins."""
        return written(float(self.width) - ADD_WIDTH)


def wide_map(
    rows: Sequence[Sequence[int]], titles: Mapping[int, str], links: Sequence[Link]
) -> MapPicture:
    """Perspectives as rows of boxes, with links that climb from what drives to what is driven."""
    width, box_width, most = 960.0, 214.0, 4
    at = places(rows, most)
    bands, tops = _bands(rows, most)
    boxes = {}
    for key, place in at.items():
        centre = 16 + (width - 32) * (place.column + 0.5) / place.columns
        y = tops[place.perspective] + place.row * (BOX_HEIGHT + BETWEEN_ROWS)
        lines = wrapped(titles[key], box_width - 2 * PADDING)
        boxes[key] = Box(key, centre - box_width / 2, y, box_width, BOX_HEIGHT, lines)
    drawn = _climbing(boxes, links)
    height = _height(bands)
    return MapPicture("wide", written(width), height, bands, list(boxes.values()), drawn)


def narrow_map(
    rows: Sequence[Sequence[int]], titles: Mapping[int, str], links: Sequence[Link]
) -> MapPicture:
    """The same for a telephone: one box under the other, and what each drives told in words."""
    width, y = 360.0, 0.0
    bands, boxes = [], list[Box]()
    room = width - 20 - 2 * PADDING
    for index, row in enumerate(rows):
        top, below = y, y + BAND_TITLE
        for key in row:
            drives = tuple(
                (b, wrapped(titles[b], room - DRIVES, 1)[0]) for a, b in links if a == key
            )
            height = BOX_HEIGHT + LINE * len(drives)
            box = Box(key, 10, below, width - 20, height, wrapped(titles[key], room), drives)
            boxes.append(box)
            below += height + BETWEEN_ROWS / 2
        foot = below - BETWEEN_ROWS / 2 + BAND_FOOT if row else below + EMPTY
        bands.append(Band(index, written(top), written(foot - top), written(top + 22)))
        y = foot + BETWEEN_BANDS
    return MapPicture("narrow", written(width), _height(bands), bands, boxes, [])


def _bands(rows: Sequence[Sequence[int]], most: int) -> tuple[list[Band], list[float]]:
    """The bands, and where the boxes of each begin."""
    bands, tops, y = [], [], 0.0
    for index, row in enumerate(rows):
        count = max(1, -(-len(row) // most))
        height = BAND_TITLE + count * BOX_HEIGHT + (count - 1) * BETWEEN_ROWS + BAND_FOOT
        bands.append(Band(index, written(y), written(height), written(y + 22)))
        tops.append(y + BAND_TITLE)
        y += height + BETWEEN_BANDS
    return bands, tops


def _height(bands: Sequence[Band]) -> str:
    return written(float(bands[-1].y) + float(bands[-1].height)) if bands else "0"


def _offsets(boxes: Mapping[int, Box], links: Sequence[Link], link: Link) -> tuple[float, float]:
    """How far from the middle a link leaves and arrives, so that links do not share one point."""

    def offset(end: int, other: int) -> float:
        beside = sorted(
            {one[other] for one in links if one[end] == link[end]},
            key=lambda key: (boxes[key].x, boxes[key].y, key),
        )
        return (beside.index(link[other]) - (len(beside) - 1) / 2) * 26

    return offset(0, 1), offset(1, 0)


def _climbing(boxes: Mapping[int, Box], links: Sequence[Link]) -> list[str]:
    """The links of the wide map; each goes round the boxes that stand in its way."""
    drawn, taken = [], list[float]()
    for a, b in links:
        leaves, arrives = _offsets(boxes, links, (a, b))
        ends = _ends(boxes[a], boxes[b], leaves, arrives)
        if boxes[a].y == boxes[b].y:
            over = boxes[a].y - 24
            (x1, y1), (x2, y2) = ends
            drawn.append(_curve((x1, y1), (x1, over), (x2, over), (x2, y2)))
        elif between := _between(boxes.values(), *ends):
            drawn.append(_round(ends, between, taken))
        else:
            drawn.append(_bend(*ends))
    return drawn


def _ends(start: Box, end: Box, leaves: float, arrives: float) -> tuple[Point, Point]:
    """Where a link leaves a box and where it arrives: above and below, as they stand."""
    x1, x2 = start.x + start.width / 2 + leaves, end.x + end.width / 2 + arrives
    if start.y == end.y:
        return (x1, start.y), (x2, end.y - 3)
    if start.y > end.y:
        return (x1, start.y), (x2, end.y + end.height + 3)
    return (x1, start.y + start.height), (x2, end.y - 3)


def _between(boxes: Iterable[Box], start: Point, end: Point) -> list[Box]:
    """The boxes in the rows that a link passes."""
    high, low = sorted((start[1], end[1]))
    return [box for box in boxes if high <= box.y and box.y + box.height <= low]


def _bend(start: Point, end: Point) -> str:
    middle = (start[1] + end[1]) / 2
    return _curve(start, (start[0], middle), (end[0], middle), end)


def _round(ends: tuple[Point, Point], between: Sequence[Box], taken: list[float]) -> str:
    """A link through a gap between boxes, straight up through it."""
    start, end = ends
    gap = _gap((start[0] + end[0]) / 2, between, taken)
    taken.append(gap)
    top = min(box.y for box in between) - 4
    foot = max(box.y + box.height for box in between) + 4
    enters, leaves = (foot, top) if start[1] > end[1] else (top, foot)
    first, last = _bend(start, (gap, enters)), _bend((gap, leaves), end)
    return f"{first}V{written(leaves)}{last[last.index('C') :]}"


def _gap(wish: float, between: Sequence[Box], taken: Sequence[float]) -> float:
    """The place nearest to the one wished for that no box covers and no other link takes."""

    def is_free(x: float) -> bool:
        off_boxes = all(x <= box.x - 8 or x >= box.x + box.width + 8 for box in between)
        return off_boxes and all(abs(x - other) >= 7 for other in taken)

    return min(
        (x for step in range(137) if is_free(x := 8.0 + 7 * step)),
        key=lambda x: abs(x - wish),
        default=wish,
    )


def _curve(*points: Point) -> str:
    (x, y), *rest = points
    bends = " ".join(f"{written(a)} {written(b)}" for a, b in rest)
    return f"M{written(x)} {written(y)}C{bends}"


def wrapped(text: str, width: float, most: int = 2) -> list[str]:
    """A title in as many lines as there is room for; what is too long ends in an ellipsis."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and _room(longer) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    kept = lines[:most]
    if len(lines) > most:
        kept[-1] = f"{kept[-1]} {lines[most]}"
    return [_cut(line, width) for line in kept]


def _room(text: str) -> float:
    wide = sum(unicodedata.east_asian_width(letter) in "WF" for letter in text)
    return (len(text) + wide * 0.9) * LETTER


def _cut(line: str, width: float) -> str:
    if _room(line) <= width + LETTER:
        return line
    while line and _room(line) > width - LETTER:
        line = line[:-1]
    return f"{line.rstrip()}…"


@dataclass(frozen=True, slots=True)
class Course:
    """The plan of a measure as a line, what was measured as another, and the last value."""

    plan: str
    actual: str
    band_y: str | None
    band_height: str | None
    last_x: str | None
    last_y: str | None
    width: int = 220
    height: int = 56


def course(
    plan: Sequence[tuple[date, Decimal]],
    actuals: Sequence[tuple[date, Decimal]],
    band: tuple[Decimal, Decimal] | None = None,
) -> Course:
    """Plan and actuals in one small picture; of a band, its two ends."""
    days = [day for day, _value in [*plan, *actuals]]
    values = [value for _day, value in [*plan, *actuals]] + list(band or ())
    width, height, margin = 220, 56, 5
    if not days:
        return Course("", "", None, None, None, None)
    first, last = min(days).toordinal(), max(days).toordinal()
    low, high = float(min(values)), float(max(values))

    def up(value: Decimal) -> float:
        part = share(float(value), low, high) / 100 if high > low else 0.5
        return height - margin - part * (height - 2 * margin)

    def point(one: tuple[date, Decimal]) -> tuple[float, float]:
        part = share(one[0].toordinal(), first, last) / 100 if last > first else 1.0
        return margin + part * (width - 2 * margin), up(one[1])

    ends = point(actuals[-1]) if actuals else None
    return Course(
        plan=path([point(one) for one in plan]),
        actual=path([point(one) for one in actuals]),
        band_y=written(up(band[1])) if band else None,
        band_height=written(up(band[0]) - up(band[1])) if band else None,
        last_x=written(ends[0]) if ends else None,
        last_y=written(ends[1]) if ends else None,
    )
