"""Files of the organisation: who gets which rows, and that they read back exactly."""

import unicodedata

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sightline.foundation.exchange.tables import read
from sightline.foundation.identity.models import Account
from sightline.foundation.ledger.models import Record
from sightline.people.exchange.columns import ORDER
from sightline.people.exchange.export import export
from sightline.people.exchange.template_files import template_file
from sightline.people.models import Employee, Position, Responsibility
from sightline.people.tests.importing import (
    DAY,
    bring,
    entries,
    partner,
    seen,
)

pytestmark = pytest.mark.django_db


def exported(by, kind, file_format="csv"):
    data = export(by=by, kind=kind, file_format=file_format, day=DAY)
    return read(data, f"a.{file_format}")


@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
@pytest.mark.parametrize("kind", ORDER)
def test_what_is_exported_and_imported_again_changes_nothing(settled, kind, file_format):
    data = export(by=settled, kind=kind, file_format=file_format, day=DAY)
    imported = bring(settled, kind, data, name=f"a.{file_format}")
    assert imported.state == "dry run", imported.notes
    assert not imported.errors
    assert entries(imported) == []
    assert imported.counts["same"] == imported.counts["rows"] > 1


def test_the_whole_organisation_goes_round_in_one_workbook(settled):
    data = export(by=settled, kind="everything", file_format="xlsx", day=DAY)
    imported = bring(settled, "everything", data, name="all.xlsx")
    assert (entries(imported), imported.counts["same"]) == ([], 18)


nasty = st.one_of(
    st.text(min_size=1, max_size=30),
    st.sampled_from(
        [
            "=cmd|' /C calc'!A0",
            "+351 Ana",
            "-Ana",
            "@Ana",
            "'Ana",
            "'=Ana",
            'Ana "the rock" Ribeiro',
            "Ana\nRibeiro",
            "דנה כהן",
            "\u202bدانا\u202c",
            "👩‍👩‍👧‍👦 Ana",
            "a,b;c\td",
            "00123",
            "TRUE",
            "Zoë\u0301",
            "_x000D_",
        ]
    ),
).filter(
    lambda text: (
        text.strip()
        and not any(unicodedata.category(sign) in {"Cs", "Cc"} and sign != "\n" for sign in text)
    )
)


@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
@given(name=nasty, called=nasty, title=nasty, standard=nasty)
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_any_names_and_texts_go_round_exactly(settled, file_format, name, called, title, standard):
    Employee.objects.filter(number="10003").update(name=name, known_as=called)
    Position.objects.filter(code="P-3").update(title=title, purpose=standard)
    duty = Responsibility.objects.filter(position__code="P-3").first()
    Responsibility.objects.filter(pk=duty.pk).update(title=f"1 {title}", standard=standard)
    for kind in ("positions", "responsibilities", "people"):
        data = export(by=settled, kind=kind, file_format=file_format, day=DAY)
        imported = bring(settled, kind, data, name=f"a.{file_format}")
        assert imported.state == "dry run", imported.notes
        assert not imported.errors, imported.errors
        assert entries(imported) == []


def test_a_formula_in_a_name_is_inert_in_csv(settled):
    Employee.objects.filter(number="10003").update(name="=1+1")
    data = export(by=settled, kind="people", file_format="csv", day=DAY).decode("utf-8-sig")
    assert "10003,'=1+1," in data


def test_reading_people_in_bulk_is_an_event(settled):
    exported(settled, "people")
    record = Record.objects.latest("pk")
    assert (record.kind, record.actor) == ("people.PeopleExported", settled.employee.ref)


def test_a_people_partner_exports_the_own_units_only(settled):
    by = partner("PROD")
    assert [row.cells[0] for row in exported(by, "people").rows] == ["10002", "10003", "10004"]
    assert [row.cells[0] for row in exported(by, "units").rows] == ["PLAT", "PROD"]
    assert [row.cells[0] for row in exported(by, "positions").rows] == ["P-2", "P-3", "P-4"]
    with pytest.raises(PermissionDenied):
        exported(by, "jobs")
    with pytest.raises(PermissionDenied):
        exported(by, "everything", "xlsx")


def test_what_a_partner_exports_goes_round_for_the_partner(settled):
    by = partner("PLAT")
    data = export(by=by, kind="people", file_format="csv", day=DAY)
    imported = bring(by, "people", data)
    assert (imported.errors, entries(imported), imported.counts["same"]) == ([], [], 3)


def test_nobody_else_exports(settled):
    account = Account.objects.create_user("mei@example.org", None)
    Employee.objects.filter(number="10003").update(account=account)
    records = Record.objects.count()
    with pytest.raises(PermissionDenied):
        exported(seen(account), "people")
    assert Record.objects.count() == records


@pytest.mark.parametrize("kind", ORDER)
def test_a_template_holds_the_columns_and_an_example(kind):
    sheet = read(template_file(kind, "csv"), "a.csv")
    assert len(sheet.rows) == 1
    book = read(template_file(kind, "xlsx"), "a.xlsx")
    assert book.headers == sheet.headers
    assert book.others == ("Explanations",)


def test_the_template_of_everything_has_a_sheet_for_each_kind():
    sheet = read(template_file("everything", "xlsx"), "a.xlsx")
    assert (sheet.name, *sheet.others) == (
        *("Units", "Jobs", "Positions", "Responsibilities", "People"),
        "Explanations",
    )
