"""Advice on the text of a goal, in its form and beside one's own draft."""

from __future__ import annotations

from html import unescape
from pathlib import Path

import pytest
from django.urls import reverse

from sightline.goals.advice import on_goal
from sightline.goals.rules.advice import Written, lacking
from sightline.goals.tests.making import drafted, proposed
from tests.docs.tables import table

pytestmark = pytest.mark.django_db

DOCUMENT = (Path(__file__).parents[3] / "docs" / "rules" / "advice.md").read_text()
WHOLE = {
    "title": "Cut checkout errors below 0.4 %",
    "why": "A third of the calls on Mondays; the tests of Platform are my part in it.",
    "kind": "number",
    "measured_by": "Errors a day, dashboard Checkout",
    "start_value": "1.2",
    "target_value": "0.4",
    "due_on": "2026-12-31",
}
LACKING = {
    "where one reads it": {"measured_by": ""},
    "where it stands": {"start_value": ""},
    "where it is to come to": {"target_value": ""},
    "one of its ends": {"band_low": "1", "band_high": ""},
    "a second milestone": {"m1-title": "Tests written"},
    "a sign by which one sees it: no number, nothing measured": {
        "title": "A list of vendors",
        "measured_by": "",
    },
    "the day it is due": {"due_on": ""},
    "why it matters: whose result it serves, and one's own part in it": {"why": ""},
}
BAND = {"band_low": "1", "band_high": "2"}
STEPS = {"m1-title": "Tests written", "m2-title": "Switched on", "m3-title": ""}


def keys(typed, language="en"):
    return [one.key for one in on_goal(typed, language)]


@pytest.mark.parametrize("row", table(DOCUMENT, "kind of measure"), ids=str)
def test_what_is_missing_is_told_as_the_document_says(row):
    kind, missing, told = row
    typed = WHOLE | BAND | STEPS | {"kind": "number" if kind == "any" else kind}
    assert keys(typed) == []
    if told == "milestones":
        typed = {name: value for name, value in typed.items() if name not in STEPS}
    assert keys(typed | LACKING[missing]) == [told]


def test_nothing_is_told_before_there_is_a_title():
    assert keys({}) == []
    assert keys(WHOLE | {"title": " ", "why": ""}) == []


def test_words_are_told_in_the_language_of_the_writer_and_what_is_missing_in_any():
    typed = WHOLE | {"title": "Improve the checkout", "why": "", "target_value": ""}
    assert keys(typed) == ["vague:Improve", "target", "contribution"]
    assert keys(typed, "de") == ["target", "contribution"]


def test_a_goal_with_numbers_may_say_improve_but_still_holds_one_result():
    assert keys(WHOLE | {"title": "Improve the checkout"}) == []
    two = WHOLE | {"title": "Cut errors and launch the new till"}
    assert keys(two) == ["two_results:and launch"]
    plain = {"kind": "yes_no", "title": "Improve two tills", "measured_by": "Effectively sold"}
    assert keys(WHOLE | plain) == []
    vague = plain | {"title": "Tills", "measured_by": "Sold effectively"}
    assert keys(WHOLE | vague) == ["vague:effectively"]


def test_goals_made_of_others_lack_no_measure():
    found = Written("A year", "Why", "children", "", "", "", "", "", "2026-12-31", 0, False)
    assert list(lacking(found)) == []
    assert not found.has_numbers


def test_it_stands_in_the_form_and_beside_one_s_own_draft(company, period):
    mei = company.viewer("mei")
    goal = drafted(mei, period, title="Cut errors and launch the new till", why="")
    for name in ("goals:change", "goals:goal"):
        page = company.client("mei").get(reverse(name, args=[goal.pk])).content.decode()
        assert "“and launch” begins a second result" in unescape(page)
        assert "what your own part in it is" in page
    shown = proposed(mei, period, title="Cut errors and launch the old till")
    page = company.client("ana").get(reverse("goals:goal", args=[shown.pk])).content.decode()
    assert "advice" not in page
    new = company.client("mei").get(reverse("goals:new")).content.decode()
    assert "advice__box" not in new


def test_a_form_that_was_refused_is_advised_on_with_what_was_typed(company, period):
    said = {"title": "Support partners", "kind": "yes_no", "owner": "me"}
    answer = company.client("mei").post(reverse("goals:new"), said)
    assert answer.status_code == 422
    assert "“Support” says little" in unescape(answer.content.decode())


def test_milestones_count_while_one_types(company):
    typed = WHOLE | {"kind": "milestones", "m1-title": "Tests written"}
    text = company.client("mei").post("/advice/goal/", typed).content.decode()
    assert "Name two milestones" in text
    text = company.client("mei").post("/advice/goal/", typed | STEPS).content.decode()
    assert "Name two milestones" not in text
