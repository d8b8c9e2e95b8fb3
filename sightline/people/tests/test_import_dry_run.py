"""What the dry run of an import shows, and what it refuses."""

from datetime import date

import pytest

from sightline.foundation.exchange.models import Import
from sightline.foundation.ledger.models import Record
from sightline.people.actions import posts, units
from sightline.people.exchange import steps
from sightline.people.models import Assignment, Employee, Employment, Position, Unit
from sightline.people.tests.importing import (
    DAY,
    DUTIES,
    PEOPLE,
    POSITIONS,
    UNITS,
    bring,
    carry_out,
    changed,
    csv,
    entries,
    partner,
    people,
    sentences,
    settle,
    workbook,
    worked,
    wrong,
)

pytestmark = pytest.mark.django_db


# ── What is shown ────────────────────────────────────────────────────────────────────────────


def test_a_workbook_with_a_sheet_for_each_kind_is_read_in_the_right_order(founder):
    imported = bring(founder, "everything", workbook(), name="company.xlsx")
    assert imported.counts["kinds"] == {
        "units": 4,
        "jobs": 2,
        "positions": 5,
        "responsibilities": 2,
        "people": 5,
    }
    assert imported.counts["new"] == 18
    assert not imported.errors


def test_a_dry_run_writes_nothing(founder):
    records = Record.objects.count()
    bring(founder, "everything", workbook(), name="company.xlsx")
    assert list(Employee.objects.values_list("number", flat=True)) == ["1"]
    assert Record.objects.count() == records


def test_changes_are_shown_field_by_field_before_and_after(settled):
    lines = people(("10004", "manager", "10003"), ("10004", "name", "Rui Alves Costa"))
    imported = bring(settled, "people", csv(lines))
    assert entries(imported) == [
        (
            "changed",
            "10004",
            {
                "name": ("Rui Alves", "Rui Alves Costa"),
                "manager": ("Ana Ribeiro (10002)", "Mei Chen (10003)"),
            },
        )
    ]
    assert imported.counts["same"] == 4
    assert imported.counts["columns"] == {"people.name": 1, "people.manager": 1}


def test_how_the_file_was_read_is_told(settled):
    lines = people(("10004", "starts on", "15.02.2021"))
    imported = bring(settled, "people", csv(lines))
    assert imported.notes == [
        "5 rows",
        "read as UTF-8",
        "cells set apart by commas",
        "dates as day.month.year",
    ]


def test_people_missing_from_the_file_are_shown_as_ended_only_when_one_says_so(settled):
    lines = [line for line in PEOPLE if line[0] != "10004"]
    assert bring(settled, "people", csv(lines)).counts["ended"] == 0
    imported = bring(settled, "people", csv(lines), missing_left=True, left_on=date(2026, 12, 1))
    assert entries(imported) == [("ended", "10004", {"position": ("Engineer (P-4)", "")})]


def test_columns_that_are_not_in_the_file_stay_as_they_are(settled):
    imported = bring(settled, "people", csv([["number", "name"], ["10003", "Mei Chen"]]))
    assert imported.counts["same"] == 1
    assert entries(imported) == []


def test_columns_are_found_by_other_names_too(settled):
    lines = [["Reports to", "Personnel number", "Full Name"], ["10003", "10004", "Rui Alves"]]
    imported = bring(settled, "people", csv(lines))
    assert entries(imported)[0][2]["manager"][1] == "Mei Chen (10003)"


def test_missing_columns_are_listed_and_can_be_chosen_by_hand(settled):
    imported = bring(settled, "people", csv([["Nr", "Whole name"], ["10003", "Mei"]]))
    assert imported.state == Import.State.REFUSED
    assert imported.notes == [
        "The column “Number” is missing.",
        "The column “Name” is missing.",
    ]
    steps.read_again(
        by=settled, imported=imported, choices={"columns": {"people": {"number": 0, "name": 1}}}
    )
    assert entries(worked(imported)) == [("changed", "10003", {"name": ("Mei Chen", "Mei")})]


# ── What is wrong ────────────────────────────────────────────────────────────────────────────


def test_all_errors_are_told_at_once_each_with_row_and_column(settled):
    lines = people(
        ("10002", "name", ""),
        ("10003", "starts on", "31.11.2020"),
        ("10004", "manager", "10099"),
        ("10005", "e-mail", "nonsense"),
    )
    imported = bring(settled, "people", csv(lines))
    assert sentences(imported) == [
        (3, "name", "Empty."),
        (4, "starts_on", "31 November does not exist."),
        (5, "manager", "No one has number 10099."),
        (6, "email", "This is no e-mail address."),
    ]
    assert imported.counts["wrong"] == 4


def test_an_unknown_manager_is_told_with_the_nearest_known(settled):
    assert wrong(settled, people(("10004", "manager", "1003"))) == [
        (5, "manager", "No one has number 1003. Did you mean 10003, Mei Chen?")
    ]


