"""What an import writes."""

from datetime import date

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from sightline.foundation.core.errors import Refused
from sightline.foundation.core.spans import FOREVER
from sightline.foundation.exchange.models import Import
from sightline.foundation.ledger.models import Record
from sightline.foundation.ledger.queries import event_of
from sightline.people.actions.assignments import change_manager
from sightline.people.actions.employments import end_employment
from sightline.people.actions.lines import redraw_all_reporting_lines
from sightline.people.events import EmploymentEnded, ResponsibilitiesSet
from sightline.people.exchange import steps
from sightline.people.exchange.work import carry_out_import
from sightline.people.models import (
    Assignment,
    Employee,
    Employment,
    Leave,
    Pay,
    Position,
    ReportingLine,
    Responsibility,
    RoleGrant,
    Unit,
    UnitLine,
    UnitPlacement,
)
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
    everything,
    kinds,
    partner,
    people,
    sentences,
    settle,
    workbook,
    worked,
)

pytestmark = pytest.mark.django_db


def on(day, number):
    row = Assignment.objects.on(day).get(employee__number=number)
    manager = row.manager.number if row.manager else ""
    return row.position.code, manager, row.share_percent


def person(number):
    return Employee.objects.get(number=number)


def posts_of(number):
    rows = Assignment.objects.filter(employee__number=number).order_by("from_on")
    return [(row.from_on, row.until_on, row.manager) for row in rows]


def told_of():
    return [event_of(record) for record in Record.objects.order_by("pk")]


def ended_under(employee):
    """To whom the reports of one who leaves go, as the ledger has it."""
    (ended,) = (one for one in told_of() if isinstance(one, EmploymentEnded))
    assert ended.employee_id == employee.pk
    return ended.reports_to


# ── Writing ──────────────────────────────────────────────────────────────────────────────────


def test_a_whole_organisation_comes_in_from_one_workbook(settled):
    assert on(DAY, "10003") == ("P-3", "10002", 100)
    assert on(DAY, "10004") == ("P-4", "10002", 80)
    assert UnitPlacement.objects.get(unit__code="PLAT").parent.code == "PROD"
    assert Responsibility.objects.filter(position__code="P-3").count() == 2
    assert Employment.objects.get(employee__number="10001").from_on == date(2015, 1, 1)
    vera = Employee.objects.get(number="10001")
    assert ReportingLine.objects.on(DAY).filter(manager=vera).count() == 4
    assert Employee.objects.get(number="10004").search_key.startswith("rui alves")


def test_every_change_leaves_its_event_and_the_import_one_more(founder):
    before = Record.objects.count()
    imported = settle(founder)
    found_kinds = kinds()[before:]
    assert found_kinds.count("people.UnitOpened") == 4
    assert found_kinds.count("people.JobDefined") == 2
    assert found_kinds.count("people.PositionOpened") == 5
    assert found_kinds.count("people.ResponsibilitiesSet") == 1
    assert found_kinds.count("people.EmployeeHired") == 5
    assert found_kinds[-1] == "people.PeopleImported"
    assert set(Record.objects.order_by("pk").values_list("actor", flat=True)[before:]) == {
        founder.employee.ref
    }
    assert imported.file is None


def test_the_same_file_twice_changes_nothing(settled):
    before, records = everything(), Record.objects.count()
    imported = bring(settled, "everything", workbook(), name="again.xlsx")
    assert entries(imported) == []
    with pytest.raises(Refused, match="Nothing would change"):
        steps.ask_import(by=settled, imported=imported)
    assert everything() == before
    assert Record.objects.count() == records


def test_a_change_holds_from_the_chosen_day_and_the_past_stays(settled):
    day = date(2026, 12, 1)
    lines = people(("10004", "manager", "10003"), ("10004", "share", 100))
    carry_out(settled, "people", csv(lines), day=day)
    assert on(date(2026, 11, 30), "10004") == ("P-4", "10002", 80)
    assert on(day, "10004") == ("P-4", "10003", 100)
    mei = Employee.objects.get(number="10003")
    assert not ReportingLine.objects.on(date(2026, 11, 30)).filter(manager=mei).exists()
    assert ReportingLine.objects.on(day).filter(manager=mei).count() == 1
    assert "people.AssignmentChanged" in kinds()


