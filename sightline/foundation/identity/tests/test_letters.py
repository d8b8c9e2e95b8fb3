"""Invitations, forgotten passwords, confirmed addresses: what comes by mail."""

from __future__ import annotations

import pytest
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.core import mail

from sightline.foundation.core.errors import Refused
from sightline.foundation.identity import actions, jobs
from sightline.foundation.identity.actions import NewAccount
from sightline.foundation.identity.events import PasswordChanged
from sightline.foundation.identity.tests.conftest import is_signed_in, last_link, sign_in
from sightline.foundation.jobs.models import Job
from sightline.foundation.jobs.worker import call
from sightline.foundation.ledger.models import Record

pytestmark = pytest.mark.django_db
NEW = "a much better password"


def set_password(client, link):
    page = client.get(link, follow=True)
    return client.post(page.request["PATH_INFO"], {"password1": NEW, "password2": NEW})


def main_of(page) -> str:
    """The page without what differs at each request: the token against forged forms."""
    return page.content.decode().split('id="main"')[1].split("</main>")[0]


def test_an_invited_person_sets_a_password_by_the_mailed_link_and_is_in(client, hr):
    account = actions.create_account(by=hr, new=NewAccount("grace@example.org", "Grace Hopper"))
    assert account.password.startswith(UNUSABLE_PASSWORD_PREFIX)
    actions.invite(by=hr, account=account)
    assert mail.outbox[-1].to == ["grace@example.org"]
    assert "Grace Hopper" in mail.outbox[-1].body
    set_password(client, last_link())
    assert is_signed_in(client)
    account.refresh_from_db()
    assert account.check_password(NEW)
    assert account.invited_at is not None


def test_the_link_of_an_invitation_works_once(client, hr):
    account = actions.create_account(by=hr, new=NewAccount("grace@example.org"))
    actions.invite(by=hr, account=account)
    link = last_link()
    set_password(client, link)
    client.post("/account/sign-out/")
    assert "This link no longer works" in client.get(link, follow=True).content.decode()


def test_a_link_that_leads_to_the_form_names_no_secret_in_its_address(client, hr):
    account = actions.create_account(by=hr, new=NewAccount("grace@example.org"))
    actions.invite(by=hr, account=account)
    page = client.get(last_link(), follow=True)
    assert page.request["PATH_INFO"].endswith("-set-password/")


def test_a_closed_account_is_not_invited(hr, ada):
    actions.close_account(by=hr, account=ada)
    with pytest.raises(Refused, match="closed"):
        actions.invite(by=hr, account=ada)


def test_inviting_is_recorded_with_who_did_it(hr, ada):
    actions.invite(by=hr, account=ada)
    record = Record.objects.get(kind="identity.AccountInvited")
    assert (record.subject, record.actor) == (ada.ref, hr.ref)


def test_a_forgotten_password_is_set_anew_by_a_mailed_link(client, ada):
    client.post("/account/password/forgotten/", {"email": "Ada@example.org"})
    set_password(client, last_link())
    ada.refresh_from_db()
    assert ada.check_password(NEW)
    assert Record.objects.filter(kind="identity.PasswordChanged", subject=ada.ref).exists()


def test_a_reset_says_the_same_for_known_unknown_and_closed_accounts(client, ada, hr):
    actions.close_account(by=ada, account=hr)
    answers = set()
    for email in (ada.email, "eve@example.org", hr.email):
        sent = client.post("/account/password/forgotten/", {"email": email})
        page = client.get(sent["Location"])
        answers.add((sent.status_code, sent["Location"], main_of(page)))
    assert len(answers) == 1
    assert [letter.to for letter in mail.outbox if "password" in letter.subject] == [[ada.email]]


def test_a_reset_asks_the_database_the_same_for_known_and_unknown(
    client, ada, settings, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    counts = []
    for email in ("eve@example.org", ada.email):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.post("/account/password/forgotten/", {"email": email})
        counts.append(len(queries))
        assert not any("identity_account" in query["sql"] for query in queries)
    assert counts[0] == counts[1]


def test_letters_asked_for_too_often_are_refused(client, ada):
    for _attempt in range(3):
        client.post("/account/password/forgotten/", {"email": ada.email})
    answer = client.post("/account/password/forgotten/", {"email": ada.email})
    assert answer.status_code == 429
    assert len(mail.outbox) == 3


def test_links_lead_to_our_own_address_whatever_host_the_request_names(client, ada, settings):
    settings.ALLOWED_HOSTS = ["*"]
    client.post(
        "/account/password/forgotten/", {"email": ada.email}, headers={"host": "evil.example"}
    )
    assert "evil.example" not in mail.outbox[-1].body
    assert settings.PUBLIC_URL in mail.outbox[-1].body


def test_a_new_address_lets_one_in_only_once_it_is_confirmed(client, hr, ada):
    actions.change_address(by=hr, account=ada, email="ada@lovelace.org")
    confirm = last_link()
    assert mail.outbox[-1].to == ["ada@lovelace.org"]
    assert sign_in(client, email="ada@lovelace.org")["Location"] == "/account/address/"
    assert not is_signed_in(client)
    assert "ada@lovelace.org" in client.get(confirm).content.decode()
    client.post(confirm)
    sign_in(client, email="ada@lovelace.org")
    assert is_signed_in(client)


def test_the_old_address_no_longer_lets_one_in(client, hr, ada):
    actions.change_address(by=hr, account=ada, email="ada@lovelace.org")
    sign_in(client, email="ada@example.org")
    assert not is_signed_in(client)


def test_changing_the_password_is_told_by_mail_recorded_and_ends_other_sessions(ada, client):
    from django.test import Client

    from sightline.foundation.identity.tests.conftest import PASSWORD

    elsewhere = Client()
    sign_in(elsewhere)
    sign_in(client)
    client.post("/account/password/", {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})
    assert mail.outbox[-1].subject == "Your password was changed."
    assert client.get("/").status_code == 200
    assert elsewhere.get("/").status_code == 302
    assert Record.objects.filter(kind="identity.PasswordChanged", actor=ada.ref).count() == 1


@pytest.mark.parametrize(
    ("password", "sentence"),
    [("short", "at least 10"), ("password123", "too common"), ("ada@example.org", "similar")],
)
def test_weak_passwords_are_refused_with_a_sentence(client, ada, password, sentence):
    from sightline.foundation.identity.tests.conftest import PASSWORD

    sign_in(client)
    answer = client.post(
        "/account/password/",
        {"oldpassword": PASSWORD, "password1": password, "password2": password},
    )
    assert sentence in answer.content.decode()


@pytest.mark.parametrize("how", ["set", "changed", "reset", "by a program that is older"])
def test_however_a_password_was_changed_the_record_reads(how):
    assert "password" in PasswordChanged(account=1, how=how).sentence()


def test_a_letter_that_a_killed_worker_sends_again_is_known_for_the_same(ada):
    for number in (7, 7, 8):
        call(jobs.mail_invitation, Job(pk=number, args=[ada.pk]))
    first, again, other = (letter.extra_headers["Message-ID"] for letter in mail.outbox[-3:])
    assert first == again != other
