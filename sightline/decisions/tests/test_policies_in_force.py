"""Policies by versions: what was checked stays checked."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from sightline.decisions.actions import deciding, proposing
from sightline.decisions.actions.policies import put_policy_in_force
from sightline.decisions.models import Policy
from sightline.decisions.queries.decisions import needs_on, newest_proposal
from sightline.decisions.rules.kinds import HOUSE, Needs
from sightline.decisions.tests import cases
from sightline.foundation.core.errors import Refused

pytestmark = pytest.mark.django_db


def put(company, on, **needs):
    return put_policy_in_force(
        by=company.viewer("ingrid"), kind="promotion", needs=Needs(**needs), on=on
    )


def test_until_hr_rules_the_house_does(company):
    assert needs_on("promotion", company.today) == HOUSE["promotion"]


def test_a_new_version_ends_the_one_before(company):
    put(company, company.today, evidence_least=4)
    put(company, company.today + timedelta(days=30), evidence_least=5)
    assert needs_on("promotion", company.today).evidence_least == 4
    assert needs_on("promotion", company.today + timedelta(days=30)).evidence_least == 5
    assert [one.version for one in Policy.objects.order_by("version")] == [1, 2]


def test_a_version_does_not_begin_before_the_last_one(company):
    put(company, company.today)
    with pytest.raises(Refused, match="A new one begins later"):
        put(company, company.today)


def test_a_proposal_keeps_the_version_by_which_it_was_checked(company):
    decision = cases.proposed(company)
    assert newest_proposal(decision).policy_version == 0
    put(company, company.today, evidence_least=2)
    later = cases.proposed(company, position=cases.free_post(company, "PLAT-SECOND"))
    assert newest_proposal(decision).policy_version == 0
    assert newest_proposal(later).policy_version == 1


def test_a_policy_does_not_begin_in_the_past(company):
    with pytest.raises(Refused, match="from today on") as refused:
        put(company, company.today - timedelta(days=1))
    assert refused.value.reasons[0][0] == "on"


def test_a_newer_policy_changes_nothing_of_what_was_checked(company):
    decision = cases.opened(company, cases.replied(company))
    before = list(newest_proposal(decision).checks.values("pk", "outcome", "numbers"))
    put(company, company.today, evidence_least=30)
    deciding.approve(by=company.viewer("leo"), decision=decision, reason="The imports say it.")
    proposal = newest_proposal(decision)
    assert list(proposal.checks.values("pk", "outcome", "numbers")) == before
    assert proposal.policy_version == 0


def test_the_days_to_reply_are_those_of_the_policy_that_was_checked(company):
    put(company, company.today, reply_days=9)
    decision = cases.checked(company)
    put(company, company.today + timedelta(days=1), reply_days=2)
    proposing.pass_to_person(by=company.viewer("fatima"), decision=decision)
    assert newest_proposal(decision).passing.until_on == company.today + timedelta(days=9)


def test_only_hr_administrators_put_policies_in_force(company):
    with pytest.raises(PermissionDenied):
        put_policy_in_force(
            by=company.viewer("fatima"), kind="promotion", needs=Needs(), on=company.today
        )


def test_kinds_that_are_not_open_have_no_policy(company):
    with pytest.raises(Refused):
        put_policy_in_force(
            by=company.viewer("ingrid"), kind="dismissal", needs=Needs(), on=company.today
        )
