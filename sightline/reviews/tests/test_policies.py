"""Who sees whose review, and who may do what, person by person."""

from __future__ import annotations

import pytest

from sightline.reviews import policies
from sightline.reviews.actions import acts, cycles
from sightline.reviews.models import Cycle, Form, Review
from sightline.reviews.queries.results import final_ratings_of
from sightline.reviews.tests.making import (
    a_cycle,
    calibrated,
    open_cycle,
    review_of,
    shared,
    submitted,
)

pytestmark = pytest.mark.django_db
EVERYBODY = ["tomas", "mei", "ana", "leo", "nkechi", "fatima", "ingrid", "ruth", "yusuf", "samuel"]


def who(company, condition, thing) -> set[str]:
    """For whom a thing exists under a condition."""
    rows = type(thing).objects
    return {
        key
        for key in EVERYBODY
        if rows.filter(condition(company.viewer(key)), pk=thing.pk).exists()
    }


def test_a_review_exists_for_the_person_the_writer_and_hr_of_the_unit(company):
    review = review_of(open_cycle(company), company.tomas)
    assert who(company, policies.reviews_visible_to, review) == {"tomas", "ana", "fatima", "ingrid"}


def test_nobody_looks_after_his_own_review_whatever_his_role(company):
    cycle = open_cycle(company)
    for key in ("ingrid", "fatima"):
        review = review_of(cycle, company.people[key])
        assert key not in who(company, policies.outcomes_visible_to, review)
        assert key in who(company, policies.reviews_visible_to, review)


def test_the_person_knows_the_outcome_once_it_is_shared(company):
    cycle = open_cycle(company)
    submitted(company, cycle, "tomas", "manager", 4)
    review = review_of(calibrated(company, cycle), company.tomas)
    assert who(company, policies.outcomes_visible_to, review) == {"ana", "fatima", "ingrid"}
    acts.share(by=company.viewer("ana"), review=review, words="Four.")
    assert "tomas" in who(company, policies.outcomes_visible_to, review)


def test_executives_know_final_ratings_and_no_texts(company):
    cycle = open_cycle(company)
    submitted(company, cycle, "tomas", "manager", 4)
    review = review_of(cycle, company.tomas)
    assert "nkechi" not in who(company, policies.final_ratings_visible_to, review)
    calibrated(company, cycle)
    assert "nkechi" in who(company, policies.final_ratings_visible_to, review)
    assert "nkechi" not in who(company, policies.outcomes_visible_to, review)
    form = Form.objects.get(review=review, role="manager")
    assert "nkechi" not in who(company, policies.forms_visible_to, form)


def test_auditors_and_system_administrators_know_nothing_of_it(company):
    review = shared(company)
    for condition in (policies.reviews_visible_to, policies.final_ratings_visible_to):
        assert not {"samuel", "ruth"} & who(company, condition, review)
    for form in Form.objects.filter(review=review):
        assert not {"samuel", "ruth"} & who(company, policies.forms_visible_to, form)


def test_a_draft_is_seen_by_its_writer_alone(company):
    cycle = open_cycle(company)
    for role, writer in (("self", "tomas"), ("manager", "ana")):
        form = Form.objects.get(review=review_of(cycle, company.tomas), role=role)
        assert who(company, policies.forms_visible_to, form) == {writer}


def test_a_plan_of_a_cycle_is_known_to_hr_administrators_alone(company):
    cycle = a_cycle(company)
    assert who(company, policies.cycles_visible_to, cycle) == {"ingrid"}
    opened = open_cycle(company, name="Opened", version=cycle.version)
    assert who(company, policies.cycles_visible_to, opened) == set(EVERYBODY) - {"samuel"}


def test_executives_follow_a_cycle_in_figures_only(company):
    cycle = open_cycle(company)
    assert policies.may_follow_cycle(company.viewer("nkechi"), cycle)
    assert not policies.may_see_people(company.viewer("nkechi"), cycle)
    assert policies.may_see_people(company.viewer("fatima"), cycle)
    assert not policies.may_follow_cycle(company.viewer("ana"), cycle)


def test_people_join_late_and_calibrators_are_named_while_it_makes_sense(company):
    hr, cycle = company.viewer("ingrid"), a_cycle(company)
    assert not policies.may_add_late(hr, cycle)
    assert policies.may_name_calibrators(hr, cycle)
    assert not policies.may_calibrate_in(hr, cycle)
    cycle.stage = Cycle.Stage.CLOSED
    assert not policies.may_name_calibrators(hr, cycle)
    assert policies.may_calibrate_in(hr, cycle)


def test_a_calibrator_compares_in_the_cycle_he_was_named_for(company):
    cycle = open_cycle(company)
    cycles.name_calibrator(
        by=company.viewer("ingrid"), cycle=cycle, unit=company.units["TECH"], employee=company.leo
    )
    assert policies.may_calibrate_in(company.viewer("leo"), cycle)
    assert not policies.may_calibrate_in(company.viewer("nora"), cycle)


def test_hr_does_not_calibrate_its_own_review(company):
    cycle = open_cycle(company)
    submitted(company, cycle, "ingrid", "manager", 3)
    submitted(company, cycle, "tomas", "manager", 3)
    cycles.begin_calibration(by=company.viewer("ingrid"), cycle=cycle)
    denied = policies.may_calibrate(company.viewer("ingrid"), review_of(cycle, company.ingrid))
    assert "own review" in denied.reason
    missing = policies.may_calibrate(company.viewer("ingrid"), review_of(cycle, company.mei))
    assert "not proposed" in missing.reason
    stranger = policies.may_calibrate(company.viewer("ana"), review_of(cycle, company.tomas))
    assert "HR" in stranger.reason


def test_it_is_the_writer_who_reads_and_no_other_manager(company):
    review = shared(company)
    Review.objects.filter(pk=review.pk).update(manager=company.leo)
    assert final_ratings_of(company.viewer("ana"), company.tomas) == []
    assert len(final_ratings_of(company.viewer("leo"), company.tomas)) == 1
