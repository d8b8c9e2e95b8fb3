"""docs/rules/development.md says what is so."""

import re
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from sightline.development import rules
from tests.docs.tables import table

DOCUMENT = (Path(__file__).parents[3] / "docs" / "rules" / "development.md").read_text()
START = date(2026, 1, 1)


def judgements(text):
    """The judgements that a cell writes."""
    written = re.findall(r"(\w+) ([\d.]+)(?:±([\d.]+))? @(\d+)", text)
    return [
        rules.Judgement(
            Decimal(level), source, START + timedelta(int(day)), place, Decimal(spread or 0)
        )
        for place, (source, level, spread, day) in enumerate(written)
    ]


@pytest.mark.parametrize(("said", "level", "span", "source"), table(DOCUMENT, "judgements"))
def test_the_level_that_holds_is_that_of_the_table(said, level, span, source):
    found = rules.standing(judgements(said))
    if level == "–":
        assert found is None
        return
    assert (found.level, found.source) == (Decimal(level), source)
    assert [found.low, found.high] == [Decimal(one) for one in span.split(" to ")]


@pytest.mark.parametrize(("pairs", "gaps", "share"), table(DOCUMENT, "required and shown"))
def test_gaps_are_those_of_the_table(pairs, gaps, share):
    found = [one.split("/") for one in pairs.split(", ")]
    needs = [(int(need), None if shown == "–" else Decimal(shown)) for need, shown in found]
    missing = [rules.missing_levels(need, shown) for need, shown in needs]
    assert missing == [None if one == "–" else Decimal(one) for one in gaps.split(", ")]
    percent = rules.missing_percent(needs)
    assert (f"{percent:.2f} %" if percent is not None else "–") == share


@pytest.mark.parametrize(("stage", "next_ones"), table(DOCUMENT, "a plan that is"))
def test_plans_move_as_the_table_says(stage, next_ones):
    allowed = {one for one in rules.PLAN_MOVES if rules.plan_may_go(stage, one)}
    assert allowed == (set() if next_ones == "nothing" else set(next_ones.split(", ")))


@pytest.mark.parametrize(("stage", "next_ones", "words"), table(DOCUMENT, "an action that is"))
def test_actions_move_as_the_table_says(stage, next_ones, words):
    allowed = {one for one in rules.ACTION_MOVES if rules.action_may_go(stage, one)}
    assert allowed == set(next_ones.split(", "))
    assert {one for one in allowed if rules.words_needed(stage, one)} == set(words.split(", "))
