"""Who is told when a goal changes, and what the ledger says about whom."""

from __future__ import annotations

from decimal import Decimal

import pytest

from sightline.foundation.jobs.testing import run_waiting_jobs
from sightline.foundation.ledger.models import Record
from sightline.foundation.notices.models import Notice
from sightline.goals.actions.catchball import accept, revise
from sightline.goals.actions.closings import close_goal
from sightline.goals.actions.contributions import (
    confirm_contribution,
    remove_contribution,
    set_contribution,
)
from sightline.goals.actions.goals import set_visibility
from sightline.goals.models import Contribution
from sightline.goals.tests.making import a_text, agreed, drafted, fresh, proposed, serves

pytestmark = pytest.mark.django_db


@pytest.fixture
def shared(company, period):
    """A goal of Platform."""
    ana, leo = company.viewer("ana"), company.viewer("leo")
    return agreed(ana, leo, period, unit=company.units["PLAT"], title="Two regions")


def told_mei(company):
    run_waiting_jobs()
    rows = Notice.objects.filter(account=company.account("mei"), kind="goals.changes")
    return [str(one.sentence) for one in rows]


def test_whose_goal_serves_what_was_closed_is_told(company, period, shared):
    goal = agreed(company.viewer("mei"), company.viewer("ana"), period)
    serves(company.viewer("mei"), goal, shared)
    close_goal(by=company.viewer("ana"), goal=shared, outcome="done")
    assert any("has changed" in one for one in told_mei(company))


def test_of_a_draft_its_subject_is_told_nothing(company, period, shared):
    draft = drafted(company.viewer("ana"), period, employee=company.mei)
    serves(company.viewer("ana"), draft, shared)
    close_goal(by=company.viewer("ana"), goal=shared, outcome="done")
    assert told_mei(company) == []


def test_the_ledger_names_the_author_of_a_draft_and_not_its_subject(company, period, shared):
    ana = company.viewer("ana")
    draft = drafted(ana, period, employee=company.mei)
    link = set_contribution(by=ana, goal=draft, serves=shared, share_percent=Decimal(50))
    Contribution.objects.filter(pk=link.pk).update(parent_version=0)
    confirm_contribution(by=ana, contribution=Contribution.objects.get(pk=link.pk))
    remove_contribution(by=ana, contribution=link)
    set_visibility(by=ana, goal=fresh(draft), visibility="line")
    assert not Record.objects.filter(kind__startswith="goals.", subject=company.mei.ref).exists()


def new_to(company, key, words):
    """How many notices with these words are new to somebody."""
    run_waiting_jobs()
    rows = Notice.objects.filter(account=company.account(key), sentence__contains=words)
    return rows.filter(read_at=None).count()


def test_a_goal_that_was_answered_waits_for_nobody(company, period):
    mei, ana = company.viewer("mei"), company.viewer("ana")
    goal = proposed(mei, period)
    assert new_to(company, "ana", "waits for your answer") == 1
    revision = revise(by=ana, goal=goal, text=a_text(period, title="Less"), reason="Too much.")
    assert new_to(company, "ana", "waits for your answer") == 0
    assert new_to(company, "mei", "waits for your answer") == 1
    accept(by=mei, goal=fresh(goal), number=revision.number)
    assert new_to(company, "mei", "waits for your answer") == 0
    assert new_to(company, "ana", "is agreed") == 1


def test_what_was_confirmed_is_not_to_be_confirmed_any_more(company, period, shared):
    mei = company.viewer("mei")
    goal = agreed(mei, company.viewer("ana"), period)
    run_waiting_jobs()
    serves(mei, goal, shared)
    close_goal(by=company.viewer("ana"), goal=shared, outcome="done")
    assert new_to(company, "mei", "has changed") == 1
    confirm_contribution(by=mei, contribution=goal.contributions.get())
    assert new_to(company, "mei", "has changed") == 0
