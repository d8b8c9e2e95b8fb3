"""What scripts are answered, and who sees which draft."""

from __future__ import annotations

import json

import pytest
from django import forms
from django.template import Context, Template
from django.test import Client, RequestFactory

from sightline.foundation.drafts import actions, queries
from sightline.foundation.drafts.actions import Typed
from sightline.foundation.drafts.models import SetAside
from sightline.foundation.drafts.rules import LIMIT_BYTES, Mark
from sightline.foundation.identity.models import Account

URL = "/drafts/goal:12:note/"
VIEWER = "sightline.people.middleware.ViewerMiddleware"


@pytest.fixture(autouse=True)
def _accounts_alone(settings):
    """Accounts are all that drafts know; who works here is decided upstairs."""
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if name != VIEWER]


@pytest.fixture
def ana(db):
    return Account.objects.create_user("ana@example.org")


@pytest.fixture
def mei(db):
    return Account.objects.create_user("mei@example.org")


def client_of(account):
    client = Client()
    client.force_login(account)
    return client


def put(client, account, text="a", **more):
    sent = {"account": account.pk, "page": "one", "turn": 1, "version": 0}
    body = json.dumps({**sent, "fields": {"text": [text]}, **more})
    return client.put(URL, body, content_type="application/json")


def test_a_save_answers_the_new_version(ana):
    answer = put(client_of(ana), ana)
    assert (answer.status_code, answer.json()["version"]) == (200, 1)


def test_a_conflict_answers_the_other_text(ana):
    client = client_of(ana)
    put(client, ana, "first")
    answer = put(client, ana, "second", page="two")
    assert answer.status_code == 409
    assert answer.json()["fields"] == {"text": ["first"]}


def test_too_large_a_text_is_answered_with_a_sentence_and_the_limit(ana):
    answer = put(client_of(ana), ana, "x" * LIMIT_BYTES)
    assert answer.status_code == 413
    assert answer.json()["limit"] == LIMIT_BYTES
    assert "kept in this browser" in answer.json()["sentence"]


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        "null",
        "{",
        '{"account": 1}',
        "[" * 100_000,
        '{"account": 1, "page": "", "turn": 1, "version": 0, "fields": {"a": ["b"]}}',
        '{"account": 1, "page": "p", "turn": 1, "version": 0, "fields": {}}',
        '{"account": 1, "page": "p", "turn": 1, "version": 0, "fields": {"a": [1]}}',
        '{"account": 1, "page": "p", "turn": -1, "version": 0, "fields": {"a": ["b"]}}',
        '{"account": 1, "page": "p", "turn": 1e300, "version": 0, "fields": {"a": ["b"]}}',
        '{"account": 1, "page": "p", "turn": 1, "version": 99999999999, "fields": {"a": ["b"]}}',
        '{"account": 1, "page": "p", "turn": 1, "version": 0, "fields": {"a": "b"}, "title": 3}',
    ],
)
def test_what_is_no_draft_is_refused_with_a_sentence(ana, body):
    answer = client_of(ana).put(URL, body, content_type="application/json")
    assert (answer.status_code, answer.json()) == (422, {"sentence": "This is not a draft."})


def test_signs_that_a_database_cannot_hold_are_replaced(ana):
    assert put(client_of(ana), ana, "a\x00b\ud800c").status_code == 200
    assert queries.draft_of(ana, "goal:12:note").fields == {"text": ["ab?c"]}


def test_only_addresses_of_our_own_are_kept_as_the_place(ana):
    put(client_of(ana), ana, place="javascript:alert(1)")
    assert queries.draft_of(ana, "goal:12:note").place == ""
    put(client_of(ana), ana, place="//example.org/", turn=2)
    assert queries.draft_of(ana, "goal:12:note").place == ""
    put(client_of(ana), ana, place="/goals/12/", turn=3)
    assert queries.draft_of(ana, "goal:12:note").place == "/goals/12/"


