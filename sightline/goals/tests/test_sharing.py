"""A goal shared out to several people at once."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.urls import reverse

from sightline.foundation.jobs.testing import run_waiting_jobs
from sightline.foundation.notices.models import Notice
from sightline.goals.actions.goals import set_visibility
from sightline.goals.models import Contribution, Goal
from sightline.goals.tests.making import agreed, drafted, fresh, proposed
from sightline.people.actions.assignments import change_manager

pytestmark = pytest.mark.django_db


@pytest.fixture
def orders(company, period):
    """Platform's goal: from none to 1200 imports."""
    ana, leo = company.viewer("ana"), company.viewer("leo")
    said = {"title": "1,200 imports", "value_unit": "imports"}
    numbers = {"start_value": Decimal(0), "target_value": Decimal(1200)}
    return agreed(ana, leo, period, unit=company.units["PLAT"], **said, **numbers)


def address(goal):
    return reverse("goals:share_out", args=[goal.pk])


def row(company, key, **said):
    """What a form sends for one person."""
    facts = {"chosen": "on", "title": f"Imports of {key}", "weight_percent": "30"}
    facts |= {"share_percent": "100", "target_value": "600"} | said
    return {f"p{company.people[key].pk}-{name}": value for name, value in facts.items()}


def of(company, key):
    return Goal.objects.filter(employee=company.people[key])


def test_a_manager_shares_a_unit_goal_out_and_each_answers(company, orders):
    client = company.client("ana")
    assert "Share out" in client.get(reverse("goals:goal", args=[orders.pk])).content.decode()
    drawn = client.get(address(orders)).content.decode()
    assert "Mei" in drawn
    assert "Tomás" in drawn
    assert "Yusuf" not in drawn
    said = {"split": "additive", "reason": "As we said on Monday."}
    said |= row(company, "mei") | row(company, "tomas", target_value="500", weight_percent="45")
    answer = client.post(address(orders), said)
    assert answer.status_code == 302
    mei, tomas = of(company, "mei").get(), of(company, "tomas").get()
    assert [one.stage for one in (mei, tomas)] == ["proposed", "proposed"]
    assert (tomas.target_value, tomas.weight_percent, tomas.start_value) == (500, 45, 0)
    assert {link.parent_id for link in Contribution.objects.all()} == {orders.pk}
    run_waiting_jobs()
    told = Notice.objects.filter(account=company.account("mei"))
    assert any("Imports of mei" in one.sentence for one in told)
    page = company.client("mei").get(reverse("goals:goal", args=[mei.pk])).content.decode()
    assert "As we said on Monday." in page
    accept = reverse("goals:accept", args=[mei.pk])
    assert company.client("mei").post(accept, {"sent": "1"}).status_code == 302
    assert fresh(mei).stage == "agreed"


def test_what_the_targets_come_to_is_said_while_one_types(company, orders):
    said = {"split": "additive"} | row(company, "mei") | row(company, "tomas", target_value="500")
    client = company.client("ana")
    part = client.post(address(orders), said, headers={"HX-Request": "true"})
    text = part.content.decode()
    assert "2 targets add up to 1,100 imports" in text
    assert "100 imports is nobody’s yet." in text
    assert "<html" not in text
    assert not of(company, "mei").exists()
    said |= row(company, "tomas", target_value="600")
    again = client.post(address(orders), said | {"add_up": "1"})
    assert "Together they are the goal." in again.content.decode()
    assert not of(company, "mei").exists()


def test_what_is_taken_already_counts_when_the_rest_is_shared_out(company, orders):
    client = company.client("ana")
    said = {"split": "additive"}
    client.post(address(orders), said | row(company, "mei", target_value="900"))
    more = said | row(company, "tomas", target_value="400")
    text = client.post(address(orders), more, headers={"HX-Request": "true"}).content.decode()
    assert "go 100 imports beyond it" in text


