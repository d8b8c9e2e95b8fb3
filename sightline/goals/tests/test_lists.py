"""What a list is narrowed to, and the status of each goal in it, are the same."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from itertools import product

import pytest
from django.urls import reverse

from sightline.foundation.exchange.tables import read
from sightline.goals.models import Goal, Wording
from sightline.goals.queries.goals import standing_of
from sightline.goals.queries.lists import Wanted, goals_wanted
from sightline.goals.rules.status import Status, plan_percent
from sightline.goals.tests.making import a_period, agreed, fresh, serves
from sightline.goals.views import lists

pytestmark = pytest.mark.django_db
YES_NO = {"kind": Wording.Kind.YES_NO, "start_value": None, "target_value": None}
LIMITS = {"band_low": Decimal(1), "band_high": Decimal(2), "inside_percent": 60}
BAND = YES_NO | LIMITS | {"kind": Wording.Kind.BAND}
MEASURED_DAYS_AGO = (None, 1, 28, 29, 60)
DUE_IN_DAYS = (-30, -1, 0, 40)
BEYOND_PLAN = (-30, -6, -4, 20, 100)
SURE = (
    ("number", "0.5", "69.99"),
    ("number", "0.5", "70"),
    ("yes_no", "0.69", None),
    ("yes_no", "0.70", None),
    ("band", "0.1", None),
    ("band", "0.9", None),
)


@pytest.fixture
def goals(company):
    """One goal for each course that one can take."""
    period = a_period(company)
    mei, ana = company.viewer("mei"), company.viewer("ana")
    made = {
        kind: agreed(mei, ana, period, **said)
        for kind, said in (("number", {}), ("yes_no", YES_NO), ("band", BAND))
    }
    rows = []
    courses = product(MEASURED_DAYS_AGO, DUE_IN_DAYS, BEYOND_PLAN, SURE)
    for measured, due, beyond, (kind, sure, chance) in courses:
        row = fresh(made[kind])
        row.pk = None
        row.from_on = company.today - timedelta(days=90)
        row.due_on = company.today + timedelta(days=due)
        if measured is not None:
            row.measured_on = company.today - timedelta(days=measured)
            row.plan_percent = plan_percent(row.from_on, row.due_on, row.measured_on)
            row.done_percent, row.confidence = row.plan_percent + beyond, Decimal(sure)
            row.chance_percent = chance and Decimal(chance)
        rows.append(row)
    return Goal.objects.bulk_create(rows)


@pytest.mark.parametrize(
    ("state", "statuses"),
    [("silent", {Status.NO_DATA}), ("behind", {Status.AT_RISK, Status.BEHIND})],
)
def test_a_list_holds_the_goals_of_its_status_and_no_others(company, goals, state, statuses):
    mei = company.viewer("mei")
    wanted = goals_wanted(mei, Wanted(state=state))
    found = set(wanted.values_list("pk", flat=True))
    for goal in Goal.objects.select_related("period").filter(pk__in=[one.pk for one in goals]):
        is_expected = standing_of(goal, mei.today).status in statuses
        told = (goal.measured_on, goal.due_on, goal.done_percent, goal.confidence, goal.kind)
        assert (goal.pk in found) == is_expected, told


def test_no_list_is_for_somebody_from_outside(company):
    goal = agreed(company.viewer("mei"), company.viewer("ana"), a_period(company))
    Goal.objects.filter(pk=goal.pk).update(employee=company.samuel)
    samuel = company.viewer("samuel")
    for scope in ("mine", "team", "unit", "all"):
        assert not goals_wanted(samuel, Wanted(scope=scope)).exists()


SORTS = ("goal", "whose", "period", "weight", "progress", "due")


@pytest.fixture
def few(company):
    """Five goals of two people, one with progress."""
    period = a_period(company)
    mei, ana, leo = (company.viewer(key) for key in ("mei", "ana", "leo"))
    made = [
        agreed(mei, ana, period, title=f"Number {n}", weight_percent=5 + n % 3) for n in range(4)
    ]
    made.append(agreed(ana, leo, period, title="Number 9"))
    Goal.objects.filter(pk=made[1].pk).update(done_percent=Decimal("33.33"))
    return made


def test_a_list_comes_in_the_order_of_any_column_page_by_page(company, few, monkeypatch):
    monkeypatch.setattr(lists, "SHOWN", 2)
    client = company.client("mei")
    for sort in ("", *SORTS, *(f"-{one}" for one in SORTS), "-", "x", "-x"):
        found, after = [], ""
        for _page in range(3):
            asked = {"sort": sort, "q": "Number", "after": after}
            page = client.get(reverse("goals:all"), asked).context
            found += [one.goal for one in page["goals"]]
            after = page["page"].next
        assert (set(found), len(found), after) == (set(few), len(few), ""), sort
        if sort == "progress":
            assert found[-1] == few[1]
        if sort == "-progress":
            assert found[0] == few[1]
        if sort == "whose":
            assert found[-1] == few[-1]


def test_a_list_is_a_file_with_its_filter_applied(company, few):
    ana = company.viewer("ana")
    Goal.objects.filter(pk=few[0].pk).update(title="Tale")
    above = agreed(ana, company.viewer("leo"), few[0].period, title="Hers", visibility="private")
    serves(ana, few[0], above, 50)
    for who, told in (("mei", "a goal that is not open to you (50%)"), ("ana", "Hers (50%)")):
        asked = {"as": "file", "q": "Tale"}
        answer = company.client(who).get(reverse("goals:all"), asked)
        (row,) = read(answer.content, "goals.xlsx").rows
        assert (row.cells[0], row.cells[-1]) == ("Tale", told)
    nothing = company.client("mei").get(reverse("goals:all"), {"as": "file", "q": "no such"})
    assert not read(nothing.content, "goals.xlsx").rows
