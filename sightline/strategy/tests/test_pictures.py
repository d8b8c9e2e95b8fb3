"""The pictures of strategy: nothing lies upon anything, and what is too long is cut."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as some

from sightline.strategy.pictures import course, narrow_map, wide_map, wrapped

ROWS = [[1], [2, 3], [4, 5, 6, 7, 8], [9]]
TITLES = {key: f"Objective number {key}" for key in range(1, 10)}
LINKS = [(9, 4), (9, 5), (4, 2), (5, 3), (2, 1), (3, 1), (9, 1), (4, 6)]


def numbers(text):
    return [float(one) for one in re.findall(r"-?\d+(?:\.\d+)?", text)]


@given(some.lists(some.integers(0, 7), min_size=1, max_size=5))
def test_no_box_lies_upon_another_and_none_leaves_the_map(sizes):
    keys = iter(range(100))
    rows = [[next(keys) for _n in range(size)] for size in sizes]
    titles = {key: "Title" for row in rows for key in row}
    for draw in (wide_map, narrow_map):
        picture = draw(rows, titles, [])
        boxes = picture.boxes
        for one in boxes:
            assert one.x >= 0
            assert one.x + one.width <= float(picture.width)
            assert one.y + one.height <= float(picture.height)
            for other in boxes:
                if one.key != other.key:
                    beside = one.x + one.width <= other.x or other.x + other.width <= one.x
                    above = one.y + one.height <= other.y or other.y + other.height <= one.y
                    assert beside or above


def test_every_link_is_drawn_within_the_map():
    picture = wide_map(ROWS, TITLES, LINKS)
    assert len(picture.links) == len(LINKS)
    assert all(number >= 0 for link in picture.links for number in numbers(link))


def test_on_a_telephone_every_link_is_told_in_words_within_its_box():
    picture = narrow_map(ROWS, TITLES, LINKS)
    assert not picture.links
    told = {(box.key, key) for box in picture.boxes for _y, key, _title in box.told}
    assert told == set(LINKS)
    for box in picture.boxes:
        assert all(box.y + 84 <= float(y) < box.y + box.height for y, _key, _title in box.told)


def test_the_same_strategy_is_drawn_the_same():
    for draw in (wide_map, narrow_map):
        assert draw(ROWS, TITLES, LINKS) == draw(ROWS, TITLES, LINKS)


def test_a_link_goes_round_the_boxes_in_its_way():
    picture = wide_map([[1], [2], [3]], TITLES, [(3, 1)])
    middle = next(box for box in picture.boxes if box.key == 2)
    rise = re.search(r"(-?[\d.]+) [\d.]+V", picture.links[0])
    assert rise
    at = float(rise.group(1))
    assert at <= middle.x or at >= middle.x + middle.width


def test_a_map_without_anything_has_no_height():
    assert wide_map([], {}, []).height == "0"


def test_a_link_may_lead_down():
    assert wide_map([[1], [2]], TITLES, [(1, 2)]).links


def test_a_bar_holds_what_lies_outside():
    box = wide_map([[1]], TITLES, []).boxes[0]
    full = box.part(Decimal(100))
    assert box.part(Decimal(180)) == full
    assert box.part(Decimal(-20)) == box.part(None) == "0"
    assert box.tick(Decimal(0)) < box.tick(Decimal(50))


@given(some.text(max_size=200), some.floats(60, 300))
def test_a_title_takes_two_lines_at_most(text, width):
    lines = wrapped(text, width)
    assert 1 <= len(lines) <= 2
    assert all(len(line) * 7 <= width + 14 for line in lines)


def test_letters_of_double_width_take_their_room():
    assert len(wrapped("少" * 40, 200)[0]) < len(wrapped("a" * 40, 200)[0])


def test_a_course_without_values_is_empty_and_one_value_stands_alone():
    day = date(2026, 1, 1)
    assert course([], []).plan == ""
    single = course([], [(day, Decimal(3))])
    assert single.last_x
    assert single.last_y


def test_a_course_holds_plan_actuals_and_band():
    first, last = date(2026, 1, 1), date(2026, 12, 31)
    plan = [(first, Decimal(10)), (last, Decimal(20))]
    drawn = course(plan, [(first, Decimal(12))], (Decimal(11), Decimal(14)))
    assert drawn.plan.startswith("M")
    assert numbers(drawn.plan)[1] > numbers(drawn.plan)[3], "more is higher"
    assert float(drawn.band_height or 0) > 0
