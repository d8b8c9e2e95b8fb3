"""What a form asks of whom, what stands beside it, and who is told that he reads it."""

from __future__ import annotations

import pytest
from django.urls import reverse

from sightline.foundation.core.errors import Refused
from sightline.foundation.ledger.events import House
from sightline.foundation.ledger.models import Record
from sightline.foundation.ledger.queries import event_of
from sightline.goals.models import Goal
from sightline.goals.tests.making import a_period, agreed
from sightline.reviews.actions import forms, peers
from sightline.reviews.actions.forms import Said
from sightline.reviews.actions.templates import Asked, Part
from sightline.reviews.models import Form, Item, PeerSummary
from sightline.reviews.queries.forms import sheet_of
from sightline.reviews.tests.making import (
    ALL,
    a_template,
    answered,
    asked,
    everything,
    form_of,
    open_cycle,
    review_of,
    submitted,
)

pytestmark = pytest.mark.django_db
THREE = {"mei": (5, "quince"), "cida": (4, "medlar"), "kofi": (3, "damson")}
GOALS_OF_ALL = [Part("goals", "Goals", 60, answered_by=ALL), Part("competencies", "Behaviour", 40)]


def page_of(company, key: str, name: str, *args: object) -> str:
    return company.client(key).get(reverse(name, args=args)).content.decode()


@pytest.mark.parametrize("visibility", ["everyone", "unit", "line"])
def test_a_peer_is_asked_only_about_goals_that_are_open_to_everyone(company, visibility):
    tomas, ana = company.viewer("tomas"), company.viewer("ana")
    goal = agreed(tomas, ana, a_period(company), visibility=visibility)
    cycle = open_cycle(company, version=a_template(company, parts=GOALS_OF_ALL))
    items = Item.objects.filter(review=review_of(cycle, company.tomas))
    item = items.get(goal=goal)
    (form,) = asked(company, cycle, "tomas", ["mei"])
    own = form_of(cycle, company.tomas, "self")
    in_own, in_peers = (
        {one.item.title for part in sheet_of(each).sections for one in part.items}
        for each in (own, form)
    )
    said = Said(ratings={item.pk: (4, "Seen")})
    assert goal.title in in_own
    if visibility == Goal.Visibility.EVERYONE:
        assert goal.title in in_peers
        forms.save_form(by=company.viewer("mei"), form=form, said=said)
    else:
        assert goal.title not in in_peers
        with pytest.raises(Refused):
            forms.save_form(by=company.viewer("mei"), form=form, said=said)


def test_the_manager_reads_what_peers_rated_and_answered_while_writing(company):
    parts = [
        Part("goals", "Goals", 60),
        Part("competencies", "Behaviour", 40, answered_by=ALL),
        Part("written", "In words", answered_by=("peer",), questions=(Asked("Of peers alone?"),)),
    ]
    cycle = open_cycle(company, version=a_template(company, parts=parts))
    answered(company, cycle, "tomas", THREE)
    peers.gather_peers(by=House(), cycle=cycle)
    review = review_of(cycle, company.tomas)
    page = page_of(company, "ana", "reviews:review", review.pk)
    items = Item.objects.in_bulk([int(key) for key in PeerSummary.objects.get().told["items"]])
    assert items
    for words in (
        "quince",
        "Of peers alone?",
        "quince again",
        *(one.title for one in items.values()),
    ):
        assert words in page


def test_the_evidence_beside_a_section_is_about_its_own_items(company):
    cycle = open_cycle(company)
    (form,) = asked(company, cycle, "tomas", ["mei"])
    titles = {one.item.title for one in sheet_of(form).sections[0].items}
    submitted(company, cycle, "tomas", "self", 3)
    client = company.client("mei")
    last = len(sheet_of(form).sections)
    assert titles
    for number, status in ((0, 404), (1, 200), (last, 200), (last + 1, 404)):
        page = reverse("reviews:evidence", args=[form.pk, number])
        assert client.get(page).status_code == status


def test_a_form_of_comments_alone_says_something(company):
    cycle = open_cycle(company)
    (form,) = asked(company, cycle, "tomas", ["mei"])
    mei = company.viewer("mei")
    with pytest.raises(Refused):
        forms.submit_form(by=mei, form=form, said=everything(form, None, comment="", words=""))
    said = everything(form, None, comment="Only words", words="")
    assert forms.submit_form(by=mei, form=form, said=said).state == Form.State.SUBMITTED


