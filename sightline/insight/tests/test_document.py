"""docs/rules/insight.md says what is so."""

from __future__ import annotations

from pathlib import Path

import pytest

from sightline.insight.rules import Work, held_back, work

DOCUMENT = Path(__file__).parents[3] / "docs/rules/insight.md"


def rows_under(heading):
    """The rows of the table under a heading, cells as text."""
    part = DOCUMENT.read_text().split(f"## {heading}\n")[1].split("\n## ")[0]
    lines = [line for line in part.splitlines() if line.startswith("|")][2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def numbers(cell):
    return [int(one) for one in cell.split(",") if one.strip()]


@pytest.mark.parametrize("row", rows_under("Done, open, late"), ids=" ".join)
def test_work(row):
    done, of, over, *told = row
    assert work(int(done), int(of), is_over=over == "yes") == Work(*map(int, told))


@pytest.mark.parametrize("row", rows_under("Small groups"), ids=" ".join)
def test_small_groups(row):
    sizes, told, together = map(numbers, row)
    assert held_back(sizes, int) == (told, together)
