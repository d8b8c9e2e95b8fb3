"""Making, closing and reopening accounts; sessions."""

from __future__ import annotations

import pytest
from django.test import Client

from sightline.foundation.core.dates import now
from sightline.foundation.core.errors import Refused
from sightline.foundation.identity import actions, queries
from sightline.foundation.identity.actions import NewAccount
from sightline.foundation.identity.models import Account
from sightline.foundation.identity.tests.conftest import is_signed_in, sign_in
from sightline.foundation.ledger.events import REGISTRY
from sightline.foundation.ledger.models import Record

pytestmark = pytest.mark.django_db


def test_closing_an_account_ends_all_its_sessions_at_once(ada, hr):
    browsers = [Client(), Client()]
    for browser in browsers:
        sign_in(browser)
        assert browser.get("/").status_code == 200
    actions.close_account(by=hr, account=ada, reason="left the company")
    for browser in browsers:
        assert browser.get("/").status_code == 302
    assert queries.sessions_of(ada) == []
    kinds = list(Record.objects.filter(actor=hr.ref).values_list("kind", flat=True))
    assert kinds == ["identity.AccountClosed", "identity.SessionEnded"]


def test_a_session_that_is_listed_nowhere_ends_with_the_account_as_well(ada, hr, client):
    client.force_login(ada)
    actions.close_account(by=hr, account=ada)
    assert client.get("/").status_code == 302


def test_a_reopened_account_signs_in_as_before(ada, hr, client):
    actions.close_account(by=hr, account=ada)
    actions.reopen_account(by=hr, account=ada)
    sign_in(client)
    assert is_signed_in(client)
    assert Record.objects.filter(kind="identity.AccountReopened", subject=ada.ref).count() == 1


def test_closing_twice_and_reopening_an_open_account_change_and_record_nothing(ada, hr):
    actions.reopen_account(by=hr, account=ada)
    actions.close_account(by=hr, account=ada)
    actions.close_account(by=hr, account=ada)
    assert Record.objects.filter(kind__startswith="identity.Account").count() == 1


def test_many_accounts_are_made_in_few_queries(hr, django_assert_max_num_queries):
    new = [NewAccount(f"p{number}@example.org", f"P {number}") for number in range(300)]
    with django_assert_max_num_queries(25):
        accounts = actions.create_accounts(by=hr, new=new)
    assert len(accounts) == 300
    assert Record.objects.filter(kind="identity.AccountCreated").count() == 300


@pytest.mark.parametrize("email", ["nobody", "a@b", "", "two@x.org, three@x.org"])
def test_what_is_no_address_makes_no_account(hr, email):
    with pytest.raises(Refused, match="not an e-mail address"):
        actions.create_account(by=hr, new=NewAccount(email))


def test_all_taken_and_doubled_addresses_are_told_at_once_and_nothing_is_made(hr, ada):
    wanted = [
        NewAccount("ADA@example.org"),
        NewAccount("n@example.org"),
        NewAccount("N@example.org"),
    ]
    with pytest.raises(Refused) as refused:
        actions.create_accounts(by=hr, new=wanted)
    assert len(refused.value.reasons) == 2
    assert not Account.objects.filter(email="n@example.org").exists()


def test_a_made_account_with_a_confirmed_address_signs_in_at_once(hr, client):
    actions.create_account(
        by=hr, new=NewAccount("demo@example.org", password="a demo password", confirmed=True)
    )
    sign_in(client, email="demo@example.org", password="a demo password")
    assert is_signed_in(client)


def test_one_sees_ones_sessions_and_ends_another(ada, client):
    elsewhere = Client(headers={"user-agent": "Mozilla/5.0 (Windows NT 10.0) Firefox/133.0"})
    sign_in(elsewhere)
    sign_in(client)
    page = client.get("/account/sessions/").content.decode()
    assert "Firefox on Windows" in page
    assert "this browser" in page
    other = next(
        s for s in queries.sessions_of(ada, current_key=client.session.session_key) if not s.is_this
    )
    client.post(f"/account/sessions/{other.id}/end/")
    assert elsewhere.get("/").status_code == 302
    assert client.get("/").status_code == 200


def test_nobody_ends_the_session_of_another(ada, hr, client):
    hers = Client()
    sign_in(hers)
    sign_in(client, email=hr.email)
    session = queries.sessions_of(ada)[0]
    assert client.post(f"/account/sessions/{session.id}/end/").status_code == 404
    assert hers.get("/").status_code == 200


def test_all_other_sessions_end_and_this_one_stays(ada, client):
    browsers = [Client(), Client()]
    for browser in [*browsers, client]:
        sign_in(browser)
    client.post("/account/sessions/others/end/")
    assert [browser.get("/").status_code for browser in browsers] == [302, 302]
    assert client.get("/").status_code == 200
    assert Record.objects.get(kind="identity.SessionEnded").subject == ada.ref


def test_when_a_session_was_last_used_is_noted_without_a_write_per_request(
    ada, client, django_assert_num_queries
):
    sign_in(client)
    client.get("/")
    with django_assert_num_queries(2):  # the session and the account
        client.get("/")


def test_ended_sessions_are_swept_up(ada, client):
    from allauth.usersessions.models import UserSession
    from django.contrib.sessions.models import Session
    from django.utils import timezone

    from sightline.foundation.identity.jobs import sweep_ended_sessions

    sign_in(client)
    Session.objects.update(expire_date=timezone.now() - timezone.timedelta(days=1))
    sweep_ended_sessions.call()
    assert (Session.objects.count(), UserSession.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1", "Safari on iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/131.0 Safari/537.36 Edg/131.0", "Edge on Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64) Chrome/131.0 Safari/537.36", "Chrome on Linux"),
        ("curl/8.5", "Unknown device"),
        ("", "Unknown device"),
    ],
)  # fmt: skip
def test_browsers_are_named_as_their_owners_know_them(agent, words):
    assert queries.device(agent) == words


def test_accounts_are_found_by_name_and_address_and_state(ada, hr):
    closed = actions.create_account(by=hr, new=NewAccount("gone@example.org", "Gone Person"))
    actions.close_account(by=hr, account=closed)
    waiting = actions.create_account(by=hr, new=NewAccount("new@example.org", "New Person"))
    assert list(queries.accounts_matching("lovelace")) == [ada]
    assert list(queries.accounts_matching("GONE@")) == [closed]
    assert list(queries.accounts_matching(state="closed")) == [closed]
    assert waiting in queries.accounts_matching(state="waiting")


def test_every_event_of_identity_reads_and_names_no_address():
    from dataclasses import fields

    samples = {"account": 7, "method": "password", "how": "set", "factor": "passkey",
               "required": True, "count": 2, "expires_at": now()}  # fmt: skip
    ours = [event for kind, event in REGISTRY.items() if kind.startswith("identity.")]
    assert len(ours) >= 13
    for event in ours:
        made = event(**{field.name: samples[field.name] for field in fields(event)})
        assert made.subject == ("account:7" if hasattr(made, "account") else "")
        assert made.sentence()
