"""Single sign-on against a real OpenID Connect provider that runs in the test."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import threading
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import flask
import pytest
import requests
from django.test import Client
from oidc_provider_mock import User, app
from werkzeug.serving import make_server

from sightline.foundation.identity import actions
from sightline.foundation.identity.models import Account
from sightline.foundation.identity.tests.conftest import is_signed_in
from sightline.foundation.ledger.models import Record

pytestmark = pytest.mark.django_db

START = "/account/single-sign-on/company/login/"
PEOPLE = [
    User(sub="ada", claims={"email": "Ada@example.org", "email_verified": True, "name": "Ada L"}),
    User(sub="eve", claims={"email": "eve@example.org", "email_verified": True, "name": "Eve"}),
    User(sub="thief", claims={"email": "ada@example.org", "email_verified": False}),
    User(sub="vague", claims={"email": "ada@example.org"}),
    User(sub="silent", claims={"name": "No Address"}),
]


def provider_that_insists_on_pkce() -> flask.Flask:
    """The provider, which also asks for the verifier of the challenge it was given."""
    provider = app(require_nonce=True, user_claims=PEOPLE)
    challenges: dict[str, str] = {}

    @provider.before_request
    def check():
        request = flask.request
        if request.path == "/oauth2/authorize":
            if request.args.get("code_challenge_method") != "S256":
                return "PKCE is required", 400
            challenges["last"] = request.args["code_challenge"]
        if request.path == "/oauth2/token":
            digest = hashlib.sha256(request.form["code_verifier"].encode()).digest()
            if base64.urlsafe_b64encode(digest).rstrip(b"=").decode() != challenges["last"]:
                return flask.jsonify({"error": "invalid_grant"}), 400
        return None

    return provider


@pytest.fixture(scope="module")
def provider():
    os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"
    server = make_server("localhost", 0, provider_that_insists_on_pkce(), threaded=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()
    del os.environ["AUTHLIB_INSECURE_TRANSPORT"]


@pytest.fixture(autouse=True)
def connected(settings, provider):
    """Our settings, as an administrator makes them, with this provider."""
    ours = {key: dict(value) for key, value in settings.SOCIALACCOUNT_PROVIDERS.items()}
    ours["openid_connect"]["APPS"] = [
        {
            "provider_id": "company",
            "name": "Example",
            "client_id": "sightline",
            "secret": "a secret",
            "settings": {"server_url": provider, "verified_email": False},
        }
    ]
    settings.SOCIALACCOUNT_PROVIDERS = ours


def ask(client, **query) -> str:
    """Begin a sign-in: the address at the provider to which the browser is sent."""
    answer = client.get(START, query)
    assert answer.status_code == 302
    return answer["Location"]


def agree(address: str, sub: str) -> str:
    """Be that person at the provider: the address by which it sends the browser back."""
    answer = requests.post(address, data={"sub": sub}, allow_redirects=False, timeout=5)
    assert answer.status_code == 302, answer.text
    back = urlsplit(answer.headers["Location"])
    return f"{back.path}?{back.query}"


def with_query(address: str, **changes: str) -> str:
    parts = urlsplit(address)
    query = dict(parse_qsl(parts.query)) | changes
    return urlunsplit(parts._replace(query=urlencode(query)))


def sign_in(client, sub):
    return client.get(agree(ask(client), sub))


def refused(answer, sentence: str) -> bool:
    return answer.status_code in {401, 403} and sentence in answer.content.decode()


def test_a_person_whose_address_is_confirmed_comes_in_to_the_account_of_that_address(client, ada):
    answer = client.get(agree(ask(client, next="/me/settings/"), "ada"))
    assert answer["Location"] == "/me/settings/"
    assert client.get("/").content == b"home of ada@example.org"
    record = Record.objects.get(kind="identity.SignedIn")
    assert record.subject == ada.ref


def test_the_sign_in_page_offers_the_provider_by_a_link(client):
    page = client.get("/account/sign-in/").content.decode()
    assert "Sign in with Example" in page
    assert START in page


def test_the_request_carries_state_nonce_and_challenge(client):
    asked = dict(parse_qsl(urlsplit(ask(client)).query))
    assert asked["response_type"] == "code"
    assert asked["code_challenge_method"] == "S256"
    assert set(asked["scope"].split()) == {"openid", "profile", "email"}
    assert asked["state"]
    assert len(asked["nonce"]) >= 24


def test_a_stranger_is_refused_with_a_sentence_and_gets_no_account(client, ada):
    assert refused(sign_in(client, "eve"), "There is no account for eve@example.org")
    assert not Account.objects.filter(email="eve@example.org").exists()
    assert not is_signed_in(client)


def test_a_stranger_gets_an_account_only_where_the_settings_say_so(client, settings):
    settings.SINGLE_SIGN_ON_MAKES_ACCOUNTS = True
    sign_in(client, "eve")
    assert is_signed_in(client)
    eve = Account.objects.get(email="eve@example.org")
    assert eve.name == "Eve"
    assert not eve.has_usable_password()
    assert Record.objects.filter(kind="identity.AccountCreated", subject=eve.ref).count() == 1


@pytest.mark.parametrize("sub", ["thief", "vague", "silent"])
@pytest.mark.parametrize("makes_accounts", [False, True])
def test_an_address_that_is_not_confirmed_lets_nobody_in(
    client, ada, settings, sub, makes_accounts
):
    settings.SINGLE_SIGN_ON_MAKES_ACCOUNTS = makes_accounts
    assert refused(sign_in(client, sub), "does not confirm that the e-mail address is yours")
    assert not is_signed_in(client)
    assert Account.objects.count() == 1


def test_a_closed_account_is_refused_with_a_sentence(client, ada, hr):
    actions.close_account(by=hr, account=ada)
    answer = client.get(agree(ask(client), "ada"), follow=True)
    assert "This account is closed" in answer.content.decode()
    assert not is_signed_in(client)


def test_an_answer_with_another_state_is_refused_with_a_sentence(client, ada):
    back = with_query(agree(ask(client), "ada"), state="made-up")
    assert refused(client.get(back), "The attempt took too long")
    assert not is_signed_in(client)


def test_an_answer_after_ten_minutes_is_refused_with_a_sentence(client, ada):
    back = agree(ask(client), "ada")
    session = client.session
    states = session["socialaccount_states"]
    session["socialaccount_states"] = {
        key: [state, begun - 601, provider] for key, (state, begun, provider) in states.items()
    }
    session.save()
    assert refused(client.get(back), "The attempt took too long")


def test_an_answer_does_not_count_in_another_browser(client, ada):
    back = agree(ask(client), "ada")
    other = Client()
    assert refused(other.get(back), "begun in another browser")
    assert not is_signed_in(other)


def test_an_answer_counts_once(client, ada):
    back = agree(ask(client), "ada")
    client.get(back)
    client.post("/account/sign-out/")
    assert refused(client.get(back), "The attempt took too long")


def test_an_answer_with_another_nonce_is_refused_with_a_sentence(client, ada):
    back = agree(with_query(ask(client), nonce="the nonce of another attempt"), "ada")
    assert refused(client.get(back), "The answer was not meant for this attempt")
    assert not is_signed_in(client)


def test_a_code_without_its_verifier_is_refused(client, ada):
    first, second = Client(), Client()
    ask(first)
    back = agree(with_query(ask(second), code_challenge="x" * 43), "ada")
    assert refused(second.get(back), "did not answer")


def test_cancelling_at_the_provider_is_no_error(client):
    state = dict(parse_qsl(urlsplit(ask(client)).query))["state"]
    answer = client.get(
        f"{START}callback/", {"error": "access_denied", "state": state}, follow=True
    )
    assert "You did not sign in" in answer.content.decode()


def test_a_provider_that_is_away_is_a_sentence(client, settings):
    ours = json.loads(json.dumps(settings.SOCIALACCOUNT_PROVIDERS))
    ours["openid_connect"]["APPS"][0]["settings"]["server_url"] = "http://localhost:9"
    settings.SOCIALACCOUNT_PROVIDERS = ours
    assert refused(client.get(START), "did not answer")


def test_an_account_is_not_connected_by_hand(client, ada):
    client.force_login(ada)
    answer = client.get(agree(ask(client, process="connect"), "eve"))
    assert refused(answer, "not by hand")


def test_refusals_are_recorded(client, ada):
    sign_in(client, "eve")
    assert Record.objects.filter(kind="identity.SignInFailed").count() == 1


def test_who_has_no_password_proves_it_anew_at_the_provider(client, ada, settings):
    ada.set_unusable_password()
    ada.save()
    sign_in(client, "ada")
    assert client.get("/grave/").status_code == 200
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 0
    asked = client.get("/grave/")["Location"]
    assert asked.startswith(START)
    at_provider = client.get(asked)["Location"]
    assert "prompt=login" in at_provider
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
    assert client.get(agree(at_provider, "ada"))["Location"] == "/grave/"
    assert client.get("/grave/").status_code == 200


def test_without_settings_there_is_no_single_sign_on(client, settings):
    ours = {key: dict(value) for key, value in settings.SOCIALACCOUNT_PROVIDERS.items()}
    ours["openid_connect"]["APPS"] = []
    settings.SOCIALACCOUNT_PROVIDERS = ours
    assert client.get(START).status_code == 404
    assert "single-sign-on" not in client.get("/account/sign-in/").content.decode()
