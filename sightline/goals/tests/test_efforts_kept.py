"""Figures of the line of sight are kept, and are those of a fresh computation after any change."""

from __future__ import annotations

from dataclasses import asdict, replace
from random import Random

import pytest
from django.core.cache import cache

from sightline.foundation.core.dates import today
from sightline.goals import jobs
from sightline.goals.actions import catchball
from sightline.goals.actions.closings import close_goal
from sightline.goals.actions.contributions import confirm_contribution, remove_contribution
from sightline.goals.models import Contribution
from sightline.goals.queries import effort
from sightline.goals.queries.drift import STALE
from sightline.goals.rules.texts import text_of
from sightline.goals.tests.making import agreed, fresh, serves
from sightline.people.actions.assignments import change_share, move
from sightline.people.actions.employments import end_employment
from sightline.people.models import Assignment, Position
from sightline.strategy.models import Objective

pytestmark = pytest.mark.django_db


@pytest.fixture
def slow(monkeypatch):
    """As in a house so large that figures are not worked out while somebody waits."""
    cache.clear()
    monkeypatch.setattr(effort, "EXACT_BELOW_SECONDS", -1)
    monkeypatch.setattr(effort, "MOST_TIMES_AS_OLD", 1e9)


def told(found):
    """What units have been planned and whom it serves, to compare."""
    return {unit: asdict(one) for unit, one in found.items()}


class Changes:
    """What can happen to effort, each time to something drawn by lot."""

    def __init__(self, company, period, seed):
        self.company, self.period, self.dice = company, period, Random(seed)
        self.mei, self.ana = company.viewer("mei"), company.viewer("ana")
        self.hr = company.viewer("ingrid")
        self.goals, self.leavers = [], ["joao", "cida", "kofi"]
        held = Assignment.objects.filter(until_on__gt=company.today).values("position")
        vacant = Position.objects.exclude(pk__in=held).exclude(unit=company.units["PLAT"])
        self.posts = list(vacant.order_by("pk").values_list("code", flat=True)[:3])

    def a_goal_is_agreed(self):
        weight = self.dice.choice([20, 30, 50])
        self.goals.append(agreed(self.mei, self.ana, self.period, weight_percent=weight))

    def it_serves_an_objective(self):
        held = list(Objective.objects.filter(strategy__stage="in_force"))
        serves(self.mei, self.dice.choice(self.goals), self.dice.choice(held), 30)

    def it_serves_another(self):
        below, *above = self.goals[::-1]
        if above:
            serves(self.mei, below, self.dice.choice(above), 30)

    def one_moves_under_those_below(self):
        goal = fresh(self.dice.choice(self.goals))
        text = replace(text_of(goal), title=f"{goal.title} {self.dice.random()}")
        revision = catchball.revise(by=self.mei, goal=goal, text=text, reason="Said better.")
        catchball.accept(by=self.ana, goal=fresh(goal), number=revision.number)

    def it_is_confirmed(self):
        for link in Contribution.objects.filter(STALE, goal__in=self.goals)[:1]:
            confirm_contribution(by=self.mei, contribution=link)

    def it_is_taken_back(self):
        for link in Contribution.objects.filter(goal__in=self.goals)[:1]:
            remove_contribution(by=self.mei, contribution=link)

    def one_is_dropped(self):
        goal = fresh(self.goals.pop(self.dice.randrange(len(self.goals))))
        close_goal(by=self.mei, goal=goal, outcome="dropped", words="Nobody asks for it.")

    def one_is_done_or_missed(self):
        goal = fresh(self.goals.pop(self.dice.randrange(len(self.goals))))
        outcome = self.dice.choice(["done", "missed"])
        close_goal(by=self.mei, goal=goal, outcome=outcome, words="That was it.")

    def somebody_works_more_or_less(self):
        held = Assignment.objects.on(self.company.today).get(employee=self.company.mei)
        others = [share for share in (40, 60, 80) if share != held.share_percent]
        hours = {"share_percent": self.dice.choice(others), "on": self.company.today}
        change_share(by=self.hr, employee=self.company.mei, **hours)

    def somebody_moves_to_another_unit(self):
        if self.posts:
            post = self.company.positions[self.posts.pop()]
            where = {"position": post, "manager": self.company.leo, "on": self.company.today}
            move(by=self.hr, employee=self.company.tomas, **where)

    def somebody_leaves(self):
        if self.leavers:
            who = getattr(self.company, self.leavers.pop())
            end_employment(by=self.hr, employee=who, on=self.company.today)

    def next(self):
        every = [getattr(self, name) for name in vars(Changes) if "_" in name.strip("_")]
        if len(self.goals) < 2:
            every = [self.a_goal_is_agreed]
        self.dice.choice(every)()


@pytest.mark.parametrize("seed", range(5))
def test_whatever_changes_what_is_kept_equals_a_fresh_computation(company, period, slow, seed):
    changes = Changes(company, period, seed)
    effort.efforts_in(period, company.today)
    for _step in range(14):
        changes.next()
        jobs.keep_efforts.call()
        kept = told(effort.efforts_in(period, company.today))
        cache.clear()
        assert kept == told(effort.efforts_in(period, company.today))


def test_until_then_what_was_kept_is_told(company, period, slow):
    before = told(effort.efforts_in(period, company.today))
    Changes(company, period, 1).a_goal_is_agreed()
    assert told(effort.efforts_in(period, company.today)) == before
    assert effort.keep_up(today()) == 1
    assert told(effort.efforts_in(period, company.today)) != before
    assert effort.keep_up(today()) == 0


def test_what_nobody_asked_for_is_not_worked_out(company, period, slow):
    Changes(company, period, 1).a_goal_is_agreed()
    assert effort.keep_up(today()) == 0
