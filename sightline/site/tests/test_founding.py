"""The first account of an empty installation: who gets in, once, and who does not."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from hypothesis import given
from hypothesis import strategies as some

from sightline.foundation.core.dates import now
from sightline.foundation.core.errors import Refused
from sightline.foundation.drafts.models import Draft
from sightline.foundation.identity import rules
from sightline.foundation.identity.actions import make_founding_token
from sightline.foundation.identity.models import Account, FoundingToken
from sightline.foundation.ledger.events import House
from sightline.foundation.ledger.models import Record
from sightline.people.actions.founding import found_organisation
from sightline.people.models import Employee, RoleGrant
from sightline.site.actions.founding import Founder, found, found_by_token
from sightline.site.commands.demo import who_can_sign_in

PASSWORD = "correct horse battery"
SAID = {
    "name": "Ana Ribeiro",
    "email": "ana@example.org",
    "number": "10017",
    "password": PASSWORD,
    "password_again": PASSWORD,
}
ANA = Founder("Ana Ribeiro", "ana@example.org", password=PASSWORD)


@pytest.fixture
def token(db) -> str:
    """The token of a server that was just started."""
    return make_founding_token(by=House())[0]


def show(token: str, client: Client | None = None, **said: str):
    """Fill the form in and send it."""
    return (client or Client()).post("/founding/", {"token": token, **SAID, **said})


@given(some.sampled_from(rules.LETTERS))
def test_a_token_is_read_however_it_is_typed(letter):
    token = rules.new_token()
    assert rules.digest_of(token) == rules.digest_of(f" {token.lower().replace('-', ' ')} ")
    assert rules.digest_of(token) != rules.digest_of(token + letter)
    assert len(token.replace("-", "")) == 20


def test_the_first_visitor_is_led_to_the_founding_and_comes_in(token):
    visitor = Client()
    assert "/founding/" in visitor.get("/account/sign-in/").content.decode()
    assert visitor.get("/founding/").status_code == 200
    answer = show(token, visitor)
    assert (answer.status_code, answer["Location"]) == (302, "/")
    home = visitor.get("/").content.decode()
    assert "Ana Ribeiro" in home
    ana = Employee.objects.get()
    assert (ana.number, ana.email, ana.account.email) == ("10017", *["ana@example.org"] * 2)
    assert ana.account.check_password(PASSWORD)
    roles = set(RoleGrant.objects.values_list("role", flat=True))
    assert roles == {"hr_administrator", "system_administrator"}
    assert not FoundingToken.objects.exists()


def test_all_that_is_wrong_is_said_at_once_beside_its_field_and_nothing_is_made(token):
    answer = show("WRONG", name="", email="ana", password="short", password_again="other")
    assert answer.status_code == 422
    wrong = answer.context["form"].errors
    assert set(wrong) == {"token", "name", "email", "password", "password_again"}
    assert "not the token" in wrong["token"][0]
    assert 'value="ana"' in answer.content.decode()
    assert not Account.objects.exists()


def test_a_password_like_the_name_is_refused(token):
    answer = show(token, password="ana@example.org", password_again="ana@example.org")
    assert set(answer.context["form"].errors) == {"password"}


def test_a_token_that_is_too_old_says_what_to_do(token):
    FoundingToken.objects.update(expires_at=now() - timedelta(seconds=1))
    answer = show(token)
    assert answer.status_code == 422
    assert "Start the server again" in answer.context["form"].errors["token"][0]


def test_a_new_start_makes_the_former_token_useless(token):
    fresh, expires_at = make_founding_token(by=House())
    assert expires_at > now() + timedelta(hours=23)
    assert show(token).status_code == 422
    assert show(fresh).status_code == 302


def test_a_second_visitor_finds_no_door_and_a_spent_token_opens_nothing(token):
    assert show(token).status_code == 302
    late = Client()
    assert late.get("/founding/")["Location"] == "/"
    assert show(token, late, email="eve@example.org")["Location"] == "/"
    assert Account.objects.count() == 1
    with pytest.raises(Refused):
        found_by_token(by=House(), token=token, founder=ANA)


def test_a_token_that_was_never_used_is_useless_once_somebody_was_let_in_otherwise(token):
    found(by=House(), founder=ANA)
    assert show(token, email="eve@example.org")["Location"] == "/"
    with pytest.raises(Refused, match="people already"):
        found_by_token(by=House(), token=token, founder=Founder("Eve", "eve@example.org"))
    assert Account.objects.count() == 1


def test_a_known_person_without_an_account_shuts_the_door_too(token):
    found_organisation(number="1", name="Ana", email="", on=now().date())
    assert show(token)["Location"] == "/"


def test_whoever_guesses_is_held_up_even_with_the_right_token(token):
    for _ in range(10):
        assert "not the token" in show("GUESS").content.decode()
    answer = show(token)
    assert answer.status_code == 422
    assert "Wait five minutes" in answer.context["form"].errors["token"][0]
    assert not Account.objects.exists()


def test_looking_at_the_page_does_not_count_as_guessing(token):
    for _ in range(30):
        assert Client().get("/founding/").status_code == 200
    assert show(token).status_code == 302


def test_a_token_in_the_address_is_of_no_use(token):
    answer = Client().post(f"/founding/?token={token}", SAID)
    assert answer.status_code == 422
    assert token not in Client().get(f"/founding/?token={token}").content.decode()


def test_the_token_is_kept_nowhere_and_told_to_no_log(token, caplog):
    caplog.set_level(logging.DEBUG)
    show("WRONG" + token)
    show(token)
    bare = token.replace("-", "")
    said = [record.getMessage() for record in caplog.records]
    assert not [line for line in said if token in line or bare in line]
    for table in connection.introspection.table_names():
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            rows = str(cursor.fetchall())
        assert token not in rows, table
        assert bare not in rows, table
    assert not Draft.objects.exists()


def test_no_other_site_learns_where_the_founding_was_and_no_browser_keeps_it(token):
    answer = show("WRONG")
    assert answer["Referrer-Policy"] == "same-origin"
    assert "no-store" in answer["Cache-Control"]
    assert PASSWORD not in answer.content.decode()


def test_a_form_of_another_site_founds_nothing(token):
    strict = Client(enforce_csrf_checks=True)
    assert show(token, strict).status_code == 403
    assert not Account.objects.exists()


def test_a_demo_has_no_such_door(token, settings):
    settings.DEMO = True
    assert Client().get("/founding/").status_code == 404
    assert show(token).status_code == 404


def test_the_server_shows_a_token_while_nobody_is_here_and_never_afterwards(db):
    said = "\n".join(who_can_sign_in("https://people.example.org"))
    assert "https://people.example.org/founding/" in said
    token = next(line.strip() for line in said.splitlines() if line.startswith("    "))
    assert show(token).status_code == 302
    assert who_can_sign_in("https://people.example.org") == []


def test_making_and_taking_the_token_are_on_record(token):
    show(token)
    kinds = set(Record.objects.values_list("kind", flat=True))
    assert {"identity.FoundingTokenMade", "identity.FoundingTokenSpent"} <= kinds
    assert {"identity.AccountCreated", "people.RoleGranted"} <= kinds


@pytest.mark.django_db(transaction=True)
def test_of_two_first_visitors_at_the_same_moment_one_comes_in():
    token, _until = make_founding_token(by=House())

    def visit(number: int) -> int:
        try:
            return show(token, email=f"visitor{number}@example.org").status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as crew:
        answers = list(crew.map(visit, range(4)))
    assert Account.objects.count() == Employee.objects.count() == 1
    assert set(answers) <= {302, 422}
    assert 302 in answers