def test_what_was_planned_for_later_stays_planned(settled):
    carry_out(settled, "people", csv(people(("10004", "manager", "10003"))), day=date(2027, 3, 1))
    carry_out(settled, "people", csv(people(("10004", "share", 60))), day=date(2026, 12, 1))
    assert on(date(2026, 12, 1), "10004") == ("P-4", "10002", 60)
    assert on(date(2027, 3, 1), "10004") == ("P-4", "10003", 80)


def test_somebody_who_starts_later_is_there_from_that_day(settled):
    lines = [
        PEOPLE[0],
        ["10006", "Noor Haddad", "", "P-6", "10002", 100, "2027-01-01"],
    ]
    new_post = [POSITIONS[0], ["P-6", "Engineer", "PLAT", "ENG3", ""]]
    carry_out(settled, "positions", csv(new_post))
    carry_out(settled, "people", csv(lines))
    noor = Assignment.objects.get(employee__number="10006")
    assert noor.from_on == date(2027, 1, 1)
    assert Employment.objects.get(employee__number="10006").from_on == date(2027, 1, 1)
    assert bring(settled, "people", csv(lines)).counts["same"] == 1


def test_people_missing_from_the_file_leave_and_their_reports_go_to_the_manager_above(settled):
    ana = Employee.objects.get(number="10002")
    day = date(2026, 12, 1)
    Pay.objects.create(employee=ana, amount=1, currency="EUR", from_on=DAY)
    RoleGrant.objects.create(
        employee=ana, role="unit_lead", unit=Unit.objects.get(code="PLAT"), from_on=DAY
    )
    Leave.objects.create(
        employee=ana, kind="x", from_on=date(2026, 12, 5), until_on=date(2026, 12, 9)
    )
    lines = [[line[0], line[1]] for line in PEOPLE if line[0] != "10002"]
    carry_out(settled, "people", csv(lines), missing_left=True, left_on=day)
    assert Employment.objects.get(employee=ana).until_on == day
    assert Assignment.objects.get(employee=ana).until_on == day
    assert Pay.objects.get(employee=ana).until_on == day
    assert RoleGrant.objects.get(employee=ana).until_on == day
    assert not Leave.objects.exists()
    assert on(date(2026, 11, 30), "10003")[1] == "10002"
    assert on(day, "10003")[1] == "10001"
    assert not ReportingLine.objects.on(day).filter(manager=ana).exists()
    assert kinds().count("people.EmploymentEnded") == 1


def test_nobody_is_left_to_a_manager_above_who_leaves_as_well(settled):
    Employment.objects.filter(employee__number="10001").update(until_on=date(2027, 5, 1))
    lines = [line for line in PEOPLE if line[0] != "10002"]
    lines = [line[:4] for line in lines]
    imported = bring(settled, "people", csv(lines), missing_left=True, left_on=date(2026, 12, 1))
    assert sentences(imported) == [
        (0, "manager", f"Vera Dahl leaves on 2027-05-01. Give the row of {name} another manager.")
        for name in ("Mei Chen", "Rui Alves")
    ]


def test_who_comes_into_a_post_that_will_move_moves_with_it(settled):
    moves = date(2027, 3, 1)
    carry_out(settled, "positions", csv([POSITIONS[0], ["P-6", "Planner", "PLAT", "ENG3", ""]]))
    lines = [POSITIONS[0], ["P-6", "Planner", "SALES", "ENG3", ""]]
    carry_out(settled, "positions", csv(lines), day=moves)
    carry_out(settled, "people", csv(people(("10004", "position", "P-6"))))
    rows = Assignment.objects.filter(employee__number="10004", until_on__gt=DAY).order_by("from_on")
    assert [(row.from_on, row.until_on, row.position.unit.code) for row in rows] == [
        (DAY, moves, "PLAT"),
        (moves, FOREVER, "SALES"),
    ]


