"""Corners of the policies that no page of the table reaches."""

from __future__ import annotations

from sightline.foundation.exchange.models import Import
from sightline.people.models import Employee
from sightline.people.policies import may_read_records
from sightline.people.policies.imports import imports_visible_to, may_undo
from sightline.people.viewer import viewer_as
from sightline.site.policies import may_give_account
from tests.access.audiences import IN


def test_whoever_does_not_sign_in_knows_of_no_import(house):
    without_account = viewer_as(house.company.ingrid)
    assert without_account.is_hr_administrator
    assert not Import.objects.filter(imports_visible_to(without_account)).exists()
    assert Import.objects.filter(imports_visible_to(house.company.viewer("ingrid"))).exists()


def test_whoever_does_not_exchange_knows_of_no_import(house):
    assert not Import.objects.filter(imports_visible_to(house.company.viewer("ana"))).exists()


def test_an_import_can_be_undone_while_what_it_needs_is_kept(house):
    viewer = house.company.viewer("ingrid")
    imported = Import(by=viewer.account, kind="people", state=Import.State.IMPORTED)
    assert "30 days" in may_undo(viewer, imported).reason


def test_records_are_read_by_the_person_and_by_hr(house):
    company = house.company
    read_by = {key for key in IN if may_read_records(company.viewer(key), company.tomas)}
    assert read_by == {"tomas", "fatima", "ingrid"}


def test_an_account_is_given_to_who_has_an_address_and_no_account(house):
    company = house.company
    viewer = company.viewer("ingrid")
    assert "has an account" in may_give_account(viewer, company.tomas).reason
    halima = Employee.objects.get(pk=company.halima.pk)
    halima.email = ""
    assert "e-mail address" in may_give_account(viewer, halima).reason
    halima.email = "halima@example.org"
    assert may_give_account(viewer, halima)
    assert not may_give_account(company.viewer("fatima"), halima)
