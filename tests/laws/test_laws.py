"""The house keeps its laws, and no law would let an offender pass."""

from __future__ import annotations

import pytest

from tests.laws import actions, names, pages, reading, sizes, styles, words
from tests.laws.law import LAWS

BOOKS = [actions, names, pages, reading, sizes, styles, words]
EXAMPLES_BROKEN = [(law, example) for law in LAWS for example in law.broken]
EXAMPLES_KEPT = [(law, example) for law in LAWS for example in law.kept]


def name_of(value):
    return getattr(value, "name", "") or getattr(value, "path", "")


@pytest.mark.parametrize("law", LAWS, ids=name_of)
def test_the_house_keeps_the_law(law):
    offences = law.unexcused()
    assert not offences, "\n".join([str(law.look.__doc__), *offences])


@pytest.mark.parametrize("law", LAWS, ids=name_of)
def test_every_excuse_is_still_needed(law):
    assert law.idle_excuses() == []


@pytest.mark.parametrize(("law", "example"), EXAMPLES_BROKEN, ids=name_of)
def test_a_planted_offender_is_found(law, example):
    assert list(law.look(example)), f"{law.name} lets this pass:\n{example.text}"


@pytest.mark.parametrize(("law", "example"), EXAMPLES_KEPT, ids=name_of)
def test_what_is_right_is_left_alone(law, example):
    assert [str(offence) for offence in law.look(example)] == [], example.text


@pytest.mark.parametrize("book", BOOKS, ids=lambda book: book.__name__.rsplit(".", 1)[-1])
def test_every_law_has_a_sentence_and_both_kinds_of_examples(book):
    laws = [law for law in LAWS if law.look.__module__ == book.__name__]
    assert laws
    for law in laws:
        assert law.look.__doc__
        assert law.broken
        assert law.kept