def test_an_unknown_position_is_told_with_the_nearest_known(settled):
    assert wrong(settled, people(("10004", "position", "P-44"))) == [
        (5, "position", "There is no position P-44. Did you mean P-4, Engineer?")
    ]


def test_a_circle_is_shown_as_a_path_and_told_once(settled):
    lines = people(("10001", "manager", "10003"))
    assert wrong(settled, lines) == [
        (2, "manager", "A circle: Vera Dahl → Mei Chen → Ana Ribeiro → Vera Dahl.")
    ]


def test_nobody_reports_to_himself(settled):
    assert wrong(settled, people(("10004", "manager", "10004"))) == [
        (5, "manager", "Nobody reports to themselves.")
    ]


def test_two_people_in_one_position_at_once_are_refused(settled):
    lines = people(("10004", "position", "P-3"))
    assert wrong(settled, lines) == [
        (
            5,
            "position",
            "Two people would hold “Staff engineer, Platform” at once: Mei Chen, Rui Alves.",
        )
    ]


def test_two_people_may_share_a_position_and_may_change_places(settled):
    shared = people(("10003", "share", 50), ("10004", "share", 50), ("10004", "position", "P-3"))
    assert wrong(settled, shared) == []
    swapped = people(("10003", "position", "P-4"), ("10004", "position", "P-3"))
    assert wrong(settled, swapped) == []


def test_a_number_or_an_email_that_stands_twice_is_refused(settled):
    twice = [*PEOPLE, ["10004", "Rui Again", "", "P-4", "", 100, ""]]
    assert wrong(settled, twice) == [(7, "number", "Row 5 has this already.")]
    lines = people(("10004", "e-mail", "MEI@example.org"))
    assert (5, "email", "MEI@example.org is the e-mail of Mei Chen.") in wrong(settled, lines)


def test_lost_zeros_are_noticed(founder):
    settle(founder)
    padded = [*PEOPLE, ["00077", "Ola Nord", "", "", "", "", ""]]
    Employee.objects.create(number="00077", name="Ola Nord")
    assert wrong(founder, [PEOPLE[0], ["77", "Ola Nord", "", "", "", "", ""]]) == [
        (
            2,
            "number",
            "No one has number 77. Ola Nord (00077) has. Were zeros lost at its start?",
        )
    ]
    assert len(padded) == 7


@pytest.mark.parametrize(
    ("column", "value", "sentence"),
    [
        ("share", "0", "Write a whole number from 1 to 100."),
        ("share", "50.5", "Write a whole number from 1 to 100."),
        ("share", "half", "“half” is not a number."),
        ("position", "", "Empty."),
        ("name", "x" * 201, "At most 200 characters."),
        ("starts on", "29.02.2027", "29 February 2027 does not exist."),
        (
            "starts on",
            "2020-01-01",
            "Rui Alves works here from 2021-02-15; an import does not change that.",
        ),
    ],
)
def test_a_cell_that_cannot_be_is_told(settled, column, value, sentence):
    assert [found[2] for found in wrong(settled, people(("10004", column, value)))] == [sentence]


def test_weights_of_a_position_add_up_to_100(settled):
    lines = [DUTIES[0], ["P-3", "Services stay up", 60, ""], ["P-3", "Others learn", 30, ""]]
    assert wrong(settled, lines, "responsibilities") == [
        (2, "weight", "The weights of P-3 add up to 90%; they must add up to 100%.")
    ]


def test_units_in_a_circle_and_unknown_parents_are_refused(settled):
    assert wrong(settled, changed(UNITS, "PROD", "parent", "PLAT"), "units") == [
        (3, "parent", "A circle: Production → Platform → Production.")
    ]
    assert wrong(settled, changed(UNITS, "PROD", "parent", "ACM"), "units") == [
        (3, "parent", "There is no unit ACM. Did you mean ACME, Acme?")
    ]
    assert wrong(settled, changed(UNITS, "PROD", "kind", "Galaxy"), "units") == [
        (3, "kind", "Kinds are: Company, Division, Business unit, Department, Team.")
    ]


def test_a_manager_who_is_not_here_yet_or_no_more_is_refused(settled):
    new = [*PEOPLE, ["10006", "Noor Haddad", "", "", "10004", "", "2027-01-01"]]
    lines = changed(new, "10004", "manager", "10006")
    told = wrong(settled, lines)
    assert (7, "position", "Empty.") in told
    assert (5, "manager", "Noor Haddad does not work here on 2026-11-01.") in told


def test_a_manager_who_leaves_while_somebody_is_to_report_to_him_is_refused(settled):
    Employment.objects.filter(employee__number="10003").update(until_on=date(2027, 5, 1))
    lines = people(("10004", "manager", "10003"))
    leaves = "Mei Chen leaves on 2027-05-01. Name somebody who stays."
    assert wrong(settled, lines) == [(5, "manager", leaves)]
    Assignment.objects.filter(employee__number="10004").update(until_on=date(2027, 5, 1))
    assert not wrong(settled, lines)


