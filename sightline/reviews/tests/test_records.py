"""What the ledger, the page of records and the file of one's own data say of reviews, and when."""

from __future__ import annotations

import pytest
from django.urls import reverse

from sightline.foundation.ledger.events import House
from sightline.foundation.ledger.models import Record
from sightline.foundation.ledger.queries import kinds, records_about
from sightline.foundation.ledger.record import record
from sightline.reviews.actions import acts, cycles, forms, peers
from sightline.reviews.events import FormReopened
from sightline.reviews.models import Item, LateJoining
from sightline.reviews.queries.everything import everything_of
from sightline.reviews.tests.making import (
    answered,
    calibrated,
    open_cycle,
    review_of,
    submitted,
)

pytestmark = pytest.mark.django_db


def records_page(company, key: str, whose: str) -> str:
    page = reverse("person_records", args=[company.people[whose].pk])
    return company.client(key).get(page).content.decode()


def test_what_became_of_a_rating_is_on_record_for_its_subject_once_it_is_shared(company):
    cycle = open_cycle(company)
    submitted(company, cycle, "tomas", "manager", 3)
    hr, review = company.viewer("ingrid"), review_of(cycle, company.tomas)
    cycles.begin_calibration(by=hr, cycle=cycle)
    acts.calibrate(by=hr, review=review, to_value=2, reason="Two goals slipped")

    def reached(key):
        own = company.client(key).get(reverse("own_data_file")).content.decode()
        return records_page(company, key, "tomas") + own

    assert "proposed rating for Mid-year review changed" in reached("ingrid")
    for words in ("proposed rating for", "Two goals slipped", "rating for Mid-year review final"):
        assert words not in reached("tomas")
    cycles.close_calibration(by=hr, cycle=cycle)
    assert "rating for Mid-year review final" in reached("ingrid")
    assert "rating for Mid-year review final" not in reached("tomas")
    acts.share(by=company.viewer("ana"), review=review, words="Read this first.")
    for words in ("proposed rating for Mid-year", "Two goals slipped", "Mid-year review final"):
        assert words in reached("tomas")


def test_the_ledger_tells_an_auditor_no_rating_and_no_word_about_one(company):
    cycle = open_cycle(company)
    submitted(company, cycle, "tomas", "manager", 3)
    hr, review = company.viewer("ingrid"), review_of(cycle, company.tomas)
    cycles.begin_calibration(by=hr, cycle=cycle)
    acts.calibrate(by=hr, review=review, to_value=2, reason="Two goals slipped")
    calibrating = reverse("ledger:records") + "?kind=reviews.RatingCalibrated"
    cycles.close_calibration(by=hr, cycle=cycle)
    final = reverse("ledger:records") + "?kind=reviews.RatingMadeFinal"
    acts.share(by=company.viewer("ana"), review=review, words="Read this first.")
    acts.appeal(by=company.viewer("tomas"), review=review, grounds="It was three.")
    acts.decide_appeal(by=company.viewer("fatima"), review=review, reason="So it was.", to_value=3)
    decided = reverse("ledger:records") + "?kind=reviews.AppealDecided"
    for page in (calibrating, final, decided):
        read = company.client("samuel").get(page).content.decode()
        assert "Mid-year review" in read
        for words in ("3 → 2", "2 → 3", "final: 2", "Two goals slipped", "So it was"):
            assert words not in read


def test_why_the_managers_form_was_reopened_is_told_with_the_outcome_and_to_no_auditor(company):
    cycle = open_cycle(company)
    hr, why = company.viewer("ingrid"), "A two is too low"
    form = submitted(company, cycle, "tomas", "manager", 2)
    forms.reopen_form(by=hr, form=form, reason=why)
    review = review_of(cycle, company.tomas)
    older = FormReopened(review.employee_id, review.pk, cycle.name, form.pk, "manager")
    record(older, by=hr, reason=why)  # as it was written before
    ledger = reverse("ledger:records") + "?kind=reviews.FormReopened"

    def own_file():
        return company.client("tomas").get(reverse("own_data_file")).content.decode()

    for key in ("tomas", "ingrid"):
        page = records_page(company, key, "tomas")
        assert "form for Mid-year review was reopened" in page
        assert why not in page
    assert why not in own_file()
    assert why not in company.client("samuel").get(ledger).content.decode()
    submitted(company, cycle, "tomas", "manager", 3)
    assert why not in own_file()
    review = review_of(calibrated(company, cycle), company.tomas)
    acts.share(by=company.viewer("ana"), review=review, words="Read this first.")
    (told,) = everything_of(company.viewer("tomas"))["reviews"]
    assert [one["reason"] for one in told["forms reopened"]] == [why]


def test_why_ones_own_review_was_given_back_is_told_at_once(company):
    cycle = open_cycle(company)
    form = submitted(company, cycle, "tomas", "self", 3)
    forms.reopen_form(by=company.viewer("ana"), form=form, reason="The third goal is missing")
    (told,) = everything_of(company.viewer("tomas"))["reviews"]
    assert told["forms reopened"][0]["reason"] == "The third goal is missing"


