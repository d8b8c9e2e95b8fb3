"""Advice: every rule finds what it is there for, and leaves alone what only looks like it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from sightline.foundation.ui.advice.rules import (
    BEHAVIOUR,
    FEEDBACK,
    GOAL,
    LONGEST,
    Finding,
    Rule,
    findings,
    has_number,
)
from tests.docs.tables import table

DOCUMENT = (Path(__file__).parents[4] / "docs" / "rules" / "advice.md").read_text()


@pytest.mark.parametrize("row", table(DOCUMENT, "rule"), ids=str)
def test_rules_find_what_the_document_says_and_leave_the_rest(row):
    rule, _where, told, left = row
    assert [one.rule for one in findings(told, [Rule(rule)], "en")] == [rule]
    assert findings(left, [Rule(rule)], "en") == []


@pytest.mark.parametrize(
    ("text", "rules", "words"),
    [
        ("Improve the checkout", GOAL, ["Improve"]),
        ("Checkout: improving it", GOAL, ["improving"]),
        ("Cut errors\nand\nlaunch", GOAL, ["and launch"]),
        ("You're so lazy", FEEDBACK, ["lazy"]),
        ("Ana was rude. Ana never asks.", FEEDBACK, ["rude", "never"]),
        ("Is organised and does not wait", BEHAVIOUR, ["and", "not", "Is organised"]),
    ],
)
def test_the_words_that_show_it_are_named(text, rules, words):
    assert [one.words for one in findings(text, rules, "en")] == words


@pytest.mark.parametrize(
    "text",
    [
        "Cut checkout errors below 0.4 %",
        "No lost order, no wait at the till",
        "A partner connected in a week",
        "Incidents explained in plain words within two days",
        "Halve what our service costs at night",
        "Support desk and sales answer within an hour",
        "Terms and conditions of 40 partners on one page",
        "Supportive texts for screen readers on every page",
    ],
)
def test_good_goals_are_left_alone(text):
    assert findings(text, GOAL, "en") == []


@pytest.mark.parametrize(
    "text",
    [
        "In the review on Monday you asked Kofi what he would keep before you said what to change.",
        "You wrote down who promised what. Nobody had to ask again, and we shipped on Thursday.",
        "The client was angry; you let her finish, and read back what you had heard.",
        "It was a difficult talk. You said so at its beginning.",
        "“You are always late”, the caller said; you asked since when.",
        "That was nice to see.",
        "You were committed to three dates and kept two.",
    ],
)
def test_good_feedback_is_left_alone(text):
    assert findings(text, FEEDBACK, "en") == []


@pytest.mark.parametrize(
    "text",
    [
        "Says early when a date will slip",
        "What would you like to see more of?",
        "Reads the file before the talk",
        "Names the risk no later than the day it is seen",
        "Chairs the research and development round",
    ],
)
def test_good_items_are_left_alone(text):
    assert findings(text, BEHAVIOUR, "en") == []


def test_a_language_without_a_lexicon_is_left_alone_and_its_kin_are_known():
    assert findings("Improve the checkout", GOAL, "de") == []
    assert findings("Improve the checkout", GOAL, "en-gb") == [Finding(Rule.VAGUE, "Improve")]
    assert findings("Improve the checkout", GOAL, "en_US")
    assert has_number("zwei Läden", "de") is False
    assert has_number("2 Läden", "de")


def test_numbers_are_seen_in_digits_and_words():
    assert has_number("Halve the cost", "en")
    assert has_number("below 0.4 %", "en")
    assert not has_number("Improve the checkout", "en")


@given(some.text(max_size=300))
def test_any_text_is_read(text):
    for one in findings(text, Rule, "en"):
        assert one.words


def test_only_the_beginning_of_a_long_text_is_read_and_that_at_once():
    assert findings("you are very " * 40_000, FEEDBACK, "en") == []
    assert findings("a " * LONGEST + "always", FEEDBACK, "en") == []
