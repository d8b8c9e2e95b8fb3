"""Inviting people: who may, who gets a letter, once, and who has come in."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.exceptions import PermissionDenied

from sightline.foundation.core.dates import now
from sightline.foundation.core.errors import Refused
from sightline.foundation.identity.actions import NewAccount, close_account, create_account
from sightline.foundation.identity.models import Account
from sightline.foundation.jobs.testing import run_waiting_jobs
from sightline.foundation.ledger.events import House
from sightline.foundation.ledger.models import Record
from sightline.people.actions.roles import end_role
from sightline.people.models import Employee, Role, RoleGrant
from sightline.site import invited, jobs
from sightline.site.actions.invitations import MOST_AT_ONCE, ask_to_invite
from sightline.site.models import InvitationRound
from sightline.site.policies import may_invite_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def newcomers(company):
    """Tomás, Mei and João as if nobody had given them accounts."""
    run_waiting_jobs()
    mail.outbox.clear()
    people = [company.tomas, company.mei, company.joao]
    for person in people:
        email = f"before-{person.pk}@example.org"
        Account.objects.filter(pk=person.account_id).update(email=email)
        EmailAddress.objects.filter(user=person.account_id).update(email=email)
        Employee.objects.filter(pk=person.pk).update(account=None)
        person.refresh_from_db()
    return people


def letters() -> list[str]:
    """To whom links were sent."""
    return sorted(one.to[0] for one in mail.outbox if "/password/new/" in one.body)


def asked_by(company, key, people) -> InvitationRound:
    """A round that was carried out."""
    asked = ask_to_invite(by=company.viewer(key), people=people)
    run_waiting_jobs()
    asked.refresh_from_db()
    return asked


def test_each_chosen_person_gets_an_account_and_a_letter_with_a_link(company, newcomers):
    asked = asked_by(company, "ingrid", newcomers)
    assert letters() == sorted(person.email for person in newcomers)
    assert "/account/password/new/" in mail.outbox[0].body
    assert "three days" in mail.outbox[0].body
    assert asked.left_out == []
    assert asked.done_at
    for person in newcomers:
        person.refresh_from_db()
        assert person.account.email == person.email
        assert invited.standing_of(person) == invited.INVITED


def test_a_round_carried_out_twice_sends_nothing_twice(company, newcomers):
    asked = asked_by(company, "ingrid", newcomers)
    InvitationRound.objects.update(done_at=None)
    jobs.invite_round.enqueue(asked.pk)
    run_waiting_jobs()
    assert len(letters()) == 3


def test_whoever_was_invited_before_gets_a_new_link(company, newcomers):
    asked_by(company, "ingrid", newcomers[:1])
    asked_by(company, "ingrid", newcomers[:1])
    assert len(letters()) == 2


def test_whoever_cannot_be_invited_is_named_with_the_reason_and_the_others_are_invited(
    company, newcomers
):
    tomas, mei, joao = newcomers
    Employee.objects.filter(pk=mei.pk).update(email="")
    create_account(by=House(), new=NewAccount(joao.email))
    asked = asked_by(company, "ingrid", [tomas, mei, joao, company.ana, company.ingrid])
    assert letters() == [company.ana.email, tomas.email]
    why = {person.pk: reason for person, reason in invited.left_out_of(asked)}
    assert "e-mail address first" in why[mei.pk]
    assert "already an account" in why[joao.pk]
    assert set(why) >= {mei.pk, joao.pk, company.ingrid.pk}


def test_a_closed_account_is_not_invited(company, newcomers):
    tomas = newcomers[0]
    asked_by(company, "ingrid", [tomas])
    tomas.refresh_from_db()
    close_account(by=House(), account=tomas.account)
    asked = asked_by(company, "ingrid", [tomas])
    assert "closed" in asked.left_out[0][1]
    assert len(letters()) == 1


def test_who_has_signed_in_needs_no_letter(company):
    run_waiting_jobs()
    mail.outbox.clear()
    Account.objects.filter(pk=company.tomas.account_id).update(last_login=now())
    asked = asked_by(company, "ingrid", [company.tomas])
    assert asked.left_out == [[company.tomas.pk, "Has signed in already."]]
    assert letters() == []


def test_who_has_left_gets_no_letter(company):
    run_waiting_jobs()
    mail.outbox.clear()
    account = create_account(by=House(), new=NewAccount("rui@old.example"))
    Employee.objects.filter(pk=company.rui.pk).update(account=account)
    asked = asked_by(company, "ingrid", [company.rui])
    assert "does not work here" in asked.left_out[0][1]
    assert letters() == []


def test_whoever_is_to_hold_a_role_can_be_invited_before_it_begins(company):
    hr = company.viewer("ingrid")
    nina = Employee.objects.create(name="Nina Sol", number="O-9", email="nina@example.org")
    assert not may_invite_person(hr, nina)
    tomorrow = company.today + timedelta(days=1)
    RoleGrant.objects.create(employee=nina, role=Role.EXECUTIVE, from_on=tomorrow)
    assert may_invite_person(hr, nina)
    RoleGrant.objects.update(from_on=hr.today - timedelta(days=9), until_on=hr.today)
    assert not may_invite_person(hr, nina)


def test_nothing_is_sent_for_somebody_who_has_lost_the_right_meanwhile(company, newcomers):
    asked = ask_to_invite(by=company.viewer("fatima"), people=newcomers)
    grant = company.fatima.role_grants.get(role=Role.PEOPLE_PARTNER)
    end_role(by=company.viewer("ingrid"), grant=grant, on=company.today)
    run_waiting_jobs()
    asked.refresh_from_db()
    assert len(asked.left_out) == 3
    assert letters() == []


@pytest.mark.parametrize("key", ["tomas", "ana", "ruth", "nkechi", "samuel"])
def test_others_do_not_invite(company, key):
    with pytest.raises(PermissionDenied):
        ask_to_invite(by=company.viewer(key), people=[company.mei])
    assert company.client(key).get("/invitations/").status_code == 403


def test_a_round_is_bounded_and_never_empty(company):
    with pytest.raises(Refused):
        ask_to_invite(by=company.viewer("ingrid"), people=[])
    with pytest.raises(Refused):
        ask_to_invite(by=company.viewer("ingrid"), people=[company.mei] * (MOST_AT_ONCE + 1))


def test_asking_is_on_record(company):
    ask_to_invite(by=company.viewer("ingrid"), people=[company.mei])
    assert Record.objects.filter(kind="site.InvitationsAsked", actor=company.ingrid.ref).exists()


@pytest.mark.parametrize("key", ["ingrid", "fatima"])
def test_each_person_stands_one_way_and_the_query_agrees_with_the_row(company, newcomers, key):
    tomas, mei, joao = newcomers
    Employee.objects.filter(pk=joao.pk).update(email="")
    asked_by(company, "ingrid", [tomas, mei])
    before = now() - timedelta(days=3, seconds=1)
    Account.objects.filter(employee=mei).update(invited_at=before)
    Account.objects.filter(pk=company.ana.account_id).update(last_login=now())
    viewer = company.viewer(key)
    people = list(invited.people_to_invite(viewer))
    for standing in invited.STANDINGS:
        found = set(invited.people_to_invite(viewer).filter(invited.is_so(standing)))
        assert found == {one for one in people if invited.standing_of(one) == standing}
    assert sum(invited.counts(viewer).values()) == len(people)
    assert company.viewer(key).employee not in people
    by_name = {one.name: invited.standing_of(one) for one in people}
    assert by_name[mei.name] == invited.RAN_OUT
    assert by_name[joao.name] == invited.NO_ADDRESS
    assert by_name[company.ana.name] == invited.IN


# ── The pages ────────────────────────────────────────────────────────────────────────────────


def test_the_ticked_are_invited_and_the_page_shows_how_far_it_is(company, newcomers):
    ingrid, tomas = company.client("ingrid"), newcomers[0]
    assert "Not invited" in ingrid.get("/invitations/", {"q": "tomas"}).content.decode()
    answer = ingrid.post("/invitations/", {"who": [tomas.pk]})
    page = ingrid.get(answer["Location"]).content.decode()
    assert "Waiting for its turn" in page
    assert "data-polls" in ingrid.get(answer["Location"] + "progress/").content.decode()
    run_waiting_jobs()
    page = ingrid.get(answer["Location"]).content.decode()
    assert "1 letter is sent" in page
    assert "See the result" not in page
    assert "See the result" in ingrid.get(answer["Location"] + "progress/").content.decode()
    assert letters() == [tomas.email]


def test_all_who_were_never_invited_are_invited_at_once(company, newcomers):
    company.client("ingrid").post("/invitations/", {"all": "1"})
    run_waiting_jobs()
    assert {person.email for person in newcomers} <= set(letters())


def test_nobody_ticked_is_said_beside_the_list(company):
    answer = company.client("ingrid").post("/invitations/", {})
    assert answer.status_code == 422
    assert "Choose whom to invite." in answer.content.decode()


def test_a_partner_invites_nobody_outside_the_partner_s_units(company):
    answer = company.client("fatima").post("/invitations/", {"who": [company.yusuf.pk, "x"]})
    assert answer.status_code == 422
    assert company.yusuf.name not in company.client("fatima").get("/invitations/").content.decode()


def test_a_partner_sees_only_the_rounds_asked_for_by_that_partner(company):
    asked = ask_to_invite(by=company.viewer("ingrid"), people=[company.mei])
    assert company.client("fatima").get(f"/invitations/{asked.pk}/").status_code == 404
    assert company.client("ingrid").get(f"/invitations/{asked.pk}/").status_code == 200


def test_the_invited_sets_a_password_by_the_link_and_is_in(company, newcomers, client):
    asked_by(company, "ingrid", newcomers[:1])
    link = next(word for word in mail.outbox[0].body.split() if "/password/new/" in word)
    path = link.split("8000", 1)[1]
    page = client.get(path, follow=True)
    sent = {"password1": "correct horse battery", "password2": "correct horse battery"}
    client.post(page.redirect_chain[-1][0], sent)
    newcomers[0].refresh_from_db()
    assert newcomers[0].account.last_login
    assert invited.standing_of(newcomers[0]) == invited.IN


def test_the_pages_say_when_letters_are_only_kept_as_files(company, newcomers, settings, tmp_path):
    ingrid = company.client("ingrid")
    assert "No letter is sent" not in ingrid.get("/invitations/").content.decode()
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path
    listed = ingrid.get("/invitations/").content.decode()
    assert str(tmp_path) in listed
    assert "SIGHTLINE_MAIL" in listed
    answer = ingrid.post("/invitations/", {"who": [newcomers[0].pk]})
    run_waiting_jobs()
    done = ingrid.get(answer["Location"]).content.decode()
    assert "1 letter is kept as a file" in done
    assert "sent or on its way" not in done
    assert str(tmp_path) in done
