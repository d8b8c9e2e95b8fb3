"""Advice beside a form: said while one types, dismissed by a tick, never in the way."""

from __future__ import annotations

import pytest
from django import forms
from django.template import Context, Template

from sightline.foundation.ui.advice import telling
from sightline.foundation.ui.advice.rules import FEEDBACK, Rule
from sightline.foundation.ui.advice.telling import (
    ADVISERS,
    MOST,
    Advice,
    advised,
    adviser_on,
    of_words,
    typed_in,
)

pytestmark = pytest.mark.django_db


class Words(forms.Form):
    behaviour = forms.CharField(required=False)
    day = forms.DateField(required=False)


@pytest.fixture
def kind(monkeypatch):
    monkeypatch.setitem(ADVISERS, "words", adviser_on({"behaviour": FEEDBACK}))
    return "words"


def sent(client, kind, **typed):
    return client.post(f"/advice/{kind}/", typed)


def test_it_is_said_of_what_is_typed_and_in_the_page_of_what_stands_there(company, kind):
    answer = sent(company.client("mei"), kind, behaviour="You were rude.")
    assert "“rude” says what somebody is like" in answer.content.decode()
    form = Words(initial={"behaviour": "You never asked."})
    page = Template('{% advice "words" form %}').render(Context({"form": form}))
    assert "“never” is seldom so" in page
    assert 'role="status"' in page
    assert 'hx-post="/advice/words/"' in page


def test_nothing_is_said_of_a_good_text_and_nothing_twice(company, kind):
    client = company.client("mei")
    answer = sent(client, kind, behaviour="You asked Kofi first.", advised="x")
    assert "advice__box" not in answer.content.decode()
    assert sent(client, kind, behaviour="You asked Kofi first.").status_code == 200
    assert sent(client, kind, behaviour="You asked", advised="").status_code == 204
    same = sent(client, kind, behaviour="You were rude.", advised="trait:rude")
    assert same.status_code == 204


def test_what_is_dismissed_stays_so_until_the_page_goes(company, kind):
    client, typed = company.client("mei"), "You were rude, always."
    text = sent(client, kind, behaviour=typed, dismissed="trait:rude").content.decode()
    assert "rude” says" not in text
    assert "always” is seldom" in text
    assert '<input type="hidden" name="dismissed" value="trait:rude">' in text


def test_what_was_sent_is_written_as_text(company, kind):
    text = sent(company.client("mei"), kind, dismissed='"><script>').content.decode()
    assert "<script>" not in text


def test_it_is_for_who_is_signed_in_and_of_kinds_that_there_are(company, client, kind):
    assert sent(client, kind).status_code == 302
    assert sent(company.client("mei"), "nothing").status_code == 404
    assert company.client("mei").get("/advice/words/").status_code == 405


def test_a_form_is_read_as_it_is_typed_else_as_it_begins():
    assert typed_in(Words()) == {"behaviour": "", "day": ""}
    assert typed_in(Words({"behaviour": "a", "day": "soon"})) == {"behaviour": "a", "day": "soon"}


def test_so_much_is_said_at_once_and_the_same_words_once(monkeypatch):
    many = [Advice(str(number), "Well.") for number in range(9)]
    monkeypatch.setitem(ADVISERS, "many", lambda _typed, _language: many)
    assert len(advised("many", {}, "en")) == MOST
    assert advised("many", {}, "en", ["0"])[0].key == "1"
    both = {"one": "You never ask", "two": "You never tell", "three": None}
    assert len(list(of_words(both, [*both, "four"], FEEDBACK, "en"))) == 1


def test_every_rule_has_a_sentence():
    for rule in Rule:
        found = telling.Finding(rule, "so")
        assert "“so”" in telling.sentence_of(found)
