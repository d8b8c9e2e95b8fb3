"""docs/rules/decisions.md says what the rules do: every table in it runs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from sightline.decisions.rules import checks, kinds, stages

PAGE = Path(__file__).parents[3] / "docs" / "rules" / "decisions.md"


def tables() -> Iterator[tuple[tuple[str, ...], list[tuple[str, ...]]]]:
    """The tables of the page: heads and rows."""
    for block in re.findall(r"(?:^\|.*\n)+", PAGE.read_text(), flags=re.MULTILINE):
        rows = [
            tuple(cell.strip() for cell in line.strip("|").split("|"))
            for line in block.splitlines()
        ]
        yield rows[0], rows[2:]


TABLES = dict(tables())


def rows_of(*heads: str) -> list[tuple[str, ...]]:
    """The rows of the table with these heads."""
    return TABLES[heads]


def money(text: str) -> checks.Money | None:
    if text == "none":
        return None
    amount, currency = text.split()
    return checks.Money(Decimal(amount), currency)


def pay_range(text: str) -> checks.PayRange | None:
    if text == "none":
        return None
    ends, currency = text.split()
    low, high = ends.split("–")
    return checks.PayRange(Decimal(low), Decimal(high), currency)


def test_what_the_house_asks_for():
    names = [
        "evidence_least",
        "months_in_post_least",
        "rating_least",
        "leeway_percent",
        "award_most_percent",
        "reply_days",
    ]
    for name, row in zip(names, rows_of("asked for", "promotion", "bonus"), strict=True):
        for kind, said in zip(kinds.OPEN, row[1:], strict=True):
            assert str(getattr(kinds.needs_of_the_house(kind), name)) == said


@pytest.mark.parametrize("row", rows_of("picked", "asked for", "outcome", "finding"))
def test_evidence(row):
    found = checks.evidence(int(row[0]), int(row[1]))
    assert (found.outcome, found.finding) == row[2:]


@pytest.mark.parametrize("row", rows_of("rating", "asked for", "outcome", "finding"))
def test_rating(row):
    last = None if row[0] == "none" else Decimal(row[0])
    found = checks.rating(last, "the year", Decimal(row[1]))
    assert (found.outcome, found.finding) == row[2:]


@pytest.mark.parametrize(
    "row",
    rows_of("in the post since", "change on", "asked for", "months", "outcome", "finding"),
)
def test_time_in_post(row):
    since = None if row[0] == "none" else date.fromisoformat(row[0])
    found = checks.time_in_post(since, date.fromisoformat(row[1]), int(row[2]))
    assert str(found.numbers.get("months", "none")) == row[3]
    assert (found.outcome, found.finding) == row[4:]


@pytest.mark.parametrize("row", rows_of("held on that day by", "outcome", "finding"))
def test_post(row):
    held_by = {"no post named": None, "nobody": ""}.get(row[0], row[0])
    found = checks.post(held_by)
    assert (found.outcome, found.finding) == row[1:]


@pytest.mark.parametrize(
    "row",
    rows_of("new", "now", "range", "leeway %", "outcome", "finding", "compa", "beyond %"),
)
def test_pay(row):
    found = checks.pay(money(row[0]), money(row[1]), pay_range(row[2]), int(row[3]))
    assert (found.outcome, found.finding) == row[4:6]
    assert found.numbers.get("compa", "") == row[6]
    assert found.numbers.get("beyond_percent", "") == row[7]


@pytest.mark.parametrize("row", rows_of("amount", "pay", "most %", "outcome", "finding", "share %"))
def test_award(row):
    found = checks.award(money(row[0]), money(row[1]), int(row[2]))
    assert (found.outcome, found.finding) == row[3:5]
    assert found.numbers.get("share_percent", "") == row[5]


@pytest.mark.parametrize(
    "row",
    rows_of("the proposer is the person", "reports to the person", "outcome", "finding"),
)
def test_proposer(row):
    found = checks.proposer(is_person=row[0] == "yes", is_below=row[1] == "yes")
    assert (found.outcome, found.finding) == row[2:]


@pytest.mark.parametrize("row", rows_of("could approve", "outcome", "finding"))
def test_second_person(row):
    found = checks.second_person(int(row[0]))
    assert (found.outcome, found.finding) == row[1:]


def test_what_may_follow_what():
    said = {
        row[0]: frozenset(filter(None, row[1].split(", ")))
        for row in rows_of("stage", "may become")
    }
    assert said == stages.NEXT
