"""A template, a plan, the stages of a cycle: what may be, what is refused and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from sightline.foundation.core.errors import Refused
from sightline.foundation.jobs.testing import run_waiting_jobs
from sightline.reviews.actions import acts, cycles
from sightline.reviews.actions.templates import Part, Point
from sightline.reviews.models import Cycle
from sightline.reviews.tests.making import (
    POINTS,
    a_plan,
    a_template,
    calibrated,
    open_cycle,
    review_of,
    some_days,
    submitted,
)

pytestmark = pytest.mark.django_db


def test_a_cycle_goes_from_stage_to_stage_and_back_with_a_reason(company):
    cycle = open_cycle(company)
    hr = company.viewer("ingrid")
    with pytest.raises(Refused):
        cycles.begin_calibration(by=hr, cycle=cycle)
    submitted(company, cycle, "tomas", "manager", 3)
    cycles.begin_calibration(by=hr, cycle=cycle)
    with pytest.raises(PermissionDenied):
        submitted(company, cycle, "mei", "manager", 3)
    with pytest.raises(Refused):
        cycles.take_answers_again(by=hr, cycle=cycle, reason="")
    cycles.take_answers_again(by=hr, cycle=cycle, reason="Mei was forgotten")
    run_waiting_jobs()
    submitted(company, cycle, "mei", "manager", 3)
    with pytest.raises(PermissionDenied):
        cycles.close_calibration(by=hr, cycle=cycle)
    calibrated(company, cycle)
    with pytest.raises(Refused, match="2 reviews are not shared"):
        cycles.close_cycle(by=hr, cycle=cycle)
    for key in ("tomas", "mei"):
        acts.share(by=hr, review=review_of(cycle, company.people[key]), words="Read this first.")
    cycles.close_cycle(by=hr, cycle=cycle)
    cycle.refresh_from_db()
    assert cycle.stage == Cycle.Stage.CLOSED
    with pytest.raises(Refused):
        cycles.close_cycle(by=hr, cycle=cycle)
    with pytest.raises(Refused):
        cycles.move_dates(by=hr, cycle=cycle, days=some_days(company, 5), reason="Too late")


def test_a_cycle_that_is_still_being_made_is_not_calibrated(company):
    cycle = open_cycle(company)
    Cycle.objects.filter(pk=cycle.pk).update(ready_at=None)
    with pytest.raises(Refused):
        cycles.begin_calibration(by=company.viewer("ingrid"), cycle=cycle)


def test_dates_move_with_a_reason_and_in_order(company):
    cycle = open_cycle(company)
    hr, days = company.viewer("ingrid"), some_days(company, -10)
    with pytest.raises(Refused):
        cycles.move_dates(by=hr, cycle=cycle, days=days, reason="")
    with pytest.raises(Refused):
        cycles.move_dates(by=hr, cycle=cycle, days=some_days(company), reason="Nothing moves")
    first, last = days["manager"]
    with pytest.raises(Refused):
        cycles.move_dates(
            by=hr, cycle=cycle, days={"manager": (last, first)}, reason="Turned round"
        )
    early = {"manager": (first - timedelta(days=90), last)}
    with pytest.raises(Refused):
        cycles.move_dates(by=hr, cycle=cycle, days=early, reason="Before the self review")
    cycles.move_dates(by=hr, cycle=cycle, days=days, reason="Year end came early")
    assert {one.kind: one.from_on for one in cycle.stages.all()}["manager"] == first


@pytest.mark.parametrize(
    "more",
    [
        {"peers_from": 2},
        {"peers_from": 5, "peers_up_to": 4},
        {"days": {"self": "turned"}},
        {"period": "turned"},
    ],
)
def test_a_plan_that_cannot_be_is_refused(company, more):
    today = company.today
    if "period" in more:
        more = {"period_from_on": today, "period_until_on": today - timedelta(days=1)}
    if "days" in more:
        more = {"days": {"self": (today, today)}}
    with pytest.raises(Refused):
        cycles.plan_cycle(by=company.viewer("ingrid"), plan=a_plan(company, **more))


def test_two_cycles_do_not_have_one_name(company):
    cycle = open_cycle(company)
    hr, plan = company.viewer("ingrid"), a_plan(company, version=cycle.version)
    with pytest.raises(Refused) as refused:
        cycles.plan_cycle(by=hr, plan=plan)
    assert refused.value.reasons[0][0] == "name"
    draft = cycles.plan_cycle(by=hr, plan=replace(plan, name="Year end"))
    cycles.plan_cycle(by=hr, plan=replace(plan, name="Year end"), cycle=draft)


def test_a_cycle_that_has_opened_is_not_planned_anew(company):
    cycle = open_cycle(company)
    hr = company.viewer("ingrid")
    with pytest.raises(Refused):
        cycles.plan_cycle(by=hr, plan=a_plan(company, version=cycle.version), cycle=cycle)


def test_only_what_can_be_rated_makes_a_template(company):
    rated = Part("competencies", "Behaviour", 100)
    written = Part("written", "Words")
    faulty = [
        {"points": POINTS[:2], "parts": [rated]},
        {"points": [Point(1, "a", "a"), Point(3, "b", "b"), Point(4, "c", "c")], "parts": [rated]},
        {"parts": [Part("competencies", "Behaviour", 90)]},
        {"parts": [Part("competencies", "Behaviour", 100, answered_by=("self",))]},
        {"parts": [rated, written]},
        {"parts": []},
    ]
    for more in faulty:
        with pytest.raises(Refused):
            a_template(company, **more)
    a_template(company)
    with pytest.raises(Refused):
        a_template(company)
