"""docs/rules/measures.md says what is so."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from sightline.strategy.models import Commitment
from sightline.strategy.rules import measures as rules
from sightline.strategy.rules.measures import Band, Point, Standing, Status

DOCUMENT = (Path(__file__).parents[3] / "docs" / "rules" / "measures.md").read_text()
BASELINE = Point(date(2026, 1, 1), Decimal(46))
TARGETS = [Point(date(2027, 1, 1), Decimal(40)), Point(date(2028, 1, 1), Decimal(30))]


def table(heading):
    """The rows of the table whose heading begins so."""
    after = DOCUMENT[DOCUMENT.index(f"| {heading}") :].split("\n\n")[0]
    return [
        [cell.strip() for cell in line.strip("|").split(" | ")] for line in after.splitlines()[2:]
    ]


def number(text):
    return Decimal(text.replace("−", "-"))


def rounded(value):
    return value.quantize(Decimal("0.01"))


@pytest.mark.parametrize(("on", "wanted"), table("on | the plan wants"))
def test_the_plan_is_a_straight_line_from_point_to_point(on, wanted):
    value = rules.planned_value(BASELINE, TARGETS, date.fromisoformat(on))
    assert rounded(value) == rounded(number(wanted))


@pytest.mark.parametrize(("value", "on", "done", "plan", "word"), table("value | on"))
def test_a_value_is_held_against_the_plan_of_its_day(value, on, done, plan, word):
    day = date.fromisoformat(on)
    standing = rules.standing_on_the_way(BASELINE, TARGETS, [Point(day, number(value))], day)
    assert standing.done_percent is not None
    assert standing.plan_percent is not None
    assert rounded(standing.done_percent) == rounded(number(done))
    assert rounded(standing.plan_percent) == rounded(number(plan))
    assert standing.status == Status(word.replace(" ", "_"))


@pytest.mark.parametrize(("value", "done", "word"), table("value | done % | word"))
def test_a_band_is_kept_or_left(value, done, word):
    day = date(2026, 7, 2)
    band = Band(Decimal(2), Decimal(4))
    standing = rules.standing_in_the_band(band, [Point(day, number(value))], day)
    assert standing.done_percent == number(done)
    assert standing.status == Status(word.replace(" ", "_"))


def standing_of(text):
    if text == "–":
        return rules.UNKNOWN
    done, plan = map(number, text.split("/"))
    return Standing(rules.status_of(done, plan), done, plan)


@pytest.mark.parametrize(("told", "coverage", "done", "plan", "word"), table("measures, done/plan"))
def test_an_objective_stands_at_the_mean_of_what_is_known(told, coverage, done, plan, word):
    found = rules.score([standing_of(text) for text in told.split(", ")])
    assert found.coverage_percent == number(coverage)
    assert found.standing.done_percent == (None if done == "–" else number(done))
    assert found.standing.plan_percent == (None if plan == "–" else number(plan))
    assert found.standing.status == Status(word.replace(" ", "_"))


def test_the_limits_are_those_of_the_table():
    limits = [int(text.replace("−", "-")) for row in table("done less") for text in numbers(row[0])]
    assert limits == [
        rules.AHEAD_BY,
        -rules.LAGS_BY,
        rules.AHEAD_BY,
        -rules.FALLS_BY,
        -rules.LAGS_BY,
        -rules.FALLS_BY,
    ]
    assert f"{rules.FRESH_FOR.days} days" in DOCUMENT


def numbers(text):
    return re.findall(r"−?\d+", text)


@pytest.mark.parametrize(("agreed", "offered", "stage", "claims"), table("agreed %"))
def test_a_commitment_claims_the_larger_share(agreed, offered, stage, claims):
    commitment = Commitment(
        share_percent=number(offered),
        agreed_percent=None if agreed == "–" else number(agreed),
        stage=stage,
    )
    assert commitment.claimed_percent == number(claims)
