"""The arithmetic of goals, by examples and by what holds for all of them."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from sightline.goals.rules import plans, stages, status, texts, unity
from sightline.goals.rules.roll_up import Part, activity_without_outcome, roll_up
from sightline.goals.rules.status import Course, Status
from sightline.goals.rules.texts import GoalText
from sightline.goals.rules.unity import Compared, Unity
from sightline.strategy.rules.differences import Part as Run
from sightline.strategy.rules.differences import differences

DAY = date(2026, 9, 30)
percents = some.decimals(min_value=-300, max_value=300, places=2)
parts = some.lists(
    some.builds(
        Part,
        share_percent=some.decimals(min_value=0, max_value=100, places=2),
        weight_percent=some.integers(0, 100),
        done_percent=some.none() | percents,
    ),
    max_size=8,
)
a_text = GoalText(title="Cut errors", from_on=DAY, due_on=DAY + timedelta(days=9))


@given(parts)
def test_a_roll_up_lies_between_its_parts_and_its_coverage_within_the_whole(given_parts):
    found = roll_up(given_parts)
    known = [
        min(Decimal(100), max(Decimal(0), part.done_percent))
        for part in given_parts
        if part.mass and part.done_percent is not None
    ]
    assert (found.done_percent is None) == (not known)
    if known:
        assert min(known) - 1 < found.done_percent < max(known) + 1
        assert 0 < found.coverage_percent <= 100


def test_activity_without_outcome_is_more_than_twenty_points():
    assert activity_without_outcome(Decimal(40), Decimal(61))
    assert not activity_without_outcome(Decimal(40), Decimal(60))
    assert not activity_without_outcome(None, Decimal(60))
    assert not activity_without_outcome(Decimal(60), None)


def test_what_was_never_said_is_no_data():
    course = Course(DAY, DAY + timedelta(days=90), None, None, None)
    assert status.standing(course, DAY, timedelta(days=28)).status == Status.NO_DATA


@pytest.mark.parametrize(("after", "chance"), [(-1, 90), (0, None), (5, None)])
def test_of_what_is_due_and_not_done_no_chance_is_told(after, chance):
    course = Course(DAY - timedelta(days=90), DAY, Decimal(95), None, DAY, Decimal(90))
    found = status.standing(course, DAY + timedelta(days=after), timedelta(days=28))
    assert (found.status == Status.BEHIND, found.chance_percent) == (chance is None, chance)


def test_without_a_confidence_nobody_is_sure():
    assert status.status_by_confidence(Decimal(0), None) == Status.BEHIND


def test_done_on_time_leaves_two_weeks_for_closing():
    assert status.is_on_time(DAY + timedelta(days=14), DAY)
    assert not status.is_on_time(DAY + timedelta(days=15), DAY)


@given(some.integers(0, 400))
def test_the_plan_never_runs_backwards(count):
    due = DAY + timedelta(days=200)
    day = DAY + timedelta(days=count)
    today = status.plan_percent(DAY, due, day)
    assert 0 <= today <= status.plan_percent(DAY, due, day + timedelta(days=1)) <= 100


def test_weights_and_shares_say_what_is_missing_or_too_much():
    assert plans.weight_missing_percent([40, 30]) == 30
    assert plans.weight_missing_percent([80, 40]) == -20
    assert plans.shares_fault([Decimal(60), Decimal(40)]) is None
    assert plans.shares_fault([Decimal(60), Decimal(41)]) == Decimal(101)
    assert plans.local_percent([Decimal(70)]) == Decimal(30)


def test_a_closed_goal_stays_closed_and_a_period_opens_again():
    assert not any(stages.can_go(stages.GOAL, "closed", to) for to in stages.GOAL)
    assert stages.can_go(stages.GOAL, "agreed", "proposed")
    assert stages.can_go(stages.PERIOD, "closed", "open")
    assert not stages.can_go(stages.GOAL, "nowhere", "agreed")


words = some.text(alphabet="ab é，中文 ", max_size=40)


@given(words, words)
def test_differences_hold_both_texts(before, after):
    runs = differences(before, after)
    assert "".join(text for part, text in runs if part != Run.NEW) == before
    assert "".join(text for part, text in runs if part != Run.GONE) == after


def test_only_what_others_rely_on_concerns_them():
    other = GoalText(**{**as_dict(a_text), "title": "Cut more errors"})
    heavier = GoalText(**{**as_dict(a_text), "weight_percent": 50})
    assert texts.concerns_children(a_text, other)
    assert not texts.concerns_children(a_text, heavier)
    assert texts.changed_fields(a_text, heavier) == ["weight_percent"]


def as_dict(text):
    return {name: getattr(text, name) for name in texts.FIELDS}


@pytest.mark.parametrize(
    ("intended", "actual", "reading"),
    [
        (0.2, 0.0, "unserved"),
        (0.2, 0.09, "starved"),
        (0.2, 0.2, "served"),
        (0.2, 0.31, "crowded"),
        (0.0, 0.0, "served"),
        (0.0, 0.1, "crowded"),
    ],
)
def test_an_objective_reads_as_it_is_served(intended, actual, reading):
    assert Compared(1, intended, actual).reading == reading


def test_the_second_published_example_gives_its_numbers():
    actual, intended = (0.5, 0.2, 0.1), (0.4, 0.3, 0.2)
    rows = [Compared(n, w, q) for n, (w, q) in enumerate(zip(intended, actual, strict=True))]
    found = Unity(rows, 0.1)
    assert found.deviation == pytest.approx(0.2, abs=1e-9)
    assert found.divergence == pytest.approx(0.0357893742, abs=1e-9)


def test_without_a_strategy_nothing_is_covered():
    assert Unity([], 0.3).coverage == 0
    assert unity.compared({}, {1: 0}, 0.3).objectives[0].intended == 0
    assert unity.specialisation([]) == 0
