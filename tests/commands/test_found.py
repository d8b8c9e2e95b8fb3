"""The first person of a new organisation."""

from __future__ import annotations


def test_the_first_person_is_let_in_by_a_link(installation):
    said = installation.done("found", "Ana Ribeiro", "ana@example.org")
    assert "http://127.0.0.1:8000/" in said
    who = installation.within(
        "from sightline.people.models import Employee\n"
        "ana = Employee.objects.get(name='Ana Ribeiro')\n"
        "print(ana.account.email, *sorted(ana.role_grants.values_list('role', flat=True)))"
    )
    assert who == "ana@example.org hr_administrator system_administrator"


def test_there_is_only_one_first_person(installation):
    installation.sightline("found", "Ana Ribeiro", "ana@example.org")
    assert "has people already" in installation.refused("found", "Ben Okafor", "ben@example.org")
    accounts = (
        "from sightline.foundation.identity.models import Account\nprint(Account.objects.count())"
    )
    assert installation.within(accounts) == "1"


def test_a_wrong_address_is_refused_with_a_sentence(prepared):
    assert "is not an e-mail address" in prepared.refused("found", "Ana Ribeiro", "ana")
