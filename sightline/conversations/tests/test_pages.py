import json
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from sightline.conversations.actions.agenda import settle_point
from sightline.conversations.actions.meetings import plan_meeting
from sightline.conversations.actions.notes import keep_note
from sightline.conversations.actions.requests import decline
from sightline.conversations.actions.telling import tell_of_due_actions
from sightline.conversations.models import (
    Action,
    AgendaPoint,
    Feedback,
    FeedbackRequest,
    Meeting,
    PrivateNote,
    Reading,
    Series,
)
from sightline.conversations.queries import evidence
from sightline.conversations.queries.talks import my_series
from sightline.foundation.core.dates import now
from sightline.foundation.drafts.actions import Typed, save_draft
from sightline.foundation.drafts.models import Draft
from sightline.foundation.drafts.rules import Mark
from sightline.foundation.jobs.testing import run_waiting_jobs
from sightline.foundation.notices.models import Notice
from sightline.foundation.ui import words
from sightline.people.actions.assignments import change_manager
from sightline.people.actions.employments import end_employment

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(company):
    return company.client("ana")


@pytest.fixture
def tomas(company):
    return company.client("tomas")


def said_in(page):
    return " ".join(page.content.decode().split())


def test_a_series_is_begun_planned_held_and_goes_on(company, ana):
    sent = {"partner": company.tomas.pk, "purpose": "One-to-one", "cadence_days": 14}
    assert ana.post("/talks/new/", sent).status_code == 302
    row = Series.objects.get()
    day = company.today.isoformat()
    assert ana.post(f"/talks/{row.pk}/meetings/", {"meets_on": day, "time": "15:00"}).url == (
        f"/talks/{row.pk}/"
    )
    meeting = Meeting.objects.get()
    page = said_in(ana.get(f"/talks/{row.pk}/"))
    assert "We have talked" in page
    assert ana.post(f"/meetings/{meeting.pk}/holding/").url == f"/talks/{row.pk}/meetings/"
    assert "Plan the next talk" in said_in(ana.get(f"/talks/{row.pk}/"))


def test_who_talks_already_is_led_to_the_talk(company, ana, talks):
    row = talks.begun()
    assert ana.get(f"/talks/new/?with={company.tomas.pk}").url == f"/talks/{row.pk}/"
    assert ana.get(f"/talks/new/?with={company.mei.pk}").status_code == 200
    assert ana.get("/talks/new/?with=nobody").status_code == 404


def test_points_and_promises_are_added_and_taken_off(company, ana, tomas, talks):
    row = talks.begun()
    address = f"/talks/{row.pk}/"
    ana.post(f"{address}points/", {"text": "Who takes the vendor contact?"})
    tomas.post(f"{address}promises/", {"text": "Ask Finance", "who": company.tomas.pk})
    page = said_in(tomas.get(address))
    assert "Who takes the vendor contact?" in page
    assert "Ask Finance" in page
    tomas.post(f"/points/{AgendaPoint.objects.get().pk}/settlement/")
    ana.post(f"/promises/{Action.objects.get().pk}/completion/")
    page = said_in(ana.get(address))
    assert "The agenda is empty" in page
    assert "done on" in page
    assert "settled already" in said_in(
        tomas.post(f"/points/{AgendaPoint.objects.get().pk}/settlement/", follow=True)
    )
    assert "done already" in said_in(
        tomas.post(f"/promises/{Action.objects.get().pk}/completion/", follow=True)
    )


def test_what_was_refused_keeps_what_was_typed(company, ana, talks):
    row = talks.begun()
    too_long = "x" * 501
    page = ana.post(f"/talks/{row.pk}/points/", {"text": too_long})
    assert page.status_code == 422
    assert too_long in page.content.decode()
    page = ana.post(f"/talks/{row.pk}/promises/", {"text": "Ask", "who": company.mei.pk})
    assert page.status_code == 422


def test_private_notes_reach_no_page_of_anybody_else(company, ana, talks):
    row = talks.begun()
    meeting = talks.held(row, days_ago=1)
    secret = "Wants to become a lead, not yet said"
    assert ana.post(f"/meetings/{meeting.pk}/note/", {"text": secret}).status_code == 302
    assert secret in said_in(ana.get(f"/talks/{row.pk}/"))
    assert secret in said_in(ana.get("/me/data/file/"))
    for key in ("tomas", "leo", "nkechi", "ingrid", "fatima", "ruth", "samuel"):
        client = company.client(key)
        for address in (
            f"/talks/{row.pk}/",
            "/talks/",
            "/talks/rhythms/",
            "/",
            "/me/data/file/",
            f"/people/{company.ana.pk}/records/",
            "/ledger/",
            f"/search/?q={secret}",
        ):
            page = client.get(address)
            body = page.content.decode().replace(f'value="{secret}"', "").replace(f"“{secret}”", "")
            assert secret not in body, (key, address)
        assert client.post(f"/meetings/{meeting.pk}/note/", {"text": "x"}).status_code in (302, 404)
    assert PrivateNote.objects.filter(author=company.ana).get().text == secret


