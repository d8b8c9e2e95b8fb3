"""Who hears of what, and who does not."""

from __future__ import annotations

import pytest

from sightline.foundation.ledger.events import House
from sightline.foundation.notices.models import Notice
from sightline.people.actions.employments import end_employment
from sightline.reviews.actions import acts, cycles, forms, opening, peers, settling, telling
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


def new_to(company, key: str, words: str) -> int:
    """How many notices with these words are new to somebody."""
    told = Notice.objects.filter(account=company.account(key), sentence__contains=words)
    return told.filter(read_at=None).count()


def test_who_has_written_is_waited_for_no_more(company):
    cycle = open_cycle(company)
    telling.remind(cycle.pk, 1)
    assert new_to(company, "tomas", "write your self review") == 1
    assert new_to(company, "tomas", "waits for you") == 1
    own = submitted(company, cycle, "tomas", "self", 3)
    assert new_to(company, "tomas", "write your self review") == 0
    assert new_to(company, "tomas", "waits for you") == 0
    assert new_to(company, "mei", "write your self review") == 1
    forms.reopen_form(by=company.viewer("ana"), form=own, reason="A goal is missing")
    assert new_to(company, "tomas", "is open again") == 1
    submitted(company, cycle, "tomas", "self", 4)
    assert new_to(company, "tomas", "is open again") == 0


def test_a_manager_is_waited_for_until_the_last_review_is_written(company):
    cycle = open_cycle(company)
    telling.tell_managers(cycle.pk)
    mine = Form.objects.filter(review__cycle=cycle, role="manager", rater=company.ana)
    mine.exclude(review__employee=company.tomas).update(state="submitted")
    assert new_to(company, "ana", "reviews of your team wait") == 1
    submitted(company, cycle, "tomas", "manager", 3)
    assert new_to(company, "ana", "reviews of your team wait") == 0


def test_peers_are_waited_for_until_they_answer_or_nobody_may_any_more(company):
    cycle = open_cycle(company)
    asked(company, cycle, "tomas", ["cida", "kofi"])
    answered(company, cycle, "tomas", {"mei": (4, "a")})
    submitted(company, cycle, "tomas", "manager", 3)
    assert new_to(company, "mei", "what it is like to work with") == 0
    assert new_to(company, "cida", "what it is like to work with") == 1
    cycles.begin_calibration(by=company.viewer("ingrid"), cycle=cycle)
    assert new_to(company, "cida", "what it is like to work with") == 0


def test_a_review_that_was_read_and_one_that_was_shared_wait_no_more(company):
    review = shared(company)
    assert new_to(company, "tomas", "is there to be read") == 1
    telling.tell_managers(review.cycle_id, to_share=True)
    others = Review.objects.filter(cycle=review.cycle_id).exclude(pk=review.pk)
    others.update(stage="shared", final_value=3)
    settling.settle_shared(review.pk)
    assert new_to(company, "ana", "share the reviews") == 0
    acts.acknowledge(by=company.viewer("tomas"), review=review)
    assert new_to(company, "tomas", "is there to be read") == 0


def test_names_that_were_all_answered_wait_no_more(company):
    cycle = open_cycle(company)
    review = review_of(cycle, company.tomas)
    peers.nominate(by=company.viewer("tomas"), review=review, peers=[company.mei, company.cida])
    assert new_to(company, "ana", "colleagues to propose") == 1
    answers = {one.pk: (True, "") for one in review.nominations.all()}
    peers.confirm_peers(by=company.viewer("ana"), review=review, answers=answers)
    assert new_to(company, "ana", "colleagues to propose") == 0


def test_a_cycle_that_is_calibrated_waits_for_no_forms(company):
    cycle = open_cycle(company)
    assert new_to(company, "mei", "write your self review") == 1
    settling.settle_cycle(cycle.pk, "calibrating")
    assert new_to(company, "mei", "write your self review") == 0
