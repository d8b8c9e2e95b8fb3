"""Who is told when a goal changes, and what the ledger says about whom."""

from __future__ import annotations

from decimal import Decimal

import pytest

from sightline.foundation.jobs.testing import run_waiting_jobs
from sightline.foundation.ledger.models import Record
from sightline.foundation.notices.models import Notice
from sightline.goals.actions.closings import close_goal
from sightline.goals.actions.contributions import (
    confirm_contribution,
    remove_contribution,
    set_contribution,
)
from sightline.goals.actions.goals import set_visibility
from sightline.goals.models import Contribution
from sightline.goals.tests.making import agreed, drafted, fresh, serves

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
