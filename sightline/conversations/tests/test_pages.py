"""The pages of talks: what they show, take and keep."""

from __future__ import annotations

import json
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from sightline.conversations.actions.agenda import settle_point
from sightline.conversations.actions.meetings import plan_meeting
from sightline.conversations.actions.notes import keep_note
from sightline.conversations.actions.telling import tell_of_due_actions
from sightline.conversations.models import (
    Action,
    AgendaPoint,
    Meeting,
    PrivateNote,
    Series,
)
from sightline.conversations.queries import evidence
from sightline.conversations.queries.talks import my_series
from sightline.conversations.tests.reading import said_in, told
from sightline.foundation.core.dates import now
from sightline.foundation.drafts.actions import Typed, save_draft
from sightline.foundation.drafts.models import Draft
from sightline.foundation.drafts.rules import Mark
from sightline.foundation.ui import words
from sightline.people.actions.employments import end_employment

pytestmark = pytest.mark.django_db


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
    assert "Put back" in page
    assert "done on" in page
    assert "settled already" in said_in(
        tomas.post(f"/points/{AgendaPoint.objects.get().pk}/settlement/", follow=True)
    )
    assert "done already" in said_in(
        tomas.post(f"/promises/{Action.objects.get().pk}/completion/", follow=True)
    )
    back = f"/points/{AgendaPoint.objects.get().pk}/putting-back/"
    assert "Back on the agenda" in said_in(ana.post(back, follow=True))
    assert "stands on the agenda" in said_in(tomas.post(back, follow=True))


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


def test_notes_typed_for_a_talk_are_found_when_it_is_skipped(company, ana, talks):
    row = talks.begun()
    empty = talks.planned(row, days_ago=2)
    ana.post(f"/meetings/{empty.pk}/skipping/")
    meeting = talks.planned(row)
    typed_notes(company, meeting, "Typed before the talk")
    ana.post(f"/meetings/{meeting.pk}/skipping/")
    page = said_in(ana.get(f"/talks/{row.pk}/"))
    assert "You typed notes and have not kept them" in page
    assert f"/meetings/{empty.pk}/note/" not in page
    ana.post(f"/meetings/{meeting.pk}/note/", {"text": "To be kept"})
    assert f"/meetings/{meeting.pk}/note/" in said_in(ana.get(f"/talks/{row.pk}/"))


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
    assert ana.get(f"/meetings/{second.pk}/day/").url == f"/talks/{row.pk}/"
    assert "This talk is over" in said_in(ana.get(f"/talks/{row.pk}/"))
    assert ana.post(f"/talks/{row.pk}/end/").status_code == 302
    assert "Talk regularly" in said_in(ana.get("/talks/"))


def test_what_waits_stands_on_the_front_page(company, ana, talks):
    row = talks.begun()
    talks.planned(row)
    talks.promised(row, "Ask Finance", due=-2)
    page = said_in(ana.get("/"))
    assert "Talk with Tomás Silva" in page
    assert "Ask Finance" in page


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
