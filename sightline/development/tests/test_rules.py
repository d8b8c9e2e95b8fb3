from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.development import rules

DAY = date(2026, 3, 1)
levels = st.decimals(min_value=1, max_value=5, places=1)
judged = st.builds(
    rules.Judgement,
    level=levels,
    source=st.sampled_from([rules.MANAGER, rules.SELF, rules.REVIEW]),
    on=st.dates(date(2024, 1, 1), date(2026, 3, 1)),
    written=st.integers(0, 1000),
    plus_minus=st.decimals(min_value=0, max_value=2, places=1),
)


@given(st.lists(judged, min_size=1, max_size=12))
def test_the_level_that_holds_lies_in_its_range_and_was_judged(judgements):
    found = rules.standing(judgements)
    assert 1 <= found.low <= found.level <= found.high <= 9
    assert any((one.level, one.source, one.on) == (found.level, found.source, found.on)
               for one in judgements)  # fmt: skip


@given(st.lists(judged, min_size=1, max_size=12, unique_by=lambda one: one.written))
def test_the_order_in_which_judgements_are_read_does_not_matter(judgements):
    assert rules.standing(judgements) == rules.standing(reversed(judgements))


@given(st.lists(judged, max_size=8), judged)
def test_oneself_never_outweighs_others(judgements, other):
    others = [one for one in judgements if one.source != rules.SELF]
    if others:
        assert rules.standing(judgements).source != rules.SELF


@given(st.lists(st.tuples(st.integers(1, 5), st.none() | levels), max_size=8))
def test_the_share_missing_is_a_percentage_or_unknown(pairs):
    percent = rules.missing_percent(pairs)
    assert (percent is None) == all(shown is None for _required, shown in pairs)
    assert percent is None or 0 <= percent < 100


def test_the_next_level_is_the_whole_one_above():
    assert rules.next_level(Decimal("2.4"), 5) == 3
    assert rules.next_level(Decimal(2), 5) == 3
    assert rules.next_level(Decimal(5), 5) is None


def test_a_judgement_grows_old_after_eighteen_months():
    assert not rules.is_old(DAY - timedelta(days=548), DAY)
    assert rules.is_old(DAY - timedelta(days=549), DAY)


def test_an_action_is_overdue_from_the_day_after_until_it_ends():
    assert not rules.is_overdue(DAY, "open", DAY)
    assert rules.is_overdue(DAY, "doing", DAY + timedelta(days=1))
    assert not rules.is_overdue(DAY, "done", DAY + timedelta(days=1))


def test_a_plan_is_agreed_when_every_side_that_must_has_agreed():
    assert rules.agreed_by_all(["employee"], ["employee", "manager"])
    assert not rules.agreed_by_all(["employee", "manager"], ["manager"])


TREE = {1: [2, 3], 3: [4]}


@pytest.mark.parametrize(
    ("people", "told"),
    [
        ({1: 2}, set()),
        ({1: 3}, {1}),
        ({2: 3, 3: 3}, {1, 2, 3}),
        ({2: 8, 3: 2}, {2}),
        ({2: 8, 3: 1, 1: 2}, {1, 2}),
        ({3: 1, 4: 4, 2: 3}, {2, 4}),
        ({3: 1, 4: 2, 2: 3}, {1, 2, 3}),
        ({}, set()),
    ],
)
def test_a_count_is_told_where_no_subtraction_leaves_one_or_two(people, told):
    assert {unit for unit in (1, 2, 3, 4) if rules.may_be_counted(unit, TREE, people)} == told
