"""docs/rules/goals.md and docs/rules/line-of-sight.md say what is so."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from sightline.goals.rules import conflicts, forecast, roll_up, sharing, status, trace, unity
from sightline.goals.rules.roll_up import Part
from sightline.goals.rules.status import Course
from sightline.goals.rules.trace import Link, Planned, Post

DOCUMENTS = Path(__file__).parents[3] / "docs/rules"
START, DUE = date(2026, 7, 1), date(2026, 12, 31)
FRESH = timedelta(days=28)


def table(document: str, *heads: str) -> list[list[str]]:
    """The rows of the table of a document whose head begins with these words."""
    lines = (DOCUMENTS / document).read_text("utf-8").splitlines()
    begin = next(n for n, line in enumerate(lines) if cells(line)[: len(heads)] == list(heads))
    rows = []
    for line in lines[begin + 2 :]:
        if not line.startswith("|"):
            break
        rows.append(cells(line))
    return rows


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split("|")]


def number(text: str) -> Decimal | None:
    return None if text == "–" else Decimal(text.replace("−", "-"))


def numbers(text: str) -> list[Decimal | None]:
    return [number(one.strip()) for one in text.split(",")]


def same(found: Decimal | None, told: str) -> bool:
    said = number(told)
    if found is None or said is None:
        return found is said
    return abs(found - said) < Decimal("0.006")


@pytest.mark.parametrize("row", table("goals.md", "start", "target"))
def test_what_is_done_is_as_the_table_says(row):
    start, target, value = map(number, row[:3])
    assert same(status.way_percent(start, target, value), row[3])


@pytest.mark.parametrize("row", table("goals.md", "on", "the plan wants %"))
def test_the_plan_is_as_the_table_says(row):
    assert same(status.plan_percent(START, DUE, date.fromisoformat(row[0])), row[1])


@pytest.mark.parametrize("row", table("goals.md", "asked on"))
def test_the_word_is_as_the_table_says(row):
    asked, said = map(date.fromisoformat, row[:2])
    done = number(row[2])
    elapsed = forecast.UNITS * (said - START).days / (DUE - START).days
    chance = forecast.chances([forecast.course_of([(elapsed, float(done) / 100)])])[0]
    assert same(Decimal(100 * float(chance)), row[3])
    course = Course(START, DUE, done, None, said, number(row[3]))
    assert status.standing(course, asked, FRESH).status == row[4].replace(" ", "_")


@pytest.mark.parametrize("row", table("goals.md", "done %", "confidence"))
def test_the_word_of_what_is_done_or_not_is_as_the_table_says(row):
    done, sure = map(number, row[:2])
    course = Course(START, DUE, done, sure, START)
    assert status.standing(course, START, FRESH).status == row[2].replace(" ", "_")


@pytest.mark.parametrize("row", table("goals.md", "shares %"))
def test_the_roll_up_is_as_the_table_says(row):
    shares, weights, done = map(numbers, row[:3])
    parts = [Part(*one) for one in zip(shares, weights, done, strict=True)]
    found = roll_up.roll_up(parts)
    assert same(found.done_percent, row[3])
    assert same(found.coverage_percent, row[4])


FIRST, SECOND = 1, 2
U1, U2, E1, E2, E3 = 11, 12, 21, 22, 23
LINKS = [
    Link(U1, 1.0, objective=FIRST),
    Link(U2, 0.5, objective=FIRST),
    Link(U2, 0.5, objective=SECOND),
    Link(E1, 0.8, parent=U1),
    Link(E2, 1.0, parent=U2),
]
POST, A, B = 31, 1, 2
PLANS = [Planned(A, E1, 0.7), Planned(A, POST, 0.3), Planned(B, E2, 0.6), Planned(B, E3, 0.4)]
POSTS = [Post(A, 5, 1.0), Post(B, 5, 1.0)]
"""Both work for one unit."""


def told_unit():
    """The effort of the two, as sums."""
    return trace.by_unit(POSTS, trace.efforts(PLANS, trace.traced(LINKS)))[5]


def told_mixes():
    """The mixes of the document's example, by name."""
    traces = trace.traced(LINKS)
    people = trace.efforts(PLANS, traces)
    both = {objective: effort / 2 for objective, effort in told_unit().sums.items()}
    goals = {"E1": traces.of(E1), "E2": traces.of(E2)}
    intended = {FIRST: 0.48, SECOND: 0.32}
    return {**goals, "A": people.of(A), "B": people.of(B), "both": both, "intended": intended}


