"""What nobody means, typed into goals: a sentence where it happened, and nothing is lost."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from sightline.goals.models import Contribution, Goal
from sightline.goals.tests.making import a_period, agreed, drafted, fresh, proposed
from sightline.people.actions.assignments import change_manager
from sightline.people.actions.employments import end_employment

pytestmark = pytest.mark.django_db

WORDS = "Words that took an hour"


def days(day, number):
    return (day + timedelta(days=number)).isoformat()


@pytest.fixture
def period(company):
    return a_period(company)


@pytest.fixture
def said(period):
    """What a form of a new goal sends when all is well."""
    return {
        "owner": "me",
        "period": period.pk,
        "visibility": "everyone",
        "title": "Errors at the checkout",
        "why": WORDS,
        "kind": "number",
        "start_value": "1.2",
        "target_value": "0.4",
        "value_unit": "%",
        "weight_percent": "30",
        "from_on": period.from_on.isoformat(),
        "due_on": days(period.until_on, -1),
    }


def send(company, who, name, *args, **data):
    return company.client(who).post(reverse(f"goals:{name}", args=args), data)


def beside(answer, field):
    """What is said beside a field; the answer refuses, and keeps what was typed."""
    assert answer.status_code == 422
    assert WORDS in answer.content.decode()
    return " ".join(answer.context["form"].errors.get(field, []))


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("target_value", "1.2", "nothing would have to move"),
        ("target_value", "1e308", "no more than"),
        ("target_value", "-1e308", "no more than"),
        ("target_value", "-100000000000.0001", "no more than 15 digits"),
        ("target_value", "NaN", "Enter a number"),
        ("target_value", "Infinity", "Enter a number"),
        ("target_value", "0,4", "a point before the decimals"),
        ("target_value", "1,200", "Enter a number"),
        ("target_value", "40%", "Enter a number"),
        ("start_value", "", "Say where it stands"),
        ("weight_percent", "-10", "greater than or equal to 0"),
        ("weight_percent", "101", "less than or equal to 100"),
        ("weight_percent", "33.5", "whole number"),
        ("title", "", "required"),
        ("title", "x" * 161, "at most 160"),
        ("from_on", "2026-02-30", "valid date"),
        ("period", "0", "not open"),
        ("owner", "unit-1", "valid choice"),
    ],
)
def test_a_goal_that_cannot_be_is_refused_beside_its_field(company, said, field, value, sentence):
    answer = send(company, "mei", "new", **said | {field: value})
    assert sentence in beside(answer, field)
    assert not Goal.objects.exists()


def test_a_goal_that_is_due_before_it_begins_is_refused(company, said, period):
    late = {"from_on": days(period.from_on, 20), "due_on": days(period.from_on, 10)}
    assert "due after it starts" in beside(send(company, "mei", "new", **said | late), "due_on")
    assert not Goal.objects.exists()


def test_a_day_outside_the_period_is_refused(company, said, period):
    for field, day in (("from_on", days(period.from_on, -1)), ("due_on", days(period.until_on, 0))):
        assert "runs from" in beside(send(company, "mei", "new", **said | {field: day}), field)
    assert not Goal.objects.exists()


@pytest.mark.parametrize("share", ["-10", "0", "100.01", "1e308", "0,5", "NaN", ""])
def test_a_share_that_is_none_is_refused(company, period, share):
    ana, leo = company.viewer("ana"), company.viewer("leo")
    above = agreed(ana, leo, period, title="Above")
    goal = drafted(company.viewer("mei"), period)
    answer = send(company, "mei", "serve", goal.pk, parent=str(above.pk), share_percent=share)
    assert answer.status_code == 422
    assert answer.context["form"].errors["share_percent"]
    assert not Contribution.objects.exists()


def test_a_plan_of_90_percent_is_told_on_the_page_and_stops_nobody(company, period):
    mei, ana = company.viewer("mei"), company.viewer("ana")
    agreed(mei, ana, period, weight_percent=50)
    agreed(mei, ana, period, title="The other", weight_percent=40)
    text = company.client("mei").get(reverse("goals:mine")).content.decode()
    assert "90%" in text


def test_a_goal_whose_owner_has_left_takes_no_word_and_loses_none(company, period):
    mei, ana = company.viewer("mei"), company.viewer("ana")
    goal = agreed(mei, ana, period, title="Left behind")
    end_employment(by=company.viewer("ingrid"), employee=company.mei, on=company.today)
    page = company.client("ana").get(reverse("goals:goal", args=[goal.pk]))
    assert page.status_code == 200
    assert "Left behind" in page.content.decode()
    answer = send(company, "ana", "check_in", goal.pk, value="1", confidence="0.75", note=WORDS)
    assert answer.status_code == 403
    assert fresh(goal).value is None
    assert send(company, "ana", "close", goal.pk, outcome="dropped", words=WORDS).status_code == 302
    assert fresh(goal).closing.outcome == "dropped"


def test_a_manager_who_changes_in_the_midst_of_catchball_hands_the_turn_on(company, period):
    goal = proposed(company.viewer("mei"), period)
    change_manager(
        by=company.viewer("ingrid"), employee=company.mei, manager=company.leo, on=company.today
    )
    accept = {"sent": "1"}
    assert send(company, "ana", "accept", goal.pk, **accept).status_code in (403, 404)
    assert fresh(goal).stage == "proposed"
    drawn = company.client("leo").get(reverse("goals:accept", args=[goal.pk]))
    assert drawn.status_code == 200
    accept = {"stands": drawn.context["form"].now}
    assert send(company, "leo", "accept", goal.pk, **accept).status_code == 302
    assert fresh(goal).stage == "agreed"


def test_two_tabs_that_counter_at_once_do_not_overwrite_each_other(company, period, said):
    goal = proposed(company.viewer("mei"), period)
    tabs = [company.client("ana").get(reverse("goals:revise", args=[goal.pk])) for _ in range(2)]
    words = {key: said[key] for key in said if key not in {"owner", "period", "visibility"}}
    for number, (tab, status) in enumerate(zip(tabs, (302, 422), strict=True)):
        sent = words | {"weight_percent": str(40 + number), "reason": f"{WORDS} {number}"}
        sent["stands"] = tab.context["form"].now
        answer = send(company, "ana", "revise", goal.pk, **sent)
        assert answer.status_code == status
    assert f"{WORDS} 1" in answer.content.decode()
    assert fresh(goal).latest_number == 2


@pytest.mark.parametrize("size", [2001, 3_000_000])
def test_more_text_than_anybody_reads_is_refused_and_not_cut(company, said, size):
    answer = send(company, "mei", "new", **said | {"why": "w" * size, "measured_by": WORDS})
    assert answer.status_code in (413, 422)
    assert not Goal.objects.exists()


def test_a_script_in_a_title_is_text(company, said, period):
    title = "<script>alert(1)</script>"
    assert send(company, "mei", "new", **said | {"title": title}).status_code == 302
    text = company.client("mei").get(reverse("goals:goal", args=[Goal.objects.get().pk]))
    assert title not in text.content.decode()
    assert "&lt;script&gt;alert(1)" in text.content.decode()


def test_zero_and_all_of_a_scale_are_a_goal(company, said):
    ends = {"start_value": "0", "target_value": "-99999999999.0001"}
    answer = send(company, "mei", "new", **said | ends)
    assert answer.status_code == 302
    assert Goal.objects.get().target_value == Decimal("-99999999999.0001")
