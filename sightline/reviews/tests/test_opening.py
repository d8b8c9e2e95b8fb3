"""Opening a cycle: for whom, with what, and what a kill half-way leaves."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from sightline.foundation.core.errors import Refused
from sightline.foundation.jobs.testing import run_waiting_jobs
from sightline.foundation.ledger.events import House
from sightline.foundation.ledger.models import Record
from sightline.foundation.notices.models import Notice
from sightline.people.models import Assignment
from sightline.reviews.actions import cycles, opening
from sightline.reviews.events import ReviewOpened
from sightline.reviews.models import Cycle, Form, Item, Review, Section
from sightline.reviews.tests.making import a_cycle, a_plan, a_template, open_cycle, review_of

pytestmark = pytest.mark.django_db


def no_report(*_step: object) -> None:
    """Nobody looks."""


def test_everybody_who_works_here_gets_a_review_with_forms_and_items(company):
    cycle = open_cycle(company)
    at_work = set(Assignment.objects.on(company.today).values_list("employee", flat=True))
    reviews = Review.objects.filter(cycle=cycle)
    assert set(reviews.values_list("employee", flat=True)) == at_work
    assert cycle.people_expected == len(at_work)
    assert cycle.ready_at
    review = review_of(cycle, company.tomas)
    assert review.manager == company.ana
    assert {form.role for form in review.forms.all()} == {"self", "manager"}
    kinds = set(review.items.values_list("section__kind", flat=True))
    assert {Section.Kind.RESPONSIBILITIES, Section.Kind.COMPETENCIES} <= kinds


def test_whoever_reports_to_nobody_is_asked_for_the_self_review_alone(company):
    cycle = open_cycle(company)
    review = review_of(cycle, company.nkechi)
    assert review.manager is None
    assert [form.role for form in review.forms.all()] == ["self"]


def test_a_cycle_can_be_for_a_unit_with_all_under_it_or_for_a_job(company):
    for_unit = open_cycle(company, units=[company.units["TECH"]])
    reviewed = set(for_unit.reviews.values_list("employee", flat=True))
    assert company.tomas.pk in reviewed
    assert company.yusuf.pk not in reviewed
    job = company.positions["CARE-DAY"].job
    version = for_unit.version
    for_job = open_cycle(company, name="Support", jobs=[job], version=version)
    assert company.yusuf.pk in set(for_job.reviews.values_list("employee", flat=True))
    assert company.tomas.pk not in set(for_job.reviews.values_list("employee", flat=True))


def test_a_leaver_and_a_newcomer_of_next_week_are_not_reviewed(company):
    cycle = open_cycle(company)
    reviewed = set(cycle.reviews.values_list("employee", flat=True))
    assert not {company.rui.pk, company.priya.pk} & reviewed


def test_those_reviewed_are_told_once_and_each_is_on_record(company):
    cycle = open_cycle(company)
    told = Notice.objects.filter(key=f"reviews:cycle:{cycle.pk}:self")
    assert told.filter(account=company.account("tomas")).count() == 1
    assert told.count() == len(set(told.values_list("account", flat=True)))
    records = Record.objects.filter(kind=ReviewOpened.kind())
    assert records.count() == cycle.reviews.count()


class Killed(BaseException):
    """The worker was killed."""


def test_a_cycle_that_was_killed_half_way_goes_on_without_loss_or_doubling(company, monkeypatch):
    cycle = a_cycle(company)
    cycles.open_cycle(by=company.viewer("ingrid"), cycle=cycle)
    monkeypatch.setattr(opening, "PORTION", 4)
    real, calls = opening.write_reviews, []

    def write_and_die(*args):
        calls.append(1)
        made = real(*args)
        if len(calls) == 3:
            raise Killed  # in the midst of a portion: its rows go with it
        return made

    monkeypatch.setattr(opening, "write_reviews", write_and_die)
    with pytest.raises(Killed):
        opening.make_reviews(by=House(), cycle=cycle, report=no_report)
    assert Review.objects.filter(cycle=cycle).count() == 8
    assert Cycle.objects.get(pk=cycle.pk).ready_at is None
    opening.make_reviews(by=House(), cycle=cycle, report=no_report)
    cycle.refresh_from_db()
    reviews = Review.objects.filter(cycle=cycle)
    assert reviews.count() == cycle.people_expected
    assert Form.objects.filter(review__cycle=cycle, role="self").count() == reviews.count()
    assert Record.objects.filter(kind=ReviewOpened.kind()).count() == reviews.count()
    told = Notice.objects.filter(key=f"reviews:cycle:{cycle.pk}:self")
    assert told.count() == len(set(told.values_list("account", flat=True)))


def test_the_job_may_run_twice(company):
    cycle = open_cycle(company)
    before = Item.objects.count()
    assert opening.make_reviews(by=House(), cycle=cycle, report=no_report) == 0
    run_waiting_jobs()
    assert Item.objects.count() == before


def test_progress_is_reported_as_reviews_are_made(company, monkeypatch):
    monkeypatch.setattr(opening, "PORTION", 5)
    cycle = cycles.open_cycle(by=company.viewer("ingrid"), cycle=a_cycle(company))
    steps = []
    opening.make_reviews(by=House(), cycle=cycle, report=lambda *step: steps.append(step[:2]))
    assert steps[0] == (5, cycle.people_expected)
    assert steps[-1] == (cycle.people_expected, cycle.people_expected)


def test_somebody_joins_late_with_a_reason_and_only_once(company):
    hr = company.viewer("ingrid")
    cycle = open_cycle(company, units=[company.units["TECH"]])
    with pytest.raises(Refused):
        opening.add_late(by=hr, cycle=cycle, employee=company.yusuf, reason=" ")
    review = opening.add_late(
        by=hr, cycle=cycle, employee=company.yusuf, reason="Works for Technology since May"
    )
    assert review.late_joining.reason == "Works for Technology since May"
    assert review.forms.count() == 2
    with pytest.raises(Refused):
        opening.add_late(by=hr, cycle=cycle, employee=company.yusuf, reason="Again")
    with pytest.raises(Refused):
        opening.add_late(by=hr, cycle=cycle, employee=company.rui, reason="Has left")
    with pytest.raises(PermissionDenied):
        opening.add_late(
            by=company.viewer("ana"), cycle=cycle, employee=company.amara, reason="Why not"
        )


def test_only_hr_opens_a_cycle_and_only_after_a_dry_run(company):
    hr = company.viewer("ingrid")
    cycle = cycles.plan_cycle(by=hr, plan=a_plan(company))
    with pytest.raises(Refused):
        cycles.open_cycle(by=hr, cycle=cycle)
    cycles.try_out(by=hr, cycle=cycle)
    with pytest.raises(PermissionDenied):
        cycles.open_cycle(by=company.viewer("ana"), cycle=cycle)
    cycles.open_cycle(by=hr, cycle=cycle)
    with pytest.raises(Refused):
        cycles.open_cycle(by=hr, cycle=cycle)


def test_a_cycle_for_nobody_is_refused(company):
    job = company.positions["PLAT-MOVE"].job
    hr = company.viewer("ingrid")
    nobody = Assignment.objects.on(company.today).filter(position__job=job)
    units = [company.units["CARE"]] if nobody.exists() else []
    cycle = a_cycle(company, jobs=[job], units=units)
    with pytest.raises(Refused):
        cycles.open_cycle(by=hr, cycle=cycle)


def test_a_running_cycle_keeps_its_version_of_the_template(company):
    cycle = open_cycle(company)
    following = a_template(company, template=cycle.version.template, note="Weights changed")
    cycle.refresh_from_db()
    assert (following.number, cycle.version.number) == (2, 1)
