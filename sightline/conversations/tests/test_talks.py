from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from sightline.conversations.actions import agenda, meetings, series
from sightline.conversations.models import Completion, Meeting, Series
from sightline.conversations.queries import talks as queries
from sightline.conversations.queries.talk_page import settling_meeting, talk_seen_by
from sightline.foundation.core.dates import now
from sightline.foundation.core.errors import Refused
from sightline.foundation.core.spans import FOREVER
from sightline.foundation.ledger.models import Record
from sightline.people.actions.leaves import take_leave

pytestmark = pytest.mark.django_db


def kinds():
    return list(Record.objects.order_by("pk").values_list("kind", flat=True))


def test_two_begin_to_talk_and_it_is_recorded(company, talks):
    row = talks.begun(purpose="  Coaching:  saying no ")
    assert {row.one, row.other} == {company.ana, company.tomas}
    assert row.one_id < row.other_id
    assert row.purpose == "Coaching: saying no"
    assert kinds()[-1] == "conversations.SeriesOpened"


def test_a_series_is_opened_once_for_a_purpose_whoever_asks(company, talks):
    talks.begun()
    with pytest.raises(Refused, match="already"):
        talks.begun(by="tomas", partner="ana")
    assert talks.begun(by="tomas", partner="ana", purpose="The guild talk")


def test_a_series_that_ended_can_be_begun_anew(company, talks):
    row = talks.begun()
    series.end_series(by=company.viewer("tomas"), series=row)
    again = talks.begun(days_ago=0)
    assert again.pk != row.pk


def test_nobody_talks_with_himself_or_with_who_has_left(company, talks):
    with pytest.raises(PermissionDenied, match="takes two"):
        talks.begun(partner="ana")
    with pytest.raises(PermissionDenied, match="does not work here"):
        talks.begun(partner="rui")
    with pytest.raises(PermissionDenied, match="people who work here"):
        talks.begun(by="samuel")


@pytest.mark.parametrize("cadence", [0, 367])
def test_a_cadence_is_1_to_366_days(company, talks, cadence):
    with pytest.raises(Refused, match="1 to 366"):
        talks.begun(cadence=cadence)


def test_both_may_change_the_rhythm_and_nobody_else(company, talks):
    row = talks.begun()
    series.change_cadence(by=company.viewer("tomas"), series=row, cadence_days=7)
    assert Series.objects.get().cadence_days == 7
    for key in ("leo", "ingrid", "nkechi", "mei"):
        with pytest.raises(PermissionDenied, match="Only the two"):
            series.change_cadence(by=company.viewer(key), series=row, cadence_days=30)


def test_ending_skips_what_is_planned_and_closes_the_series(company, talks):
    row = talks.begun()
    talks.planned(row)
    series.end_series(by=company.viewer("ana"), series=row)
    assert Meeting.objects.get().stage == Meeting.Stage.SKIPPED
    assert kinds()[-2:] == ["conversations.MeetingSkipped", "conversations.SeriesEnded"]
    with pytest.raises(PermissionDenied, match="has ended"):
        talks.point(Series.objects.get())


def test_a_talk_at_which_points_were_settled_took_place_when_its_series_ends(company, talks):
    row = talks.begun()
    meeting, point = talks.planned(row), talks.point(row)
    agenda.settle_point(by=company.viewer("ana"), point=point, meeting=meeting)
    series.end_series(by=company.viewer("ana"), series=row)
    assert Meeting.objects.get().stage == Meeting.Stage.HELD
    assert kinds()[-2:] == ["conversations.MeetingHeld", "conversations.SeriesEnded"]


def test_a_page_that_is_older_changes_nothing_else(company, talks):
    row = talks.begun()
    meeting = talks.planned(row)
    older = Meeting.objects.select_related("series").get()
    earlier = company.calendar.days(-1)
    meetings.move_meeting(by=company.viewer("tomas"), meeting=meeting, meets_on=earlier)
    meetings.hold_meeting(by=company.viewer("ana"), meeting=older)
    assert Meeting.objects.get().meets_on == earlier
    series.end_series(by=company.viewer("ana"), series=row)
    with pytest.raises(PermissionDenied, match="has ended"):
        series.change_cadence(by=company.viewer("tomas"), series=row, cadence_days=7)
    assert Series.objects.get().until_on < FOREVER


