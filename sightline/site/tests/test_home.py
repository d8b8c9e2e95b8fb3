"""Home and the person page: what each role sees, and what it must not see."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sightline.conversations.actions.feedback import Words, give_feedback
from sightline.conversations.actions.series import open_series
from sightline.foundation.core.open_ends import read_at_once
from sightline.goals.queries.goals import goals_at_hand
from sightline.goals.queries.sightlines import threads_up, upwards
from sightline.goals.tests.making import a_period, agreed, agreed_long_ago, proposed, serves
from sightline.strategy.models import Objective

pytestmark = pytest.mark.django_db


@pytest.fixture
def goals(company):
    """A goal of Leo's that serves the strategy, and one of Ana's that serves his."""
    period = a_period(company)
    ana, leo, head = (company.viewer(key) for key in ("ana", "leo", "nkechi"))
    top = agreed(leo, head, period, title="Orders that need a hand")
    serves(leo, top, Objective.objects.select_related("strategy").first())
    goal = agreed(ana, leo, period, title="Checkout served from two regions")
    serves(ana, goal, top, 70)
    return top, goal


def page(company, key, path="/"):
    response = company.client(key).get(path)
    assert response.status_code == 200
    return response.content.decode()


def test_ones_goals_stand_with_status_and_the_way_up(company, goals):
    seen = page(company, "ana")
    assert "Checkout served from two regions" in seen
    assert "Orders that need a hand" in seen
    assert f"/goals/{goals[1].pk}/check-ins/new/" in seen


def test_the_ways_of_many_goals_are_those_of_each(company, goals):
    ana = company.viewer("ana")
    ways = threads_up(ana, goals)
    assert [ways[one.pk] for one in goals] == [upwards(ana, one).thread for one in goals]


DUE = "/goals/check-ins/due/"
FROM_HOME = {"HX-Request": "true"}


@pytest.fixture
def due(goals):
    """The fields of Ana's goal, of which nobody has said a word for long."""
    goal = agreed_long_ago(goals[1])

    def fields(value):
        said = {"value": value, "confidence": "0.60", "note": "The second region is slower."}
        return {f"g{goal.pk}-{name}": words for name, words in said.items()}

    return fields


def test_a_goal_that_is_due_is_said_on_home_and_waits_no_longer(company, due):
    assert "Say how 1 goal stands" in page(company, "ana")
    assert f'hx-get="{DUE}"' in page(company, "ana")
    client = company.client("ana")
    part = client.get(DUE, headers=FROM_HOME).content.decode()
    assert "Checkout served from two regions" in part
    assert "<html" not in part
    assert client.post(DUE, due("0.8"), headers=FROM_HOME)["HX-Redirect"] == "/"
    assert "Say how 1 goal stands" not in page(company, "ana")
    assert "Every goal has a word of late" in page(company, "ana", DUE)


def test_what_cannot_be_said_stays_typed_in_its_place_on_home(company, due):
    answer = company.client("ana").post(DUE, due("much"), headers=FROM_HOME)
    part = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="much"' in part
    assert "The second region is slower." in part
    assert "aria-invalid" in part
    assert "<html" not in part


def test_what_is_due_is_a_page_without_scripts_and_leads_back_home(company, due):
    assert "Checkout served from two regions" in page(company, "ana", DUE)
    assert company.client("ana").post(DUE, due("0.8"))["Location"] == "/"


def test_a_newcomer_without_goals_reads_what_the_post_is_there_for(company):
    seen = page(company, "tomas")
    assert "No goals yet" in seen
    assert "What your post is there for" in seen


def test_somebody_from_outside_sees_what_he_looks_after_and_nothing_else(company):
    seen = page(company, "samuel")
    assert "What you look after" in seen
    assert "Your goals" not in seen
    assert "hx-get" not in seen


def test_a_proposal_waits_for_whoever_answers_it_and_for_nobody_else(company):
    proposed(company.viewer("tomas"), a_period(company), title="Fewer calls at night")
    assert "Answer: “Fewer calls at night”" in page(company, "ana")
    assert "Fewer calls at night" not in page(company, "leo")


def test_the_team_is_told_to_its_manager_alone(company):
    assert "Your team" in page(company, "ana", "/around/")
    assert "Your team" not in page(company, "tomas", "/around/")


def test_a_part_is_only_what_stands_beside(company):
    client = company.client("ana")
    part = client.get("/around/", headers={"HX-Request": "true"}).content.decode()
    assert "Your team" in part
    assert "<html" not in part


def test_words_for_somebody_alone_are_not_told_to_others(company):
    words = Words("On Tuesday", "You held the file back", "It helped")
    give_feedback(
        by=company.viewer("ana"),
        subject=company.tomas,
        words=words,
        kind="praise",
        readers="subject",
    )
    path = f"/people/{company.tomas.pk}/lately/"
    assert "You held the file back" in page(company, "ana", path)
    for key in ("mei", "ingrid", "nkechi"):
        assert "You held the file back" not in page(company, key, path)


def test_how_regularly_two_talk_is_known_above_and_not_beside(company):
    open_series(
        by=company.viewer("ana"),
        partner=company.tomas,
        purpose="One-to-one",
        cadence_days=14,
        on=company.today - timedelta(days=3),
    )
    path = f"/people/{company.tomas.pk}/lately/"
    assert "Talks with Ana Ribeiro" in page(company, "leo", path)
    assert "Talks with Ana Ribeiro" not in page(company, "mei", path)


def test_an_auditor_reads_nothing_about_a_person(company):
    assert company.client("samuel").get(f"/people/{company.tomas.pk}/lately/").status_code == 404


def test_what_nobody_has_to_tell_is_read_as_nothing():
    assert read_at_once([]) == []


def test_what_is_at_hand_is_ones_own_what_waits_and_what_is_silent(company, goals):
    hand = goals_at_hand(company.viewer("ana"))
    assert [one.goal for one in hand.own] == [goals[1]]
    assert hand.to_answer == []
