"""The arithmetic of the pictures of goals."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest

from sightline.goals import pictures
from sightline.goals.models import CheckIn, Goal
from sightline.goals.queries.effort import UnitEffort
from sightline.goals.queries.sight import UnitSeen

DAY = date(2026, 7, 1)


def a_goal(**said):
    facts = {"kind": "number", "start_value": Decimal("1.2"), "target_value": Decimal("0.4")}
    return Goal(from_on=DAY, due_on=date(2026, 12, 31), **facts | said)


def test_the_course_runs_from_the_start_through_what_was_said():
    said = [CheckIn(pk=1, on=date(2026, 9, 30), value=Decimal("0.8"))]
    course = pictures.course(a_goal(), said, date(2026, 10, 1))
    assert course.plan.startswith("M56 18")
    assert course.said.startswith("M56 18L")
    assert [line.value for line in course.grid] == [
        Decimal(one) for one in ["0.4", "0.6", "0.8", "1.0", "1.2"]
    ]
    assert course.today_x


def test_the_speed_so_far_is_drawn_up_to_the_due_day_with_its_bounds():
    values = ("1.2", "1.1", "1.08", "0.95", "0.9")
    said = [
        CheckIn(pk=n, on=date(2026, 7, 10 + 4 * n), value=Decimal(value))
        for n, value in enumerate(values)
    ]
    course = pictures.course(a_goal(), said, date(2026, 8, 1))
    assert course.ahead.startswith("M")
    assert course.band.endswith("z")
    assert course.band.startswith(course.ahead.split("L")[0])
    few = pictures.course(a_goal(), said[:2], date(2026, 8, 1))
    assert (few.ahead, few.band) == ("", "")


@pytest.mark.parametrize(
    ("start", "target", "lines"),
    [
        ("0", "1", ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]),
        ("3", "1000", ["200", "400", "600", "800", "1000"]),
        ("99.5", "98.25", ["98.25", "98.50", "98.75", "99.00", "99.25", "99.50"]),
        ("-7", "4", ["-5.0", "-2.5", "0.0", "2.5"]),
    ],
)
def test_the_lines_across_stand_at_round_values(start, target, lines):
    ends = {"start_value": Decimal(start), "target_value": Decimal(target)}
    course = pictures.course(a_goal(**ends), [], DAY)
    assert [line.value for line in course.grid] == [Decimal(one) for one in lines]
    assert all("E" not in str(line.value) for line in course.grid)


def test_where_nothing_is_to_change_one_line_stands():
    ends = {"start_value": Decimal(5), "target_value": Decimal(5)}
    assert [one.value for one in pictures.course(a_goal(**ends), [], DAY).grid] == [Decimal(5)]


def test_without_a_number_there_is_nothing_to_draw():
    assert pictures.course(a_goal(kind="yes_no"), [], DAY) is None


def test_before_a_word_was_said_only_the_plan_is_drawn():
    course = pictures.course(a_goal(), [], date(2027, 3, 1))
    assert (course.said, course.dots, course.today_x) == ("", [], None)


def test_without_units_or_objectives_nothing_flows():
    assert pictures.flow([], []) is None
    assert pictures.efforts([]) == []


def a_unit(name, capacity, sums):
    effort = UnitEffort(capacity=capacity, people=9, goals=9, sums=sums)
    return UnitSeen(SimpleNamespace(name=name), effort, None)


def test_what_flows_is_told_in_words_too_the_largest_part_first():
    seen = SimpleNamespace(objective=SimpleNamespace(pk=1), compared=None)
    other = SimpleNamespace(objective=SimpleNamespace(pk=2), compared=None)
    units = [a_unit("Data", 10.0, {1: 2.0}), a_unit("Platform", 10.0, {1: 8.0})]
    first, second, none = pictures.streams([seen, other], units)
    assert (first.objective.pk, first.percent) == (1, 50)
    assert first.units == [("Platform", 80.0), ("Data", 20.0)]
    assert (second.percent, second.units) == (0, [])
    assert (none.objective, none.percent) == (None, 50)
    assert none.units == [("Data", 80.0), ("Platform", 20.0)]
    assert pictures.streams([], units) == pictures.streams([seen], []) == []
