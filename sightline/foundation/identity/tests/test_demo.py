"""Demo mode's door, which exists in demo mode only."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from sightline.foundation.identity import demo
from sightline.foundation.identity.demo import DemoPerson
from sightline.foundation.identity.tests.conftest import is_signed_in
from sightline.foundation.ledger.models import Record

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def cast(monkeypatch, ada, hr):
    monkeypatch.setattr(demo, "_offers", [])
    demo.offer(lambda: [DemoPerson("ada@example.org", "Ada Lovelace", "leads Engineering")])


def test_only_demo_mode_can_sign_in_as_somebody(client, settings):
    settings.DEMO = False
    assert client.post("/demo/sign-in/", {"email": "ada@example.org"}).status_code == 404
    assert not is_signed_in(client)


def test_only_demo_mode_shows_whom_one_can_sign_in_as(client, settings):
    settings.DEMO = False
    page = client.get("/account/sign-in/").content.decode()
    assert "/demo/" not in page
    assert "Ada Lovelace" not in page


def test_demo_mode_shows_the_cast_and_signs_in_as_any_of_it(client, settings, ada):
    settings.DEMO = True
    page = client.get("/account/sign-in/").content.decode()
    assert "Ada Lovelace" in page
    assert "leads Engineering" in page
    assert client.post("/demo/sign-in/", {"email": "ada@example.org"})["Location"] == "/"
    assert client.get("/").content == b"home of ada@example.org"
    assert Record.objects.filter(kind="identity.SignedIn", actor=ada.ref).count() == 1


def test_the_form_of_the_cast_carries_the_token_against_forged_forms(settings):
    settings.DEMO = True
    client = Client(enforce_csrf_checks=True)
    page = client.get("/account/sign-in/").content.decode()
    form = page.split('action="/demo/sign-in/"')[1].split("</form>")[0]
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', form)[1]
    sent = {"email": "ada@example.org", "csrfmiddlewaretoken": token}
    assert client.post("/demo/sign-in/", sent).status_code == 302
    assert Client(enforce_csrf_checks=True).post("/demo/sign-in/", sent).status_code == 403


def test_demo_mode_signs_in_as_nobody_who_is_not_of_the_cast(client, settings):
    settings.DEMO = True
    assert client.post("/demo/sign-in/", {"email": "hr@example.org"}).status_code == 404
    assert client.post("/demo/sign-in/").status_code == 404
    assert not is_signed_in(client)


def test_demo_mode_takes_a_post(client, settings):
    settings.DEMO = True
    assert client.get("/demo/sign-in/?email=ada@example.org").status_code == 405


def test_one_changes_from_one_of_the_cast_to_another(client, settings, hr):
    settings.DEMO = True
    client.force_login(hr)
    client.post("/demo/sign-in/", {"email": "ada@example.org", "next": "/open/"})
    assert client.get("/").content == b"home of ada@example.org"


def test_demo_mode_leads_nowhere_else(client, settings):
    settings.DEMO = True
    sent = {"email": "ada@example.org", "next": "https://evil.example/"}
    assert client.post("/demo/sign-in/", sent)["Location"] == "/"
