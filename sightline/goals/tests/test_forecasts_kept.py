"""What is forecast of a goal is kept with it, and corrected by what became of others."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from importlib import import_module

import pytest
from django.apps import apps
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sightline.goals.actions.check_ins import check_in
from sightline.goals.actions.closings import close_goal
from sightline.goals.actions.forecasts import learn_from_what_ended
from sightline.goals.models import Goal, Recalibration, Wording
from sightline.goals.rules import forecast
from sightline.goals.tests.making import agreed, days_ago, fresh, serves

pytestmark = pytest.mark.django_db
YES_NO = {"kind": Wording.Kind.YES_NO, "start_value": None, "target_value": None}
OF_OTHERS = {"kind": Wording.Kind.CHILDREN, "start_value": None, "target_value": None}


def said(company, goal, *values):
    """Mei says how a goal stands, every ten days up to today."""
    for ago, value in zip(range(10 * (len(values) - 1), -1, -10), values, strict=True):
        check_in(
            by=company.viewer("mei"),
            goal=goal,
            value=Decimal(value),
            confidence=Decimal("0.7"),
            on=days_ago(company, ago),
        )
    return fresh(goal)


@pytest.fixture
def goal(company, period):
    return agreed(company.viewer("mei"), company.viewer("ana"), period)


def test_the_chance_follows_each_check_in_and_is_that_of_the_rule(company, goal):
    assert goal.chance_percent is None
    found = said(company, goal, "1.0", "0.9", "0.75")
    days = (goal.due_on - goal.from_on).days
    course = forecast.course_of(
        (forecast.UNITS * (days_ago(company, ago) - goal.from_on).days / days, done)
        for ago, done in ((20, 0.25), (10, 0.375), (0, 0.5625))
    )
    expected = 100 * float(forecast.chances([course])[0])
    assert float(found.chance_percent) == pytest.approx(expected, abs=0.01)
    assert said(company, goal, "1.1").chance_percent < found.chance_percent


def test_what_is_done_or_not_has_no_forecast_and_what_others_make_up_has_one(company, period, goal):
    ana, leo = company.viewer("ana"), company.viewer("leo")
    yes_no = agreed(company.viewer("mei"), ana, period, **YES_NO)
    assert said(company, yes_no, "0").chance_percent is None
    above = agreed(ana, leo, period, unit=company.units["PLAT"], **OF_OTHERS)
    serves(company.viewer("mei"), goal, above)
    high = said(company, goal, "0.6")
    assert fresh(above).chance_percent is not None
    low = said(company, goal, "1.2")
    assert low.chance_percent < high.chance_percent
    assert fresh(above).chance_percent < Decimal(5)


def test_what_was_learned_is_asked_for_as_often_under_one_goal_as_under_four(company, period, goal):
    ana, leo = company.viewer("ana"), company.viewer("leo")
    asked, below, by = [], goal, company.viewer("mei")
    for number in range(4):
        above = agreed(ana, leo, period, unit=company.units["PLAT"], **OF_OTHERS)
        serves(by, below, above)
        below, by = above, ana
        with CaptureQueriesContext(connection) as queries:
            said(company, goal, f"0.{number + 5}")
        asked.append(sum("goals_recalibration" in one["sql"] for one in queries))
    assert fresh(below).chance_percent is not None
    assert set(asked) == {2}


@pytest.fixture
def history(company, period, monkeypatch):
    """Eight goals that stood even half-way: six were done in time, two were missed."""
    monkeypatch.setattr(forecast, "FEWEST_FINISHED", 8)
    mei, ana = company.viewer("mei"), company.viewer("ana")
    for number in range(8):
        one = agreed(mei, ana, period, title=f"Goal {number}")
        said(company, one, "0.82" if number % 2 else "0.78")
        if number < 6:
            close_goal(by=mei, goal=fresh(one), outcome="done")
        else:
            close_goal(by=mei, goal=fresh(one), outcome="missed", words="It rained.")
    return company


def test_chances_are_corrected_by_what_became_of_other_goals(history, company, goal):
    before = said(company, goal, "0.8").chance_percent
    learned = learn_from_what_ended()
    assert learned == Recalibration.objects.get()
    assert (learned.goals, learned.error_after < learned.error_before) == (8, True)
    after = fresh(goal).chance_percent
    assert after > before
    assert said(company, goal, "0.8").chance_percent == pytest.approx(after, abs=Decimal("0.5"))
    page = company.client("mei").get(reverse("goals:working", args=[goal.pk])).content.decode()
    assert "corrected by 8 goals that ended here" in page
    assert learn_from_what_ended() is None


def test_a_run_that_breaks_off_is_made_up_for_by_the_next(history, company, goal):
    def cut(execute, sql, *rest):
        if sql.startswith("UPDATE"):
            raise OperationalError("The connection is gone.")
        return execute(sql, *rest)

    before = said(company, goal, "0.8").chance_percent
    with pytest.raises(OperationalError), connection.execute_wrapper(cut):
        learn_from_what_ended()
    assert fresh(goal).chance_percent == before
    learn_from_what_ended()
    after = fresh(goal).chance_percent
    assert after > before
    assert said(company, goal, "0.8").chance_percent == after
    with CaptureQueriesContext(connection) as asked:
        learn_from_what_ended()
    assert not [one for one in asked if one["sql"].startswith("UPDATE")]


def test_of_what_teaches_nothing_no_page_says_that_it_corrects(company, period, goal, monkeypatch):
    monkeypatch.setattr(forecast, "FEWEST_FINISHED", 1)
    mei = company.viewer("mei")
    one = agreed(mei, company.viewer("ana"), period, title="Done in time, as all are")
    said(company, one, "0.8")
    close_goal(by=mei, goal=fresh(one), outcome="done")
    before = said(company, goal, "0.8").chance_percent
    learn_from_what_ended()
    assert Recalibration.objects.get().goals == 1
    assert fresh(goal).chance_percent == before
    page = company.client("mei").get(reverse("goals:working", args=[goal.pk])).content.decode()
    assert "corrected by" not in page
    assert "about an even chance" in page
    assert learn_from_what_ended() is None


def test_nothing_is_learned_from_too_few(history, company, goal, monkeypatch):
    monkeypatch.setattr(forecast, "FEWEST_FINISHED", 9)
    before = said(company, goal, "0.8").chance_percent
    assert learn_from_what_ended() is None
    assert fresh(goal).chance_percent == before


def test_goals_of_before_are_forecast_when_the_product_is_renewed(company, goal):
    known = said(company, goal, "1.0", "0.9", "0.75").chance_percent
    Goal.objects.update(chance_percent=None)
    renew = import_module("sightline.goals.migrations.0003_forecast_what_is_done_in_time")
    renew.forecast_what_runs(apps, None)
    assert fresh(goal).chance_percent == pytest.approx(known, abs=Decimal("0.02"))


def test_the_course_starts_on_the_first_day_even_where_it_ends_on_the_same(company, period):
    day = company.today
    one = agreed(
        company.viewer("mei"),
        company.viewer("ana"),
        period,
        from_on=day - timedelta(days=1),
        due_on=day,
    )
    assert said(company, one, "0.8").chance_percent == 0