def test_one_target_for_each_is_the_goals_own_where_nothing_is_typed(company, orders):
    said = {"split": "same"} | row(company, "mei", target_value="")
    client = company.client("ana")
    text = client.post(address(orders), said, headers={"HX-Request": "true"}).content.decode()
    assert "has the goal’s own target" in text
    assert client.post(address(orders), said).status_code == 302
    assert of(company, "mei").get().target_value == 1200


def test_a_refused_row_names_the_person_and_nothing_is_lost_or_half_done(company, orders):
    said = {"split": "additive"} | row(company, "mei")
    said |= row(company, "tomas", title="Words that stay", target_value="0")
    answer = company.client("ana").post(address(orders), said)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Tomás" in text
    assert "nothing would have to move" in text
    assert "Words that stay" in text
    assert "Imports of mei" in text
    assert not Goal.objects.exclude(pk=orders.pk).exists()


@pytest.mark.parametrize("value", ["1e308", "nonsense", "9" * 30])
def test_numbers_that_nobody_means_are_said_in_their_row(company, orders, value):
    said = {"split": "additive"} | row(company, "mei", target_value=value)
    answer = company.client("ana").post(address(orders), said)
    assert answer.status_code == 422
    live = company.client("ana").post(address(orders), said, headers={"HX-Request": "true"})
    assert live.status_code == 200


def test_a_target_without_a_tick_is_asked_about(company, orders):
    said = {"split": "additive"} | row(company, "mei") | row(company, "tomas", chosen="")
    answer = company.client("ana").post(address(orders), said)
    assert answer.status_code == 422
    assert "Tick the name" in answer.content.decode()


def test_empty_weights_and_nobody_ticked_are_told(company, orders):
    client = company.client("ana")
    assert client.post(address(orders), {"split": "additive"}).status_code == 422
    said = {"split": "additive"} | row(company, "mei", weight_percent="", share_percent="")
    assert "Write a number." in client.post(address(orders), said).content.decode()


def test_the_same_press_in_another_tab_asks_nobody_twice(company, orders):
    said = {"split": "additive"} | row(company, "mei")
    client = company.client("ana")
    assert client.post(address(orders), said).status_code == 302
    answer = client.post(address(orders), said)
    assert answer.status_code == 422
    assert "serves this one already" in answer.content.decode()
    assert of(company, "mei").count() == 1


def test_whoever_has_another_manager_meanwhile_is_named_with_what_was_typed(company, orders):
    said = {"split": "additive"} | row(company, "mei")
    change_manager(
        by=company.viewer("ingrid"), employee=company.mei, manager=company.leo, on=company.today
    )
    answer = company.client("ana").post(address(orders), said)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "reports to you no longer" in text
    assert "Imports of mei" in text


def test_a_goal_without_a_number_asks_for_things_to_be_done(company, period):
    ana, leo = company.viewer("ana"), company.viewer("leo")
    numbers = {"start_value": None, "target_value": None, "value_unit": ""}
    goal = agreed(ana, leo, period, kind="yes_no", title="Move the house", **numbers)
    said = row(company, "mei", title="Move the kitchen")
    assert company.client("ana").post(address(goal), said).status_code == 302
    assert of(company, "mei").get().kind == "yes_no"


def test_only_the_owner_with_reports_shares_out_what_holds_and_is_seen(company, period, orders):
    ana, leo = company.viewer("ana"), company.viewer("leo")
    assert company.client("leo").get(address(orders)).status_code == 403
    own = agreed(company.viewer("mei"), ana, period)
    assert company.client("mei").get(address(own)).status_code == 403
    assert company.client("ana").get(address(proposed(ana, period))).status_code == 403
    assert company.client("ana").get(address(drafted(ana, period))).status_code == 403
    mine = agreed(ana, leo, period, title="Hers")
    assert company.client("ana").get(address(mine)).status_code == 200
    set_visibility(by=ana, goal=mine, visibility="private")
    assert company.client("ana").get(address(mine)).status_code == 403
    assert company.client("mei").get(address(mine)).status_code == 404
