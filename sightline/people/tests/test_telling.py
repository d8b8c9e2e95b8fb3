from datetime import timedelta

import pytest
from django.conf import settings

from sightline.foundation.jobs.testing import run_waiting_jobs
from sightline.foundation.notices.models import Notice
from sightline.foundation.notices.zones import zone_of
from sightline.people.actions import accounts, assignments, employments, leaves
from sightline.people.actions.employments import Details
from sightline.people.models import Employee

pytestmark = pytest.mark.django_db


@pytest.fixture
def hr(company):
    run_waiting_jobs()
    Notice.objects.all().delete()
    return company.viewer("ingrid")


def told():
    run_waiting_jobs()
    return {(one.account.employee.first_name, one.sentence) for one in Notice.objects.all()}


def test_a_move_is_told_to_the_person_and_to_the_new_manager(company, hr):
    assignments.change_manager(by=hr, employee=company.tomas, manager=company.leo, on=hr.today)
    readers = {name for name, _sentence in told()}
    assert readers == {company.tomas.first_name, company.leo.first_name}


def test_each_is_told_once_however_often_the_job_runs(company, hr):
    leaves.take_leave(by=hr, employee=company.tomas, kind="Study", from_on=hr.today)
    assert len(told()) == 2
    assert len(told()) == 2


def test_the_kind_of_leave_stands_in_no_notice(company, hr):
    leaves.take_leave(by=hr, employee=company.tomas, kind="Surgery", from_on=hr.today)
    assert not any("Surgery" in sentence for _name, sentence in told())


def test_a_planned_leaving_is_told_to_the_manager_alone(company, hr):
    employments.end_employment(
        by=hr, employee=company.tomas, on=hr.today + timedelta(days=30), reason="Private"
    )
    ((name, sentence),) = told()
    assert name == company.ana.first_name
    assert "Private" not in sentence


def test_history_that_is_entered_late_is_no_news(company, hr):
    employments.hire(
        by=hr,
        details=Details("777", "Zoe"),
        position=company.positions["PLAT-PM"],
        manager=company.ana,
        on=hr.today - timedelta(days=45),
    )
    assert told() == set()


def test_who_did_it_is_not_told_of_it(company):
    fatima = company.viewer("fatima")
    run_waiting_jobs()
    Notice.objects.all().delete()
    leaves.take_leave(by=fatima, employee=company.mei, kind="Study", from_on=fatima.today)
    assert company.fatima.first_name not in {name for name, _sentence in told()}


def test_a_letter_tells_the_hour_of_the_zone_that_hr_keeps(company, hr):
    reader, other = company.account("tomas"), company.account("mei")
    reader.time_zone = other.time_zone = ""
    Employee.objects.filter(pk=company.tomas.pk).update(time_zone="Asia/Kolkata")
    Employee.objects.filter(pk=company.mei.pk).update(time_zone="")
    assert str(zone_of(reader)) == "Asia/Kolkata"
    assert zone_of(other).key == settings.TIME_ZONE
    reader.time_zone = "Europe/Oslo"
    assert str(zone_of(reader)) == "Europe/Oslo"


def test_the_account_of_a_leaver_closes_and_no_other(company, hr):
    account = company.account("rui")
    account.is_active = True
    account.save()
    accounts.close_accounts_of_leavers()
    account.refresh_from_db()
    assert not account.is_active
    assert company.account("tomas").is_active
    assert company.account("samuel").is_active
    assert accounts.close_accounts_of_leavers() == 0
