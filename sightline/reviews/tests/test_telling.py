"""Who hears of what, and who does not."""

from __future__ import annotations

import pytest

from sightline.foundation.ledger.events import House
from sightline.foundation.notices.models import Notice
from sightline.people.actions.employments import end_employment
from sightline.reviews.actions import acts, forms, opening, peers, telling
from sightline.reviews.models import Form, Item, Review
from sightline.reviews.queries.reviews import Wanted, reviews_of_cycle
from sightline.reviews.tests.making import (
    answered,
    asked,
    open_cycle,
    review_of,
    shared,
    submitted,
)

pytestmark = pytest.mark.django_db


def heard(company, key: str) -> str:
    """All that somebody was told."""
    told = Notice.objects.filter(account=company.account(key))
    return " ".join(told.values_list("sentence", flat=True))


def test_a_peer_whose_answers_can_no_longer_be_taken_is_not_reminded(company):
    cycle = open_cycle(company)
    answered(company, cycle, "tomas", dict.fromkeys(("mei", "cida", "kofi"), (4, "a")))
    asked(company, cycle, "tomas", ["sara"])
    Form.objects.filter(rater=company.sara).exclude(role="peer").update(state="submitted")
    telling.remind(cycle.pk, 1)
    assert "waits for you" in heard(company, "sara")
    Notice.objects.all().delete()
    peers.gather_peers(by=House(), cycle=cycle)
    telling.remind(cycle.pk, 2)
    assert "waits for you" not in heard(company, "sara")
    assert "waits for you" in heard(company, "ana")


def test_a_writer_hears_that_his_form_is_open_again(company):
    cycle = open_cycle(company)
    own = submitted(company, cycle, "tomas", "self", 3)
    managers = submitted(company, cycle, "tomas", "manager", 3)
    forms.reopen_form(by=company.viewer("ana"), form=own, reason="A goal is missing")
    forms.reopen_form(by=company.viewer("ingrid"), form=managers, reason="A goal is missing")
    assert "Your self review for Mid-year review is open again" in heard(company, "tomas")
    assert "Your form about Tomás" in heard(company, "ana")
    assert "Your form about" not in heard(company, "tomas")


def test_a_manager_who_hears_of_an_appeal_does_not_take_the_review_for_his_own(company):
    review = shared(company)
    acts.appeal(by=company.viewer("tomas"), review=review, grounds="It was four.")
    notice = Notice.objects.get(account=company.account("ana"), sentence__contains="appeals")
    assert notice.subject == "What came of reviews"


def test_a_new_writer_hears_that_he_writes(company):
    cycle = open_cycle(company)
    review = review_of(cycle, company.tomas)
    hr = company.viewer("ingrid")
    forms.change_rater(by=hr, review=review, manager=company.leo, reason="Ana is away")
    assert "You write the review of Tomás" in heard(company, "leo")
    assert "You write the review" not in heard(company, "ana")


def test_the_manager_hears_of_one_who_joins_late(company):
    cycle = open_cycle(company)
    review = review_of(cycle, company.tomas)
    Form.objects.filter(review=review).delete()
    Item.objects.filter(review=review).delete()
    Review.objects.filter(pk=review.pk).delete()
    hr = company.viewer("ingrid")
    opening.add_late(by=hr, cycle=cycle, employee=company.tomas, reason="Was on leave")
    assert "joined Mid-year review late" in heard(company, "ana")
    assert heard(company, "ana").count("joined Mid-year") == 1


def test_employee_and_manager_hear_how_an_appeal_was_decided(company):
    review = shared(company, value=3)
    acts.appeal(by=company.viewer("tomas"), review=review, grounds="It was four.")
    acts.decide_appeal(by=company.viewer("fatima"), review=review, reason="Yes.", to_value=4)
    assert "Your appeal on Mid-year review is decided" in heard(company, "tomas")
    assert "The appeal of Tomás" in heard(company, "ana")


def test_hr_finds_reviews_whose_writer_has_left(company):
    cycle = open_cycle(company)
    hr, wanted = company.viewer("ingrid"), Wanted(waits_for="writer")
    before = {one.employee for one in reviews_of_cycle(hr, cycle, wanted)}
    assert company.tomas not in before
    assert company.nkechi in before  # nobody stands above her
    end_employment(by=hr, employee=company.ana, on=company.today, reason="Moved away")
    assert company.tomas in {one.employee for one in reviews_of_cycle(hr, cycle, wanted)}
