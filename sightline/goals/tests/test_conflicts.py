"""What does not go together, over all goals of a period, and who reads of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.cache import cache
from django.urls import reverse

from sightline.goals.actions.closings import close_goal
from sightline.goals.queries.conflicts import (
    SHOWN,
    conflicts_in,
    conflicts_seen,
    targets_missed,
)
from sightline.goals.queries.effort import efforts_in, summed
from sightline.goals.rules.conflicts import (
    Accountable,
    Aim,
    Conflict,
    answered_for_twice,
)
from sightline.goals.tests.making import agreed, serves
from sightline.strategy.models import Measure, Objective, Target, TargetShare

pytestmark = pytest.mark.django_db

YEAR_END = date(2027, 12, 31)
HALF = (date(2026, 7, 1), date(2026, 12, 31))
CALLS = Aim(*HALF, "Calls a week", "n", Decimal(10), Decimal(5))


@pytest.fixture(autouse=True)
def _nothing_kept():
    cache.clear()


@pytest.fixture
def people(company):
    """Mei and her manager; the head of technology, who leads the unit above; who leads all."""
    return {key: company.viewer(key) for key in ("mei", "ana", "leo", "nkechi", "tomas")}


def told_to(viewer, period):
    """The conflicts that somebody reads, by kind."""
    found = summed(efforts_in(period, viewer.today).values()).conflicts
    return {one.kind: one for one in conflicts_seen(viewer, found)}


def pairs(seen):
    return [(row.goal, row.other) for row in seen.shown]


@pytest.mark.parametrize(
    ("other", "is_told"),
    [
        (Accountable(2, 8, CALLS), True),
        (Accountable(2, 8, Aim(*HALF, " calls A week", "N", Decimal(1), Decimal(9))), True),
        (Accountable(2, 7, CALLS), False),
        (Accountable(2, 8, CALLS, frozenset({1})), False),
        (Accountable(2, 8, CALLS, frozenset({9})), False),
        (Accountable(2, 8, replace(CALLS, from_on=YEAR_END, due_on=YEAR_END)), False),
        (Accountable(2, 8, replace(CALLS, measured_by="")), False),
        (Accountable(2, 8, replace(CALLS, target=None)), False),
    ],
)  # fmt: skip
def test_two_units_answer_for_the_same_unless_one_is_a_part_of_the_other(other, is_told):
    one = Accountable(1, 7, CALLS, frozenset({9}))
    assert answered_for_twice([one, other]) == ([(1, 2)] if is_told else [])


def test_a_target_whose_parts_do_not_make_it_is_told_on_the_line_of_sight(company, period):
    objective = Objective.objects.filter(strategy__stage="in_force")[0]
    facts = {"unit": "EUR m", "direction": "up", "baseline": 0, "baseline_on": period.from_on}
    measure = Measure.objects.create(objective=objective, name="Sales", **facts)
    Measure.objects.filter(pk=measure.pk).update(decomposition="additive")
    mei, due = company.viewer("mei"), period.until_on
    Target.objects.create(measure=measure, due_on=due, value=100)
    part = {"measure": measure, "due_on": due}
    one = TargetShare.objects.create(**part, unit=company.units["PLAT"], value=40)
    assert [kind.kind for kind in targets_missed(mei, period)] == [Conflict.PARTS_SHORT]
    page = company.client("mei").get(reverse("goals:unsettled")).content.decode()
    assert "What units take of a target stops short of it" in page
    assert reverse("strategy:target_shares", args=[measure.pk]) in page
    two = TargetShare.objects.create(**part, unit=company.units["DATA"], quarter=1, value=80)
    assert targets_missed(mei, period) == [], "the other quarters are not written yet"
    TargetShare.objects.filter(pk=two.pk).update(quarter=None)
    (kind,) = targets_missed(mei, period)
    (row,) = kind.shown
    assert (kind.kind, row.parts.total) == (Conflict.PARTS_BEYOND, 120)
    TargetShare.objects.filter(pk=one.pk).update(value=20)
    assert targets_missed(mei, period) == []
    Target.objects.create(measure=measure, due_on=due + timedelta(days=365), value=100)
    TargetShare.objects.create(
        measure=measure, due_on=due + timedelta(days=365), unit=company.units["PLAT"], value=1
    )
    assert targets_missed(mei, period) == [], "only the next one due is told of"


def test_what_serves_a_goal_that_has_ended_or_ends_before_it_is_told(company, people, period):
    mei, ana = people["mei"], people["ana"]
    due = period.from_on + timedelta(days=100)
    above = agreed(ana, people["leo"], period, title="The team's", due_on=due)
    below = agreed(mei, ana, period)
    serves(mei, below, above, 50)
    seen = told_to(mei, period)
    assert pairs(seen[Conflict.DUE_LATER]) == [(below, above)]
    assert Conflict.ENDED_ABOVE not in seen
    close_goal(by=ana, goal=above, outcome="missed", words="The supplier went under.")
    assert pairs(told_to(mei, period)[Conflict.ENDED_ABOVE]) == [(below, above)]


def test_a_goal_that_not_both_may_see_is_not_told_of(company, people, period):
    mei, ana = people["mei"], people["ana"]
    due = period.from_on + timedelta(days=100)
    above = agreed(ana, people["leo"], period, visibility="line", due_on=due)
    below = agreed(mei, ana, period)
    serves(ana, below, above, 50)
    assert pairs(told_to(ana, period)[Conflict.DUE_LATER]) == [(below, above)]
    assert Conflict.DUE_LATER not in told_to(people["tomas"], period)


def test_a_plan_that_is_off_is_told_to_those_who_read_the_plan(company, people, period):
    mei, ana = people["mei"], people["ana"]
    agreed(mei, ana, period, weight_percent=70)
    (row,) = told_to(ana, period)[Conflict.PLAN_OFF].shown
    assert (row.person, row.found.percent) == (company.mei, 70)
    assert Conflict.PLAN_OFF not in told_to(people["tomas"], period)
    agreed(mei, ana, period, title="Another", weight_percent=30)
    assert Conflict.PLAN_OFF not in told_to(ana, period)


def test_a_goal_beside_those_of_its_unit_is_told(company, people, period):
    mei, ana, plat = people["mei"], people["ana"], company.units["PLAT"]
    own = agreed(mei, ana, period)
    assert Conflict.ALONE not in told_to(mei, period)
    of_unit = agreed(ana, people["leo"], period, unit=plat, title="Platform's")
    assert Conflict.ALONE not in told_to(mei, period)
    serves(mei, own, Objective.objects.filter(strategy__stage="in_force")[0], 50)
    assert pairs(told_to(mei, period)[Conflict.ALONE]) == [(own, None)]
    serves(mei, own, of_unit, 50)
    assert Conflict.ALONE not in told_to(mei, period)


def test_of_many_a_few_are_shown_and_the_page_says_that_there_are_more(company, people, period):
    mei, ana = people["mei"], people["ana"]
    above = agreed(ana, people["leo"], period, due_on=period.from_on + timedelta(days=100))
    for number in range(SHOWN + 1):
        serves(mei, agreed(mei, ana, period, title=f"Goal {number}", weight_percent=5), above, 50)
    seen = told_to(mei, period)[Conflict.DUE_LATER]
    assert (len(seen.shown), seen.more) == (SHOWN, True)
    page = company.client("mei").get(reverse("goals:unsettled")).content.decode()
    assert "Due later than what it serves" in page
    assert "and more" in page


def test_units_tell_of_their_own(company, people, period):
    mei, ana = people["mei"], people["ana"]
    agreed(mei, ana, period, weight_percent=70)
    homes = {company.mei.pk: company.units["PLAT"].pk}
    assert [one.kind for one in conflicts_in(period, homes)[company.units["PLAT"].pk]] == [
        Conflict.PLAN_OFF
    ]