def test_somebody_who_left_comes_back(settled):
    lines = [line for line in PEOPLE if line[0] != "10004"]
    carry_out(settled, "people", csv(lines), missing_left=True, left_on=DAY)
    again = date(2027, 2, 1)
    carry_out(settled, "people", csv(people(("10004", "starts on", again))))
    assert Employment.objects.filter(employee__number="10004").count() == 2
    assert on(again, "10004") == ("P-4", "10002", 80)
    assert not Assignment.objects.on(DAY).filter(employee__number="10004").exists()


def test_emails_can_change_places(settled):
    lines = people(("10003", "e-mail", "rui@example.org"), ("10004", "e-mail", "mei@example.org"))
    carry_out(settled, "people", csv(lines))
    assert Employee.objects.get(number="10003").email == "rui@example.org"
    assert Employee.objects.get(number="10004").email == "mei@example.org"


def test_two_people_can_change_places(settled):
    lines = people(("10003", "position", "P-4"), ("10004", "position", "P-3"))
    carry_out(settled, "people", csv(lines), day=date(2026, 12, 1))
    assert on(date(2026, 12, 1), "10003")[0] == "P-4"
    assert on(date(2026, 12, 1), "10004")[0] == "P-3"


def test_a_position_moves_with_its_holder_and_its_responsibilities(settled):
    day = date(2026, 12, 1)
    carry_out(settled, "positions", csv(changed(POSITIONS, "P-3", "unit", "SALES")), day=day)
    moved = Position.objects.on(day).get(code="P-3")
    assert moved.unit.code == "SALES"
    assert Assignment.objects.on(day).get(employee__number="10003").position == moved
    assert Responsibility.objects.on(day).filter(position=moved).count() == 2
    before = Position.objects.on(DAY).get(code="P-3")
    assert before.unit.code == "PLAT"
    assert Responsibility.objects.on(DAY).filter(position=before).count() == 2
    again = bring(settled, "positions", csv(changed(POSITIONS, "P-3", "unit", "SALES")), day=day)
    assert entries(again) == []


def test_a_unit_moves_from_the_day_on(settled):
    day = date(2026, 12, 1)
    carry_out(settled, "units", csv(changed(UNITS, "PLAT", "parent", "SALES")), day=day)
    lines = UnitLine.objects.filter(unit__code="PLAT", depth=1)
    assert lines.on(DAY).get().above.code == "PROD"
    assert lines.on(day).get().above.code == "SALES"


def test_responsibilities_of_a_position_are_replaced_from_the_day_on(settled):
    day = date(2026, 12, 1)
    lines = [DUTIES[0], ["P-3", "Services stay up", 70, "99.9%"], ["P-3", "Costs fall", 30, ""]]
    carry_out(settled, "responsibilities", csv(lines), day=day)
    then = Responsibility.objects.on(DAY).filter(position__code="P-3")
    assert {(r.title, r.weight_percent) for r in then} == {
        ("Services stay up", 60),
        ("Others learn", 40),
    }
    now = Responsibility.objects.on(day).filter(position__code="P-3")
    assert [(r.title, r.weight_percent) for r in now] == [
        ("Services stay up", 70),
        ("Costs fall", 30),
    ]


def duties_on(day):
    rows = Responsibility.objects.on(day).filter(position__code="P-3")
    return [(row.position.unit.code, row.title, row.weight_percent) for row in rows]


def test_responsibilities_go_on_with_a_post_that_is_to_move(settled):
    moves = date(2027, 3, 1)
    carry_out(settled, "positions", csv(changed(POSITIONS, "P-3", "unit", "SALES")), day=moves)
    lines = [DUTIES[0], ["P-3", "Services stay up", 70, "99.9%"], ["P-3", "Costs fall", 30, ""]]
    imported = carry_out(settled, "responsibilities", csv(lines))
    assert duties_on(DAY) == [("PLAT", "Services stay up", 70), ("PLAT", "Costs fall", 30)]
    assert duties_on(moves) == [("SALES", "Services stay up", 70), ("SALES", "Costs fall", 30)]
    assert len(entries(imported)) == 3, "what moves is told once"
    event = [one for one in told_of() if isinstance(one, ResponsibilitiesSet)][-1]
    assert event.before == ["60% Services stay up: 99.9%", "40% Others learn: "]
    assert event.after == ["70% Services stay up: 99.9%", "30% Costs fall: "]


