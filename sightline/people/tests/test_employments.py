from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from sightline.foundation.core.errors import Refused
from sightline.foundation.core.spans import FOREVER
from sightline.foundation.ledger.models import Record
from sightline.people.actions import assignments, employments, founding
from sightline.people.actions.employments import Details
from sightline.people.events import EmployeeCorrected
from sightline.people.models import Assignment, Employee, Employment, ReportingLine, RoleGrant
from sightline.people.queries.people import employees_seen_by, person_seen_by

pytestmark = pytest.mark.django_db


@pytest.fixture
def vacant(company):
    return company.positions["PLAT-PM"]


def kinds_about(employee):
    return list(Record.objects.filter(subject=employee.ref).values_list("kind", flat=True))


def hire(company, hr, vacant, **changes):
    values = {
        "details": Details("777", "Zoë O’Neil-Łuczak 🌱"),
        "position": vacant,
        "manager": company.ana,
        "on": hr.today,
    }
    return employments.hire(by=hr, **(values | changes))


def test_hiring_starts_employment_post_and_line_and_leaves_a_trace(company, hr, vacant):
    zoe = hire(company, hr, vacant)
    assert Employment.objects.on(hr.today).filter(employee=zoe).exists()
    assert Assignment.objects.get(employee=zoe).manager == company.ana
    above = ReportingLine.objects.on(hr.today).filter(employee=zoe).order_by("depth")
    assert [line.manager.name for line in above] == ["Ana Ribeiro", "Leo Brandt", "Nkechi Obi"]
    assert kinds_about(zoe) == ["people.EmployeeHired"]


@pytest.mark.parametrize("who", ["tomas", "ana", "ruth", "nkechi", "samuel"])
def test_only_hr_hires(company, vacant, who):
    with pytest.raises(PermissionDenied, match="HR administrators and the people partners"):
        hire(company, company.viewer(who), vacant)
    assert not Employee.objects.filter(number="777").exists()


def test_a_people_partner_hires_into_her_units_and_no_others(company, vacant):
    partner = company.viewer("fatima")
    assert hire(company, partner, vacant)
    elsewhere = company.positions[next(c for c in company.positions if c.startswith("CARE"))]
    with pytest.raises(PermissionDenied):
        hire(company, partner, elsewhere, details=Details("778", "Somebody"))


def test_a_number_and_an_e_mail_belong_to_one_person_and_both_faults_are_told(company, hr, vacant):
    taken = Details(company.tomas.number, " ", email=company.tomas.email.upper())
    with pytest.raises(Refused) as refusal:
        hire(company, hr, vacant, details=taken)
    assert [field for field, _words in refusal.value.reasons] == ["name", "number", "email"]


def test_a_post_that_is_held_is_refused_with_the_holder(company, hr):
    held = Assignment.objects.on(hr.today).get(employee=company.tomas).position
    with pytest.raises(Refused, match="held by Tomás Silva"):
        hire(company, hr, held)
    assert not Employee.objects.filter(number="777").exists()


def test_a_manager_who_is_not_here_is_refused(company, hr, vacant):
    with pytest.raises(Refused, match="Rui Alves does not work here"):
        hire(company, hr, vacant, manager=company.rui)


def test_a_post_that_does_not_stand_yet_is_refused(company, hr, vacant):
    with pytest.raises(Refused, match="stands from"):
        hire(company, hr, vacant, on=vacant.from_on - timedelta(days=1))


def test_who_leaves_is_followed_by_the_own_manager_unless_another_is_named(company, hr):
    day = hr.today + timedelta(days=30)
    employments.end_employment(by=hr, employee=company.ana, on=day, reason="Moves to Porto")
    team = Assignment.objects.on(day).filter(manager=company.leo)
    assert company.tomas.pk in team.values_list("employee", flat=True)
    assert not Assignment.objects.on(day).filter(manager=company.ana).exists()
    assert not RoleGrant.objects.on(day).filter(employee=company.ana).exists()
    assert not ReportingLine.objects.on(day).filter(manager=company.ana).exists()
    yesterday = day - timedelta(days=1)
    assert ReportingLine.objects.on(yesterday).filter(manager=company.ana).exists()


def test_whose_manager_to_come_leaves_first_stays_under_the_present_one(company, hr):
    soon, later = company.calendar.days(1), company.calendar.days(22)
    assignments.change_manager(by=hr, employee=company.ana, manager=company.sara, on=later)
    employments.end_employment(by=hr, employee=company.sara, on=soon)
    held = Assignment.objects.on(later).get(employee=company.ana)
    assert held.manager == company.leo  # not herself, to whom Sara reported


def managers_of(employee, day):
    rows = Assignment.objects.filter(employee=employee, until_on__gt=day).order_by("from_on")
    return [(max(row.from_on, day), row.manager) for row in rows]


def test_reports_follow_the_planned_managers_of_who_leaves(company, hr):
    soon, later = company.calendar.days(30), company.calendar.days(60)
    assignments.change_manager(by=hr, employee=company.ana, manager=company.nkechi, on=later)
    employments.end_employment(by=hr, employee=company.leo, on=later, reports_to=company.nkechi)
    employments.end_employment(by=hr, employee=company.ana, on=soon)
    assert managers_of(company.tomas, soon) == [(soon, company.leo), (later, company.nkechi)]
    above = ReportingLine.objects.on(later).filter(employee=company.tomas)
    assert [line.manager for line in above] == [company.nkechi]


