"""docs/rules/earned-schedule.md and the rules of milestones and bands say what is so."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.goals.rules import band, earned_schedule, forecast, milestones, status
from sightline.goals.rules.milestones import Milestone, State
from sightline.goals.rules.status import Course, Status
from sightline.goals.tests.test_document import number, same, table

START = date(2026, 3, 2)
DUE = START + timedelta(days=120)
FOUR = [Milestone(n, f"Step {n}", 1, START + timedelta(days=30 * n)) for n in (1, 2, 3, 4)]
PLAN = earned_schedule.plan_of(FOUR, START, DUE)
DOCUMENT = "earned-schedule.md"


@pytest.mark.parametrize("row", table(DOCUMENT, "weights", "done"))
def test_what_is_done_of_milestones_is_as_the_table_says(row):
    steps = [Milestone(n, "x", int(weight)) for n, weight in enumerate(row[0].split(","), start=1)]
    done = [] if row[1] == "–" else [int(one) for one in row[1].split(",")]
    assert same(milestones.done_percent(steps, done), row[2])


@pytest.mark.parametrize("row", table(DOCUMENT, "due after days"))
def test_what_the_plan_wants_of_milestones_is_as_the_table_says(row):
    due = [number(one.strip()) for one in row[0].split(",")]
    weights = [int(one) for one in row[1].split(",")]
    steps = [
        Milestone(n, "x", weight, None if days is None else START + timedelta(days=int(days)))
        for n, (days, weight) in enumerate(zip(due, weights, strict=True))
    ]
    day = START + timedelta(days=int(row[2]))
    assert same(milestones.wanted_percent(steps, START, DUE, day), row[3])


@pytest.mark.parametrize("row", table(DOCUMENT, "plan", "done"))
def test_the_earned_schedule_is_that_of_the_table(row):
    plan = list(enumerate((int(one) for one in row[0].split(",")), start=1))
    found = earned_schedule.Schedule(
        earned_schedule.earned_schedule(plan, int(row[1])), int(row[2]), plan[-1][0]
    )
    assert found.earned == pytest.approx(float(row[3]))
    assert found.speed == pytest.approx(float(row[4]), abs=5e-5)
    foreseen = number(row[5])
    assert found.foreseen == (foreseen and pytest.approx(float(foreseen), abs=5e-5))


@pytest.mark.parametrize("row", table(DOCUMENT, "days gone by", "done", "days earned"))
def test_milestones_are_earned_whole_as_the_table_says(row):
    found = earned_schedule.schedule(PLAN, int(row[1]), int(row[0]))
    assert found.earned == pytest.approx(float(row[2]))
    assert found.speed == pytest.approx(float(row[3]), abs=5e-5)


@pytest.mark.parametrize("row", table(DOCUMENT, "days gone by", "done", "days late"))
def test_the_chance_of_milestones_is_as_the_table_says(row):
    day, late = START + timedelta(days=int(row[0])), int(number(row[2]) or 0)
    done_on = {n: START + timedelta(days=30 * n + late) for n in range(1, int(row[1]) + 1)}
    said = earned_schedule.course(FOUR, done_on, START, DUE, day)
    course = forecast.course_of((13 * (on - START).days / 120, share) for on, share in said)
    chance = forecast.chances([replace(course, grace=13 * status.GRACE.days / 120)])[0]
    assert same(Decimal(100 * float(chance)), row[3])
    done = milestones.done_percent(FOUR, done_on)
    wanted = milestones.wanted_percent(FOUR, START, DUE, day)
    known = Course(START, DUE, done, None, day, number(row[3]), wanted)
    found = status.standing(known, day, timedelta(days=28))
    assert (found.status, found.plan_percent) == (row[4].replace(" ", "_"), wanted)


def test_before_anything_is_late_or_done_the_plan_says_nothing():
    assert earned_schedule.course(FOUR, {}, START, DUE, START + timedelta(days=30)) == []
    assert earned_schedule.course(FOUR, {}, START, DUE, START + timedelta(days=31))
    first = earned_schedule.schedule(PLAN, 0, 0)
    assert (first.speed, first.foreseen) == (None, None)


@given(st.integers(0, 4), st.integers(1, 200))
def test_whoever_has_done_what_was_due_is_never_slow_and_no_one_else_is_fast(done, elapsed):
    found = earned_schedule.schedule(PLAN, done, elapsed)
    due = sum(1 for at, _wanted in PLAN if at < elapsed)
    assert (found.speed < 1) == (done < due or elapsed > found.planned)
    assert found.earned <= found.planned


@given(st.integers(1, 200), st.integers(0, 3))
def test_doing_more_never_earns_less(elapsed, done):
    less, more = (earned_schedule.schedule(PLAN, one, elapsed).earned for one in (done, done + 1))
    assert less <= more


def test_a_milestone_is_done_late_next_or_open():
    day = START + timedelta(days=65)
    told = milestones.states(FOUR, [2], DUE, day)
    assert told == [State.LATE, State.DONE, State.NEXT, State.OPEN]
    undated = [Milestone(1, "a"), Milestone(2, "b")]
    assert milestones.states(undated, [], DUE, DUE) == [State.NEXT, State.OPEN]
    assert milestones.states(undated, [], DUE, DUE + timedelta(days=1)) == [State.LATE, State.LATE]


def test_a_milestone_keeps_its_number_and_a_new_one_takes_none_that_ever_was():
    said = [Milestone(2, " Two "), Milestone(0, "New"), Milestone(2, "Twice"), Milestone(9, "Far")]
    kept = milestones.numbered(said, {1, 2}, above=4)
    assert [(one.number, one.title) for one in kept] == [
        *((2, "Two"), (5, "New"), (6, "Twice"), (7, "Far"))
    ]


def at(day: int) -> date:
    return START + timedelta(days=day)


@pytest.mark.parametrize("row", table("goals.md", "told on day (inside)"))
def test_the_days_within_a_band_are_as_the_table_says(row):
    told = []
    for one in row[0].split(","):
        day, inside = one.strip().split(" ")
        told.append((at(int(day)), inside == "(yes)"))
    due, agreed = at(int(row[1])), int(row[2])
    assert band.days_inside(told) == (int(row[3]), int(row[4]))
    done, chance = band.inside_percent(told), band.outlook(told, due, agreed)
    known = Course(START, due, done, None, told[-1][0], chance, agreed_percent=Decimal(agreed))
    word = status.standing(known, told[-1][0], timedelta(days=28)).status
    assert word == row[5].replace(" ", "_")


def test_a_band_of_which_nothing_was_said_has_no_share():
    assert band.inside_percent([]) is None


def test_a_band_that_was_kept_is_on_track_when_it_is_due_and_one_that_was_not_is_behind():
    for done, word in ((90, Status.ON_TRACK), (89, Status.BEHIND)):
        known = Course(START, DUE, Decimal(done), None, DUE, None, agreed_percent=Decimal(90))
        assert status.standing(known, DUE, timedelta(days=28)).status == word


@given(st.lists(st.tuples(st.integers(0, 90), st.booleans()), min_size=1), st.integers(1, 100))
def test_what_cannot_be_missed_was_kept_and_what_cannot_be_reached_was_not(said, agreed):
    told = [(at(day), inside) for day, inside in sorted(said, key=lambda one: one[0])]
    inside, known = band.days_inside(told)
    assert 0 <= inside <= known == (told[-1][0] - told[0][0]).days + 1
    chance, share = band.outlook(told, at(90), agreed), band.inside_percent(told)
    assert chance != 100 or share >= agreed
    assert chance != 0 or share < agreed
