"""What people partners bring: of the people and units that they keep, and no word of others."""

from datetime import date

import pytest

from sightline.foundation.core.spans import FOREVER
from sightline.people.models import Employee, Employment
from sightline.people.tests.importing import (
    DAY,
    PEOPLE,
    UNITS,
    bring,
    carry_out,
    csv,
    entries,
    partner,
    people,
    seen,
    wrong,
)

pytestmark = pytest.mark.django_db


def employed(by):
    """The partner with a contract, who so sees the colleagues of all units."""
    Employment.objects.create(employee=by.employee, from_on=date(2010, 1, 1), until_on=FOREVER)
    return seen(by.account)


def test_a_people_partner_imports_only_the_people_of_the_own_units(settled):
    by = employed(partner("PROD"))
    told = wrong(by, people(("10004", "name", "Rui A."), ("10005", "name", "Ingrid B.")))
    assert not [one for one in told if one[0] == 5]
    assert (6, "name", "Not in your units.") in told
    assert (6, "position", "Not in your units.") in told
    assert (2, "position", "Not in your units.") in told


def test_a_people_partner_moves_nobody_out_of_the_own_units(settled):
    by = partner("PLAT")
    lines = [["number", "name", "position"], ["10004", "Rui Alves", "P-5"]]
    assert wrong(by, lines) == [(2, "position", "Not in your units.")]


def test_a_people_partner_opens_units_under_the_own_ones_only(settled):
    by = partner("PROD")
    lines = [UNITS[0], ["DATA", "Data", "Team", "PROD"], ["SHOP", "Shop", "Team", "SALES"]]
    assert wrong(by, lines, "units") == [(3, "parent", "Not in your units.")]


def test_a_people_partner_ends_nobody_outside_the_own_units(settled):
    by = partner("PLAT")
    lines = [["number", "name"], ["10002", "Ana Ribeiro"], ["10003", "Mei Chen"]]
    imported = bring(by, "people", csv(lines), missing_left=True, left_on=DAY)
    assert [entry[:2] for entry in entries(imported)] == [("ended", "10004")]


def test_nobody_is_corrected_by_a_partner_who_does_not_keep_the_file(settled):
    by = partner("PLAT")
    Employee.objects.create(number="77", name="Samuel Okoro", email="samuel@example.org")
    lines = [["number", "name", "e-mail"], ["77", "Sam", "sam@example.org"], ["1", "Hanna", ""]]
    assert wrong(by, lines) == [
        (2, "number", "77 is the number of somebody else."),
        (3, "number", "1 is the number of somebody else."),
    ]
    assert [entry[1] for entry in entries(bring(settled, "people", csv(lines[:2])))] == ["77"]


def test_a_colleague_of_other_units_is_neither_corrected_nor_moved_nor_ended(settled):
    by = employed(partner("PLAT"))
    lines = [["number", "name", "manager"], ["10005", "Ingrid B.", "10002"]]
    assert wrong(by, lines) == [
        (2, "name", "Not in your units."),
        (2, "number", "Not in your units."),
    ]
    assert not wrong(by, [["number", "name"], ["10005", "Ingrid Berg"]])


@pytest.mark.parametrize("day", [date(2022, 1, 1), date(2027, 3, 1)])
def test_whose_file_is_kept_is_asked_today_whatever_the_day_of_the_file(settled, day):
    by = employed(partner("PLAT"))
    moved = people(("10004", "position", "P-6"))
    posts = [["code", "title", "unit", "job"], ["P-6", "Seller", "SALES", "ENG3"]]
    carry_out(settled, "positions", csv(posts))
    carry_out(settled, "people", csv([moved[0], moved[4]]))
    lines = [["number", "name", "share"], ["10004", "Rui Alves", "50"]]
    assert (2, "number", "Not in your units.") in wrong(by, lines, day=day)


def test_no_sentence_names_somebody_who_does_not_exist_for_the_partner(settled):
    carry_out(
        settled,
        "people",
        csv([line for line in PEOPLE if line[0] != "10005"]),
        missing_left=True,
        left_on=DAY,
    )
    Employee.objects.create(number="00077", name="Secret Outsider", email="secret@example.org")
    by = employed(partner("PLAT"))
    lines = [
        ["number", "name", "e-mail", "manager"],
        ["10003", "Mei Chen", "ingrid@example.org", "10005"],
        ["10004", "Rui Alves", "secret@example.org", "0077"],
        ["10005", "Ingrid Berg", "", ""],
    ]
    told = wrong(by, lines)
    assert (2, "email", "ingrid@example.org is the e-mail of somebody else.") in told
    assert (4, "number", "10005 is the number of somebody else.") in told
    assert (2, "manager", "No one has number 10005. Did you mean 10001, Vera Dahl?") in told
    assert not [one for one in told if "Secret" in one[2] or "Ingrid" in one[2]]
    assert not [one for one in told if "2026-11-01" in one[2]]


def test_a_planned_leaving_of_a_colleague_is_not_told_to_a_partner_of_other_units(settled):
    Employment.objects.filter(employee__number="10005").update(until_on=date(2027, 1, 1))
    by = employed(partner("PLAT"))
    lines = [["number", "name", "position"], ["10005", "Ingrid Berg", "P-2"]]
    assert wrong(by, lines, day=date(2027, 2, 1)) == [(2, "number", "Not in your units.")]
