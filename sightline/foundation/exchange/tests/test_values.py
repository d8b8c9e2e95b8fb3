from datetime import date
from decimal import Decimal

import pytest

from sightline.foundation.core.errors import Refused
from sightline.foundation.exchange.values import (
    DAY_FIRST,
    MONTH_FIRST,
    day_order,
    read_day,
    read_number,
    read_yes,
)


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-30",
        "2026-11-30T00:00:00",
        "2026/11/30",
        "30.11.2026",
        "30/11/2026",
        "30-11-2026",
        "30. 11. 2026",
        "30 Nov 2026",
        "30 November 2026",
        "Nov 30, 2026",
        "46356",
    ],
)
def test_a_day_is_read_in_the_ways_people_write_it(text):
    assert read_day(text) == date(2026, 11, 30)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("31.11.2026", "31 November does not exist."),
        ("2026-02-30", "30 February does not exist."),
        ("29.02.2027", "29 February 2027 does not exist."),
        ("12/13/2026", "There is no month 13."),
        ("31.11.26", "Write the year with four digits."),
        ("01.01.0026", "The year 26 cannot be meant."),
        ("soon", "“soon” is not a date. Write it as 2026-11-30."),
        ("1 Smarch 2026", "“1 Smarch 2026” is not a date. Write it as 2026-11-30."),
    ],
)
def test_a_day_that_does_not_exist_is_refused_with_a_sentence(text, sentence):
    with pytest.raises(Refused) as refusal:
        read_day(text)
    assert str(refusal.value) == sentence


def test_29_february_exists_in_leap_years():
    assert read_day("29.02.2028") == date(2028, 2, 29)


def test_day_numbers_count_from_the_day_of_the_file():
    assert read_day("44894", day_zero=date(1904, 1, 1)) == date(2026, 11, 30)


def test_the_order_of_day_and_month_is_decided_for_the_whole_column():
    assert day_order(["03/04/2026", "13/04/2026"]).order == DAY_FIRST
    assert day_order(["03/04/2026", "04/13/2026"]).order == MONTH_FIRST
    assert day_order(["03.04.2026"]).note == "dates as day.month.year"
    assert day_order(["04/13/2026"]).note == "dates as month/day/year"
    assert day_order(["2026-04-03", ""]).note == ""


def test_an_order_that_nothing_decides_is_told_and_can_be_chosen():
    unsure = day_order(["03/04/2026", "05/06/2026"])
    assert unsure.ambiguous
    assert unsure.note == "dates as day/month/year, which could be the other way round"
    assert day_order(["03/04/2026"], chosen=MONTH_FIRST).order == MONTH_FIRST
    assert read_day("03/04/2026", order=MONTH_FIRST) == date(2026, 3, 4)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("20", "20"),
        ("20 %", "20"),
        ("20%", "20"),
        ("20,5", "20.5"),
        ("1 000.50", "1000.5"),
        ("1.000,50", "1000.5"),
        ("1,000.50", "1000.5"),
        ("-3", "-3"),
    ],
)
def test_a_number_is_read_in_the_ways_people_write_it(text, number):
    assert read_number(text) == Decimal(number)


@pytest.mark.parametrize("text", ["", "many", "1e999999", "NaN", "Infinity", "1" * 30])
def test_what_is_no_number_is_refused(text):
    with pytest.raises(Refused, match="is not a number"):
        read_number(text)


def test_yes_and_no():
    assert read_yes("Yes")
    assert read_yes("TRUE")
    assert not read_yes("")
    with pytest.raises(Refused, match="yes or no"):
        read_yes("maybe")
