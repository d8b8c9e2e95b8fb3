"""What the undo of an import restores."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from sightline.foundation.core.errors import Refused
from sightline.foundation.core.spans import FOREVER
from sightline.foundation.exchange.models import Import
from sightline.people.exchange import steps
from sightline.people.exchange.work import carry_out_import, undo_import
from sightline.people.models import (
    Employee,
    Pay,
)
from sightline.people.tests.importing import (
    DAY,
    DUTIES,
    POSITIONS,
    UNITS,
    bring,
    carry_out,
    changed,
    csv,
    everything,
    kinds,
    people,
    settle,
    undo,
    workbook,
    worked,
)

pytestmark = pytest.mark.django_db


def test_an_undo_restores_the_organisation_exactly(settled):
    before = everything()
    lines = [line for line in people(("10004", "manager", "10001")) if line[0] != "10005"]
    lines = changed(lines, "10003", "e-mail", "mei.chen@example.org")
    lines.append(["10009", "Noor Haddad", "noor@example.org", "P-6", "10002", 50, ""])
    sheets = {
        "units": [*UNITS, ["DATA", "Data", "Team", "PROD"]],
        "positions": [
            *changed(POSITIONS, "P-3", "unit", "SALES"),
            ["P-6", "Analyst", "DATA", "ENG3", ""],
        ],
        "responsibilities": [DUTIES[0], ["P-3", "All of it", 100, ""]],
        "people": lines,
    }
    day = date(2026, 12, 1)
    imported = carry_out(
        settled,
        "everything",
        workbook(sheets),
        name="more.xlsx",
        day=day,
        missing_left=True,
        left_on=day,
    )
    assert everything() != before
    imported = undo(settled, imported)
    assert imported.state == Import.State.UNDONE, imported.notes
    assert everything() == before
    assert kinds()[-1] == "people.ImportUndone"
    assert "people.ImportedChangeUndone" in kinds()


def test_an_undo_of_changes_that_held_from_their_own_first_day_restores_them_too(settled):
    before = everything()
    sheets = {
        "units": changed(UNITS, "PLAT", "parent", ""),
        "responsibilities": [DUTIES[0], ["P-3", "All of it", 100, ""]],
        "people": people(("10004", "manager", "10001")),
    }
    imported = carry_out(settled, "everything", workbook(sheets), name="more.xlsx")
    assert everything() != before
    assert undo(settled, imported).state == Import.State.UNDONE
    assert everything() == before


def test_the_first_import_of_all_can_be_undone(founder):
    before = everything()
    imported = settle(founder)
    assert undo(founder, imported).state == Import.State.UNDONE
    assert everything() == before


def test_nobody_is_told_of_people_whose_import_was_undone_at_once(founder):
    imported = bring(founder, "everything", workbook(), name="company.xlsx")
    steps.ask_import(by=founder, imported=imported)
    carry_out_import.call(import_id=imported.pk)
    imported.refresh_from_db()
    steps.ask_undo(by=founder, imported=imported)
    undo_import.call(import_id=imported.pk)
    assert worked(imported).state == Import.State.UNDONE


def test_an_undo_is_refused_with_the_reason_when_something_changed_since(settled):
    imported = carry_out(settled, "people", csv(people(("10004", "name", "Rui A."))))
    Employee.objects.filter(number="10004").update(location="Porto")
    before = everything()
    imported = undo(settled, imported)
    assert imported.state == Import.State.IMPORTED
    assert imported.notes == ["It cannot be undone: Rui A. has been changed since the import."]
    assert everything() == before


def test_an_undo_is_refused_when_something_leans_on_what_was_imported(founder):
    imported = settle(founder)
    mei = Employee.objects.get(number="10003")
    Pay.objects.create(employee=mei, amount=1, currency="EUR", from_on=DAY, until_on=FOREVER)
    imported = undo(founder, imported)
    assert imported.notes == ["It cannot be undone: Mei Chen is in use since the import."]
    assert imported.state == Import.State.IMPORTED


def test_only_the_last_import_is_undone(settled):
    first = carry_out(settled, "people", csv(people(("10004", "name", "Rui A."))))
    carry_out(settled, "people", csv(people(("10003", "name", "Mei C."))))
    with pytest.raises(PermissionDenied, match="Only the last import"):
        steps.ask_undo(by=settled, imported=first)


def test_an_import_is_undone_once(settled):
    imported = undo(settled, carry_out(settled, "people", csv(people(("10004", "share", 60)))))
    with pytest.raises(PermissionDenied, match="not done"):
        steps.ask_undo(by=settled, imported=imported)


def test_two_who_ask_for_an_undo_at_once_do_not_break_it(settled):
    imported = carry_out(settled, "people", csv(people(("10004", "share", 60))))
    stale = Import.objects.get(pk=imported.pk)
    undo(settled, imported)
    with pytest.raises(Refused, match="undone already"):
        steps.ask_undo(by=settled, imported=stale)
    assert Import.objects.get(pk=imported.pk).state == Import.State.UNDONE
