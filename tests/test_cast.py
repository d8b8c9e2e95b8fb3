"""The cast: what pages, pictures and tests count on."""

from __future__ import annotations

from sightline.people.models import Assignment, Role
from sightline.people.viewer import viewer_as


def test_everybody_in_the_cast_has_the_reason_to_be_there(company):
    today = company.today
    assert company.viewer("ana").has_reports
    assert company.viewer("mei").employee.dotted_lines.on(today).get().manager == company.nora
    assert company.mei.assignments.on(today).get().share_percent == 60
    assert company.joao.leaves.on(today).exists()
    assert not company.viewer("priya").is_employed
    assert company.kofi.employments.count() == 2
    assert viewer_as(company.rui) is None
    assert company.halima.account is None
    assert company.sara.assignments.on(company.calendar.days(46)).get().position.unit.code == "DATA"


def test_roles_are_where_they_belong(company):
    assert company.viewer("ruth").roles == {Role.SYSTEM_ADMINISTRATOR}
    assert company.viewer("ingrid").is_hr_administrator
    assert company.viewer("fatima").units_partnered == (company.units["TECH"].pk,)
    auditor = company.viewer("samuel")
    assert auditor.roles == {Role.AUDITOR}
    assert not auditor.is_employed


def test_there_is_a_vacant_post_and_a_unit_without_a_lead(company):
    vacant = company.positions["PLAT-PM"]
    assert not Assignment.objects.on(company.today).filter(position=vacant).exists()
    assert not company.units["DATA"].role_grants.filter(role=Role.UNIT_LEAD).exists()


def test_the_cast_is_there_for_a_live_server_too(live_server, company):
    assert company.viewer("tomas").is_employed


def test_signing_in_is_a_word(company):
    assert company.client("tomas").session["_auth_user_id"] == str(company.account("tomas").pk)
