"""Agreement: what people say their work serves, against the trace of their goals."""

from __future__ import annotations

from datetime import date
from math import fsum
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from sightline.goals.rules.agreement import (
    Agreement,
    agreement,
    asked_from,
    differences,
    together,
)
from tests.docs.tables import table

DOCUMENT = (Path(__file__).parents[3] / "docs" / "rules" / "agreement.md").read_text()
FIRST, SECOND = 1, 2


def mix(first: str, second: str) -> dict[int, float]:
    return {key: float(one) for key, one in ((FIRST, first), (SECOND, second)) if float(one)}


@pytest.mark.parametrize("row", table(DOCUMENT, "who"), ids=str)
def test_one_person_agrees_as_the_document_says(row):
    _who, first, second, said_first, said_second, told = row
    found = agreement(mix(said_first, said_second), mix(first, second))
    assert found == pytest.approx(float(told), abs=1e-12)


@pytest.mark.parametrize("row", table(DOCUMENT, "answers"), ids=str)
def test_several_people_agree_as_the_document_says(row):
    answers, mean, apart = row
    found = together([float(one) for one in answers.split(",")])
    assert found.mean == pytest.approx(float(mean), abs=1e-12)
    assert found.apart_share == pytest.approx(float(apart), abs=1e-12)


def test_differences_name_what_either_names_and_last_what_serves_none():
    found = differences({FIRST: 0.5, SECOND: 0.2}, {FIRST: 0.56, 3: 0.3})
    assert [one.objective for one in found] == [FIRST, SECOND, 3, None]
    assert [one.reading for one in found] == ["alike", "said", "traced", "said"]
    assert found[-1].said == pytest.approx(0.3)
    assert found[-1].traced == pytest.approx(0.14)


def test_a_tenth_is_worth_a_word_however_it_is_written():
    for said, traced in ((0.3, 0.2), (0.7, 0.6), (0.2, 0.1)):
        assert differences({FIRST: said}, {FIRST: traced})[0].reading == "said"
        assert differences({FIRST: traced}, {FIRST: said})[0].reading == "traced"


points = some.dictionaries(some.integers(1, 6), some.integers(0, 25), max_size=4)


@given(points, points)
def test_agreement_is_a_share_the_same_both_ways_and_whole_only_where_both_are_alike(one, other):
    said, traced = ({key: part / 100 for key, part in mix.items()} for mix in (one, other))
    found = agreement(said, traced)
    assert -1e-12 <= found <= 1 + 1e-12
    assert found == pytest.approx(agreement(traced, said))
    assert agreement(said, said) == pytest.approx(1)
    shared = fsum(min(row.said, row.traced) for row in differences(said, traced))
    assert found == pytest.approx(shared)


def test_nobody_agrees_by_nothing_and_groups_add_up():
    assert Agreement().mean == Agreement().apart_share == 0
    assert together([0.2]) + together([0.9, 0.6]) == Agreement(3, 1.7, 1)


def test_a_period_asks_when_a_third_of_it_is_over():
    assert asked_from(date(2026, 7, 1), date(2026, 10, 1)) == date(2026, 7, 31)
    assert asked_from(date(2026, 7, 1), date(2026, 7, 2)) == date(2026, 7, 1)
