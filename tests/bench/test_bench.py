"""The benchmarks' own arithmetic: a budget that is broken is told."""

from __future__ import annotations

import json

from tests.bench.figures import Figure, keep, table
from tests.bench.organisation import write_organisation
from tests.bench.pages import PAGES


def figure(**more):
    return Figure(name="a page", database="SQLite", size=200, **more)


def test_a_budget_holds_up_to_its_limit():
    assert figure(value=29.9, budget=30).holds
    assert not figure(value=30.1, budget=30).holds
    assert figure(value=0, budget=0).holds


def test_more_may_be_better():
    assert figure(value=1200, budget=1000, more_is_better=True).holds
    assert not figure(value=900, budget=1000, more_is_better=True).holds


def test_what_could_not_be_measured_does_not_hold():
    assert not figure(budget=30).holds
    assert "not measured" in table([figure(budget=30)])


def test_queries_and_weight_have_budgets_too():
    assert not figure(value=1, queries=13, queries_budget=12).holds
    assert not figure(value=1, kilobytes_first=251).holds
    assert not figure(value=1, kilobytes_next=61).holds


def test_the_table_names_what_is_over():
    lines = table([figure(value=10, budget=30), figure(value=40, budget=30)]).splitlines()
    assert [line.split()[0] for line in lines[1:]] == ["good", "OVER"]


def test_the_figures_are_kept_for_machines(tmp_path):
    keep([figure(value=10, budget=30)], tmp_path / "bench.json")
    kept = json.loads((tmp_path / "bench.json").read_text())
    assert kept["figures"][0]["holds"] is True


def test_a_page_has_the_budget_of_the_next_larger_size():
    page = next(page for page in PAGES if page.name == "directory")
    assert [page.budget_at(size) for size in (20, 200, 2_000, 10_000, 100_000)] == [
        40,
        40,
        80,
        80,
        80,
    ]


def test_the_organisation_has_the_size_asked_for(tmp_path):
    files = write_organisation(tmp_path, 400)
    assert len(files["people"].read_text().splitlines()) == 401
    assert len(files["units"].read_text().splitlines()) == 11
