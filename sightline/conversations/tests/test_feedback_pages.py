"""The pages of feedback: what they show, take and keep, and whom they tell."""

from __future__ import annotations

import json

import pytest

from sightline.conversations.actions.requests import decline
from sightline.conversations.models import (
    Feedback,
    FeedbackRequest,
    Reading,
)
from sightline.conversations.queries import evidence
from sightline.conversations.tests.reading import said_in, told
from sightline.foundation.jobs.testing import run_waiting_jobs
from sightline.foundation.notices.models import Notice
from sightline.people.actions.assignments import change_manager

pytestmark = pytest.mark.django_db

WORDS = {"situation": "On Tuesday", "behaviour": "You held it back", "impact": "No shop noticed"}


def test_readers_are_shown_before_feedback_is_sent_and_fixed_by_it(company, ana, tomas):
    address = f"/feedback/new/?about={company.tomas.pk}"
    page = said_in(company.client("mei").get(address))
    assert "Read by Tomás Silva alone" in page
    assert "Read by Tomás Silva and by Ana Ribeiro, the manager" in page
    assert "the manager" not in said_in(ana.get(address))
    answer = ana.post(address, {**WORDS, "kind": "guidance", "readers": "subject"})
    said = Feedback.objects.get()
    assert answer.url == f"/feedback/{said.pk}/"
    assert "Nobody has read this yet" in said_in(ana.get(answer.url))
    assert "You held it back" in said_in(tomas.get(answer.url))
    assert "Tomás Silva read this on" in said_in(ana.get(answer.url))


def test_praise_only_is_refused_beside_the_field_with_all_words_kept(company, ana):
    address = f"/feedback/new/?about={company.tomas.pk}"
    page = ana.post(address, {**WORDS, "kind": "guidance", "readers": "everyone"})
    assert page.status_code == 422
    assert "Only praise is given before others" in said_in(page)
    assert "You held it back" in said_in(page)


def test_feedback_about_a_goal_is_for_its_owner_and_says_so(company, ana, tomas, private_goal):
    address = f"/feedback/new/?about=goal:{private_goal.pk}"
    assert address in said_in(ana.get(f"/goals/{private_goal.pk}/"))
    assert address not in said_in(tomas.get(f"/goals/{private_goal.pk}/"))
    page = said_in(ana.get(address))
    assert "Feedback to Tomás Silva" in page
    assert "Imports that arrive" in page
    ana.post(address, {**WORDS, "kind": "praise", "readers": "subject"})
    said = Feedback.objects.get()
    assert (said.subject, said.topic) == (company.tomas, f"goal:{private_goal.pk}")
    assert f"/goals/{private_goal.pk}/" in said_in(tomas.get(f"/feedback/{said.pk}/"))
    asked = tomas.post(address, {"about": company.mei.pk})
    assert asked.url == f"/feedback/new/?about=goal%3A{private_goal.pk}&to={company.mei.pk}"
    assert "Feedback to Chen Mei" in said_in(tomas.get(asked.url))


def test_a_goal_is_named_only_to_those_who_see_it(company, ana, tomas, talks, private_goal, year):
    said = talks.said(kind="praise", readers="everyone", topic=f"goal:{private_goal.pk}")
    for address in (f"/feedback/{said.pk}/", "/feedback/?show=around", "/me/data/file/"):
        assert "Imports that arrive" not in said_in(company.client("yusuf").get(address)), address
    for address in (f"/feedback/{said.pk}/", "/feedback/", "/me/data/file/"):
        assert "Imports that arrive" in said_in(tomas.get(address)), address
    about = {
        key: evidence.feedback_about(company.viewer(key), company.tomas, year)[0].about
        for key in ("ana", "leo")
    }
    assert about == {"ana": "Imports that arrive", "leo": ""}


def test_feedback_about_what_is_not_there_is_not_found(ana):
    assert ana.get("/feedback/new/?about=goal:99").status_code == 404
    assert ana.get("/feedback/new/?about=99999").status_code == 404
    assert ana.get("/feedback/new/?request=99999").status_code == 404


def test_one_may_ask_for_whom_first(company, ana):
    answer = ana.post("/feedback/new/", {"about": company.tomas.pk})
    assert answer.url == f"/feedback/new/?about={company.tomas.pk}"


def test_new_words_leave_the_old_ones_to_be_read(company, ana, tomas, talks):
    said = talks.said()
    address = f"/feedback/{said.pk}/versions/"
    form = ana.get(address).context["form"]
    stands = {field.html_name: field.value() for field in form if field.is_hidden}
    answer = ana.post(address, {**WORDS, **{k: v or "" for k, v in stands.items()}})
    assert answer.status_code == 302
    page = said_in(tomas.get(f"/feedback/{said.pk}/"))
    assert "You held it back" in page
    assert "You held the file back" in page
    assert "As it was said on" in page
    assert Reading.objects.filter(reader=company.tomas).count() == 2


def new_to(company, key):
    """How many notices that ask somebody for feedback are new."""
    run_waiting_jobs()
    told = Notice.objects.filter(account=company.account(key), sentence__contains="asks you")
    return told.filter(read_at=None).count()


