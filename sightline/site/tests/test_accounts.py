"""What administrators see of accounts and do about them."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.urls import reverse

from sightline.foundation.identity import actions as identity
from sightline.foundation.identity.actions import NewAccount
from sightline.foundation.identity.models import Account
from sightline.foundation.ledger.events import House
from sightline.foundation.ledger.models import Record
from sightline.people.actions.roles import grant_role
from sightline.people.models import Role

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("jobs_run_at_once")]

PASSWORD = "larkfield-demo"


@pytest.fixture
def ruth(company):
    """The system administrator, who signed in just now."""
    client = company.client("ruth")
    client.post("/account/sign-out/")
    sent = {"login": company.account("ruth").email, "password": PASSWORD}
    assert client.post("/account/sign-in/", sent).status_code == 302
    return client


def page_of(account) -> str:
    return f"/accounts/{account.pk}/"


@pytest.mark.parametrize("key", ["tomas", "ana", "nkechi", "ingrid", "samuel"])
def test_only_system_administrators_see_accounts(company, key):
    client = company.client(key)
    account = company.account("tomas")
    assert client.get("/accounts/").status_code == 403
    assert client.get(page_of(account)).status_code == 403
    assert client.get(page_of(account) + "address/").status_code in {302, 403}
    for act in ("invitation", "closure", "reopening", "sign-out", "second-factor", "lost-devices"):
        assert client.post(f"{page_of(account)}{act}/").status_code == 403
    account.refresh_from_db()
    assert account.is_active


def test_accounts_are_found_by_name_and_by_state(ruth, company):
    page = ruth.get("/accounts/", {"q": "tomas"}).content.decode()
    assert company.account("tomas").email in page
    assert company.account("leo").email not in page
    assert "No account fits that" in ruth.get("/accounts/", {"state": "closed"}).content.decode()


def test_a_long_list_is_read_to_its_end_by_key(ruth):
    made = identity.create_accounts(
        by=House(), new=[NewAccount(f"clerk{number:03}@example.org") for number in range(120)]
    )
    seen, address = [], "/accounts/?q=clerk"
    while address:
        answer = ruth.get(address)
        seen += [account.email for account in answer.context["page"].rows]
        following = answer.context["page"].next
        address = f"/accounts/?q=clerk&after={following}" if following else ""
    assert seen == [account.email for account in made]


def test_the_list_costs_the_same_with_few_and_with_many(ruth, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        ruth.get("/accounts/", {"q": "tomas"})
    with django_assert_max_num_queries(12):
        ruth.get("/accounts/")


def test_closing_signs_the_owner_out_and_says_why_in_the_ledger(ruth, company):
    tomas, account = company.client("tomas"), company.account("tomas")
    assert tomas.get("/").status_code == 200
    answer = ruth.post(page_of(account) + "closure/", {"reason": "phone stolen"}, follow=True)
    assert "The account is closed." in answer.content.decode()
    assert tomas.get("/").status_code == 302
    record = Record.objects.get(kind="identity.AccountClosed")
    assert (record.subject, record.actor) == (account.ref, company.ruth.ref)


def test_closing_asks_for_fresh_proof(company):
    client, account = company.client("ruth"), company.account("tomas")
    asked = client.post(page_of(account) + "closure/")
    assert asked["Location"].startswith("/account/proof/")
    account.refresh_from_db()
    assert account.is_active
    sent = {"password": PASSWORD, "next": page_of(account) + "closure/"}
    assert client.post("/account/proof/", sent).status_code == 302
    account.refresh_from_db()
    assert not account.is_active


@pytest.mark.parametrize("act", ["invitation", "sign-out", "lost-devices"])
def test_a_reason_that_was_not_asked_for_is_left_aside(ruth, company, act):
    answer = ruth.post(f"{page_of(company.account('tomas'))}{act}/", {"reason": "phone stolen"})
    assert answer.status_code == 302


def test_a_reason_that_is_too_long_is_said_and_kept(ruth, company):
    account = company.account("tomas")
    reason = "The phone was stolen. " * 30
    answer = ruth.post(page_of(account) + "closure/", {"reason": reason.strip()})
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "at most 500 characters" in shown
    assert reason.strip() in shown
    assert re.search('<dialog[^>]*id="close-account"[^>]* open>', shown)
    account.refresh_from_db()
    assert account.is_active


def test_nobody_closes_the_own_account(ruth, company):
    answer = ruth.post(page_of(company.account("ruth")) + "closure/")
    assert answer.status_code == 403
    assert "cannot close your own account" in answer.content.decode()


def test_a_closed_account_is_opened_again(ruth, company):
    account = company.account("tomas")
    ruth.post(page_of(account) + "closure/")
    assert "Open again" in ruth.get(page_of(account)).content.decode()
    ruth.post(page_of(account) + "reopening/")
    account.refresh_from_db()
    assert account.is_active


def test_an_invitation_is_sent_again_but_not_to_a_closed_account(ruth, company):
    account = company.account("tomas")
    ruth.post(page_of(account) + "invitation/")
    assert mail.outbox[-1].to == [account.email]
    ruth.post(page_of(account) + "closure/")
    answer = ruth.post(page_of(account) + "invitation/", follow=True)
    assert "This account is closed." in answer.content.decode()
    assert len(mail.outbox) == 1


def test_a_second_factor_is_asked_for_and_waived(ruth, company):
    account = company.account("tomas")
    ruth.post(page_of(account) + "second-factor/")
    assert company.client("tomas").get("/")["Location"] == "/account/second-factor/"
    ruth.post(page_of(account) + "no-second-factor/")
    assert company.client("tomas").get("/").status_code == 200


def test_who_has_lost_every_device_is_let_in_by_password_again(ruth, company):
    account = company.account("tomas")
    Authenticator.objects.create(user=account, type="totp", data={"secret": "x"})
    assert "Lost every device?" in ruth.get(page_of(account)).content.decode()
    ruth.post(page_of(account) + "lost-devices/")
    assert not Authenticator.objects.filter(user=account).exists()


def test_an_address_is_changed_and_confirmed_by_its_owner(ruth, company):
    account = company.account("tomas")
    ruth.post(page_of(account) + "address/", {"email": "tomas@elsewhere.example"})
    assert mail.outbox[-1].to == ["tomas@elsewhere.example"]
    account.refresh_from_db()
    assert account.email == "tomas@elsewhere.example"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("leo@larkfield.example", "already an account"),
        ("nonsense", "valid email"),
        ("", "required"),
    ],
)
def test_an_address_that_cannot_be_is_refused_beside_its_field(ruth, company, typed, sentence):
    answer = ruth.post(page_of(company.account("tomas")) + "address/", {"email": typed})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_an_act_that_there_is_not_is_not_found(ruth, company):
    assert ruth.post(page_of(company.account("tomas")) + "explosion/").status_code == 404
    assert ruth.post("/accounts/999999/invitation/").status_code == 404
    assert ruth.get(page_of(company.account("tomas")) + "closure/").status_code == 405


def test_hr_makes_an_account_for_who_has_none(company):
    employee = company.tomas
    Account.objects.filter(pk=employee.account_id).update(email="somebody@else.example")
    type(employee).objects.filter(pk=employee.pk).update(account=None)
    ingrid = company.client("ingrid")
    address = f"/people/{employee.pk}/account/"
    assert employee.email in ingrid.get(address).content.decode()
    assert ingrid.post(address)["Location"] == f"/people/{employee.pk}/"
    employee.refresh_from_db()
    assert employee.account.email == employee.email
    assert mail.outbox[-1].to == [employee.email]
    assert ingrid.post(address).status_code == 403  # one person, one account


@pytest.fixture
def rui(company):
    """He left, and has an address and no account."""
    type(company.rui).objects.filter(pk=company.rui.pk).update(
        account=None, email="rui@old.example"
    )
    company.rui.refresh_from_db()
    return company.rui


def test_who_has_left_is_given_no_account(company, rui):
    ingrid, address = company.client("ingrid"), f"/people/{rui.pk}/account/"
    assert address not in ingrid.get(f"/people/{rui.pk}/").content.decode()
    refused = ingrid.post(address)
    assert refused.status_code == 403
    assert "does not work here and holds no role" in refused.content.decode()
    grant_role(by=company.viewer("ruth"), employee=rui, role=Role.AUDITOR, on=company.today)
    assert address in ingrid.get(f"/people/{rui.pk}/").content.decode()
    assert ingrid.post(address).status_code == 302


def test_nobody_but_hr_makes_accounts(company):
    employee = company.tomas
    type(employee).objects.filter(pk=employee.pk).update(account=None)
    assert company.client("yusuf").get(f"/people/{employee.pk}/account/").status_code in {403, 404}
    assert company.client("ana").post(f"/people/{employee.pk}/account/").status_code == 403


def test_names_lead_to_people_only_where_these_exist_for_the_viewer(ruth, company):
    for key, exists in (("mei", True), ("priya", False), ("samuel", False)):
        page = ruth.get(page_of(company.account(key))).content.decode()
        person = company.account(key).employee
        assert (reverse("person", args=[person.pk]) in page) == exists
        assert person.name in page
    roles = ruth.get(reverse("people:roles")).content.decode()
    assert reverse("person", args=[company.samuel.pk]) not in roles
    assert company.samuel.name in roles
