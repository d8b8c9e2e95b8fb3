"""Where things stand in the small pictures."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.foundation.ui import pictures

numbers = st.floats(-1e6, 1e6)


@pytest.mark.parametrize(
    ("value", "minimum", "maximum", "expected"),
    [
        (0, 0, 100, 0),
        (62, 0, 100, 62),
        (130, 0, 100, 100),
        (-5, 0, 100, 0),
        (3, 1, 5, 50),
        (3, 5, 5, 0),
    ],
)
def test_a_share_lies_between_its_ends(value, minimum, maximum, expected):
    assert pictures.share(value, minimum, maximum) == expected


@given(numbers, numbers, numbers)
def test_a_share_never_leaves_the_picture(value, one, other):
    assert 0 <= pictures.share(value, min(one, other), max(one, other)) <= 100


def test_attributes_are_written_with_a_full_stop_and_without_needless_digits():
    assert [pictures.written(n) for n in (0, 0.0, 50, 33.3333, 100.0)] == [
        "0",
        "0",
        "50",
        "33.33",
        "100",
    ]


def test_a_bar_has_a_tick_only_when_there_is_a_plan():
    assert pictures.bar(71, 62) == pictures.Bar("71", "62")
    assert pictures.bar(71) == pictures.Bar("71", None)


def test_a_plan_of_nothing_is_a_plan():
    assert pictures.bar(71, 0).plan == "0"


def test_an_interval_stands_on_the_scale_with_room_for_its_dots():
    picture = pictures.interval(3, 2, 4, minimum=1, maximum=5, other=5)
    assert picture == pictures.Interval(
        low="27.5", width="45", value="50", other="95", marks=["5", "27.5", "50", "72.5", "95"]
    )


def test_an_interval_upside_down_has_no_width():
    assert pictures.interval(3, 4, 2, minimum=1, maximum=5).width == "0"


def test_the_highest_column_fills_the_height():
    columns = pictures.distribution([("Low", 1), ("High", 4)])
    assert [(column.height, column.top) for column in columns] == [("25", "75"), ("100", "0")]


def test_an_expected_share_above_all_columns_sets_the_height():
    columns = pictures.distribution([("Low", 1), ("High", 1)], expected=[2, 0])
    assert [(c.height, c.expected) for c in columns] == [("50", "0"), ("50", "100")]


def test_a_distribution_of_nobody_is_flat():
    assert [c.height for c in pictures.distribution([("Low", 0), ("High", 0)])] == ["0", "0"]


def test_a_sparkline_goes_from_edge_to_edge():
    line = pictures.sparkline([0, 5, 10], width=100, height=20, margin=0)
    assert (line.path, line.last_x, line.last_y) == ("M0 20L50 10L100 0", "100", "0")


def test_a_sparkline_breaks_where_a_value_is_missing():
    assert pictures.sparkline([0, None, 10, 10], width=30, height=10, margin=0).path == (
        "M0 10M20 0L30 0"
    )


@pytest.mark.parametrize("values", [[], [None], [4], [4, 4]])
def test_a_sparkline_of_little_is_still_a_picture(values):
    line = pictures.sparkline(values)
    assert 0 <= float(line.last_x) <= line.width
    assert 0 <= float(line.last_y) <= line.height
