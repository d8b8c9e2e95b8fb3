"""docs/rules/weights.md says what is so."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from sightline.strategy.rules import pairwise as rules

DOCUMENT = (Path(__file__).parents[3] / "docs" / "rules" / "weights.md").read_text()


def table(heading):
    """The rows of the table whose heading begins so."""
    after = DOCUMENT[DOCUMENT.index(f"| {heading}") :].split("\n\n")[0]
    return [
        [cell.strip() for cell in line.strip("|").split(" | ")] for line in after.splitlines()[2:]
    ]


def ratios(text):
    return [[float(Fraction(cell)) for cell in row.split()] for row in text.split(";")]


@pytest.mark.parametrize(("told", "mean", "least", "most"), table("given | mean"))
def test_points_come_to_their_mean_with_their_spread(told, mean, least, most):
    found = rules.spread([float(one) for one in told.split(",")])
    assert (found.mean, found.least, found.most) == (float(mean), float(least), float(most))


@pytest.mark.parametrize(("what", "told", "weights", "eigenvalue", "ratio"), table("what | ratios"))
def test_ratios_come_to_the_published_weights(what, told, weights, eigenvalue, ratio):
    found = rules.weighed(ratios(told))
    assert found.weights == pytest.approx([float(one) for one in weights.split()], abs=6e-7)
    assert found.eigenvalue == pytest.approx(float(eigenvalue), abs=6e-7)
    assert found.ratio == pytest.approx(float(ratio), abs=6e-7)
    assert found.is_consistent == (what != "a circle")


def test_the_leader_is_chosen_by_criteria_and_by_what_each_says_of_the_candidates():
    known = {row[0]: rules.weighed(ratios(row[1])).weights for row in table("what | ratios")}
    under = [known[name] for name in ("experience", "education", "charisma", "age")]
    for place, (_name, wanted) in enumerate(table("candidate")):
        final = sum(w * one[place] for w, one in zip(known["leader"], under, strict=True))
        assert final == pytest.approx(float(wanted), abs=6e-7)


@pytest.mark.parametrize(("told", "places", "judged", "implied"), table("ratios | places"))
def test_the_worst_three_are_named(told, places, judged, implied):
    found = rules.worst_triad(ratios(told))
    if places == "–":
        assert found is None
        return
    assert found is not None
    assert [one + 1 for one in found.places] == [int(one) for one in places.split()]
    assert found.judged == pytest.approx(float(judged))
    assert found.implied == pytest.approx(float(implied))


@pytest.mark.parametrize(("one", "another", "wanted"), table("one says"))
def test_several_people_are_joined_by_the_geometric_mean(one, another, wanted):
    tables = [[[1.0, x], [1 / x, 1.0]] for x in (float(Fraction(one)), float(Fraction(another)))]
    joined = rules.joined(tables)
    assert joined[0][1] == pytest.approx(float(wanted))
    assert joined[1][0] == pytest.approx(1 / float(wanted))


@pytest.mark.parametrize("wrong", [0, -1, 10, -10])
def test_what_is_no_judgement_is_refused(wrong):
    with pytest.raises(ValueError, match=str(wrong)):
        rules.ratio_of(wrong)


@pytest.mark.parametrize("number", [1, 10])
def test_two_to_nine_are_compared(number):
    with pytest.raises(ValueError, match=str(number)):
        rules.weighed([[1.0] * number] * number)


def test_a_pair_that_nobody_compared_is_not_made_up():
    with pytest.raises(KeyError):
        rules.matrix_of(3, {(0, 1): 3, (0, 2): 5})


STEPS = some.sampled_from([*range(-9, -1), *range(1, 10)])


@given(some.integers(2, 9), some.data())
def test_whatever_is_judged_comes_to_weights_that_add_up(number, data):
    steps = {pair: data.draw(STEPS) for pair in rules.pairs(number)}
    table = rules.matrix_of(number, steps)
    found = rules.weighed(table)
    assert sum(found.weights) == pytest.approx(1)
    assert min(found.weights) > 0
    assert found.ratio >= 0
    product = [sum(a * w for a, w in zip(row, found.weights, strict=True)) for row in table]
    assert product == pytest.approx([found.eigenvalue * w for w in found.weights], rel=1e-9)


@given(some.lists(some.floats(0.1, 9), min_size=3, max_size=9))
def test_of_judgements_that_go_together_the_weights_are_what_was_in_mind(values):
    table = [[one / other for other in values] for one in values]
    found = rules.weighed(table)
    assert found.weights == pytest.approx([one / sum(values) for one in values], abs=1e-9)
    assert found.ratio == pytest.approx(0, abs=1e-9)
    assert rules.worst_triad(table) is None


def test_weights_are_told_as_far_as_they_have_come_when_rounds_run_out(monkeypatch):
    table = rules.matrix_of(3, {(0, 1): 3, (0, 2): 5, (1, 2): 3})
    whole = rules.weighed(table)
    monkeypatch.setattr(rules, "ROUNDS", 1)
    first = rules.weighed(table)
    assert sum(first.weights) == pytest.approx(1)
    assert first.weights != whole.weights
    assert first.weights == pytest.approx(whole.weights, abs=0.1)
