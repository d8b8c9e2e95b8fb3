"""Two who do the same at the same moment: one succeeds, the other is told why not."""

from __future__ import annotations

import pytest

from sightline.conversations.actions import agenda, meetings, requests, series


def settle(company, talks):
    point = talks.point(talks.begun())
    return lambda who: agenda.settle_point(by=company.viewer(who), point=point)


def complete(company, talks):
    action = talks.promised(talks.begun())
    return lambda who: agenda.complete(by=company.viewer(who), action=action)


def plan(company, talks):
    row = talks.begun()
    return lambda who: meetings.plan_meeting(
        by=company.viewer(who), series=row, meets_on=talks.today
    )


def begin(company, talks):
    partner = {"ana": company.tomas, "tomas": company.ana}
    return lambda who: series.open_series(
        by=company.viewer(who), partner=partner[who], purpose="One-to-one", cadence_days=14
    )


def answer(company, talks):
    asked = talks.asked()
    return lambda who: (
        talks.said(by="mei", answers=asked)
        if who == "ana"
        else requests.decline(by=company.viewer("mei"), request=asked)
    )


@pytest.mark.django_db(transaction=True)
def test_two_who_ask_each_other_at_once_are_both_heard(talks, at_once):
    acts = (lambda: talks.asked(by="ana", of="tomas"), lambda: talks.asked(by="tomas", of="ana"))
    assert at_once(*acts) == [True, True]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("made", [settle, complete, plan, begin, answer])
def test_of_two_at_once_one_succeeds_and_one_is_refused(company, talks, made, at_once):
    act = made(company, talks)
    assert sorted(at_once(lambda: act("ana"), lambda: act("tomas"))) == [False, True]
