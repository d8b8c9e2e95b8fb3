"""What waits for somebody: each thing once, on the day that it has for the reader."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from sightline.conversations.actions.meetings import hold_meeting, plan_meeting
from sightline.conversations.actions.series import open_series
from sightline.decisions.queries.decisions import newest_proposal
from sightline.decisions.tests import cases
from sightline.foundation.core.open_ends import compose
from sightline.goals.models import Goal
from sightline.goals.queries.goals import goals_at_hand
from sightline.goals.tests.making import a_period, proposed
from sightline.people.actions.assignments import change_share
from sightline.people.actions.leaves import take_leave
from sightline.people.models import Responsibility
from sightline.people.queries import teams
from sightline.site.needs import open_ends
from sightline.site.needs.need import in_days
from sightline.site.needs.work import of_a_manager, of_goals

pytestmark = pytest.mark.django_db


def needs_of_ana(company):
    ana = company.viewer("ana")
    return [need.title for need in of_a_manager(ana, teams.team_now_and_soon(ana))]


def test_who_comes_back_and_changes_soon_is_told_once(company):
    hr, soon = company.viewer("ingrid"), company.today + timedelta(days=6)
    take_leave(by=hr, employee=company.tomas, kind="Rest", from_on=company.today, until_on=soon)
    change_share(by=hr, employee=company.tomas, share_percent=80, on=soon)
    assert needs_of_ana(company).count("Tomás Silva comes back from leave") == 1


def test_a_post_that_says_nothing_is_told_once(company):
    hr, soon = company.viewer("ingrid"), company.today + timedelta(days=6)
    change_share(by=hr, employee=company.tomas, share_percent=80, on=soon)
    Responsibility.objects.filter(position__assignments__employee=company.tomas).delete()
    assert needs_of_ana(company).count("Say what the post of Tomás Silva is there for") == 1


def test_the_day_of_a_proposal_is_that_of_the_reader(company):
    goal = proposed(company.viewer("tomas"), a_period(company), title="Fewer calls at night")
    late = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)
    Goal.objects.filter(pk=goal.pk).update(changed_at=late)
    ana = company.viewer("ana")
    with timezone.override("Pacific/Auckland"):
        [need] = of_goals(ana, goals_at_hand(ana))
    assert need.due_on == date(2026, 3, 2)


def test_a_proposal_whose_day_has_passed_says_so_without_alarm(company):
    goal = proposed(company.viewer("tomas"), a_period(company))
    ana = company.viewer("ana")
    [need] = of_goals(ana, goals_at_hand(ana))
    assert need.word == "Proposed"
    goal.revisions.update(written_at=goal.changed_at - timedelta(days=10))
    [need] = of_goals(ana, goals_at_hand(ana))
    assert (need.word, need.kind) == ("3 days late", "warn")
    assert need.due_on == company.today - timedelta(days=3)


def test_a_reply_is_asked_for_by_the_last_day_before_the_verdict(company):
    passing = newest_proposal(cases.passed(company)).passing
    tomas = company.viewer("tomas")
    needs = list(open_ends.told(open_ends.read(tomas), tomas.today))
    [need] = [one for one in needs if one.title == "Reply to a proposal about you"]
    assert need.due_on == passing.until_on - timedelta(days=1)


@pytest.mark.parametrize(
    ("days", "said"),
    [(-2, "2 days late"), (-1, "1 day late"), (0, "Today"), (1, "Tomorrow"), (9, "In 9 days")],
)
def test_how_near_a_day_is(days, said):
    assert in_days(days) == said


@pytest.mark.parametrize("key", ["nkechi", "ingrid", "fatima", "ana", "tomas", "ruth", "samuel"])
def test_what_is_asked_is_composed_without_a_read(company, key, django_assert_num_queries):
    viewer = company.viewer(key)
    with django_assert_num_queries(0):
        compose(open_ends._parts(viewer))


@pytest.mark.parametrize("key", ["nkechi", "ingrid", "fatima", "ana", "tomas", "ruth", "samuel"])
def test_what_is_kept_of_a_question_names_nobody(company, key):
    """Composing leans on keys alone, so no name, e-mail or password stays in the memory."""
    viewer = company.viewer(key)
    kept = open_ends._nameless(viewer)
    asked = [compose(open_ends._parts(one)) for one in (kept, viewer)]
    assert repr(asked[0]) == repr(asked[1])  # a JSON value of psycopg equals only itself
    assert kept == replace(viewer, post_title="")
    known = (kept.employee.name, kept.employee.email, kept.account.email, kept.account.password)
    assert not any(known)


def test_equal_questions_are_kept_once(company):
    texts = [compose(open_ends._parts(company.viewer(key))).sql for key in ("mei", "joao")]
    assert texts[0] is texts[1]


def test_what_was_done_a_moment_ago_waits_no_more(company):
    ana = company.viewer("ana")
    series = open_series(by=ana, partner=company.tomas, purpose="Weekly talk", cadence_days=14)
    talk = plan_meeting(by=ana, series=series, meets_on=ana.today)
    assert "talk" in {end.what for end in open_ends.read(ana)}
    hold_meeting(by=ana, meeting=talk)
    assert "talk" not in {end.what for end in open_ends.read(ana)}