def test_a_series_begun_today_can_be_ended_today(company, talks):
    row = talks.begun(days_ago=0)
    series.end_series(by=company.viewer("ana"), series=row)
    assert Series.objects.get().until_on == talks.today + timedelta(days=1)


def test_one_talk_is_planned_at_a_time(company, talks):
    row = talks.begun()
    talks.planned(row)
    with pytest.raises(Refused, match="move that one"):
        talks.planned(row, by="tomas")


def test_no_talk_is_planned_in_a_series_that_has_ended_meanwhile(company, talks):
    talks.begun()
    older = Series.objects.get()
    series.end_series(by=company.viewer("ana"), series=Series.objects.get())
    with pytest.raises(PermissionDenied, match="has ended"):
        talks.planned(older, by="tomas")
    assert not Meeting.objects.exists()


def test_no_talk_lies_before_the_series(company, talks):
    row = talks.begun(days_ago=5)
    with pytest.raises(Refused, match="began on"):
        talks.planned(row, days_ago=6)
    meeting = talks.planned(row)
    with pytest.raises(Refused, match="began on"):
        meetings.move_meeting(
            by=company.viewer("ana"), meeting=meeting, meets_on=company.calendar.days(-6)
        )


def test_a_planned_talk_moves_and_one_that_is_over_does_not(company, talks):
    meeting = talks.planned(talks.begun())
    later = company.calendar.days(3)
    meetings.move_meeting(by=company.viewer("tomas"), meeting=meeting, meets_on=later)
    meeting.refresh_from_db()
    assert meeting.meets_on == later
    meetings.skip_meeting(by=company.viewer("ana"), meeting=meeting)
    with pytest.raises(Refused, match="is over"):
        meetings.move_meeting(by=company.viewer("ana"), meeting=meeting, meets_on=talks.today)


def test_a_talk_is_held_when_its_day_has_come_and_only_once(company, talks):
    row = talks.begun()
    meeting = talks.planned(row, days_ago=-2)
    with pytest.raises(Refused, match="lies ahead"):
        meetings.hold_meeting(by=company.viewer("ana"), meeting=meeting)
    meetings.move_meeting(by=company.viewer("ana"), meeting=meeting, meets_on=talks.today)
    meeting.refresh_from_db()
    meetings.hold_meeting(by=company.viewer("ana"), meeting=meeting)
    with pytest.raises(Refused, match="over already"):
        meetings.hold_meeting(by=company.viewer("tomas"), meeting=meeting)
    with pytest.raises(Refused, match="over already"):
        meetings.skip_meeting(by=company.viewer("tomas"), meeting=meeting)


def test_a_talk_at_which_points_were_settled_took_place(company, talks):
    row = talks.begun()
    meeting, point = talks.planned(row), talks.point(row)
    agenda.settle_point(by=company.viewer("ana"), point=point, meeting=meeting)
    with pytest.raises(Refused, match="so it took place"):
        meetings.skip_meeting(by=company.viewer("ana"), meeting=meeting)


def test_a_point_is_settled_once_and_at_a_talk_of_its_own_series(company, talks):
    row, other = talks.begun(), talks.begun(partner="mei")
    point, elsewhere = talks.point(row), talks.planned(other)
    with pytest.raises(Refused, match="another series"):
        agenda.settle_point(by=company.viewer("ana"), point=point, meeting=elsewhere)
    agenda.settle_point(by=company.viewer("tomas"), point=point)
    with pytest.raises(Refused, match="settled already"):
        agenda.settle_point(by=company.viewer("ana"), point=point)


