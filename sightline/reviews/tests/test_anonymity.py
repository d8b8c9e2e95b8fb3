"""What peers said is told together or not at all. Each way round it is tried by name."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from sightline.foundation.core.dates import now
from sightline.foundation.core.errors import Refused
from sightline.foundation.ledger.events import House
from sightline.foundation.ledger.models import Record
from sightline.foundation.ledger.queries import records_about
from sightline.people.viewer import viewer_as
from sightline.reviews.actions import acts, forms, peers
from sightline.reviews.models import Form, PeerSummary
from sightline.reviews.queries.everything import everything_of
from sightline.reviews.queries.forms import forms_seen_by
from sightline.reviews.queries.peers import peers_told
from sightline.reviews.queries.progress import state_of_cycle
from sightline.reviews.tests.making import (
    answered,
    asked,
    calibrated,
    everything,
    form_of,
    open_cycle,
    review_of,
    submitted,
)

pytestmark = pytest.mark.django_db
WORDS = ("quince", "medlar", "damson", "sloe")
THREE = {"mei": (5, "quince"), "cida": (4, "medlar"), "kofi": (3, "damson")}
TWO = {key: THREE[key] for key in ("mei", "cida")}


def in_order(words: list[str]) -> None:
    """No shuffling, so that a test can tell."""
    words.sort()


def gathered(company, answers, **more):
    """A cycle in which the peers of Tomás answered and were gathered, his review written."""
    cycle = open_cycle(company, **more)
    answered(company, cycle, "tomas", answers)
    peers.gather_peers(by=House(), cycle=cycle)
    submitted(company, cycle, "tomas", "manager", 3)
    return cycle


def everything_that_reaches(company, key, cycle) -> str:
    """All that somebody can get at about the review of Tomás: pages, file of own data, records."""
    client = company.client(key)
    review = review_of(cycle, company.tomas)
    pages = [
        reverse("reviews:mine"),
        reverse("reviews:review", args=[review.pk]),
        reverse("reviews:score", args=[review.pk]),
        reverse("reviews:peers", args=[review.pk]),
        reverse("reviews:cycle", args=[cycle.pk]),
        reverse("reviews:reviews", args=[cycle.pk]),
        reverse("reviews:calibration", args=[cycle.pk]),
        reverse("person_records", args=[company.tomas.pk]),
        reverse("own_data_file"),
        *(reverse("reviews:form", args=[form.pk]) for form in review.forms.all()),
    ]
    return " ".join(client.get(page).content.decode() for page in pages)


def test_two_answers_are_held_back_from_everybody(company):
    cycle = gathered(company, TWO)
    assert not PeerSummary.objects.exists()
    cycle = calibrated(company, cycle)
    review = review_of(cycle, company.tomas)
    acts.share(by=company.viewer("ana"), review=review, words="Read this first.")
    for key in ("tomas", "ana", "ingrid", "leo", "fatima", "nkechi"):
        reached = everything_that_reaches(company, key, cycle)
        assert not [word for word in WORDS if word in reached], key
        assert peers_told(company.viewer(key), review) is None


def test_three_answers_are_told_together_in_half_points_and_words(company):
    cycle = gathered(company, THREE)
    told = peers_told(company.viewer("ana"), review_of(cycle, company.tomas))
    assert {one.half_points for one in told.items.values()} == {8}
    (words,) = told.comments.values()
    assert sorted(set(words)) == ["damson", "medlar", "quince"]
    assert all(len(set(said)) == 3 for said in told.answers.values())


def test_the_employee_reads_what_peers_said_only_when_the_review_is_shared(company):
    cycle = gathered(company, THREE)
    review = review_of(cycle, company.tomas)
    assert peers_told(company.viewer("tomas"), review) is None
    assert "quince" not in everything_that_reaches(company, "tomas", cycle)
    review = review_of(calibrated(company, cycle), company.tomas)
    acts.share(by=company.viewer("ana"), review=review, words="Read this first.")
    assert peers_told(company.viewer("tomas"), review) is not None
    assert "quince" in everything_that_reaches(company, "tomas", cycle)


def test_the_form_of_a_peer_exists_for_the_peer_alone(company):
    cycle = gathered(company, THREE)
    form = form_of(cycle, company.tomas, "peer", company.mei)
    assert form in forms_seen_by(company.viewer("mei"))
    for key in ("tomas", "ana", "leo", "ingrid", "fatima", "nkechi", "cida", "ruth"):
        assert form not in forms_seen_by(company.viewer(key)), key
        page = reverse("reviews:form", args=[form.pk])
        assert company.client(key).get(page).status_code == 404


def test_not_through_a_count(company):
    """Whether one, two or three have answered changes nothing that anybody sees."""
    cycle = open_cycle(company)
    forms_asked = asked(company, cycle, "tomas", ["mei", "cida", "kofi"])
    seen = []
    for number, rater in enumerate(["mei", "cida", "kofi"]):
        page = {
            key: company.client(key)
            .get(reverse("reviews:review", args=[review_of(cycle, company.tomas).pk]))
            .content.decode()
            for key in ("ana", "ingrid")
        }
        board = [row.peers for row in state_of_cycle(company.viewer("ingrid"), cycle).units]
        seen.append((without_tokens(page), board))
        form = forms_asked[number]
        forms.submit_form(
            by=company.viewer(rater), form=form, said=everything(form, 4, comment="quince")
        )
    assert seen[0] == seen[1] == seen[2]


def without_tokens(pages: dict[str, str]) -> dict[str, list[str]]:
    """Pages without what differs at each reading."""
    return {
        key: [line for line in text.splitlines() if "csrf" not in line and "nonce" not in line]
        for key, text in pages.items()
    }


def test_not_through_the_share_of_a_small_unit(company):
    cycle = gathered(company, THREE)
    state = state_of_cycle(company.viewer("ingrid"), cycle)
    assert all(row.peers.percent is None for row in state.units)
    assert {(row.peers.done, row.peers.of) for row in state.units} == {(0, 0)}
    assert state.whole.peers.percent is None


def test_not_through_an_order(company):
    """The words stand in no order of forms: here they are turned round."""
    cycle = open_cycle(company)
    answered(company, cycle, "tomas", THREE)
    seen: list[list[str]] = []

    def notes(words: list[str]) -> None:
        words.reverse()
        seen.append(list(words))

    peers.gather_peers(by=House(), cycle=cycle, shuffle=notes)
    told = PeerSummary.objects.get(review__employee=company.tomas).told
    assert [*told["comments"].values(), *told["answers"].values()] == seen
    assert seen


def test_not_through_a_timestamp(company):
    cycle = gathered(company, THREE)
    of_peers = Form.objects.filter(review__cycle=cycle, role="peer", state="submitted")
    assert set(of_peers.values_list("submitted_at", flat=True)) == {None}
    with pytest.raises(IntegrityError), transaction.atomic():
        of_peers.update(submitted_at=now())
    assert "submitted" not in json.dumps(PeerSummary.objects.get().told)


def test_not_through_the_ledger(company):
    """What the ledger holds about Tomás, and what it says of a peer, tells nobody who said what."""
    gathered(company, THREE)
    about = [entry.sentence for entry in records_about(company.tomas.ref, limit=1000)]
    actors = {entry.record.actor for entry in records_about(company.tomas.ref, limit=1000)}
    assert not {company.mei.ref, company.cida.ref, company.kofi.ref} & actors
    assert not [one for one in about if "as a peer" in one]
    kinds = ["reviews.PeerFormSubmitted", "reviews.PeerFormKept"]
    for record in Record.objects.filter(kind__in=kinds):
        assert record.subject == record.actor


def test_not_through_an_export(company):
    cycle = gathered(company, TWO)
    review = review_of(calibrated(company, cycle), company.tomas)
    acts.share(by=company.viewer("ana"), review=review, words="Read this first.")
    exported = json.dumps(everything_of(company.viewer("tomas")), default=str)
    assert not [word for word in WORDS if word in exported]
    own = json.dumps(everything_of(company.viewer("mei")), default=str)
    assert "quince" in own  # what one wrote oneself one may take along


def test_not_through_the_difference_of_two_views(company):
    """A fourth answer comes too late: what was told does not change, nothing can be taken off."""
    cycle = open_cycle(company)
    answered(company, cycle, "tomas", THREE)
    (late,) = asked(company, cycle, "tomas", ["sara"])
    peers.gather_peers(by=House(), cycle=cycle)
    before = PeerSummary.objects.get().told
    with pytest.raises(PermissionDenied):
        forms.submit_form(by=company.viewer("sara"), form=late, said=everything(late, 1, "sloe"))
    form = form_of(cycle, company.tomas, "peer", company.mei)
    with pytest.raises(PermissionDenied):
        forms.reopen_form(by=company.viewer("mei"), form=form, reason="I thought again")
    assert peers.gather_peers(by=House(), cycle=cycle) == 0
    assert PeerSummary.objects.get().told == before


def test_not_through_two_roles(company):
    """Everybody who may read it reads the same."""
    cycle = gathered(company, THREE)
    review = review_of(cycle, company.tomas)
    told = [peers_told(company.viewer(key), review) for key in ("ana", "ingrid", "fatima")]
    assert told[0] == told[1] == told[2]
    assert told[0] is not None


def test_not_through_unanimity(company):
    cycle = gathered(company, {key: (5, WORDS[n]) for n, key in enumerate(THREE)})
    told = peers_told(company.viewer("ana"), review_of(cycle, company.tomas))
    assert {(one.half_points, one.end) for one in told.items.values()} == {(9, "high")}


def test_not_through_an_item_that_two_rated(company):
    cycle = open_cycle(company)
    made = asked(company, cycle, "tomas", list(THREE))
    for form, rater in zip(made, THREE, strict=True):
        said = everything(form, 4)
        if rater == "mei":
            item = next(iter(said.ratings))
            said.ratings[item] = (None, "")
        forms.submit_form(by=company.viewer(rater), form=form, said=said)
    peers.gather_peers(by=House(), cycle=cycle)
    told = peers_told(company.viewer("ana"), review_of(cycle, company.tomas))
    assert item not in told.items
    assert told.items


def test_a_peer_takes_back_his_own_answers_until_they_are_gathered(company):
    cycle = open_cycle(company)
    answered(company, cycle, "tomas", THREE)
    form = form_of(cycle, company.tomas, "peer", company.mei)
    with pytest.raises(PermissionDenied):
        forms.reopen_form(by=company.viewer("ingrid"), form=form, reason="Let me see")
    forms.reopen_form(by=company.viewer("mei"), form=form, reason="Too harsh")
    assert peers.gather_peers(by=House(), cycle=cycle) == 0


def test_a_cycle_may_need_more_than_three(company):
    cycle = gathered(company, THREE, peers_from=4)
    assert not PeerSummary.objects.exists()
    assert cycle.peers_from == 4


def test_answers_are_gathered_by_themselves_when_the_days_of_peers_are_over(company):
    from sightline.reviews.jobs import gather_what_has_come_in
    from sightline.reviews.tests.making import some_days

    days = some_days(company, start=-60)
    cycle = open_cycle(company, days=days)
    answered(company, cycle, "tomas", THREE)
    assert days["peers"][1] <= company.today - timedelta(days=1)
    gather_what_has_come_in.func()
    assert PeerSummary.objects.filter(review__cycle=cycle).count() == 1


def test_whoever_writes_a_form_of_his_own_is_no_peer(company):
    cycle = open_cycle(company)
    review = review_of(cycle, company.tomas)
    for peer in (company.ana, company.tomas):
        with pytest.raises(Refused):
            peers.nominate(by=company.viewer("tomas"), review=review, peers=[peer])
    viewer = viewer_as(company.yusuf)
    with pytest.raises(PermissionDenied):
        peers.nominate(by=viewer, review=review, peers=[company.mei])