def test_responsibilities_planned_for_later_stay_planned(settled):
    later = date(2027, 3, 1)
    planned = [DUTIES[0], DUTIES[1], ["P-3", "Costs fall", 40, ""]]
    carry_out(settled, "responsibilities", csv(planned), day=later)
    as_planned = duties_on(later)
    lines = [DUTIES[0], ["P-3", "Services stay up", 90, "99.9%"], ["P-3", "All is told", 10, ""]]
    carry_out(settled, "responsibilities", csv(lines), day=date(2026, 12, 1))
    assert duties_on(date(2026, 12, 1)) == [
        ("PLAT", "Services stay up", 90),
        ("PLAT", "All is told", 10),
    ]
    assert duties_on(later) == as_planned
    lines = [DUTIES[0], ["P-3", "All is told", 100, ""]]
    carry_out(settled, "responsibilities", csv(lines), day=date(2026, 12, 1))
    assert duties_on(date(2026, 12, 1)) == [("PLAT", "All is told", 100)]
    assert duties_on(later) == as_planned


@pytest.mark.parametrize("turns", [date(2026, 11, 15), date(2026, 12, 1), date(2027, 3, 1)])
def test_a_departure_by_file_gives_the_manager_that_one_by_form_gives(settled, turns):
    leaves, ana = date(2026, 12, 1), person("10002")
    change_manager(by=settled, employee=ana, manager=person("10005"), on=turns)
    with transaction.atomic():
        end_employment(by=settled, employee=ana, on=leaves)
        by_form = posts_of("10003"), ended_under(ana)
        transaction.set_rollback(True)
    lines = [[line[0], line[1]] for line in PEOPLE if line[0] != "10002"]
    carry_out(settled, "people", csv(lines), missing_left=True, left_on=leaves)
    assert (posts_of("10003"), ended_under(ana)) == by_form
    assert on(max(leaves, turns), "10003")[1] == "10005"
    assert ended_under(ana) == person(on(leaves, "10003")[1]).ref


def test_reports_of_two_who_leave_follow_whoever_was_to_be_above(settled):
    """The manager to come of a manager who leaves along is asked before her rows are cut."""
    leaves = date(2026, 12, 1)
    carry_out(settled, "people", csv(people(("10004", "manager", "10003"))))
    mei = person("10003")
    change_manager(by=settled, employee=mei, manager=person("10005"), on=leaves)
    lines = [[line[0], line[1]] for line in PEOPLE if line[0] not in {"10002", "10003"}]
    carry_out(settled, "people", csv(lines), missing_left=True, left_on=leaves)
    assert on(leaves, "10004")[1] == "10005"


def test_nobody_follows_who_had_no_reports(settled):
    lines = [[line[0], line[1]] for line in PEOPLE if line[0] != "10004"]
    carry_out(settled, "people", csv(lines), missing_left=True, left_on=date(2026, 12, 1))
    assert ended_under(person("10004")) == ""


def test_whose_manager_to_come_leaves_stays_under_the_present_one(settled):
    leaves, turns = date(2026, 12, 1), date(2027, 3, 1)
    change_manager(by=settled, employee=person("10004"), manager=None, on=turns)
    change_manager(by=settled, employee=person("10002"), manager=person("10004"), on=turns)
    lines = [[line[0], line[1]] for line in PEOPLE if line[0] != "10004"]
    carry_out(settled, "people", csv(lines), missing_left=True, left_on=leaves)
    assert on(turns, "10002")[1] == "10001"


# ── All or nothing ───────────────────────────────────────────────────────────────────────────


