"""Two who write at the same moment: both are heard where both may, else one is told why not."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from sightline.development.actions.levels import Level, show_levels
from sightline.development.actions.plans import Aim, Doing, add_action, draft_plan, propose_plan
from sightline.development.models import StandingLevel
from sightline.people.models import Competency

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_drafts_proposed_at_once_one_becomes_the_plan(company, at_once):
    until, acts = company.today + timedelta(days=90), []
    for key in ("ana", "cida"):
        by = company.viewer(key)
        plan = draft_plan(by=by, employee=company.cida, aim=Aim("To say no", until))
        add_action(by=by, plan=plan, doing=Doing("Say no", "It stays no", until))
        acts.append(lambda by=by, plan=plan: propose_plan(by=by, plan=plan))
    assert sorted(at_once(*acts)) == [False, True]


def test_of_two_judgements_at_once_both_count(company, at_once):
    craft = Competency.objects.get(code="craft")
    acts = [
        lambda source=source, key=key, level=level: show_levels(
            by=company.viewer(key),
            employee=company.tomas,
            levels={craft: Level(Decimal(level))},
            source=source,
        )
        for key, source, level in (("ana", "manager", 2), ("tomas", "self", 4))
    ]
    assert at_once(*acts) == [True, True]
    row = StandingLevel.objects.get(employee=company.tomas, competency=craft)
    assert (row.low, row.high) == (2, 4)