def test_a_post_that_closes_takes_nobody_beyond_its_last_day(settled):
    post = [POSITIONS[0], ["P-6", "Temporary engineer", "PLAT", "ENG3", ""]]
    carry_out(settled, "positions", csv(post))
    closes = date(2027, 5, 1)
    posts.close_position(by=settled, position=Position.objects.get(code="P-6"), on=closes)
    told = wrong(settled, people(("10004", "position", "P-6")))
    assert told == [(5, "position", "The position Temporary engineer closes on 2027-05-01.")]


def test_a_unit_that_closes_takes_no_post_and_no_unit_beyond_its_last_day(settled):
    carry_out(settled, "units", csv([UNITS[0], ["TMP", "Task force", "Team", "ACME"]]))
    units.close_unit(by=settled, unit=Unit.objects.get(code="TMP"), on=date(2027, 5, 1))
    closes = "Task force closes on 2027-05-01."
    lines = [POSITIONS[0], ["P-4", "Engineer", "TMP", "ENG3", ""]]
    assert wrong(settled, lines, "positions") == [(2, "unit", closes)]
    lines = [POSITIONS[0], ["P-7", "Engineer", "TMP", "ENG3", ""]]
    assert wrong(settled, lines, "positions") == [(2, "unit", closes)]
    lines = [UNITS[0], ["PLAT", "Platform", "Team", "TMP"]]
    assert wrong(settled, lines, "units") == [(2, "parent", closes)]


def test_a_manager_who_is_left_out_of_a_file_that_ends_people_is_refused(settled):
    lines = [line for line in PEOPLE if line[0] != "10002"]
    told = wrong(settled, lines, missing_left=True, left_on=date(2026, 12, 1))
    assert told == [
        (3, "manager", "Ana Ribeiro is missing from the file and would leave on 2026-12-01."),
        (4, "manager", "Ana Ribeiro is missing from the file and would leave on 2026-12-01."),
    ]


def test_somebody_who_left_does_not_come_back_by_an_old_file(settled):
    lines = [line for line in PEOPLE if line[0] != "10004"]
    carry_out(settled, "people", csv(lines), missing_left=True, left_on=DAY)
    assert wrong(settled, PEOPLE) == [
        (
            5,
            "starts_on",
            "Rui Alves left on 2026-11-01. Take the row out, or give the first day of coming back.",
        )
    ]
    back = bring(settled, "people", csv(people(("10004", "starts on", "2027-02-01"))))
    assert [entry[:2] for entry in entries(back)] == [("changed", "10004")]


def test_nobody_changes_his_own_row(settled):
    told = wrong(settled, [["number", "name"], ["1", "Hanna the Great"]])
    assert told == [(2, "name", "Nobody changes their own file. Ask a colleague in HR.")]


def test_nothing_is_imported_while_a_row_is_wrong(settled):
    imported = bring(settled, "people", csv(people(("10004", "name", ""))))
    with pytest.raises(Exception, match="while a row is wrong"):
        steps.ask_import(by=settled, imported=imported)


def test_a_cell_is_mended_in_the_page(settled):
    imported = bring(settled, "people", csv(people(("10004", "manager", "10099"))))
    steps.mend(by=settled, imported=imported, cells={("people", 5, "manager"): "10003"})
    imported = worked(imported)
    assert not imported.errors
    assert entries(imported)[0][2]["manager"][1] == "Mei Chen (10003)"


def test_a_file_that_cannot_be_read_is_refused_with_a_sentence(founder):
    imported = bring(founder, "people", b"\x89PNG\r\n\x00\x00\x00")
    assert imported.state == Import.State.REFUSED
    assert imported.notes == ["This is not a table. Choose a CSV or XLSX file."]


def test_a_workbook_without_a_fitting_sheet_is_refused(founder):
    imported = bring(founder, "everything", csv(PEOPLE))
    assert imported.state == Import.State.REFUSED
    assert "No sheet is named after what it holds" in imported.notes[0]


def test_only_hr_imports(settled):
    from django.core.exceptions import PermissionDenied

    from sightline.foundation.identity.models import Account
    from sightline.people.tests.importing import seen

    account = Account.objects.create_user("mei@example.org", None)
    Employee.objects.filter(number="10003").update(account=account)
    with pytest.raises(PermissionDenied, match="HR administrators and people partners"):
        bring(seen(account), "people", csv(PEOPLE))
    with pytest.raises(PermissionDenied, match="Only HR administrators"):
        bring(partner("PLAT"), "jobs", csv(POSITIONS))


def test_rows_that_already_hold_are_told_as_same(settled):
    imported = bring(settled, "everything", workbook(), name="again.xlsx")
    assert entries(imported) == []
    assert imported.counts["same"] == 18
    assert Assignment.objects.count() == 5
