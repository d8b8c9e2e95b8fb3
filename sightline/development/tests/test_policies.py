import pytest

from sightline.development import policies
from sightline.development.models import ShownLevel
from sightline.people.models import Employee

pytestmark = pytest.mark.django_db

IN = ("samuel", "priya", "yusuf", "ruth", "mei", "joao", "tomas", "ana", "leo", "nkechi", "fatima",
      "ingrid")  # fmt: skip


def those_who(company, may):
    return [key for key in IN if may(company.viewer(key))]


def test_levels_and_plans_are_open_to_the_person_the_line_and_hr(company):
    readers = those_who(company, lambda who: policies.may_read_development(who, company.tomas))
    assert readers == ["tomas", "ana", "leo", "nkechi", "fatima", "ingrid"]
    for key in IN:
        rows = ShownLevel.objects.filter(policies.levels_visible_to(company.viewer(key)))
        assert rows.filter(employee=company.tomas).exists() == (key in readers)


def test_gaps_of_a_unit_are_read_by_its_leads_hr_and_executives(company):
    unit = company.units["PLAT"]
    readers = those_who(company, lambda who: policies.may_read_unit_gaps(who, unit))
    assert readers == ["ana", "leo", "nkechi", "fatima", "ingrid"]
    reason = policies.may_read_unit_gaps(company.viewer("amara"), unit).reason
    assert "leads, HR and executives" in reason


def test_whom_one_judges_is_oneself_and_all_below(company):
    judged = Employee.objects.filter(policies.judged_by(company.viewer("ana")))
    assert {company.ana, company.tomas, company.kofi} <= set(judged)
    assert company.leo not in judged


def test_everybody_is_judged_as_what_he_is_to_the_viewer(company):
    assert policies.source_for(company.viewer("ana"), company.ana) == "self"
    assert policies.source_for(company.viewer("ana"), company.tomas) == "manager"
