"""What can be said of a text by plain rules: words that say little, two things in one, and so on.

docs/rules/advice.md says the same in words, with the examples that run as tests. Each language has
a lexicon of its own; a text in a language without one is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from sightline.foundation.ui.advice.rules.english import ENGLISH

LONGEST = 4000
"""So many characters of a text are read."""

QUOTED = re.compile(r'“[^”]*”|"[^"]*"|«[^»]*»|„[^“]*“')
"""The words of somebody else, or of a screen."""


class Rule(StrEnum):
    """What a text is held against. Each name is that of a pattern of the lexicon."""

    VAGUE = "vague"
    TWO_RESULTS = "two_results"
    TWO_THINGS = "two_things"
    TRAIT = "trait"
    NEGATION = "negation"
    ALWAYS = "always"
    RANK = "rank"


GOAL = (Rule.VAGUE, Rule.TWO_RESULTS)
FEEDBACK = (Rule.TRAIT, Rule.ALWAYS, Rule.RANK)
QUESTION = (Rule.TWO_THINGS, Rule.NEGATION, Rule.TRAIT)
BEHAVIOUR = (*QUESTION, Rule.VAGUE)
"""What one sees somebody do who stands at a level."""

ANCHOR = (Rule.TRAIT, Rule.VAGUE)
"""What one sees at a point of a scale, whatever is rated on it."""

LEXICONS = {"en": ENGLISH}


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that a text does not keep, and the words by which."""

    rule: Rule
    words: str


def findings(text: str, rules: Iterable[Rule], language: str) -> list[Finding]:
    """What a text does not keep, each rule once, with the first words that show it.

    What is quoted is not the writer's, and what only looks like an offence is left out.
    """
    lexicon = LEXICONS.get(_main(language))
    if lexicon is None:
        return []
    bare = QUOTED.sub(_blank, text[:LONGEST])
    bare = lexicon["harmless"].sub(_blank, bare)
    found = ((rule, lexicon[rule].search(bare)) for rule in rules)
    return [Finding(rule, _shown(match)) for rule, match in found if match]


def has_number(text: str, language: str) -> bool:
    """Whether a text says how many: in digits, or in words of its language."""
    lexicon = LEXICONS.get(_main(language))
    return bool(re.search(r"\d", text) or (lexicon and lexicon["number"].search(text)))


def _main(language: str) -> str:
    return language.replace("_", "-").partition("-")[0].lower()


def _blank(match: re.Match[str]) -> str:
    return "_" * len(match[0])


def _shown(match: re.Match[str]) -> str:
    """The words that a pattern names, else all of it."""
    return " ".join((match.groupdict().get("shown") or match[0]).split())
