"""The queries that reviews, insight and the front page rely on; see the README of the app."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from sightline.conversations.actions import past
from sightline.conversations.actions.feedback import Words, note_readings, revise_feedback
from sightline.conversations.models import Feedback, Meeting, Reading, Series
from sightline.conversations.queries import evidence
from sightline.conversations.queries.units import rhythm_by_unit
from sightline.conversations.rules import Rhythm
from sightline.conversations.tests.conftest import WORDS
from sightline.foundation.core.dates import now
from sightline.foundation.core.errors import Refused
from sightline.foundation.core.spans import FOREVER, Span

pytestmark = pytest.mark.django_db


def test_evidence_is_what_the_viewer_may_read_of_a_person(company, talks, year):
    for_manager = talks.said(by="mei", readers="manager")
    for_both = talks.said(by="mei", readers="subject")
    about_tomas = {
        key: {
            one.feedback.pk
            for one in evidence.feedback_about(company.viewer(key), company.tomas, year)
        }
        for key in ("ana", "tomas", "leo", "ingrid")
    }
    assert about_tomas == {
        "ana": {for_manager.pk},
        "tomas": {for_manager.pk, for_both.pk},
        "leo": set(),
        "ingrid": set(),
    }


def test_evidence_stays_within_its_days_and_speaks_in_the_words_of_today(company, talks, year):
    talks.said(by="mei", readers="manager", at=now() - timedelta(days=400))
    said = talks.said(by="mei", readers="manager")
    revise_feedback(by=company.viewer("mei"), feedback=said, words=Words("Then", "That", "So"))
    (found,) = evidence.feedback_about(company.viewer("ana"), company.tomas, year)
    assert (found.situation, found.behaviour, found.impact) == ("Then", "That", "So")


def test_what_was_said_lately_is_of_others_and_not_old(company, talks):
    talks.said(by="tomas", to="mei")
    talks.said(by="mei", to="tomas", at=now() - timedelta(days=90))
    said = talks.said(by="mei", to="tomas")
    shown = evidence.said_lately(company.viewer("tomas"))
    assert shown == [said]
    assert not shown[0].is_read


def test_the_next_talk_is_the_nearest_that_lies_ahead(company, talks):
    viewer = company.viewer("ana")
    assert evidence.next_talk(viewer) is None
    talks.planned(talks.begun(partner="mei"), days_ago=-5)
    nearest = talks.begun(partner="tomas")
    talks.planned(nearest, days_ago=-2)
    talks.planned(talks.begun(partner="cida"), days_ago=2)
    assert evidence.next_talk(viewer).series == nearest


def test_the_rhythm_of_a_unit_counts_each_report_once(company, talks):
    talks.held(talks.begun(partner="tomas"), days_ago=3)
    talks.begun(partner="tomas", purpose="Guild talk", days_ago=200)
    talks.begun(partner="mei", days_ago=40)
    talks.begun(partner="joao", days_ago=40)
    unit = rhythm_by_unit(company.viewer("nkechi"))[company.units["PLAT"].pk]
    assert unit.stands == {Rhythm.ON_RHYTHM: 1, Rhythm.QUIET: 1, Rhythm.PAUSED: 1}
    assert unit.people == 7
    assert unit.without_talks == 4
    assert unit.kept_percent == 17


def test_a_talk_of_today_keeps_the_rhythm_of_a_series_that_ran_long(company, talks):
    row = talks.begun(days_ago=200)
    before = rhythm_by_unit(company.viewer("nkechi"))[company.units["PLAT"].pk]
    talks.held(row, days_ago=0)
    after = rhythm_by_unit(company.viewer("nkechi"))[company.units["PLAT"].pk]
    assert (before.stands, after.stands) == ({Rhythm.QUIET: 1}, {Rhythm.ON_RHYTHM: 1})


def series_of_the_past(company, **more):
    at = timezone.now() - timedelta(days=20)
    return past.PastSeries(
        pair=(company.tomas, company.ana),
        purpose="One-to-one",
        cadence_days=14,
        span=Span(company.calendar.days(-100), FOREVER),
        meetings=[(at - timedelta(days=14), False), (at, True)],
        next_at=timezone.now() + timedelta(days=2),
        points=[past.PastPoint("Settled", company.ana, at - timedelta(days=1), 1)],
        promises=[past.PastPromise("Ask", company.tomas, at, None, at + timedelta(days=1))],
        **more,
    )


def test_talks_of_the_past_come_in_with_all_that_hangs_on_them(company):
    hr = company.viewer("ingrid")
    assert past.bring_in_talks(by=hr, series=[series_of_the_past(company)]) == 1
    row = Series.objects.get()
    assert row.one_id < row.other_id
    assert set(row.meetings.values_list("stage", flat=True)) == {"held", "skipped", "planned"}
    assert row.points.get().settlement.meeting.stage == Meeting.Stage.HELD
    assert row.actions.get().completion.by == company.tomas


def feedback_of_the_past(company, **more):
    given = {"kind": "praise", "readers": "manager", "given_at": now() - timedelta(days=90)}
    return past.PastFeedback(
        author=company.rui, subject=company.tomas, words=WORDS, **{**given, **more}
    )


def test_feedback_of_the_past_keeps_its_readers(company, talks):
    read_at = now() - timedelta(days=80)
    given = feedback_of_the_past(company, manager_id=company.ana.pk, read_at=read_at)
    past.bring_in_feedback(by=company.viewer("ingrid"), given=[given])
    assert talks.readers_of(Feedback.objects.get()) == {"tomas", "ana"}
    assert Reading.objects.get().reader == company.tomas


def test_feedback_of_the_past_follows_the_same_rules(company):
    given = feedback_of_the_past(company, kind="guidance", readers="everyone")
    with pytest.raises(Refused, match="only praise"):
        past.bring_in_feedback(by=company.viewer("ingrid"), given=[given])


def test_only_hr_administrators_bring_in_and_they_cannot_read_it(company):
    for key in ("ana", "fatima", "nkechi", "ruth"):
        with pytest.raises(PermissionDenied, match="HR administrators"):
            past.bring_in_talks(by=company.viewer(key), series=[series_of_the_past(company)])
        with pytest.raises(PermissionDenied, match="HR administrators"):
            past.bring_in_feedback(by=company.viewer(key), given=[feedback_of_the_past(company)])


def test_praise_of_a_leaver_is_for_those_who_still_know_of_him(company, talks, year):
    given = feedback_of_the_past(company, readers="everyone")
    past.bring_in_feedback(by=company.viewer("ingrid"), given=[given])
    assert talks.readers_of(Feedback.objects.get()) == {
        *("tomas", "ana", "leo", "nkechi", "ingrid", "fatima")
    }
    note_readings(by=company.viewer("leo"), feedback=[Feedback.objects.get()])