def test_reports_are_given_to_nobody_who_leaves_as_well(company, hr):
    soon, later = company.calendar.days(30), company.calendar.days(60)
    Employment.objects.filter(employee=company.leo).update(until_on=later)
    for named in (None, company.leo):
        with pytest.raises(Refused, match=r"leaves on .* Name somebody who stays") as refusal:
            employments.end_employment(by=hr, employee=company.ana, on=soon, reports_to=named)
        assert refusal.value.reasons[0][0] == "reports_to"
    with pytest.raises(Refused, match="does not work here"):
        employments.end_employment(by=hr, employee=company.ana, on=soon, reports_to=company.rui)
    employments.end_employment(by=hr, employee=company.ana, on=soon, reports_to=company.nkechi)
    assert managers_of(company.tomas, soon) == [(soon, company.nkechi)]


def test_a_report_who_succeeds_the_head_is_head(company, hr):
    day = company.calendar.days(30)
    employments.end_employment(by=hr, employee=company.nkechi, on=day, reports_to=company.leo)
    assert managers_of(company.leo, day) == [(day, None)]
    assert managers_of(company.ana, day) == [(day, company.leo)]


def test_the_head_cannot_leave_before_somebody_takes_over(company, hr):
    with pytest.raises(Refused, match="Say who takes over"):
        employments.end_employment(by=hr, employee=company.nkechi, on=hr.today)
    assert Employment.objects.on(hr.today).filter(employee=company.nkechi).exists()


def test_one_who_does_not_work_here_cannot_leave(company, hr):
    with pytest.raises(Refused, match="does not work here"):
        employments.end_employment(by=hr, employee=company.rui, on=hr.today)


def test_nobody_changes_his_own_file(company, hr):
    with pytest.raises(PermissionDenied, match="own file"):
        employments.end_employment(by=hr, employee=company.ingrid, on=hr.today)


def test_a_planned_leaving_can_be_called_off(company, hr):
    day = hr.today + timedelta(days=30)
    employments.end_employment(by=hr, employee=company.tomas, on=day)
    assert person_seen_by(company.viewer("ana"), company.tomas.pk, hr.today).leaves_on == day
    employments.continue_employment(by=hr, employee=company.tomas)
    assert Employment.objects.get(employee=company.tomas, until_on=FOREVER)
    assert Assignment.objects.get(employee=company.tomas, until_on=FOREVER)
    with pytest.raises(Refused, match="No leaving is planned"):
        employments.continue_employment(by=hr, employee=company.tomas)


def test_a_colleague_does_not_learn_of_a_planned_leaving(company, hr):
    employments.end_employment(by=hr, employee=company.tomas, on=hr.today + timedelta(days=30))
    seen = person_seen_by(company.viewer("yusuf"), company.tomas.pk, hr.today)
    assert seen.leaves_on is None


def test_who_left_can_come_back(company, hr, vacant):
    employments.rehire(
        by=hr, employee=company.rui, position=vacant, manager=company.ana, on=hr.today
    )
    assert Employment.objects.filter(employee=company.rui).count() == 2
    assert Assignment.objects.on(hr.today).get(employee=company.rui).cause == "rehired"
    assert employees_seen_by(company.viewer("tomas")).filter(pk=company.rui.pk).exists()


def test_who_works_here_is_not_hired_again(company, hr, vacant):
    with pytest.raises(Refused, match="works here from"):
        employments.rehire(
            by=hr, employee=company.tomas, position=vacant, manager=company.ana, on=hr.today
        )


def test_the_form_to_hire_again_is_drawn_for_those_alone_who_left(company):
    client = company.client("ingrid")
    assert client.get(reverse("people:comeback", args=[company.rui.pk])).status_code == 200
    answer = client.get(reverse("people:comeback", args=[company.tomas.pk]))
    assert answer.url == reverse("person", args=[company.tomas.pk])


def test_details_are_corrected_with_before_and_after_on_record(company, hr):
    details = Details(company.tomas.number, "Tomás da Silva", email=company.tomas.email)
    employments.correct_details(by=hr, employee=company.tomas, details=details)
    company.tomas.refresh_from_db()
    assert company.tomas.name == "Tomás da Silva"
    assert "silva" in company.tomas.search_key
    assert kinds_about(company.tomas)[-1] == "people.EmployeeCorrected"
    said = EmployeeCorrected(company.tomas.pk, {}, {"known_as": "Tom", "location": "Porto"})
    assert said.sentence() == "details corrected: name used, place of work"


def test_correcting_nothing_leaves_no_record(company, hr):
    tomas, count = company.tomas, len(kinds_about(company.tomas))
    same = Details(**{name: getattr(tomas, name) for name in Details.__slots__})
    employments.correct_details(by=hr, employee=tomas, details=same)
    assert len(kinds_about(tomas)) == count


def test_an_organisation_is_founded_once(company, hr):
    with pytest.raises(Refused, match="has people already"):
        founding.found_organisation(number="1", name="Me", email="", on=hr.today)


def test_one_account_for_one_person(company, hr):
    with pytest.raises(Refused, match="has an account already"):
        employments.connect_account(by=hr, employee=company.tomas, account=company.account("mei"))
