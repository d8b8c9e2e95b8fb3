"""Who is asked about somebody, until when, and who is not."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from sightline.foundation.core.errors import Refused
from sightline.foundation.jobs.testing import run_waiting_jobs
from sightline.foundation.ledger.events import House
from sightline.reviews import policies
from sightline.reviews.actions import cycles, forms, peers
from sightline.reviews.actions.templates import Part
from sightline.reviews.jobs import gather_what_has_come_in
from sightline.reviews.models import Nomination, PeerSummary
from sightline.reviews.queries.everything import everything_of
from sightline.reviews.queries.peers import nominations_seen_by
from sightline.reviews.queries.waiting import waiting_for
from sightline.reviews.tests.making import (
    a_template,
    answered,
    asked,
    everything,
    form_of,
    open_cycle,
    review_of,
    some_days,
    submitted,
)

pytestmark = pytest.mark.django_db


def acts_of(company, key: str) -> set[str]:
    return {one.act for one in waiting_for(company.viewer(key))}


def test_a_third_answer_that_comes_late_is_not_told_within_the_hour(company):
    cycle = open_cycle(company, days=some_days(company, start=-60))
    late = asked(company, cycle, "tomas", ["mei", "cida", "kofi"])[2]
    for key in ("mei", "cida"):
        form = form_of(cycle, company.tomas, "peer", company.people[key])
        forms.submit_form(by=company.viewer(key), form=form, said=everything(form, 4))
    assert "write_peer" in acts_of(company, "kofi")
    gather_what_has_come_in.func()
    with pytest.raises(PermissionDenied):
        forms.submit_form(by=company.viewer("kofi"), form=late, said=everything(late, 4))
    assert "write_peer" not in acts_of(company, "kofi")
    gather_what_has_come_in.func()
    assert not PeerSummary.objects.exists()


def test_other_days_for_peers_open_only_what_was_not_told(company):
    days = some_days(company, start=-60)
    cycle = open_cycle(company, days=days)
    told = {"mei": (4, "a"), "cida": (4, "b"), "kofi": (4, "c")}
    answered(company, cycle, "tomas", told)
    late_of_told = asked(company, cycle, "tomas", ["sara"])[0]
    asked(company, cycle, "mei", ["tomas"])
    peers.gather_peers(by=House(), cycle=cycle)
    later = {kind: (begins, ends + timedelta(days=60)) for kind, (begins, ends) in days.items()}
    cycles.move_dates(by=company.viewer("ingrid"), cycle=cycle, days=later, reason="Holidays")
    form = form_of(cycle, company.mei, "peer", company.tomas)
    forms.submit_form(by=company.viewer("tomas"), form=form, said=everything(form, 4))
    with pytest.raises(PermissionDenied):
        forms.submit_form(
            by=company.viewer("sara"), form=late_of_told, said=everything(late_of_told, 4)
        )


@pytest.mark.parametrize("is_gathered", [True, False])
def test_a_calibration_begun_by_mistake_shuts_out_no_peer_whose_days_last(company, is_gathered):
    cycle, hr = open_cycle(company), company.viewer("ingrid")
    answered(company, cycle, "tomas", dict.fromkeys(("mei", "cida", "kofi"), (4, "a")))
    late_of_told = asked(company, cycle, "tomas", ["sara"])[0]
    form = asked(company, cycle, "mei", ["tomas"])[0]
    submitted(company, cycle, "tomas", "manager", 3)
    cycles.begin_calibration(by=hr, cycle=cycle)
    if is_gathered:
        run_waiting_jobs()
    cycles.take_answers_again(by=hr, cycle=cycle, reason="Pressed too early")
    run_waiting_jobs()
    assert PeerSummary.objects.count() == is_gathered
    assert "write_peer" in acts_of(company, "tomas")
    forms.submit_form(by=company.viewer("tomas"), form=form, said=everything(form, 4))
    assert bool(policies.may_write(company.viewer("sara"), late_of_told)) is not is_gathered


def test_going_back_after_the_days_of_peers_asks_nobody_again(company):
    cycle, hr = open_cycle(company, days=some_days(company, start=-60)), company.viewer("ingrid")
    form = asked(company, cycle, "mei", ["tomas"])[0]
    submitted(company, cycle, "tomas", "manager", 3)
    cycles.begin_calibration(by=hr, cycle=cycle)
    run_waiting_jobs()
    cycles.take_answers_again(by=hr, cycle=cycle, reason="A manager was ill")
    form = form_of(cycle, company.mei, "peer", company.tomas)
    assert not policies.may_write(company.viewer("tomas"), form)
    assert "write_peer" not in acts_of(company, "tomas")


@pytest.mark.parametrize("over_for", [1, 2])
def test_answers_are_gathered_when_the_last_day_is_over_everywhere(company, over_for):
    days = some_days(company, start=-60)
    days["peers"] = (days["peers"][0], company.today - timedelta(days=over_for - 1))
    later = company.today + timedelta(days=30)
    for kind in ("manager", "calibrate", "share", "acknowledge"):
        days[kind] = (days[kind][0], later)
    cycle = open_cycle(company, days=days)
    answered(company, cycle, "tomas", dict.fromkeys(("mei", "cida", "kofi"), (4, "a")))
    gather_what_has_come_in.func()
    assert PeerSummary.objects.count() == over_for - 1


def test_whoever_is_proposed_as_a_peer_does_not_become_the_writer(company):
    cycle = open_cycle(company)
    hr, review = company.viewer("ingrid"), review_of(cycle, company.tomas)
    peers.nominate(by=company.viewer("tomas"), review=review, peers=[company.mei])
    with pytest.raises(Refused):
        forms.change_rater(by=hr, review=review, manager=company.mei, reason="Ana is away")
    answers = {review.nominations.get().pk: (False, "She writes it herself")}
    peers.confirm_peers(by=company.viewer("ana"), review=review, answers=answers)
    forms.change_rater(by=hr, review=review, manager=company.mei, reason="Ana is away")
    assert review_of(cycle, company.tomas).manager == company.mei


def test_the_writer_is_not_confirmed_as_a_peer(company):
    cycle = open_cycle(company)
    review = review_of(cycle, company.tomas)
    ana = company.viewer("ana")
    named = Nomination.objects.create(
        review=review, peer=company.ana, by=company.tomas, at=review.cycle.made_at
    )
    with pytest.raises(Refused):
        peers.confirm_peers(by=ana, review=review, answers={named.pk: (True, "")})
    assert not review.forms.filter(role="peer").exists()


def test_a_refused_proposal_takes_no_place_and_the_manager_may_think_again(company):
    cycle = open_cycle(company, peers_up_to=3)
    review = review_of(cycle, company.tomas)
    tomas, ana = company.viewer("tomas"), company.viewer("ana")
    first = [company.mei, company.cida, company.kofi]
    made = peers.nominate(by=tomas, review=review, peers=first)
    refused = {one.pk: (False, "Has not seen the work") for one in made}
    peers.confirm_peers(by=ana, review=review, answers=refused)
    page = company.client("tomas").get(reverse("reviews:peers", args=[review.pk]))
    assert page.context["places"] == 3
    with pytest.raises(Refused):
        peers.nominate(by=tomas, review=review, peers=[company.mei])
    peers.nominate(by=ana, review=review, peers=[company.mei, company.ruth])
    shown = {one.peer: one for one in nominations_seen_by(tomas, review)}
    assert (shown[company.mei].by, shown[company.mei].answer.accepted) == (company.ana, True)
    kept = review.nominations.filter(peer=company.mei).order_by("pk")
    said = [(one.by, one.answer.accepted, one.answer.reason) for one in kept]
    assert said == [(company.tomas, False, "Has not seen the work"), (company.ana, True, "")]
    told = everything_of(tomas)["colleagues asked about you"]
    assert [one["asked"] for one in told if one["colleague"] == company.mei.name] == [False, True]
    assert {form.rater for form in review.forms.filter(role="peer")} == {company.mei, company.ruth}
    with pytest.raises(Refused):
        peers.nominate(by=ana, review=review, peers=[company.cida, company.kofi])


def test_nobody_is_asked_where_the_template_asks_colleagues_nothing(company):
    version = a_template(company, parts=[Part("goals", "Goals", 100)])
    cycle = open_cycle(company, version=version, days=some_days(company, start=-5))
    review = review_of(cycle, company.tomas)
    with pytest.raises(PermissionDenied):
        peers.nominate(by=company.viewer("tomas"), review=review, peers=[company.mei])
    assert "nominate" not in acts_of(company, "tomas")
    board = reverse("reviews:cycle", args=[cycle.pk])
    assert "Peers chosen" not in company.client("ingrid").get(board).content.decode()


def test_a_person_chooses_peers_in_the_days_for_it(company):
    cycle = open_cycle(company, days=some_days(company, start=-5))
    assert "nominate" in acts_of(company, "tomas")
    board = reverse("reviews:cycle", args=[cycle.pk])
    assert "Peers chosen" in company.client("ingrid").get(board).content.decode()
