"""Two who write at the same moment: both are heard where both may, else one is told why not."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal
from threading import Barrier

import pytest
from django.db import connection, connections

from sightline.development.actions.levels import Level, show_levels
from sightline.development.actions.plans import Aim, Doing, add_action, draft_plan, propose_plan
from sightline.development.models import StandingLevel
from sightline.foundation.core.errors import Refused
from sightline.people.models import Competency

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def at_once():
    """Lets two act at one moment; tells for each whether it succeeded."""
    if connection.vendor == "sqlite":
        pytest.skip("this database lets one write at a time")
    together = Barrier(2)

    def said(act) -> bool:
        try:
            together.wait(timeout=20)
            act()
        except Refused:
            return False
        finally:
            connections.close_all()
        return True

    def both(*acts) -> list[bool]:
        with ThreadPoolExecutor(2) as pool:
            return sorted(pool.map(said, acts))

    return both


def test_of_two_drafts_proposed_at_once_one_becomes_the_plan(company, at_once):
    until, acts = company.today + timedelta(days=90), []
    for key in ("ana", "cida"):
        by = company.viewer(key)
        plan = draft_plan(by=by, employee=company.cida, aim=Aim("To say no", until))
        add_action(by=by, plan=plan, doing=Doing("Say no", "It stays no", until))
        acts.append(lambda by=by, plan=plan: propose_plan(by=by, plan=plan))
    assert at_once(*acts) == [False, True]


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
