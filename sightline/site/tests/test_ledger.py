import json

import pytest

from sightline.foundation.identity.events import PasswordChanged
from sightline.foundation.identity.models import Account
from sightline.foundation.ledger import queries, rules
from sightline.foundation.ledger.actions import shred
from sightline.foundation.ledger.events import House
from sightline.foundation.ledger.record import record, record_all
from sightline.foundation.ledger.sequence import sequence
from sightline.foundation.ledger.tests.cups import CupFilled
from sightline.people.models import Employee, Role
from sightline.site.queries import MOST_NAMESAKES, names_in_ledger
from sightline.site.tests.test_operations import person

PAGE = "/ledger/"


@pytest.fixture(autouse=True)
def own_key(settings, tmp_path):
    settings.LEDGER_KEY_FILE = str(tmp_path / "ledger-key")


@pytest.fixture
def auditor(client, db):
    """The pages, as an auditor sees them."""
    client.force_login(person("Ada", Role.AUDITOR))
    return client


def text(answer):
    return answer.content.decode()


def test_only_auditors_read_the_ledger(client, db):
    entry = record(CupFilled(1), by=House())
    addresses = [PAGE, f"{PAGE}{entry.pk}/proof/"]
    assert [client.get(address).status_code for address in addresses] == [302, 302]
    client.force_login(person("Harriet", Role.HR_ADMINISTRATOR))
    assert [client.get(address).status_code for address in addresses] == [403, 403]


def test_a_record_shows_who_did_what_about_whom_and_where_it_stands(auditor):
    anna = Employee.objects.create(name="Anna Berg", number="77")
    record(CupFilled(anna.pk), by=House(), reason="it was empty")
    assert "within seconds" in text(auditor.get(PAGE))
    sequence()
    page = text(auditor.get(PAGE))
    assert "Anna Berg" in page
    assert f"filled cup {anna.pk}</span>: it was empty" in page
    assert "1 record in the signed log" in page


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ({"about": "berg"}, True),
        ({"about": "nobody of this name"}, False),
        ({"actor": "house"}, True),
        ({"actor": "account:7"}, False),
        ({"kind": CupFilled.kind()}, True),
        ({"kind": "ledger.SubjectShredded"}, False),
        ({"since": "2020-01-01"}, True),
        ({"until": "2020-01-01"}, False),
        ({"until": "nonsense"}, True),
        ({"after": "99999999999999999999999"}, True),
    ],
)
def test_the_ledger_is_narrowed_by_person_actor_kind_and_date(auditor, asked, shown):
    anna = Employee.objects.create(name="Anna Berg", number="77")
    record(CupFilled(anna.pk), by=House())
    assert (f"filled cup {anna.pk}<" in text(auditor.get(PAGE, asked))) is shown


def test_a_long_ledger_is_read_on_from_the_last_record(auditor):
    entries = record_all([CupFilled(n) for n in range(120)], by=House())
    first = auditor.get(PAGE)
    shown = [entry.record.pk for entry in first.context["entries"]]
    while first.context["next"]:
        first = auditor.get(PAGE, {"after": first.context["next"]})
        shown += [entry.record.pk for entry in first.context["entries"]]
    assert shown == [entry.pk for entry in reversed(entries)]


def test_a_page_that_holds_all_records_leads_no_further(auditor):
    kind = {"kind": CupFilled.kind()}
    record_all([CupFilled(n) for n in range(queries.PAGE)], by=House())
    page = auditor.get(PAGE, kind)
    assert len(page.context["entries"]) == queries.PAGE
    assert page.context["next"] is None
    record(CupFilled(0), by=House())
    assert auditor.get(PAGE, kind).context["next"]


def test_a_name_is_found_whatever_its_case_and_accents(auditor):
    soren = Employee.objects.create(name="SØREN Łuczak", number="78")
    record(CupFilled(soren.pk), by=House())
    assert f"filled cup {soren.pk}<" in text(auditor.get(PAGE, {"about": "søren luczak"}))


@pytest.mark.parametrize("asked", ["lark ada", "Ada Lark", "lark"])
def test_a_person_is_found_by_words_of_the_name_in_any_order(auditor, asked):
    lark = Employee.objects.create(name="Ada Lark", number="79", email="ada@larkfield.example")
    other = Employee.objects.create(name="Ada Berg", number="80", email="berg@larkfield.example")
    record_all([CupFilled(lark.pk), CupFilled(other.pk)], by=House())
    found = auditor.get(PAGE, {"about": asked, "kind": CupFilled.kind()}).context["entries"]
    assert [entry.record.subject for entry in found] == [lark.ref]


@pytest.mark.parametrize("asked", ["berg@larkfield.example", "larkfield", "P-7700", "7700", "´"])
def test_nobody_is_found_by_e_mail_or_number(auditor, asked):
    anna = Employee.objects.create(name="Anna", number="P-7700", email="berg@larkfield.example")
    record(CupFilled(anna.pk), by=House())
    assert auditor.get(PAGE, {"about": asked}).context["entries"] == []


def test_nobody_of_too_many_namesakes_is_left_out_unsaid(auditor):
    for number in range(MOST_NAMESAKES + 1):
        Employee.objects.create(name=f"Anna {number}", number=f"A{number}")
    record(CupFilled(1), by=House())
    page = auditor.get(PAGE, {"about": "anna"})
    assert "More than 100 people are called so. Type more of the name." in text(page)


def test_a_page_costs_as_many_queries_with_many_records_as_with_few(
    auditor, django_assert_max_num_queries
):
    record_all([CupFilled(n) for n in range(2)], by=House())
    auditor.get(PAGE)
    record_all([CupFilled(n) for n in range(40)], by=House())
    with django_assert_max_num_queries(12):
        auditor.get(PAGE)


def test_a_proof_is_verified_without_the_product(auditor):
    entry = record(CupFilled(1, note="private"), by=House())
    assert auditor.get(f"{PAGE}{entry.pk}/proof/").status_code == 422
    sequence()
    answer = auditor.get(f"{PAGE}{entry.pk}/proof/")
    assert "private" not in text(answer)
    rules.verify_receipt(json.loads(text(answer)), public_key=queries.public_key())
    assert queries.public_key() in text(auditor.get(PAGE))
    assert auditor.get(f"{PAGE}999999/proof/").status_code == 404


def test_what_was_erased_says_so(auditor):
    record(CupFilled(1), by=House())
    shred(by=House(), subject="employee:1")
    page = text(auditor.get(PAGE))
    assert "something that has since been erased" in page
    assert "erased what 1 record said" in page


def test_an_account_is_called_as_its_person_is_and_found_by_that_name(auditor):
    otto = person("Otto")
    lone = Account.objects.create_user("lone@example.org")
    for account in (otto, lone):
        record(PasswordChanged(account.pk, "changed"), by=account)
    page = text(auditor.get(PAGE))
    assert page.count(">Otto</a>") == 2, "who did it, and about whom"
    assert page.count(">lone@example.org</a>") == 2
    found = auditor.get(PAGE, {"actor": "otto"}).context["entries"]
    assert [entry.record.actor for entry in found] == [otto.ref]


def test_a_word_that_names_nobody_stands_for_itself(db):
    assert names_in_ledger(["account:404", "employee:404", "house", ""]) == {}
