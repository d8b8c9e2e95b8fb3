from hypothesis import given
from hypothesis import strategies as st

from sightline.foundation.core.groups import FEWEST
from sightline.insight import rules
from sightline.insight.rules import Work

SIZES = st.lists(st.integers(0, 12), max_size=9)


@given(st.integers(0, 500), st.integers(0, 500), st.booleans())
def test_what_is_done_open_and_late_is_all_there_is_to_do(done, left, is_over):
    found = rules.work(done, done + left, is_over=is_over)
    assert found.done == done
    assert found.of == done + left
    assert found.missing == left
    assert (found.open if is_over else found.late) == 0


def test_more_done_than_asked_leaves_nothing_open():
    assert rules.work(5, 3, is_over=False) == Work(5, 0, 0)


@given(SIZES)
def test_nobody_is_lost_among_small_groups(sizes):
    told, together = rules.held_back(sizes, int)
    assert sum(told) + sum(together) == sum(sizes)
    assert all(one >= FEWEST for one in told)
    assert all(together)


@given(SIZES)
def test_what_is_told_together_cannot_be_found_by_subtracting(sizes):
    told, together = rules.held_back(sizes, int)
    if together and told:
        assert sum(together) >= FEWEST


@given(SIZES)
def test_large_groups_are_told_one_by_one_unless_one_has_to_hide_a_small_one(sizes):
    told, together = rules.held_back(sizes, int)
    large = [one for one in sizes if one >= FEWEST]
    assert len(large) - len(told) <= (1 if together else 0)