def test_the_notes_page_says_who_reads_them(company, ana, talks):
    row = talks.begun()
    talks.planned(row)
    assert "not HR, not an administrator" in said_in(ana.get(f"/talks/{row.pk}/"))


def test_what_is_typed_into_notes_comes_back_until_it_is_kept(company, ana, talks):
    row = talks.begun()
    meeting = talks.planned(row)
    key = f"meeting:{meeting.pk}:note"
    ana.put(
        f"/drafts/{key}/",
        json.dumps(
            {
                "account": company.account("ana").pk,
                "page": "p1",
                "turn": 1,
                "version": 0,
                "fields": {"text": ["Half a sentence"]},
            }
        ),
        content_type="application/json",
    )
    assert "Half a sentence" in said_in(ana.get(f"/talks/{row.pk}/"))
    ana.post(f"/meetings/{meeting.pk}/note/", {"text": "A whole sentence"})
    assert "Half" not in str(Draft.objects.get(key=key).fields)
    assert "Half a sentence" not in said_in(ana.get(f"/talks/{row.pk}/"))


def typed_notes(company, meeting, text):
    """What Ana types into her notes and does not keep."""
    typed = Typed({"text": [text]}, Mark(0, "p", 1))
    save_draft(by=company.account("ana"), key=f"meeting:{meeting.pk}:note", typed=typed)


def test_notes_typed_during_a_talk_are_found_when_the_next_one_is_planned(company, ana, talks):
    row = talks.begun()
    meeting = talks.planned(row)
    typed_notes(company, meeting, "Typed during the talk")
    ana.post(f"/meetings/{meeting.pk}/holding/")
    talks.planned(row, days_ago=-14)
    page = said_in(ana.get(f"/talks/{row.pk}/"))
    assert "You typed notes and have not kept them" in page
    assert f"/meetings/{meeting.pk}/note/" in page
    assert "Typed during the talk" in said_in(ana.get(f"/meetings/{meeting.pk}/note/"))


def test_a_second_page_does_not_overwrite_notes_unseen(company, ana, talks):
    row = talks.begun()
    meeting = talks.planned(row)
    stands = ana.get(f"/talks/{row.pk}/").context["note_form"]["stands"].value()
    address = f"/meetings/{meeting.pk}/note/"
    assert ana.post(address, {"text": "First", "stands": stands}).status_code == 302
    page = ana.post(address, {"text": "Second", "stands": stands})
    assert page.status_code == 422
    assert "Second" in said_in(page)
    assert PrivateNote.objects.get().text == "First"
    stands = page.context["form"]["stands"].value()
    assert ana.post(address, {"text": "Second", "stands": stands}).status_code == 302


def test_notes_that_were_refused_stay_with_their_own_talk(ana, talks):
    row = talks.begun()
    older = talks.held(row, days_ago=3)
    talks.planned(row)
    page = ana.post(f"/meetings/{older.pk}/note/", {"text": "x" * 20_001})
    assert page.status_code == 422
    assert page.context["draft_key"] == f"meeting:{older.pk}:note"
    assert "action=" not in said_in(page).split('<form class="narrow', 1)[1].split(">", 1)[0]


def test_all_talks_are_told_page_by_page(company, ana, talks):
    row = talks.begun(days_ago=100)
    point = talks.point(row, at=now() - timedelta(days=100))
    for days_ago in range(40, 0, -1):
        talks.held(row, days_ago=days_ago)
    said = talks.point(row, "Said on the stairs")
    settle_point(by=company.viewer("ana"), point=said, at=now() - timedelta(days=20))
    talks.planned(row)
    told, stairs, earlier = set(), 0, "none"
    while earlier:
        page = ana.get(f"/talks/{row.pk}/?after={earlier}")
        told |= {one.meeting for one in page.context["talk"].past if one.meeting}
        stairs += said_in(page).count("Said on the stairs")
        earlier = page.context["talk"].earlier
    assert len(told) == 40
    assert stairs == 1
    assert page.context["talk"].planned
    assert [(one.point, one.carried) for one in page.context["talk"].points] == [(point, 40)]


def test_a_talk_stands_on_the_day_of_who_reads(company, talks):
    row = talks.begun()
    account = company.account("tomas")
    account.time_zone = "Asia/Tokyo"
    account.save()
    day = company.calendar.days(3)
    at = datetime.combine(day, time(17), tzinfo=ZoneInfo("America/New_York"))
    meeting = plan_meeting(by=company.viewer("ana"), series=row, meets_on=day, starts_at=at)
    tomas = company.client("tomas")
    heading = said_in(tomas.get(f"/talks/{row.pk}/")).split("<h1>")[1].split("</h1>")[0]
    assert words.day(day + timedelta(days=1), "near") in heading
    drawn = tomas.get(f"/meetings/{meeting.pk}/day/").context["form"].initial
    tomas.post(f"/meetings/{meeting.pk}/day/", drawn)
    meeting.refresh_from_db()
    assert meeting.starts_at == at


