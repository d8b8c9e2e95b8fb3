"""Advice in sentences, and who gives it on what.

An app registers an adviser for a kind of form when Django is ready; `{% advice "goal" form %}`
shows what it says of the form, and again while one types.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.forms import BaseForm
from django.utils.translation import gettext as _

from sightline.foundation.ui.advice.rules import Finding, Rule, findings

MOST = 4
"""So much is said at once: more is read by nobody."""

LONGEST_KEY = 120
MOST_DISMISSED = 60

Typed = Mapping[str, Any]
"""What stands in the fields, by their names."""


@dataclass(frozen=True, slots=True)
class Advice:
    """One short sentence, and by what it is known when it is dismissed."""

    key: str
    sentence: str


Adviser = Callable[[Typed, str], Iterable[Advice]]
"""From what was typed, and the writer's language, to what is advised; the weightiest first."""

ADVISERS: dict[str, Adviser] = {}


def register_adviser(kind: str, adviser: Adviser) -> None:
    """Let forms of a kind be advised on."""
    ADVISERS[kind] = adviser


def advised(kind: str, typed: Typed, language: str, dismissed: Iterable[str] = ()) -> list[Advice]:
    """What there is to say, but for what was dismissed; KeyError when nobody advises on that."""
    gone = set(dismissed)
    return [one for one in ADVISERS[kind](typed, language) if one.key not in gone][:MOST]


def of_words(
    typed: Typed, names: Iterable[str], rules: Iterable[Rule], language: str
) -> Iterator[Advice]:
    """What rules say of the texts in some fields; the same words are told once."""
    told = set()
    for name in names:
        for found in findings(text_in(typed, name), rules, language):
            one = Advice(f"{found.rule}:{found.words}"[:LONGEST_KEY], sentence_of(found))
            if one.key not in told:
                told.add(one.key)
                yield one


def adviser_on(rules: Mapping[str, Iterable[Rule]]) -> Adviser:
    """An adviser that holds texts against rules, by a pattern for the names of their fields."""

    def adviser(typed: Typed, language: str) -> Iterator[Advice]:
        for pattern, held in rules.items():
            names = [name for name in typed if re.fullmatch(pattern, name)]
            yield from of_words(typed, names, held, language)

    return adviser


def text_in(typed: Typed, name: str) -> str:
    """The text in a field; nothing when there is no such field, or nothing in it."""
    value = typed.get(name)
    return "" if value is None else str(value).strip()


def typed_in(form: BaseForm) -> dict[str, str]:
    """What stands in a form now, by the names of its inputs: what was typed, else what it began
    with."""
    forms = list(getattr(form, "forms", [form]))
    return {
        field.html_name: "" if (value := field.value()) is None else str(value)
        for one in forms
        for field in one
    }


def sentence_of(found: Finding) -> str:
    """A finding in one short sentence."""
    words = {
        Rule.VAGUE: _("“%s” says little: say how much, or what will be seen."),
        Rule.TWO_RESULTS: _("“%s” begins a second result: write a goal for each."),
        Rule.TWO_THINGS: _("“%s” joins two things: name one."),
        Rule.TRAIT: _("“%s” says what somebody is like: say what was done."),
        Rule.NEGATION: _("“%s” turns the sentence round: say what one does."),
        Rule.ALWAYS: _("“%s” is seldom so: say when it was."),
        Rule.RANK: _("“%s” compares people: hold the work against what was agreed."),
    }[found.rule]
    return words % found.words
