"""Codes of an authenticator app, recovery codes, and accounts that must have a second factor."""

from __future__ import annotations

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from django.test import Client

from sightline.foundation.identity import actions
from sightline.foundation.identity.events import SecondFactorAdded
from sightline.foundation.identity.tests.conftest import is_signed_in, sign_in
from sightline.foundation.ledger.listen import LISTENERS
from sightline.foundation.ledger.models import Record

pytestmark = pytest.mark.django_db


def code(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


@pytest.fixture
def secret(client, ada) -> str:
    """Ada adds an authenticator app; its secret."""
    sign_in(client)
    client.get("/account/second-factor/app/add/")
    secret = client.session["mfa.totp.secret"]
    answer = client.post("/account/second-factor/app/add/", {"code": code(secret)})
    assert answer["Location"] == "/account/second-factor/codes/"
    return secret


def recovery_codes(account) -> list[str]:
    return Authenticator.objects.get(user=account, type="recovery_codes").wrap().get_unused_codes()


def test_adding_an_app_asks_for_its_code_from_then_on(secret, ada):
    browser = Client()
    assert sign_in(browser)["Location"] == "/account/second-factor/authenticate/"
    assert not is_signed_in(browser)
    assert (
        "authenticator app" in browser.get("/account/second-factor/authenticate/").content.decode()
    )
    browser.post("/account/second-factor/authenticate/", {"code": code(secret)})
    assert is_signed_in(browser)


def test_a_wrong_code_does_not_let_in_and_is_recorded(secret, ada):
    browser = Client()
    sign_in(browser)
    answer = browser.post("/account/second-factor/authenticate/", {"code": "000000"})
    assert "This code is wrong" in answer.content.decode()
    assert not is_signed_in(browser)
    assert Record.objects.filter(kind="identity.SignInFailed", subject=ada.ref).count() == 1


def test_codes_cannot_be_guessed_one_after_the_other(secret, ada):
    browser = Client()
    sign_in(browser)
    for guess in range(5):
        browser.post("/account/second-factor/authenticate/", {"code": f"{guess:06}"})
    answer = browser.post("/account/second-factor/authenticate/", {"code": code(secret)})
    assert "Too many attempts" in answer.content.decode()
    assert not is_signed_in(browser)


def test_a_recovery_code_lets_in_once(secret, ada):
    spare = recovery_codes(ada)[0]
    for expected in (True, False):
        browser = Client()
        sign_in(browser)
        browser.post("/account/second-factor/authenticate/", {"code": spare})
        assert is_signed_in(browser) is expected


def test_the_secret_lies_enciphered_in_the_database(secret, ada):
    for authenticator in Authenticator.objects.filter(user=ada):
        assert secret not in str(authenticator.data)
        assert str(authenticator.data).count("gAAAA") == 1


def test_the_secrets_stay_readable_after_the_secret_key_was_changed(secret, ada, settings):
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another secret key of forty characters.."
    totp = Authenticator.objects.get(user=ada, type="totp").wrap()
    assert totp.validate_code(code(secret))


@pytest.mark.django_db(transaction=True)
def test_adding_and_removing_are_recorded_and_told_by_mail(secret, client, ada):
    client.post("/account/second-factor/app/remove/")
    kinds = list(
        Record.objects.filter(kind__contains="SecondFactor").values_list("kind", flat=True)
    )
    assert kinds.count("identity.SecondFactorAdded") == 2  # the app, and its recovery codes
    assert kinds.count("identity.SecondFactorRemoved") == 2
    subjects = [letter.subject for letter in mail.outbox]
    assert "An authenticator app was added to your account." in subjects
    assert "The authenticator app was removed from your account." in subjects


def test_who_must_have_a_second_factor_is_led_to_add_one(client, ada, hr):
    sign_in(client)
    actions.require_second_factor(by=hr, account=ada, required=True)
    assert client.get("/")["Location"] == "/account/second-factor/"
    page = client.get("/account/second-factor/").content.decode()
    assert "Your organisation asks you for a second factor" in page


def test_who_has_the_required_second_factor_goes_on(secret, client, ada, hr):
    actions.require_second_factor(by=hr, account=ada, required=True)
    assert client.get("/").status_code == 200


def test_the_last_required_second_factor_cannot_be_removed(secret, client, ada, hr):
    actions.require_second_factor(by=hr, account=ada, required=True)
    page = client.get("/account/second-factor/app/remove/").content.decode()
    assert "Add another before you remove the last" in page
    client.post("/account/second-factor/app/remove/")
    assert Authenticator.objects.filter(user=ada, type="totp").exists()


def test_recovery_codes_are_shown_and_downloaded(secret, client, ada):
    page = client.get("/account/second-factor/codes/").content.decode()
    text = client.get("/account/second-factor/codes/download/").content.decode()
    for spare in recovery_codes(ada):
        assert spare in page
        assert spare in text


def test_an_administrator_lets_in_who_has_lost_every_device(secret, ada, hr):
    actions.remove_second_factors(by=hr, account=ada)
    browser = Client()
    sign_in(browser)
    assert is_signed_in(browser)
    assert Record.objects.filter(kind="identity.SecondFactorRemoved", actor=hr.ref).count() == 2


def test_a_factor_and_its_record_are_kept_together_or_not_at_all(client, ada, monkeypatch):
    def fail(_event, _record):
        raise OSError("disk full")

    sign_in(client)
    client.get("/account/second-factor/app/add/")
    sent = {"code": code(client.session["mfa.totp.secret"])}
    monkeypatch.setitem(LISTENERS, SecondFactorAdded, [fail])
    with pytest.raises(OSError, match="disk full"):
        client.post("/account/second-factor/app/add/", sent)
    assert not Authenticator.objects.filter(user=ada).exists()