def test_a_talk_with_a_leaver_waits_for_nobody(company, ana, talks):
    row = talks.begun()
    talks.planned(row)
    talks.point(row)
    promised = talks.promised(row, due=0)
    end_employment(
        by=company.viewer("ingrid"), employee=company.tomas, on=company.today, reason="resigned"
    )
    home = said_in(ana.get("/"))
    assert "Talk with Tomás Silva" not in home
    assert "Ask Finance" in home
    assert evidence.next_talk(company.viewer("ana")) is None
    assert "We have talked" not in said_in(ana.get(f"/talks/{row.pk}/"))
    assert my_series(company.viewer("ana"))[0].open_points == 0
    assert ana.post(f"/promises/{promised.pk}/completion/").status_code == 302
    assert my_series(company.viewer("ana"))[0].open_actions == 0


def test_a_talk_is_moved_skipped_and_the_series_ended(company, ana, talks):
    row = talks.begun()
    meeting = talks.planned(row)
    later = company.calendar.days(2).isoformat()
    stands = ana.get(f"/meetings/{meeting.pk}/day/").context["form"].initial
    assert stands["meets_on"] == company.today
    assert ana.post(f"/meetings/{meeting.pk}/holding/").status_code == 302
    row = talks.begun(purpose="Second")
    second = talks.planned(row, days_ago=-1)
    assert "lies ahead" in said_in(ana.post(f"/meetings/{second.pk}/holding/", follow=True))
    assert ana.post(f"/meetings/{second.pk}/day/", {"meets_on": later}).status_code in (302, 422)
    assert ana.post(f"/meetings/{second.pk}/skipping/").status_code == 302
    assert "over already" in said_in(ana.post(f"/meetings/{second.pk}/skipping/", follow=True))
    assert ana.post(f"/talks/{row.pk}/end/").status_code == 302
    assert "Talk regularly" in said_in(ana.get("/talks/"))


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


def test_asking_answering_and_declining(company, tomas, talks):
    sent = {"asked": company.mei.pk, "question": "What could be plainer?"}
    assert tomas.post("/feedback/requests/new/", sent).status_code == 302
    asked = FeedbackRequest.objects.get()
    mei = company.client("mei")
    assert "What could be plainer?" in said_in(mei.get("/"))
    assert "What could be plainer?" in said_in(mei.get(f"/feedback/requests/{asked.pk}/"))
    address = f"/feedback/new/?request={asked.pk}"
    assert mei.post(address, {**WORDS, "kind": "both", "readers": "subject"}).status_code == 302
    assert Feedback.objects.get().answers == asked
    again = talks.asked(by="tomas", of="kofi")
    kofi = company.client("kofi")
    answer = kofi.post(f"/feedback/requests/{again.pk}/decline/", {"reason": "On leave"})
    assert answer.status_code == 302
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


def test_what_waits_stands_on_the_front_page(company, ana, talks):
    row = talks.begun()
    talks.planned(row)
    talks.promised(row, "Ask Finance", due=-2)
    page = said_in(ana.get("/"))
    assert "Talk with Tomás Silva" in page
    assert "Ask Finance" in page


def test_the_file_of_ones_own_data_counts_as_reading(company, tomas, talks):
    talks.said()
    known = json.loads(tomas.get("/me/data/file/").content)
    assert known["feedback received"][0]["versions"][0]["behaviour"] == "You held the file back"
    assert Reading.objects.get().reader == company.tomas


def test_the_file_holds_talks_points_and_promises_and_no_notes_of_the_other(company, tomas, talks):
    row = talks.begun()
    meeting = talks.held(row, days_ago=1)
    talks.point(row)
    talks.promised(row)
    talks.asked()
    keep_note(by=company.viewer("ana"), meeting=meeting, text="Of Ana alone")
    keep_note(by=company.viewer("tomas"), meeting=meeting, text="Of Tomás")
    text = tomas.get("/me/data/file/").content.decode()
    known = json.loads(text)
    assert known["own notes"][0]["text"] == "Of Tomás"
    assert "Of Ana alone" not in text
    for section in ("talks", "meetings", "agenda points", "promised", "feedback asked for"):
        assert known[section], section


def test_the_ledger_holds_no_word_of_what_was_said(company, talks):
    row = talks.begun()
    talks.point(row, "A point that is theirs")
    talks.promised(row, "A promise that is theirs")
    talks.said()
    page = company.client("ingrid").get(f"/people/{company.tomas.pk}/records/")
    body = page.content.decode()
    assert "feedback was given" in body
    for theirs in ("point that is theirs", "promise that is theirs", "held the file back"):
        assert theirs not in body


def told():
    run_waiting_jobs()
    kinds = Notice.objects.filter(kind__startswith="conversations.")
    return {(one.account.employee.first_name, one.sentence) for one in kinds}


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


def test_history_that_is_entered_later_is_no_news(company, talks):
    talks.said(at=now() - timedelta(days=30))
    assert told() == set()


def test_who_promised_is_told_on_the_day(company, talks):
    row = talks.begun()
    talks.promised(row, due=0)
    talks.promised(row, due=3)
    assert tell_of_due_actions() == 1
    assert tell_of_due_actions() == 0
    assert told() == {("Ana", "Something you promised in a talk is due.")}


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