def test_a_world_that_changed_since_the_dry_run_gives_a_new_dry_run(settled):
    imported = bring(settled, "people", csv(people(("10004", "manager", "10003"))))
    carry_out(settled, "people", csv(people(("10004", "name", "Rui A."))))
    before = everything()
    steps.ask_import(by=settled, imported=imported)
    imported = worked(imported)
    assert imported.state == Import.State.DRY_RUN
    assert "has changed since" in imported.notes[-1]
    assert entries(imported)[0][2]["name"] == ("Rui A.", "Rui Alves")
    assert everything() == before
    steps.ask_import(by=settled, imported=imported)
    assert worked(imported).state == Import.State.IMPORTED


def test_a_world_in_which_the_file_became_wrong_imports_nothing(settled):
    new_post = [POSITIONS[0], ["P-6", "Engineer", "PLAT", "ENG3", ""]]
    carry_out(settled, "positions", csv(new_post))
    imported = bring(settled, "people", csv(people(("10004", "position", "P-6"))))
    carry_out(settled, "people", csv(people(("10003", "position", "P-6"))))
    steps.ask_import(by=settled, imported=imported)
    imported = worked(imported)
    assert imported.state == Import.State.DRY_RUN
    assert not imported.errors or imported.counts["wrong"]


def test_a_double_click_imports_once(settled):
    imported = bring(settled, "people", csv(people(("10004", "share", 60))))
    stale = Import.objects.get(pk=imported.pk)
    steps.ask_import(by=settled, imported=imported)
    with pytest.raises(Refused, match="being worked on"):
        steps.ask_import(by=settled, imported=stale)
    worked(imported)
    assert kinds().count("people.PeopleImported") == 2


def test_a_job_that_runs_twice_imports_once(settled):
    imported = carry_out(settled, "people", csv(people(("10004", "share", 60))))
    records = Record.objects.count()
    carry_out_import.call(import_id=imported.pk)
    assert Record.objects.count() == records


def test_somebody_who_lost_the_role_meanwhile_imports_nothing(settled):
    by = partner("PLAT")
    lines = [["number", "name"], ["10004", "Rui A."]]
    imported = bring(by, "people", csv(lines))
    steps.ask_import(by=by, imported=imported)
    RoleGrant.objects.filter(employee=by.employee).update(until_on=date(2020, 1, 1))
    imported = worked(imported)
    assert imported.state == Import.State.REFUSED
    assert Employee.objects.get(number="10004").name == "Rui Alves"


# ── Keeping ──────────────────────────────────────────────────────────────────────────────────


def test_files_that_nobody_imported_go_after_30_days(settled):
    from sightline.foundation.exchange.actions import drop_old_files

    imported = bring(settled, "people", csv(people(("10004", "share", 60))))
    assert drop_old_files() == 0
    month_ago = timezone.now() - timezone.timedelta(days=31)
    Import.objects.filter(pk=imported.pk).update(started_at=month_ago)
    assert drop_old_files() == 1
    imported.refresh_from_db()
    with pytest.raises(Refused, match="no longer kept"):
        steps.ask_import(by=settled, imported=imported)


def test_what_an_undo_needs_is_kept_for_30_days_from_the_import_on(settled):
    from sightline.foundation.exchange.actions import drop_old_files

    imported = carry_out(settled, "people", csv(people(("10004", "share", 60))))
    month_ago = timezone.now() - timezone.timedelta(days=31)
    Import.objects.filter(pk=imported.pk).update(started_at=month_ago)
    assert drop_old_files() == 0
    Import.objects.filter(pk=imported.pk).update(done_at=month_ago)
    assert drop_old_files() == 1
    assert Import.objects.get(pk=imported.pk).before is None


def test_the_lines_are_those_that_a_full_redraw_gives(settled):
    carry_out(settled, "people", csv(people(("10004", "manager", "10003"))), day=date(2026, 12, 1))
    fields = ("manager", "employee", "depth", "from_on", "until_on")
    kept = set(ReportingLine.objects.values_list(*fields))
    redraw_all_reporting_lines()
    assert set(ReportingLine.objects.values_list(*fields)) == kept


def test_no_migration_is_missing():
    call_command("makemigrations", "exchange", check=True, dry_run=True, verbosity=0)