def test_a_point_settled_by_mistake_is_put_back_while_the_day_lasts(company, talks):
    row = talks.begun()
    point, older = talks.point(row), talks.point(row, "Said on the stairs")
    ana, tomas = company.viewer("ana"), company.viewer("tomas")
    with pytest.raises(Refused, match="stands on the agenda"):
        agenda.put_back_point(by=tomas, point=point)
    agenda.settle_point(by=ana, point=point, meeting=talks.planned(row))
    agenda.settle_point(by=ana, point=older, at=now() - timedelta(days=1))
    assert talk_seen_by(tomas, row.pk).settled == [point]
    with pytest.raises(PermissionDenied, match="Only the two"):
        agenda.put_back_point(by=company.viewer("leo"), point=point)
    agenda.put_back_point(by=tomas, point=point)
    assert [one.point for one in talk_seen_by(ana, row.pk).points] == [point]
    assert kinds()[-1] == "conversations.PointPutBack"
    with pytest.raises(Refused, match="earlier day"):
        agenda.put_back_point(by=tomas, point=older)


def test_one_of_the_two_promises_and_it_is_done_once(company, talks):
    row = talks.begun()
    with pytest.raises(Refused, match="One of the two"):
        talks.promised(row, who="mei")
    action = talks.promised(row, who="tomas")
    agenda.complete(by=company.viewer("ana"), action=action)
    with pytest.raises(Refused, match="done already"):
        agenda.complete(by=company.viewer("tomas"), action=action)
    assert Completion.objects.get().by == company.ana


def test_a_promise_can_be_kept_after_the_series_has_ended(company, talks):
    row = talks.begun()
    action = talks.promised(row)
    series.end_series(by=company.viewer("ana"), series=row)
    agenda.complete(by=company.viewer("ana"), action=action)
    with pytest.raises(PermissionDenied, match="Only the two"):
        agenda.complete(by=company.viewer("leo"), action=action)


def test_points_and_promises_carry_over_until_settled_and_done(company, talks):
    row = talks.begun()
    raised_at = now() - timedelta(days=31)
    point = talks.point(row, at=raised_at)
    action = talks.promised(row, at=raised_at)
    for days_ago in (30, 16, 2):
        talks.held(row, days_ago=days_ago)
    seen = talk_seen_by(company.viewer("tomas"), row.pk)
    assert [(one.point, one.carried) for one in seen.points] == [(point, 3)]
    assert [(one.action, one.carried) for one in seen.promises] == [(action, 3)]
    agenda.settle_point(by=company.viewer("ana"), point=point)
    agenda.complete(by=company.viewer("ana"), action=action)
    seen = talk_seen_by(company.viewer("tomas"), row.pk)
    assert seen.points == []
    assert seen.promises[0].done_at is not None


def test_what_is_late_comes_before_what_is_not_and_done_comes_last(company, talks):
    row = talks.begun()
    done = talks.promised(row, "Done")
    talks.promised(row, "Later", due=5)
    talks.promised(row, "Late", due=-3)
    talks.promised(row, "Without a day")
    agenda.complete(by=company.viewer("ana"), action=done)
    told = talk_seen_by(company.viewer("ana"), row.pk).promises
    assert [one.action.text for one in told] == ["Late", "Later", "Without a day", "Done"]
    assert [one.is_overdue for one in told] == [True, False, False, False]


def test_the_longest_silence_stands_first_and_leave_pauses(company, talks):
    talks.held(talks.begun(partner="cida"), days_ago=3)
    talks.begun(partner="tomas", days_ago=40)
    talks.begun(partner="joao", days_ago=50)
    take_leave(
        by=company.viewer("ingrid"),
        employee=company.mei,
        kind="Care",
        from_on=talks.today,
    )
    talks.begun(partner="mei", days_ago=50)
    told = [(one.partner, str(one.rhythm)) for one in queries.my_series(company.viewer("ana"))]
    assert told[0] == (company.tomas, "quiet")
    assert told[1] == (company.cida, "on rhythm")
    assert set(told[2:]) == {(company.joao, "paused"), (company.mei, "paused")}


def test_a_point_is_settled_at_the_planned_talk_once_its_day_has_come(company, talks):
    row, viewer = talks.begun(), company.viewer("ana")
    meeting = talks.planned(row, days_ago=-1)
    assert settling_meeting(viewer, row) is None
    meetings.move_meeting(by=viewer, meeting=meeting, meets_on=talks.today)
    assert settling_meeting(viewer, row) == meeting