def test_what_a_peer_did_is_read_by_the_peer_alone(company):
    cycle = open_cycle(company)
    answered(company, cycle, "tomas", {"mei": (4, "Good")})
    assert "submitted answers as a peer" in records_page(company, "mei", "mei")
    assert "submitted answers as a peer" in (
        company.client("mei").get(reverse("own_data_file")).content.decode()
    )
    for key in ("ingrid", "fatima"):
        assert "as a peer" not in records_page(company, key, "mei")
    kind = "reviews.PeerFormSubmitted"
    ledger = company.client("samuel").get(reverse("ledger:records") + f"?kind={kind}")
    assert kind not in kinds()
    assert "as a peer" not in ledger.content.decode()
    proof = reverse("ledger:proof", args=[Record.objects.get(kind=kind).pk])
    assert company.client("samuel").get(proof).status_code == 404


def test_what_a_peer_did_names_nobody_else(company):
    cycle = open_cycle(company)
    answered(company, cycle, "tomas", {"mei": (4, "Good")})
    entries = records_about(company.mei.ref, reader=company.mei.ref, limit=1000)
    acted = [one.event.payload() for one in entries if "as a peer" in one.sentence]
    assert acted
    assert all(set(one) == {"employee_id", "cycle"} for one in acted)


def test_who_reads_anothers_review_leaves_a_trace(company):
    cycle = open_cycle(company)
    own = submitted(company, cycle, "tomas", "self", 3)
    submitted(company, cycle, "tomas", "manager", 3)
    review = review_of(cycle, company.tomas)
    pages = {
        "ingrid": reverse("reviews:review", args=[review.pk]),
        "ana": reverse("reviews:score", args=[review.pk]),
        "fatima": reverse("reviews:form", args=[own.pk]),
        "tomas": reverse("reviews:review", args=[review.pk]),
    }
    for key, page in pages.items():
        assert company.client(key).get(page).status_code == 200
    read = Record.objects.filter(kind="people.FileRead", subject=company.tomas.ref)
    readers = {company.people[key].ref for key in ("ingrid", "ana", "fatima")}
    assert set(read.values_list("actor", flat=True)) == readers


def test_a_calibrator_who_reads_a_review_leaves_a_trace(company):
    cycle = open_cycle(company)
    hr = company.viewer("ingrid")
    unit = company.units["TECH"]
    cycles.name_calibrator(by=hr, cycle=cycle, unit=unit, employee=company.yusuf)
    page = reverse("reviews:review", args=[review_of(cycle, company.tomas).pk])
    assert company.client("yusuf").get(page).status_code == 200
    assert Record.objects.filter(kind="people.FileRead", actor=company.yusuf.ref).count() == 1


def test_the_file_of_ones_own_data_holds_all_that_was_told_and_why(company):
    cycle = open_cycle(company)
    hr, review = company.viewer("ingrid"), review_of(cycle, company.tomas)
    forms.change_rater(by=hr, review=review, manager=company.leo, reason="Ana is away")
    answered(company, cycle, "tomas", dict.fromkeys(("mei", "cida", "kofi"), (5, "Good")))
    Item.objects.filter(review=review).update(title="The same")
    peers.gather_peers(by=House(), cycle=cycle)
    form = submitted(company, cycle, "tomas", "manager", 3)
    forms.reopen_form(by=hr, form=form, reason="A goal was missing")
    submitted(company, cycle, "tomas", "manager", 3)
    review = review_of(calibrated(company, cycle), company.tomas)
    acts.share(by=company.viewer("leo"), review=review, words="Read this first.")
    acts.appeal(by=company.viewer("tomas"), review=review, grounds="It was four.")
    acts.decide_appeal(by=company.viewer("fatima"), review=review, reason="So it was.", to_value=4)
    (told,) = everything_of(company.viewer("tomas"))["reviews"]
    rated = told["colleagues together"]["ratings"]
    page = company.client("tomas").get(reverse("reviews:review", args=[review.pk]))
    shown = {item.item.pk for part in page.context["seen"].asked_of_peers for item in part.items}
    assert {one["told"] for one in rated} == {"4.5 or more"}
    assert "4.5 or more" in page.content.decode()
    assert len(rated) == len(shown) > 1
    assert (told["appeal"]["rating"], told["appeal"]["reason"]) == (4, "So it was.")
    assert told["other writers"][0]["reason"] == "Ana is away"
    assert told["forms reopened"][0]["reason"] == "A goal was missing"
    assert told["joined late"] is None


def test_the_file_says_why_somebody_joined_late_and_what_an_open_appeal_says(company):
    cycle = open_cycle(company)
    review = review_of(cycle, company.tomas)
    LateJoining.objects.create(
        review=review, by=company.ingrid, at=review.cycle.made_at, reason="Was on leave"
    )
    submitted(company, cycle, "tomas", "manager", 3)
    review = review_of(calibrated(company, cycle), company.tomas)
    acts.share(by=company.viewer("ana"), review=review, words="Read this first.")
    acts.appeal(by=company.viewer("tomas"), review=review, grounds="It was four.")
    (told,) = everything_of(company.viewer("tomas"))["reviews"]
    assert told["joined late"] == "Was on leave"
    assert told["appeal"] == {"grounds": "It was four.", "decision": None}
