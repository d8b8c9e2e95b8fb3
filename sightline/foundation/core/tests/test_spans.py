import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.foundation.core.spans import FOREVER, Span, joined

MAY, JUNE, JULY = date(2026, 5, 1), date(2026, 6, 1), date(2026, 7, 1)


@pytest.mark.parametrize(
    ("whole", "cut", "left"),
    [
        (Span(MAY, JULY), Span(JUNE), [Span(MAY, JUNE)]),
        (Span(MAY, JULY), Span(date.min, JUNE), [Span(JUNE, JULY)]),
        (Span(MAY), Span(JUNE, JULY), [Span(MAY, JUNE), Span(JULY)]),
        (Span(MAY, JUNE), Span(MAY, JUNE), []),
        (Span(MAY, JUNE), Span(JUNE, JULY), [Span(MAY, JUNE)]),
    ],
)
def test_a_span_is_cut_out_of_another(whole, cut, left):
    assert whole.minus(cut) == left


def test_the_first_day_is_in_and_the_last_is_not():
    assert MAY in Span(MAY, JUNE)
    assert JUNE not in Span(MAY, JUNE)


def test_spans_that_touch_become_one():
    assert joined([Span(JUNE, JULY), Span(MAY, JUNE), Span(JULY)]) == [Span(MAY, FOREVER)]


days = st.dates(date(2020, 1, 1), date(2020, 3, 1))
spans = st.builds(Span, days, days)


@given(spans, spans, days)
def test_what_is_left_after_a_cut_holds_each_day_that_was_not_cut(whole, cut, day):
    left = whole.minus(cut) if whole else []
    assert any(day in part for part in left) == (day in whole and day not in cut)


@given(st.lists(spans, max_size=6), days)
def test_joining_neither_adds_nor_loses_a_day(several, day):
    result = joined(several)
    assert any(day in span for span in result) == any(day in span for span in several)
    assert all(a.end < b.start for a, b in itertools.pairwise(result))


@given(spans, spans)
def test_common_days_are_in_both(one, other):
    common = one & other
    for offset in range((common.end - common.start).days if common else 0):
        day = common.start + timedelta(days=offset)
        assert day in one
        assert day in other
