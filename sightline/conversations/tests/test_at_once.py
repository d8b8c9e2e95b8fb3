"""Two who do the same at the same moment: one succeeds, the other is told why not."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, connections

from sightline.conversations.actions import agenda, meetings, requests, series
from sightline.foundation.core.errors import Refused


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
@pytest.mark.parametrize("made", [settle, complete, plan, begin, answer])
def test_of_two_at_once_one_succeeds_and_one_is_refused(company, talks, made):
    if connection.vendor == "sqlite":
        pytest.skip("this database lets one write at a time")
    act, together = made(company, talks), Barrier(2)

    def said(who: str) -> bool:
        try:
            together.wait(timeout=20)
            act(who)
        except Refused:
            return False
        finally:
            connections.close_all()
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(said, ("ana", "tomas"))) == [False, True]
