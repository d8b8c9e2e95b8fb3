"""docs/rules/conversations.md says what is so."""

from datetime import date
from pathlib import Path

import pytest

from sightline.conversations import rules

DOCUMENT = Path(__file__).parents[3] / "docs/rules/conversations.md"


def table(heading):
    """The rows of the table whose first column is called so, as lists of cells."""
    lines = DOCUMENT.read_text("utf-8").splitlines()
    start = next(n for n, line in enumerate(lines) if line.startswith(f"| {heading} |"))
    rows = []
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in line.strip("|").split("|")])
    assert rows
    return rows


def day(cell):
    return None if cell in ("none", "open") else date.fromisoformat(cell)


@pytest.mark.parametrize("row", table("silence, days"))
def test_the_rhythm_is_what_the_document_says(row):
    silence, cadence, away, ended, expected = row
    stands = rules.rhythm(int(silence), int(cadence), away=away == "yes", ended=ended == "yes")
    assert stands == expected


@pytest.mark.parametrize("row", table("on rhythm"))
def test_the_rhythm_kept_is_what_the_document_says(row):
    *counts, without, expected = row
    stands = {one: int(count) for one, count in zip(rules.Rhythm, counts, strict=True)}
    kept = rules.kept_percent(stands, int(without))
    assert kept == (None if expected == "none" else int(expected))


@pytest.mark.parametrize("row", table("last talk"))
def test_the_next_talk_is_when_the_document_says(row):
    last, cadence, today, expected = row
    assert rules.next_meeting_on(day(last), int(cadence), day(today)) == day(expected)


@pytest.mark.parametrize("row", table("raised"))
def test_things_carry_over_as_often_as_the_document_says(row):
    raised, settled, held, times = row
    held_on = [day(one.strip()) for one in held.split(",") if one.strip()]
    assert rules.times_carried(day(raised), day(settled), held_on) == int(times)


@pytest.mark.parametrize("row", table("kind"))
def test_feedback_is_read_by_whom_the_document_says(row):
    kind, *answers = row
    readers = (rules.SUBJECT, rules.MANAGER, rules.UNIT, rules.EVERYONE)
    for reader, answer in zip(readers, answers, strict=True):
        assert rules.may_be_read_by(kind, reader) == (answer == "yes")
