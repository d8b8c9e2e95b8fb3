"""No page says anything that cannot be translated, and every page can be read from the right."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import models
from django.utils.translation import trans_real

from sightline.foundation.exchange.models import Import
from tests.access.row import Row
from tests.access.table import TABLE
from tests.cost.test_queries import looker
from tests.i18n.pseudo import Pseudo, untranslated

SAID_BY_THE_HOUSE = {"the employment has ended"}
"""Reasons stand in the ledger as they were given, in the language of that moment."""
SAID = "Ana Ribeiro explained the import so that all could follow."
MADE_UP = {"ui:gallery", "drafts:demonstration"}
PAGES = [
    row
    for row in TABLE
    if row.get == 200 and row.name not in MADE_UP and "yes" in row.who.answers.values()
]


@pytest.fixture
def pseudo(monkeypatch):
    """English, in brackets."""
    monkeypatch.setitem(trans_real._translations, "en", Pseudo())
    monkeypatch.setattr(trans_real, "_default", None)
    trans_real.activate("en")
    yield
    monkeypatch.undo()
    trans_real.activate("en")


@pytest.fixture(scope="module")
def data(_built, django_db_blocker) -> set[str]:
    """Every text in the database that somebody typed."""
    found = set(SAID_BY_THE_HOUSE)
    with django_db_blocker.unblock():
        for model in apps.get_models():
            texts = [
                field.attname
                for field in model._meta.concrete_fields
                if isinstance(field, models.CharField | models.TextField | models.EmailField)
                and not field.choices
            ]
            if texts and model.__module__.startswith("sightline."):
                for row in model._base_manager.values_list(*texts):
                    found |= {text for text in row if text and len(text) > 2}
    return found


def of_files(row: Row) -> set[str]:
    """What imports hold of their files: the heads of columns, and how the file was read.

    How it was read is told when it is read, so it stands in the language of that moment.
    """
    if not row.name.startswith("people:import"):
        return set()
    held = Import.objects.values_list("headers", "notes")
    return {text for pair in held for text in texts_in(list(pair))}


def texts_in(value: object) -> Iterator[str]:
    """The texts in a JSON value: the heads of a file's columns, and how the file was read."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from texts_in(item)
    elif isinstance(value, dict):
        yield from texts_in(list(value.values()))


@pytest.mark.parametrize("row", PAGES, ids=str)
def test_everything_on_the_page_is_translated(house, data, pseudo, row: Row):
    answer = house.clients[looker(row)].get(house.address(row.name, row.of))
    assert answer.status_code == 200
    if answer.headers["Content-Type"].startswith("text/html"):
        assert sorted(set(untranslated(answer.content.decode(), data | of_files(row)))) == []


@pytest.mark.parametrize("row", PAGES, ids=str)
def test_what_a_form_refuses_is_translated(house, data, pseudo, row: Row):
    if row.post == 422:
        url = house.address(row.name, row.of)
        answer = house.clients[looker(row)].post(url, row.sent)
        assert sorted(set(untranslated(answer.content.decode(), data | of_files(row)))) == []


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<p>Save</p>", ["Save"]),
        ("<p>⟦Save⟧</p>", []),
        ("<p>⟦Good morning, ⟦Ana⟧⟧</p>", []),
        ('<button aria-label="Close">×</button>', ["Close"]),
        ('<button title="⟦Close⟧">×</button>', []),
        ('<input type="submit" value="Send">', ["Send"]),
        ('<form data-confirm="Really go on?"></form>', ["Really go on?"]),
        ("<p>⟦Save⟧ or leave</p>", ["or leave"]),
        ("<p>Ana Ribeiro</p><time>22 November</time>", []),
        ("<p>Ana Ribeiro explained the import so…</p>", []),
        ("<p>Ana Ribeiro explained nothing at all…</p>", ["explained nothing at all…"]),
        ("<p>Saving…</p>", ["Saving…"]),
    ],
)
def test_planted_words_are_told_apart(html, found):
    assert list(untranslated(html, {"Ana Ribeiro", SAID, "Saving money"})) == found


@pytest.fixture
def from_the_right(house, settings):
    """Tomás and all others read Arabic."""
    settings.LANGUAGES = [("en", "English"), ("ar", "العربية")]
    for client in house.clients.values():
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = "ar"
    for key in house.clients.keys() - {"nobody"}:
        account = house.company.account(key)
        account.language = "ar"
        account.save()
    yield
    for client in house.clients.values():
        del client.cookies[settings.LANGUAGE_COOKIE_NAME]
        trans_real.activate("en")


@pytest.mark.parametrize("row", PAGES, ids=str)
def test_the_page_runs_from_right_to_left_in_such_a_language(house, from_the_right, row: Row):
    answer = house.clients[looker(row)].get(house.address(row.name, row.of))
    text = answer.content.decode(errors="replace")  # some are files
    if "<html" in text:
        assert '<html lang="ar" dir="rtl"' in text
