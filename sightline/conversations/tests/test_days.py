"""On which day a talk stands: that of its hour where the reader is, wherever it was planned."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from sightline.conversations.actions import meetings
from sightline.conversations.queries import evidence, waiting
from sightline.conversations.queries import talks as queries
from sightline.conversations.queries.talk_page import settling_meeting, talk_seen_by
from sightline.conversations.tests.reading import said_in
from sightline.foundation.core.dates import now
from sightline.foundation.core.open_ends import read_at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def zone(company):
    """Where Tomás is: it is another day there than here."""
    zones = map(ZoneInfo, ("Pacific/Kiritimati", "Pacific/Pago_Pago"))
    there = next(one for one in zones if now().astimezone(one).date() != company.today)
    for row in (company.tomas, company.account("tomas")):
        row.time_zone = there.key
        row.save()
    return there


@pytest.fixture
def meeting(company, talks):
    """A talk of this hour, planned here by Ana."""
    return meetings.plan_meeting(
        by=company.viewer("ana"), series=talks.begun(), meets_on=company.today, starts_at=now()
    )


def days_told(viewer):
    return [end.on for end in read_at_once(waiting.open_ends(viewer)) if end.what == "talk"]


def test_a_talk_of_this_hour_is_today_for_both_of_the_two(company, zone, meeting):
    ana, tomas = company.viewer("ana"), company.viewer("tomas")
    assert ana.today != tomas.today
    assert days_told(ana) == [ana.today]
    with timezone.override(zone):
        assert days_told(tomas) == [tomas.today]
        assert evidence.next_talk(tomas).next_on == tomas.today
        assert settling_meeting(tomas, meeting.series) == meeting


def test_a_talk_held_this_hour_is_no_silence_for_either_of_the_two(company, zone, meeting):
    tomas = company.viewer("tomas")
    with timezone.override(zone):
        meetings.hold_meeting(by=tomas, meeting=meeting)
        [seen] = queries.my_series(tomas)
        assert (seen.last_on, seen.silence_days) == (tomas.today, 0)
        assert settling_meeting(tomas, meeting.series) == meeting
        assert talk_seen_by(tomas, meeting.series_id).past[0].on == tomas.today
    assert queries.my_series(company.viewer("ana"))[0].last_on == company.today


def test_the_front_pages_of_the_two_tell_of_a_talk_today(company, zone, meeting):
    for key, partner in (("ana", "Tomás Silva"), ("tomas", "Ana Ribeiro")):
        home = said_in(company.client(key).get("/"))
        assert f"Talk with {partner}" in home
        assert "Did you talk?" not in home


def test_a_talk_without_an_hour_stands_on_its_day(company, zone, talks):
    row = talks.begun()
    talks.planned(row)
    with timezone.override(zone):
        assert queries.one_series(company.viewer("tomas"), row.pk).next_on == company.today
