"""How parts make a target, and proportions of a former year: docs/rules/decomposition.md."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as some

from sightline.strategy.rules import proportions
from sightline.strategy.rules.decomposition import Part, Way, closure, comes_to
from sightline.strategy.rules.proportions import (
    Fault,
    decimals_for,
    fitted,
    shared_out,
    totals,
)
from tests.docs.tables import table

DOCUMENT = (Path(__file__).parents[3] / "docs" / "rules" / "decomposition.md").read_text()
values = some.decimals(min_value=-1000, max_value=1000, places=2)
weights = some.decimals(min_value="0.1", max_value=100, places=1)
counts = some.integers(0, 50).map(Decimal)


def number(text):
    return Decimal(text.replace("−", "-"))


def numbers(text):
    return [number(one) for one in text.split(", ")]


def cells_of(text):
    return [numbers(row) for row in text.split(" / ")]


def parts_of(text):
    if text == "–":
        return []
    return [Part(*map(number, one.split(" × "))) for one in text.split(", ")]


def rounded(value, decimals):
    return round(Decimal(str(value)), decimals)


def test_every_way_stands_in_the_document():
    assert [row[0] for row in table(DOCUMENT, "way | the parts come to")] == list(Way)


@pytest.mark.parametrize(
    ("way", "parts", "whole", "made", "gap", "closes"), table(DOCUMENT, "way | parts")
)
def test_parts_close_on_the_whole_as_the_document_says(way, parts, whole, made, gap, closes):
    found = closure(Way(way), parts_of(parts), number(whole))
    assert found.closes == (closes == "yes")
    if made == "–":
        assert (found.comes_to, found.gap) == (None, None)
    else:
        assert rounded(found.comes_to, 4) == number(made)
        assert rounded(found.gap, 4) == number(gap)


def test_a_table_is_fitted_to_its_totals_as_the_document_says():
    told = table(DOCUMENT, "seed | fitted")
    fit = fitted(
        [numbers(row[0]) for row in told],
        numbers("150, 300, 400, 150"),
        numbers("200, 300, 400, 100"),
    )
    assert [[rounded(cell, 2) for cell in row] for row in fit.cells] == [
        numbers(row[1]) for row in told
    ]


@pytest.mark.parametrize(("seed", "rows", "columns", "said"), table(DOCUMENT, "seed | totals"))
def test_what_cannot_be_is_told_as_the_document_says(seed, rows, columns, said):
    fit = fitted(cells_of(seed), numbers(rows), numbers(columns))
    if fit.fault:
        assert fit.fault == said
    else:
        assert [[rounded(cell, 6) for cell in row] for row in fit.cells] == cells_of(said)


def test_the_row_or_the_column_of_zeros_is_named():
    ones = numbers("1, 1")
    assert fitted(cells_of("1, 1 / 0, 0"), ones, ones).place == 1
    assert fitted(cells_of("1, 0 / 1, 0"), ones, ones).place == 1


def test_what_does_not_come_near_in_time_is_told(monkeypatch):
    monkeypatch.setattr(proportions, "ROUNDS", 1)
    seed = cells_of("1, 1000 / 1, 1")
    assert fitted(seed, numbers("9, 1"), numbers("9, 1")).fault == Fault.TOO_FAR_APART


def test_a_table_of_very_many_columns_is_no_table_of_quarters():
    with pytest.raises(ValueError, match="at most 12"):
        fitted([[Decimal(1)] * 13], [Decimal(13)], [Decimal(1)] * 13)


@pytest.mark.parametrize(
    ("whole", "shares", "decimals", "parts"), table(DOCUMENT, "whole | proportions")
)
def test_a_whole_is_shared_out_to_the_last_step(whole, shares, decimals, parts):
    assert shared_out(number(whole), numbers(shares), int(decimals)) == numbers(parts)


def test_totals_that_are_wanted_stay_and_the_others_share_the_rest():
    ones, whole = numbers("2, 1, 1"), Decimal(1200)
    assert totals([None, Decimal(600), None], ones, whole, 0) == numbers("400, 600, 200")
    assert totals([None, None, None], ones, whole, 0) == numbers("600, 300, 300")
    assert totals(numbers("1000, 100, 100"), ones, whole, 0) == numbers("1000, 100, 100")
    assert totals(numbers("1000, 100, 99"), ones, whole, 0) is None
    assert totals([Decimal(1201), None, None], ones, whole, 0) is None


@pytest.mark.parametrize(
    ("whole", "cells", "given_too", "decimals"),
    [
        ("1200", 12, [], 0),
        ("3.9", 20, [], 3),
        ("0", 4, [], 0),
        ("12.50", 1, [], 1),
        ("1200", 12, ["0.25"], 2),
        ("0.0001", 4, [], 4),
        ("90", 3, [], 1),
    ],
)
def test_cells_have_three_figures_or_as_many_as_were_given(whole, cells, given_too, decimals):
    assert decimals_for(Decimal(whole), cells, list(map(Decimal, given_too))) == decimals


tables = some.integers(1, 4).flatmap(
    lambda width: some.lists(
        some.tuples(weights, some.lists(values, min_size=width, max_size=width)),
        min_size=1,
        max_size=5,
    )
)


@given(some.sampled_from([way for way in Way if way != Way.NONE]), tables)
def test_units_first_or_quarters_first_comes_to_the_same(way, rows):
    everything = [Part(value, weight) for weight, line in rows for value in line]
    by_unit = [
        Part(comes_to(way, [Part(value) for value in line]), weight) for weight, line in rows
    ]
    by_quarter = [
        Part(comes_to(way, [Part(line[place], weight) for weight, line in rows]))
        for place in range(len(rows[0][1]))
    ]
    made = comes_to(way, everything)
    for folded in (comes_to(way, by_unit), comes_to(way, by_quarter)):
        assert abs(folded - made) <= abs(made) * Decimal("1e-20") + Decimal("1e-20")


@given(some.lists(values, min_size=1), values)
def test_a_sum_closes_exactly_when_nothing_is_missing(parts, whole):
    found = closure(Way.ADDITIVE, [Part(one) for one in parts], whole)
    assert found.closes == (sum(parts) == whole)
    assert found.gap == sum(parts) - whole


@given(some.lists(some.tuples(values, weights), min_size=1), weights)
def test_a_mean_lies_among_its_parts_whatever_the_scale_of_the_weights(pairs, scale):
    found = comes_to(Way.MEAN, [Part(*pair) for pair in pairs])
    scaled = comes_to(Way.MEAN, [Part(value, weight * scale) for value, weight in pairs])
    low, high = min(value for value, _w in pairs), max(value for value, _w in pairs)
    assert low - Decimal("1e-20") <= found <= high + Decimal("1e-20")
    assert abs(found - scaled) < Decimal("1e-20")


seeds = some.integers(1, 4).flatmap(
    lambda width: some.lists(
        some.lists(counts, min_size=width, max_size=width), min_size=1, max_size=6
    )
)


def sums(cells):
    return [sum(row) for row in cells], [sum(column) for column in zip(*cells, strict=True)]


@given(seeds, some.data())
def test_totals_that_some_table_has_are_reached_and_zeros_stay(seed, data):
    factors = data.draw(
        some.lists(some.integers(1, 9), min_size=len(seed), max_size=len(seed)), label="factors"
    )
    other = [[cell * factor for cell in row] for row, factor in zip(seed, factors, strict=True)]
    rows, columns = sums(other)
    fit = fitted(seed, rows, columns)
    assert fit.fault is None
    found_rows, found_columns = sums(fit.cells)
    for found, wanted in [
        *zip(found_rows, rows, strict=True),
        *zip(found_columns, columns, strict=True),
    ]:
        assert abs(found - float(wanted)) <= 1e-8 * float(wanted)
    for line, cells in zip(seed, fit.cells, strict=True):
        assert all(cell == 0 for was, cell in zip(line, cells, strict=True) if was == 0)


@given(seeds, seeds)
def test_whatever_the_zeros_an_answer_comes_and_it_has_the_totals(seed, other):
    assume(len(seed) <= len(other) and len(seed[0]) <= len(other[0]))
    cut = [row[: len(seed[0])] for row in other[: len(seed)]]
    rows, columns = sums(cut)
    fit = fitted(seed, rows, columns)
    if fit.fault is None:
        for found, wanted in zip(sums(fit.cells)[0], rows, strict=True):
            assert abs(found - float(wanted)) <= 1e-8 * float(wanted)
    else:
        assert fit.fault in {Fault.ROW_OF_ZEROS, Fault.COLUMN_OF_ZEROS, Fault.ZEROS_IN_THE_WAY}


@given(seeds.filter(lambda seed: all(all(row) for row in seed)), some.data())
def test_the_ratios_of_the_seed_are_kept(seed, data):
    rows = data.draw(
        some.lists(some.integers(1, 99).map(Decimal), min_size=len(seed), max_size=len(seed))
    )
    columns = shared_out(sum(rows), [Decimal(1)] * len(seed[0]), 4)
    cells = fitted(seed, rows, columns).cells
    for line, was in zip(cells, seed, strict=True):
        for one in range(len(line)):
            found = line[one] * cells[0][0] / (line[0] * cells[0][one])
            wanted = float(was[one] * seed[0][0] / (was[0] * seed[0][one]))
            assert found == pytest.approx(wanted, rel=1e-6)


@given(values, some.lists(counts, min_size=1, max_size=30), some.integers(0, 4))
def test_parts_of_a_whole_add_up_to_it_and_lie_within_a_step(whole, shares, decimals):
    parts = shared_out(whole, shares, decimals)
    assert sum(parts) == whole
    total = sum(shares) or len(shares)
    for part, share in zip(parts, shares if any(shares) else [1] * len(shares), strict=True):
        assert abs(part - whole * share / total) <= Decimal(1).scaleb(-decimals)