def test_a_peer_takes_back_his_answers_without_a_reason(company):
    cycle = open_cycle(company)
    answered(company, cycle, "tomas", {"mei": (4, "Good")})
    form = form_of(cycle, company.tomas, "peer", company.mei)
    assert "Take back" in page_of(company, "mei", "reviews:form", form.pk)
    assert 'name="reason"' not in page_of(company, "mei", "reviews:reopening", form.pk)
    company.client("mei").post(reverse("reviews:reopening", args=[form.pk]))
    form.refresh_from_db()
    assert form.state == Form.State.DRAFT


def test_what_a_form_said_is_on_record_item_by_item(company):
    cycle = open_cycle(company)
    form = form_of(cycle, company.tomas, "self")
    Item.objects.filter(review=form.review).update(title="The same")
    submitted(company, cycle, "tomas", "self", 3)
    record = Record.objects.filter(kind="reviews.FormSubmitted").last()
    event = event_of(record)
    assert len(event.ratings) == len(event.comments) == form.ratings.count() > 1


@pytest.mark.parametrize(
    ("role", "writer", "words"), [("self", "tomas", "cannot say"), ("manager", "ana", "not seen")]
)
def test_what_was_not_seen_is_told_from_what_was_not_rated(company, role, writer, words):
    cycle, viewer = open_cycle(company), company.viewer(writer)
    form = form_of(cycle, company.tomas, role)
    unseen, unrated, *_rest = [one.item for part in sheet_of(form).sections for one in part.items]
    said = Said(
        ratings={unseen.pk: (None, "Never met"), unrated.pk: (None, "No words for it")},
        unseen=frozenset({unseen.pk}),
        proposed_value=3,
    )
    forms.submit_form(by=viewer, form=form, said=said)
    pages = [page_of(company, key, "reviews:form", form.pk) for key in (writer, "ingrid")]
    if role == "manager":
        pages.append(page_of(company, writer, "reviews:score", form.review_id))
    for page in pages:
        assert page.count(words) == 1
        assert "not rated" in page
    kept = event_of(Record.objects.filter(kind="reviews.FormSubmitted").last())
    assert kept.unseen == (f"{unseen.pk} {unseen}",)


def test_a_form_in_which_all_was_said_leads_to_where_it_is_sent(company):
    form = form_of(open_cycle(company), company.tomas, "manager")
    said = everything(form, None, comment="")
    said = Said(ratings=said.ratings, unseen=frozenset(said.ratings), answers=said.answers)
    forms.save_form(by=company.viewer("ana"), form=form, said=said)
    assert sheet_of(form).done == sheet_of(form).of
    led = company.client("ana").get(reverse("reviews:form", args=[form.pk]))
    assert led.headers["Location"] == reverse("reviews:submission", args=[form.pk])


def test_a_form_that_asks_nothing_says_so(company):
    version = a_template(company, parts=[Part("competencies", "Behaviour", 100, answered_by=ALL)])
    cycle = open_cycle(company, version=version)
    (form,) = asked(company, cycle, "tomas", ["mei"])
    Item.objects.filter(review=form.review).delete()
    assert "Nothing is asked in this form" in page_of(company, "mei", "reviews:form", form.pk)


def test_a_form_names_its_readers_to_whoever_reads_it(company):
    cycle = open_cycle(company)
    (form,) = asked(company, cycle, "tomas", ["mei"])
    peer = page_of(company, "mei", "reviews:section", form.pk, 1)
    assert "is read by the manager, HR of the unit and calibrators, and by" in peer
    manager = form_of(cycle, company.tomas, "manager")
    written = page_of(company, "ana", "reviews:section", manager.pk, 1)
    assert "HR of the unit and calibrators read this once it is sent" in written
    own = submitted(company, cycle, "tomas", "self", 3)
    assert "your self review" in page_of(company, "tomas", "reviews:form", own.pk)
    assert "Read by your manager" in page_of(company, "tomas", "reviews:form", own.pk)
    for key in ("ana", "ingrid"):
        page = page_of(company, key, "reviews:form", own.pk)
        assert "self review" in page
        assert "your self review" not in page
        assert "Read by your manager" not in page