def test_asking_answering_and_declining(company, tomas, talks):
    sent = {"asked": company.mei.pk, "question": "What could be plainer?"}
    assert tomas.post("/feedback/requests/new/", sent).status_code == 302
    asked = FeedbackRequest.objects.get()
    mei = company.client("mei")
    assert new_to(company, "mei") == 1
    assert "What could be plainer?" in said_in(mei.get("/"))
    assert "What could be plainer?" in said_in(mei.get(f"/feedback/requests/{asked.pk}/"))
    address = f"/feedback/new/?request={asked.pk}"
    assert mei.post(address, {**WORDS, "kind": "both", "readers": "subject"}).status_code == 302
    assert Feedback.objects.get().answers == asked
    assert new_to(company, "mei") == 0
    again = talks.asked(by="tomas", of="kofi")
    kofi = company.client("kofi")
    assert new_to(company, "kofi") == 1
    answer = kofi.post(f"/feedback/requests/{again.pk}/decline/", {"reason": "On leave"})
    assert answer.status_code == 302
    assert new_to(company, "kofi") == 0
    assert "On leave" in said_in(tomas.get(f"/feedback/requests/{again.pk}/"))
    assert kofi.post(f"/feedback/requests/{again.pk}/decline/", {}).status_code == 422


def test_asking_about_a_report_says_that_the_person_can_read_it(company, ana):
    page = said_in(ana.get(f"/feedback/requests/new/?about={company.tomas.pk}"))
    assert "You ask about Tomás Silva" in page


def test_who_answers_knows_when_the_one_who_asks_reads_it(company, talks):
    asked = talks.asked(by="ana", of="mei", about="tomas")
    mei, address = company.client("mei"), f"/feedback/new/?request={asked.pk}"
    assert "Ana Ribeiro, who asks, reads your answer only if" in said_in(mei.get(address))
    change_manager(
        by=company.viewer("ingrid"), employee=company.tomas, manager=company.leo, on=company.today
    )
    assert "Ana Ribeiro, who asked, is not the manager today" in said_in(mei.get(address))
    about_himself = talks.asked(by="tomas", of="mei")
    page = said_in(mei.get(f"/feedback/new/?request={about_himself.pk}"))
    assert "reads your answer" not in page


@pytest.mark.parametrize("show", ["received", "given", "asked", "around", "nonsense"])
def test_every_list_has_words_for_when_it_is_empty(tomas, show):
    page = tomas.get(f"/feedback/?show={show}")
    assert page.status_code == 200
    assert "empty" in said_in(page)


def test_a_list_shows_no_words_before_they_are_opened(company, tomas, talks):
    said = talks.said()
    page = said_in(tomas.get("/feedback/"))
    assert "You held the file back" not in page
    assert "New" in page
    tomas.get(f"/feedback/{said.pk}/")
    assert "You held the file back" in said_in(tomas.get("/feedback/"))


def test_the_file_of_ones_own_data_counts_as_reading(company, tomas, talks):
    talks.said()
    known = json.loads(tomas.get("/me/data/file/").content)
    assert known["feedback received"][0]["versions"][0]["behaviour"] == "You held the file back"
    assert Reading.objects.get().reader == company.tomas


def test_feedback_and_requests_are_told_once_without_their_words(company, talks):
    talks.said()
    talks.asked(by="ana", of="mei", about="tomas")
    talks.asked(by="kofi", of="tomas")
    expected = {
        ("Tomás", "Ana Ribeiro gave you feedback."),
        ("Mei", "Ana Ribeiro asks you for feedback about Tomás Silva."),
        ("Tomás", "Kofi Owusu asks you for feedback."),
    }
    assert told() == expected
    assert told() == expected


def test_why_somebody_declined_is_read_by_the_two_of_the_request_alone(company, ana, tomas, talks):
    asked = talks.asked(by="ana", of="mei", about="tomas")
    decline(by=company.viewer("mei"), request=asked, reason="We hardly worked together")
    address = f"/feedback/requests/{asked.pk}/"
    assert "We hardly worked together" in said_in(ana.get(address))
    assert "We hardly worked together" in said_in(company.client("mei").get(address))
    page = said_in(tomas.get(address))
    assert "declined on" in page
    assert "We hardly worked together" not in page


def test_another_manager_than_the_one_shown_never_reads_what_was_sent(company):
    mei, address = company.client("mei"), f"/feedback/new/?about={company.tomas.pk}"
    stands = mei.get(address).context["form"]["stands"].value()
    change_manager(
        by=company.viewer("ingrid"), employee=company.tomas, manager=company.leo, on=company.today
    )
    sent = {**WORDS, "kind": "praise", "readers": "manager", "stands": stands}
    page = mei.post(address, sent)
    assert page.status_code == 422
    assert "Leo" in said_in(page)
    assert not Feedback.objects.exists()


@pytest.mark.parametrize("address", ["/around/", "/people/{}/lately/", "/feedback/?show=around"])
def test_a_third_reader_sees_words_only_once_they_count_as_read(company, ana, talks, address):
    said = talks.said(by="mei", readers="manager")
    address = address.format(company.tomas.pk)
    page = said_in(ana.get(address))
    assert "Chen Mei" in page
    assert "You held the file back" not in page
    ana.get(f"/feedback/{said.pk}/")
    assert "You held the file back" in said_in(ana.get(address))
