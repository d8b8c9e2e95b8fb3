"""What a request gets when its session is over, or its proof is no longer fresh."""

from __future__ import annotations

import time

import pytest

from sightline.foundation.identity.tests.conftest import PASSWORD, sign_in

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true", "HX-Current-URL": "http://testserver/goals/4/?tab=notes"}


def grow_old(client, seconds=301):
    """Let the proof that was given at sign-in be some time ago."""
    session = client.session
    for given in session["account_authentication_methods"]:
        given["at"] = time.time() - seconds
    session.save()


def test_a_page_is_sent_to_sign_in_and_back(client):
    assert client.get("/me/settings/")["Location"] == "/account/sign-in/?next=/me/settings/"


def test_an_open_page_needs_no_sign_in(client):
    assert client.get("/open/").content == b"open"


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_part_of_a_page_is_answered_401_and_the_page_stays_as_it_is(client, method):
    answer = getattr(client, method)("/me/settings/", headers=HTMX)
    assert answer.status_code == 401
    assert not [name for name in answer.headers if name.lower().startswith("hx-")]
    said = answer.json()
    assert said["reason"] == "signed out"
    assert said["sign_in"] == "/account/sign-in/?next=%2Fgoals%2F4%2F%3Ftab%3Dnotes"
    assert "what you typed is still here" in said["sentence"]


@pytest.mark.parametrize(
    "headers",
    [{"Accept": "application/json"}, {"Sec-Fetch-Dest": "empty"},
     {"X-Requested-With": "XMLHttpRequest"}],
)  # fmt: skip
def test_a_fetch_gets_401_as_json(client, headers):
    answer = client.get("/me/settings/", headers=headers)
    assert answer.status_code == 401
    assert answer.json()["sign_in"] == "/account/sign-in/?next=%2F"


def test_the_page_to_come_back_to_is_never_on_another_host(client):
    headers = HTMX | {"HX-Current-URL": "https://evil.example/trap"}
    answer = client.get("/me/settings/", headers=headers)
    assert answer.json()["sign_in"] == "/account/sign-in/?next=%2Ftrap"


def test_a_grave_act_right_after_sign_in_asks_nothing(client, ada):
    sign_in(client)
    assert client.post("/grave/", {"reason": "misconduct"}).content == b"done: misconduct"


def test_a_grave_act_later_asks_for_the_password_and_then_goes_on_with_what_was_typed(client, ada):
    sign_in(client)
    grow_old(client)
    asked = client.post("/grave/", {"reason": "misconduct"})
    assert asked["Location"] == "/account/proof/?next=%2Fgrave%2F"
    page = client.get(asked["Location"])
    assert "Is it still you?" in page.content.decode()
    done = client.post("/account/proof/", {"password": PASSWORD, "next": "/grave/"})
    assert done.content == b"done: misconduct"


def test_a_wrong_password_is_no_fresh_proof(client, ada):
    sign_in(client)
    grow_old(client)
    client.post("/grave/", {"reason": "misconduct"})
    answer = client.post("/account/proof/", {"password": "a guess", "next": "/grave/"})
    assert "This is not your password." in answer.content.decode()
    assert client.get("/grave/").status_code == 302


def test_a_script_that_needs_fresh_proof_leads_the_whole_page_to_it(client, ada):
    sign_in(client)
    grow_old(client)
    answer = client.post("/grave/", headers=HTMX)
    assert answer.status_code == 401
    assert answer["HX-Redirect"] == "/account/proof/?next=%2Fgoals%2F4%2F%3Ftab%3Dnotes"


def test_whoever_has_no_proof_to_give_signs_in_again(client, ada):
    sign_in(client)
    grow_old(client)
    ada.set_unusable_password()
    ada.save()
    client.force_login(ada)
    answer = client.get("/grave/")
    assert answer["Location"] == "/account/sign-in/?next=%2Fgrave%2F"


def test_a_grave_act_by_somebody_signed_out_is_sent_to_sign_in(client):
    assert client.get("/grave/")["Location"].startswith("/account/sign-in/")