def test_an_ended_sign_in_is_answered_401_as_json(ana):
    answer = put(Client(), ana)
    assert (answer.status_code, answer.json()) == (401, {"reason": "signed out"})


def test_a_page_of_one_account_saves_nothing_for_another(ana, mei):
    answer = put(client_of(mei), ana)
    assert (answer.status_code, answer.json()) == (401, {"reason": "other account"})
    assert queries.draft_of(mei, "goal:12:note") is None


def test_a_draft_is_seen_by_its_account_only(ana, mei):
    put(client_of(ana), ana, "for nobody else")
    assert client_of(ana).get(URL).json()["fields"] == {"text": ["for nobody else"]}
    assert client_of(mei).get(URL).status_code == 404


def test_an_account_cannot_discard_what_another_typed(ana, mei):
    put(client_of(ana), ana, "hers")
    put(client_of(ana), ana, "aside", page="two")
    aside = SetAside.objects.get()
    client_of(mei).post(f"{URL}discard/")
    client_of(mei).post(f"/drafts/set-aside/{aside.pk}/discard/")
    assert queries.draft_of(ana, "goal:12:note").fields == {"text": ["hers"]}
    assert SetAside.objects.get() == aside


def test_discarding_goes_back_to_our_own_pages_only(ana):
    client = client_of(ana)
    ours = client.post(f"{URL}discard/", headers={"referer": "http://testserver/goals/12/"})
    theirs = client.post(f"{URL}discard/", headers={"referer": "https://example.org/"})
    assert (ours.url, theirs.url) == ("http://testserver/goals/12/", "/drafts/")


def test_a_forged_save_is_refused(ana):
    client = Client(enforce_csrf_checks=True)
    client.force_login(ana)
    assert put(client, ana).status_code == 403


class NoteForm(forms.Form):
    text = forms.CharField()
    when = forms.SplitDateTimeField()
    sure = forms.BooleanField(required=False)
    untouched = forms.CharField(initial="as it was")


def draft_for(account, form, key="goal:12:note"):
    request = RequestFactory().get("/")
    request.user = account
    context = Context({"request": request, "form": form, "key": key})
    Template("{% load drafts %}{% draft_for form key as draft %}").render(context)
    return context["draft"]


def keep(account, fields):
    actions.save_draft(by=account, key="goal:12:note", typed=Typed(fields, Mark(0, "one", 1)))


def test_a_draft_fills_every_kind_of_field_and_leaves_the_rest(ana):
    keep(
        ana, {"n-text": ["typed"], "n-when_0": ["2026-02-29"], "n-when_1": ["9:"], "n-sure": ["on"]}
    )
    form = NoteForm(prefix="n")
    draft = draft_for(ana, form)
    assert draft.is_restored
    assert form["text"].value() == "typed"
    assert form["when"].value() == ["2026-02-29", "9:"]
    assert form["sure"].value() is True
    assert form["untouched"].value() == "as it was"


def test_a_draft_that_says_what_the_form_says_is_not_called_restored(ana):
    keep(ana, {"text": ["same"]})
    assert not draft_for(ana, NoteForm(initial={"text": "same"})).is_restored


def test_a_form_that_was_just_sent_keeps_what_was_sent(ana):
    keep(ana, {"text": ["older"]})
    form = NoteForm({"text": "newer"})
    draft = draft_for(ana, form)
    assert (form["text"].value(), draft.is_restored) == ("newer", False)
    assert "data-autosave-typed" in draft.attributes


def test_a_sent_draft_fills_nothing_but_tells_its_version(ana):
    keep(ana, {"text": ["sent"]})
    actions.discard(by=ana, key="goal:12:note")
    draft = draft_for(ana, NoteForm())
    assert not draft.is_restored
    assert 'data-autosave-version="2"' in draft.attributes


def test_all_forms_of_a_formset_are_filled(ana):
    formset = forms.formset_factory(NoteForm, extra=2)()
    keep(ana, {"form-1-text": ["the second"]})
    assert draft_for(ana, formset).is_restored
    assert [form["text"].value() for form in formset] == [None, "the second"]
