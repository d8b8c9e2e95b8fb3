"""docs/rules/reviews.md says what is so."""

import re
from decimal import Decimal
from pathlib import Path

import pytest

from sightline.reviews.rules import peers, scores, stages
from sightline.reviews.wording import peer_words
from tests.docs.tables import table

DOCUMENT = (Path(__file__).parents[3] / "docs" / "rules" / "reviews.md").read_text()


def rated(text):
    """An item as the table writes it."""
    value, _star, weight = text.partition("*")
    return scores.Rated(int(weight) if weight else None, None if value == "–" else int(value))


def parts(text):
    """The sections that a cell writes."""
    found = []
    for section in text.split(";"):
        weight, _colon, items = section.partition(":")
        written = [one.strip() for one in items.split(",") if one.strip()]
        found.append(scores.Part(int(weight), [rated(one) for one in written]))
    return found


@pytest.mark.parametrize(("sections", "value", "counted", "covered"), table(DOCUMENT, "sections"))
def test_scores_are_those_of_the_table(sections, value, counted, covered):
    worked = scores.score(parts(sections))
    assert worked.value == (None if value == "–" else Decimal(value))
    assert f"{worked.rated} of {worked.of}" == counted
    assert f"{worked.rated_percent} %" == covered


@pytest.mark.parametrize(("ratings", "words"), table(DOCUMENT, "ratings"))
def test_what_is_told_of_peers_is_that_of_the_table(ratings, words):
    values = [int(one) for one in ratings.split(",")]
    found = peers.told(values, lowest=1, highest=5)
    if found is None:
        assert words == "nothing"
        return
    assert peer_words(found) == words


@pytest.mark.parametrize(("sent", "of", "words"), table(DOCUMENT, "sent"))
def test_shares_of_peers_are_those_of_the_table(sent, of, words):
    found = peers.share_told(int(sent), int(of))
    assert ("nothing" if found is None else f"{found} %") == words


@pytest.mark.parametrize(("required", "rating", "level"), table(DOCUMENT, "required"))
def test_levels_shown_are_those_of_the_table(required, rating, level):
    shown = scores.level_shown(int(required), int(rating), middle=Decimal(3), highest=5)
    assert shown == Decimal(level)


@pytest.mark.parametrize(
    ("what", "moves"),
    [("cycle", stages.CYCLE), ("review", stages.REVIEW), ("form", stages.FORM)],
)
def test_stages_follow_each_other_as_the_tables_say(what, moves):
    told = {
        stage: set() if after == "nothing" else set(re.split(r", ", after))
        for stage, after in table(DOCUMENT, f"a {what} that is")
    }
    assert told == {stage: set(after) for stage, after in moves.items()}
