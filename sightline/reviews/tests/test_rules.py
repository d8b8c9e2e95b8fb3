"""Scores, stages, what may be told of peers: values, those of the document, and properties."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.reviews.rules import calendar, peers, scores, stages
from sightline.reviews.rules.scores import Part, Rated

VALUES = st.integers(1, 5)
ITEMS = st.lists(st.builds(Rated, st.none() | st.integers(1, 100), st.none() | VALUES), max_size=5)
PARTS = st.lists(st.builds(Part, st.integers(0, 100), ITEMS), max_size=4)


def part(weight: int, *pairs: tuple[int | None, int | None]) -> Part:
    return Part(weight, [Rated(*pair) for pair in pairs])


def test_the_score_is_the_mean_of_sections_by_weight():
    worked = scores.score([part(60, (50, 4), (50, 2)), part(40, (None, 5))])
    assert worked.value == Decimal("3.80")
    assert [one.mean for one in worked.parts] == [Decimal("3.00"), Decimal("5.00")]
    assert [one.share_percent for one in worked.parts] == [Decimal("60.0"), Decimal("40.0")]
    assert worked.missing == 0


def test_an_item_without_weight_counts_as_much_as_the_others_do_on_average():
    worked = scores.score([part(100, (30, 5), (50, 3), (None, 1))])
    assert worked.value == Decimal("2.83")  # (30*5 + 50*3 + 40*1) / 120


def test_what_is_not_rated_leaves_its_weight_to_its_neighbours():
    worked = scores.score([part(60, (50, 4), (50, None)), part(40, (None, 2))])
    assert worked.value == Decimal("3.20")
    assert (worked.rated, worked.of, worked.missing) == (2, 3, 1)
    assert worked.rated_percent == Decimal(70)


def test_a_section_of_which_nothing_is_rated_leaves_its_weight_to_the_others():
    worked = scores.score([part(60, (None, 4)), part(40, (None, None))])
    assert worked.value == Decimal("4.00")
    assert worked.parts[1].mean is None
    assert worked.parts[0].share_percent == Decimal("100.0")


def test_there_is_no_score_where_less_than_half_the_weight_was_rated():
    assert scores.score([part(40, (None, 4)), part(60, (None, None))]).value is None
    assert scores.score([part(50, (None, 4)), part(50, (None, None))]).value == Decimal("4.00")
    assert scores.score([]).value is None
    assert scores.score([part(0, (None, 4))]).value is None
    assert scores.score([part(100)]).value is None


@given(PARTS)
def test_a_score_lies_within_what_was_rated_and_its_shares_sum_to_the_whole(parts):
    worked = scores.score(parts)
    if worked.value is None:
        return
    rated = [item.value for one in parts if one.weight for item in one.items if item.value]
    assert min(rated) <= worked.value <= max(rated)
    total = sum(item.share_percent for one in worked.parts for item in one.items)
    assert abs(total - 100) <= Decimal("0.1") * worked.of


@given(PARTS)
def test_the_order_of_sections_does_not_matter(parts):
    assert scores.score(parts).value == scores.score(parts[::-1]).value


@pytest.mark.parametrize(
    ("value", "point"), [("1.00", 1), ("3.49", 3), ("3.50", 4), ("3.51", 4), ("9.00", 5)]
)
def test_the_nearest_point_is_the_higher_of_two_as_near(value, point):
    assert scores.nearest_point(Decimal(value), [1, 2, 3, 4, 5]) == point


@pytest.mark.parametrize(
    ("required", "value", "level"),
    [(3, 3, "3"), (3, 5, "4"), (3, 1, "2"), (1, 1, "1"), (5, 5, "5"), (2, 4, "2.5")],
)
def test_a_rating_shows_a_level_beside_the_required_one(required, value, level):
    shown = scores.level_shown(required, value, middle=Decimal(3), highest=5)
    assert shown == Decimal(level)


def told(*values: int) -> tuple[float, bool] | None:
    found = peers.told(values, lowest=1, highest=5)
    return (found.half_points / 2, found.is_open) if found else None


@pytest.mark.parametrize(
    ("values", "answer"),
    [
        ((4,), None),
        ((4, 4), None),
        ((3, 3, 3), (3.0, False)),
        ((2, 3, 4), (3.0, False)),
        ((3, 4, 4), (3.5, False)),
        ((5, 5, 5), (4.5, True)),
        ((5, 5, 4), (4.5, True)),
        ((1, 1, 1), (1.5, True)),
        ((1, 2, 1), (1.5, True)),
    ],
)
def test_ratings_of_peers_are_told_in_half_points_with_open_ends(values, answer):
    assert told(*values) == answer


@pytest.mark.parametrize(
    ("value", "lowest", "highest", "end"),
    [(3, 1, 3, "high"), (1, 1, 3, "low"), (2, 1, 3, ""), (7, 7, 9, "low"), (9, 7, 9, "high")],
)
def test_the_open_end_is_that_of_the_scale(value, lowest, highest, end):
    assert peers.told([value] * 3, lowest=lowest, highest=highest).end == end


@given(st.lists(VALUES, min_size=3, max_size=9))
def test_what_is_told_never_says_that_all_gave_the_same(values):
    """For each value that all could have given there is another set of answers told alike."""
    found = told(*values)
    same = [one for one in range(1, 6) if told(*[one] * len(values)) == found]
    for one in same:
        other = [max(one - 1, 1), min(one + 1, 5), *[one] * (len(values) - 2)]
        assert told(*other) == found


def test_a_cycle_may_ask_for_more_than_three_and_never_for_fewer():
    assert peers.told([3] * 3, lowest=1, highest=5, needed=4) is None
    assert peers.told([3] * 3, lowest=1, highest=5, needed=1) is not None
    assert peers.told([3] * 2, lowest=1, highest=5, needed=1) is None


def test_words_are_told_from_three_authors_up_and_shuffled():
    def backwards(words: list[str]) -> None:
        words.reverse()

    assert peers.words_told([["a", "b", "c", "d"], ["e"]], shuffle=backwards) == []
    assert peers.words_told([["a"], [" "], [""]], shuffle=backwards) == []
    assert peers.words_told([["a"], ["b "], ["c", ""]], shuffle=backwards) == ["c", "b", "a"]


@pytest.mark.parametrize(
    ("done", "of", "share"),
    [(49, 49, None), (0, 50, 0), (2, 50, 0), (20, 50, 40), (44, 98, 40), (98, 98, 100)],
)
def test_of_peers_only_tens_of_percent_of_fifty_or_more_are_told(done, of, share):
    assert peers.share_told(done, of) == share


def test_stages_follow_their_tables():
    assert stages.may_follow(stages.CYCLE, "dry_run", "open")
    assert not stages.may_follow(stages.CYCLE, "draft", "open")
    assert not stages.may_follow(stages.REVIEW, "acknowledged", "shared")
    assert not stages.may_follow(stages.FORM, "unheard of", "draft")
    for table in (stages.CYCLE, stages.REVIEW, stages.FORM):
        assert {after for following in table.values() for after in following} <= set(table)


def test_parts_of_a_cycle_come_in_order():
    first, second, third = date(2026, 11, 2), date(2026, 11, 9), date(2026, 11, 16)
    good = {"self": (first, second), "manager": (second, third)}
    assert calendar.out_of_order(good) == []
    assert calendar.out_of_order({"self": (second, third), "manager": (first, third)}) == [
        "manager"
    ]
    assert calendar.out_of_order({"self": (first, third), "manager": (first, second)}) == [
        "manager"
    ]
    assert calendar.turned_round({"self": (second, first)}) == ["self"]


@pytest.mark.parametrize(("on", "day"), [(1, 0), (2, 1), (8, 7), (20, 7)])
def test_a_day_is_counted_from_the_first(on, day):
    span = (date(2026, 11, 2), date(2026, 11, 9))
    assert calendar.day_of(*span, date(2026, 11, on)) == (day, 7)