@pytest.mark.parametrize("row", table("line-of-sight.md", "", "first objective"))
def test_the_trace_is_as_the_table_says(row):
    mix = told_mixes()[row[0]]
    found = [mix.get(FIRST, 0.0), mix.get(SECOND, 0.0)]
    found.append(1 - sum(found))
    assert found == pytest.approx([float(one) for one in row[1:]], abs=1e-9)


@pytest.mark.parametrize("row", table("line-of-sight.md", "figure", "formula"))
def test_the_figures_are_as_the_table_says(row):
    mixes = told_mixes()
    told, unit = unity.compared(mixes["both"], {FIRST: 60, SECOND: 40}, 0.2), told_unit()
    units = [(1.0, whole(mixes[name])) for name in ("A", "B")]
    found = {
        "deviation": told.deviation,
        "unity": told.unity,
        "drift": told.drift,
        "coverage": told.coverage,
        "divergence": told.divergence,
        "concentration of the first": unity.concentration(unit.squares[FIRST], unit.sums[FIRST]),
        "specialisation": unity.specialisation(units),
    }
    assert found[row[0]] == pytest.approx(float(row[2]), abs=1e-9)


def whole(mix):
    """A mix with the share that leads to no objective."""
    known = [mix.get(FIRST, 0.0), mix.get(SECOND, 0.0)]
    return [*known, 1 - sum(known)]


def aim_told(days: str, measure: str) -> conflicts.Aim:
    """What a row of the table of conflicts says of a goal."""
    first, last = (date.fromisoformat(day) for day in days.split(" to "))
    measured_by, unit, way = (part.strip() for part in measure.split(","))
    start, target = (Decimal(value) for value in way.split(" → "))
    return conflicts.Aim(first, last, measured_by, unit, start, target)


@pytest.mark.parametrize("row", table("conflicts.md", "goal runs"))
def test_conflicts_are_as_the_table_says(row):
    found = conflicts.conflicts_between(aim_told(*row[:2]), aim_told(*row[2:4]))
    assert ", ".join(one.replace("_", " ") for one in found) == row[4].replace("–", "")


def test_what_has_no_number_has_no_direction():
    plain = conflicts.Aim(START, DUE, "calls")
    assert conflicts.conflicts_between(plain, plain) == []


@pytest.mark.parametrize("row", table("sharing-out.md", "from", "to"))
def test_parts_add_up_as_the_table_says(row):
    start, target = map(Decimal, row[:2])
    told = sharing.closure(sharing.Split.ADDITIVE, start, target, numbers(row[2]))
    assert (told.total, told.gap) == (number(row[3]), number(row[4]))
    assert told.is_closed == (told.gap <= 0)
    assert told.beyond == max(0, -told.gap)


@pytest.mark.parametrize("row", table("sharing-out.md", "each from", "each to"))
def test_who_stops_short_of_one_target_is_as_the_table_says(row):
    start, target = map(Decimal, row[:2])
    told = sharing.closure(sharing.Split.SAME, start, target, numbers(row[2]))
    assert (told.short, told.gap) == (int(row[3]), number(row[4]))


@pytest.mark.parametrize(
    ("unit", "split"), [("%", "same"), ("errors/day", "same"), ("orders", "additive")]
)
def test_what_is_counted_adds_up_and_a_rate_does_not(unit, split):
    assert sharing.split_suggested(unit) == split


@pytest.mark.parametrize("row", table("conflicts.md", "target", "to"))
def test_parts_of_a_target_that_do_not_make_it(row):
    target, way, total, told = row
    found = conflicts.off_target(Decimal(total), Decimal(target), grows=way == "grow")
    assert (found.replace("_", " ") if found else "–") == told
