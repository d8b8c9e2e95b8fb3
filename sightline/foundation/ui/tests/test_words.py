"""Dates and numbers as a language writes them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template
from django.utils import timezone, translation

from sightline.foundation.core.dates import FOREVER
from sightline.foundation.ui import words

NOVEMBER = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("shape", "expected"),
    [
        ("long", "22 November 2026"),
        ("short", "22 Nov 2026"),
        ("near", "22 Nov"),
        ("week", "Sunday 22 November"),
        ("month", "November 2026"),
    ],
)
def test_a_day_is_written_in_english(shape, expected):
    assert words.day(NOVEMBER, shape) == expected


def test_a_day_that_an_event_keeps_is_written_in_words_and_anything_else_stays():
    assert words.day_kept("2026-11-22") == "22 November 2026"
    assert words.day_kept("") == ""
    assert words.day_kept("the top") == "the top"


def test_a_day_is_written_in_the_readers_language():
    with translation.override("de"):
        assert words.day(NOVEMBER) == "22. November 2026"
        assert words.number(2140.5, 1) == "2.140,5"


def test_a_language_with_a_script_is_known():
    with translation.override("zh-hans"):
        assert words.day(NOVEMBER) == "2026年11月22日"


def test_what_has_no_end_says_so():
    assert words.day(FOREVER) == "no end"


def test_an_instant_is_told_in_the_readers_time_zone():
    at = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
    with timezone.override("Asia/Shanghai"):
        html = Template("{% moment at %}").render(Context({"at": at}))
    assert "23 November 2026, 07:30 UTC+8" in html
    assert 'datetime="2026-11-23T07:30:00+08:00"' in html


@pytest.mark.parametrize(
    ("zone", "told"),
    [("Asia/Kolkata", "UTC+5:30"), ("America/St_Johns", "UTC-3:30"), ("Europe/Lisbon", "UTC")],
)
def test_a_zone_without_a_short_name_is_told_by_its_distance(zone, told):
    at = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
    with timezone.override(zone), translation.override("zh-hans"):
        assert words.zone(at) == told


def test_percent_takes_percent():
    assert words.percent(71) == "71%"
    assert words.percent(7.25, 1) in {"7.2%", "7.3%"}


def test_nothing_is_a_dash():
    html = Template("{{ nothing|percent }} {{ nothing|number }}|{{ nothing|day }}").render(
        Context({"nothing": None})
    )
    assert html == "– –|"


@pytest.mark.parametrize(
    ("text", "most", "said"),
    [
        ("Short", 20, "Short"),
        ("Argue for every page", 16, "Argue for every…"),
        ("Argue for every page", 15, "Argue for…"),
        ("Argue, for every page", 8, "Argue…"),
        ("产品经理负责的团队", 5, "产品经理…"),
        ("", 5, ""),
    ],
)
def test_a_text_is_cut_between_two_words(text, most, said):
    assert words.shortened(text, most) == said


def test_a_percent_sign_stands_close_and_other_units_apart():
    assert [words.in_unit("1.2", unit) for unit in ("%", "h", "")] == ["1.2%", "1.2 h", "1.2"]
