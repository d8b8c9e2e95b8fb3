"""Coming in by e-mail and password, and leaving."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.contrib.auth.hashers import identify_hasher
from django.db import IntegrityError
from django.test import Client

from sightline.foundation.identity.models import Account
from sightline.foundation.identity.tests.conftest import PASSWORD, is_signed_in, sign_in
from sightline.foundation.ledger.models import Record

pytestmark = pytest.mark.django_db


def kinds() -> list[str]:
    return list(Record.objects.order_by("pk").values_list("kind", flat=True))


def test_the_right_password_lets_one_in(client, ada):
    assert sign_in(client).status_code == 302
    assert is_signed_in(client)


def test_the_case_of_the_address_does_not_matter(client, ada):
    sign_in(client, email="Ada@Example.ORG")
    assert is_signed_in(client)


def test_two_accounts_never_differ_by_case_alone(ada):
    with pytest.raises(IntegrityError):
        Account.objects.create_user("ADA@example.org", PASSWORD)


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(client, ada):
    wrong = sign_in(client, password="not this one").content.decode()
    unknown = sign_in(client, email="eve@example.org").content.decode()
    sentence = "No account has this e-mail address and this password."
    assert sentence in wrong
    assert sentence in unknown


def test_a_closed_account_is_told_so_only_after_the_right_password(client, ada):
    Account.objects.filter(pk=ada.pk).update(is_active=False)
    assert "No account has" in sign_in(client, password="not this one").content.decode()
    answer = sign_in(client)
    assert answer["Location"] == "/account/closed/"
    page = client.get("/account/closed/")
    assert "This account is closed" in page.content.decode()
    assert not is_signed_in(client)


def test_the_sixth_wrong_password_is_not_even_looked_at(client, ada):
    for _attempt in range(5):
        sign_in(client, password="not this one")
    assert "Too many attempts" in sign_in(client).content.decode()
    assert not is_signed_in(client)


def test_others_are_not_kept_out_by_attempts_on_one_account(client, ada, hr):
    for _attempt in range(6):
        sign_in(client, password="not this one")
    sign_in(client, email=hr.email)
    assert is_signed_in(client)


def test_too_many_posts_from_one_place_get_429_with_a_sentence(client, ada, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "2/m/ip"}
    for _attempt in range(2):
        sign_in(client, password="not this one")
    answer = sign_in(client)
    assert answer.status_code == 429
    assert "Wait five minutes" in answer.content.decode()


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)",
     "http:evil.example", "///evil.example"],
)  # fmt: skip
def test_sign_in_never_leads_to_another_host(client, ada, elsewhere):
    assert sign_in(client, next=elsewhere)["Location"] == "/"


def test_sign_in_leads_back_to_where_one_was(client, ada):
    assert sign_in(client, next="/me/settings/?tab=1")["Location"] == "/me/settings/?tab=1"


def test_signing_out_takes_a_post(client, ada):
    sign_in(client)
    assert client.get("/account/sign-out/").status_code == 200
    assert is_signed_in(client)
    assert client.post("/account/sign-out/").status_code == 302
    assert not is_signed_in(client)


def test_signing_in_needs_the_token_against_forged_forms(ada):
    client = Client(enforce_csrf_checks=True)
    assert sign_in(client).status_code == 403


def test_the_session_gets_a_new_key_at_sign_in(client, ada):
    session = client.session
    session["before"] = 1
    session.save()
    before = client.session.session_key
    sign_in(client)
    assert client.session.session_key != before


def test_the_session_cookie_is_out_of_reach_of_scripts(client, ada):
    cookie = sign_in(client).cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_coming_in_failing_and_leaving_are_recorded_without_the_address(client, ada):
    sign_in(client, password="not this one")
    sign_in(client, email="eve@example.org")
    sign_in(client)
    client.post("/account/sign-out/")
    assert kinds() == [
        "identity.SignInFailed", "identity.SignInFailed", "identity.SignedIn", "identity.SignedOut",
    ]  # fmt: skip
    known, unknown, came, left = Record.objects.order_by("pk")
    assert (known.subject, known.actor) == (ada.ref, "house")
    assert unknown.subject == ""
    assert (came.subject, came.actor) == (ada.ref, ada.ref)
    assert (left.subject, left.actor) == (ada.ref, ada.ref)


def test_nobody_signs_up_for_himself(client, db):
    assert client.get("/account/signup/").status_code == 404
    assert "sign up" not in client.get("/account/sign-in/").content.decode().lower()


def test_passwords_are_kept_by_argon2_outside_tests(settings):
    from importlib.util import find_spec

    source = Path(find_spec("sightline.site.settings").origin).read_text()
    assert "Argon2PasswordHasher" in source
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    account = Account(email="x@example.org")
    account.set_password("slow to guess")
    assert identify_hasher(account.password).algorithm == "argon2"


def test_signing_in_costs_a_bounded_number_of_queries(client, ada, django_assert_max_num_queries):
    with django_assert_max_num_queries(45):
        sign_in(client)
