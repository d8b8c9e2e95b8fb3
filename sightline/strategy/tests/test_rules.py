"""The arithmetic of strategies, by examples and by what holds for all of them."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as some

from sightline.strategy.rules import measures
from sightline.strategy.rules.causes import circle_through
from sightline.strategy.rules.layers import even_rows, places
from sightline.strategy.rules.measures import Band, Point, Status
from sightline.strategy.rules.numbers import plain
from sightline.strategy.rules.shares import effort_fault, effort_left_percent, intended_fault
from sightline.strategy.rules.stages import COMMITMENT, STRATEGY, can_go

DAY = date(2026, 6, 30)
values = some.decimals(min_value=-1000, max_value=1000, places=2)
percents = some.decimals(min_value=0, max_value=100, places=2)
links = some.sets(
    some.tuples(some.integers(1, 7), some.integers(1, 7)).filter(lambda link: link[0] != link[1]),
    max_size=12,
)


def days(count):
    return DAY + timedelta(days=count)


def test_a_circle_is_shown_from_its_start_back_to_it():
    assert circle_through([(1, 2), (2, 3)], (3, 1)) == [3, 1, 2, 3]
    assert circle_through([(1, 2), (2, 3)], (1, 3)) is None
    assert circle_through([], (4, 4)) == [4, 4]


def test_of_two_circles_the_shorter_one_is_shown():
    assert circle_through([(1, 2), (2, 3), (3, 4), (1, 4)], (4, 1)) == [4, 1, 4]


def reaches(drawn, start, end):
    """Whether one gets from one to another, found by walking."""
    seen, ways = set(), [start]
    while ways:
        here = ways.pop()
        if here == end:
            return True
        if here not in seen:
            seen.add(here)
            ways += [b for a, b in drawn if a == here]
    return False


@given(links, some.tuples(some.integers(1, 7), some.integers(1, 7)))
def test_a_circle_is_found_exactly_when_a_walk_finds_one(drawn, new):
    circle = circle_through(drawn, new)
    assert (circle is not None) == reaches(drawn, new[1], new[0])
    if circle:
        assert circle[0] == circle[-1] == new[0]
        assert set(pairwise(circle)) <= drawn | {new}


@given(some.lists(some.lists(some.integers(), max_size=9), max_size=5), some.integers(1, 5))
def test_every_objective_has_a_place_and_rows_are_filled_evenly(perspectives, most):
    keys = iter(range(1000))
    numbered = [[next(keys) for _objective in row] for row in perspectives]
    found = places(numbered, most)
    assert sorted(found) == [key for row in numbered for key in row]
    for row in numbered:
        lengths = [len(part) for part in even_rows(row, most)]
        assert sum(lengths) == len(row)
        assert all(length <= most for length in lengths)
        assert not lengths or max(lengths) - min(lengths) <= 1


def test_intended_shares_add_up_to_exactly_a_hundred():
    assert intended_fault([Decimal(40), Decimal(60)]) is None
    assert intended_fault([Decimal(40), Decimal("59.99")]) == Decimal("99.99")
    assert intended_fault([]) == 0


def test_a_unit_has_no_more_than_its_whole_effort():
    assert effort_fault([Decimal(60), Decimal(40)]) is None
    assert effort_fault([Decimal(60), Decimal(41)]) == 101


@given(some.lists(percents))
def test_what_is_left_is_never_below_nothing(shares):
    left = effort_left_percent(shares)
    assert 0 <= left <= 100
    assert left == 0 or left + sum(shares) == 100


def test_a_strategy_never_comes_back():
    assert can_go(STRATEGY, "draft", "in_force")
    assert can_go(STRATEGY, "in_force", "superseded")
    assert not can_go(STRATEGY, "superseded", "in_force")
    assert not can_go(STRATEGY, "nowhere", "draft")


def test_what_is_agreed_can_be_offered_anew_and_not_passed_back():
    assert can_go(COMMITMENT, "agreed", "proposed")
    assert not can_go(COMMITMENT, "agreed", "passed_back")
    assert not can_go(COMMITMENT, "passed_back", "agreed")


def test_numbers_are_told_without_needless_digits():
    assert [plain(Decimal(text)) for text in ("25.00", "1.50", "1200", "0.0000")] == [
        "25",
        "1.5",
        "1200",
        "0",
    ]


def test_the_last_value_counts_and_a_correction_of_its_day():
    actuals = [
        Point(days(-9), Decimal(1)),
        Point(days(-3), Decimal(2)),
        Point(days(-3), Decimal(3)),
    ]
    assert measures.latest(actuals, DAY) == actuals[2]
    assert measures.latest(actuals, days(-5)) == actuals[0]
    assert measures.latest(actuals, days(-10)) is None


def test_half_a_year_later_a_value_says_nothing_more():
    actual = Point(DAY, Decimal(20))
    way = (Point(days(-100), Decimal(10)), [Point(days(900), Decimal(30))], [actual])
    assert measures.standing_on_the_way(*way, days(184)).status == Status.AHEAD
    assert measures.standing_on_the_way(*way, days(185)) == measures.UNKNOWN


def test_without_values_targets_or_a_way_nothing_is_known():
    start, goal = Point(days(-10), Decimal(10)), Point(days(10), Decimal(30))
    level = Point(days(10), Decimal(10))
    actuals = [Point(DAY, Decimal(20))]
    assert measures.standing_on_the_way(start, [goal], [], DAY) == measures.UNKNOWN
    assert measures.standing_on_the_way(start, [], actuals, DAY) == measures.UNKNOWN
    assert measures.standing_on_the_way(start, [level], actuals, DAY) == measures.UNKNOWN
    assert measures.standing_in_the_band(Band(Decimal(1), Decimal(2)), [], DAY) == measures.UNKNOWN


def test_an_objective_without_measures_has_no_score_and_covers_nothing():
    found = measures.score([])
    assert found.standing == measures.UNKNOWN
    assert found.coverage_percent == 0


@given(values, values.filter(bool), some.integers(1, 600), some.integers(-50, 700))
def test_the_plan_never_leaves_the_way_between_baseline_and_target(start, way, span, day):
    baseline, goal = Point(DAY, start), Point(days(span), start + way)
    planned = measures.planned_value(baseline, [goal], days(day))
    done = measures.way_percent(start, start + way, planned)
    assert Decimal("-0.001") <= done <= Decimal("100.001")


@given(values, values.filter(bool), values)
def test_rising_and_falling_are_mirrors(start, way, value):
    rising = measures.way_percent(start, start + way, value)
    falling = measures.way_percent(-start, -start - way, -value)
    assert rising == falling


@given(values, some.decimals(min_value=1, max_value=100, places=2), values)
def test_in_a_band_nothing_is_ahead_and_outside_nothing_on_track(low, width, value):
    band = Band(low, low + width)
    standing = measures.standing_in_the_band(band, [Point(DAY, value)], DAY)
    within = low <= value <= low + width
    assert (standing.status == Status.ON_TRACK) == within
    assert standing.status != Status.AHEAD
    assert standing.done_percent is not None
    assert 0 <= standing.done_percent <= 100


@given(some.lists(some.tuples(values, percents), min_size=1, max_size=6))
def test_the_score_lies_among_the_measures_held_inside(pairs):
    standings = [
        measures.Standing(measures.status_of(done, plan), done, plan) for done, plan in pairs
    ]
    done = measures.score(standings).standing.done_percent
    held = [min(max(one, Decimal(0)), Decimal(100)) for one, _plan in pairs]
    assert done is not None
    assert min(held) - Decimal("0.001") <= done <= max(held) + Decimal("0.001")
