"""Ten people check in under one goal at the same moment: all are heard, and the goal is right."""

from __future__ import annotations

from decimal import Decimal

import pytest

from sightline.goals.actions.check_ins import check_in
from sightline.goals.models import CheckIn, Goal, Wording
from sightline.goals.tests.making import a_period, agreed, fresh, serves

SUMS = {"kind": Wording.Kind.CHILDREN, "start_value": None, "target_value": None}
PEOPLE = 10


@pytest.mark.django_db(transaction=True)
def test_ten_check_ins_at_once_all_succeed_and_the_parent_is_right(company, at_once):
    period = a_period(company)
    mei, ana, leo = (company.viewer(key) for key in ("mei", "ana", "leo"))
    shared = agreed(ana, leo, period, unit=company.units["PLAT"], title="Shared", **SUMS)
    top = agreed(
        leo, company.viewer("nkechi"), period, unit=company.units["TECH"], title="Top", **SUMS
    )
    serves(ana, shared, top)
    goals = [agreed(mei, ana, period, title=f"Part {number}") for number in range(PEOPLE)]
    for goal in goals:
        serves(mei, goal, shared)

    def says(goal: Goal):
        return lambda: check_in(by=mei, goal=goal, value=Decimal("0.8"), confidence=Decimal("0.9"))

    assert at_once(*map(says, goals)) == [True] * PEOPLE
    assert CheckIn.objects.count() == PEOPLE
    for goal in (shared, top):
        seen = fresh(goal)
        assert (seen.done_percent, seen.rolled_coverage_percent) == (Decimal(50), Decimal(100))
