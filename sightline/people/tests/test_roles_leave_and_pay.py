from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from sightline.foundation.core.errors import Refused
from sightline.foundation.core.spans import FOREVER
from sightline.people.actions import leaves, pay, roles
from sightline.people.models import Leave, Pay, Role, RoleGrant
from sightline.people.queries.people import person_seen_by

pytestmark = pytest.mark.django_db


GRANTS = {
    "ingrid": {"unit_lead", "people_partner", "executive", "hr_administrator"},
    "ruth": {"hr_administrator", "auditor", "system_administrator"},
    "ana": set(),
    "fatima": set(),
    "nkechi": set(),
}


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("who", GRANTS)
def test_who_hands_out_which_role(company, who, role):
    unit = company.units["DATA"] if role in ("unit_lead", "people_partner") else None
    by = company.viewer(who)
    if role in GRANTS[who]:
        assert roles.grant_role(by=by, employee=company.mei, role=role, on=by.today, unit=unit)
    else:
        with pytest.raises(PermissionDenied, match="do not hand out"):
            roles.grant_role(by=by, employee=company.mei, role=role, on=by.today, unit=unit)


def test_nobody_gives_a_role_to_himself(company, hr):
    with pytest.raises(PermissionDenied, match="to themselves"):
        roles.grant_role(by=hr, employee=company.ingrid, role=Role.EXECUTIVE, on=hr.today)


def test_a_role_of_a_unit_needs_one_and_others_have_none(company, hr):
    with pytest.raises(Refused, match="for a unit"):
        roles.grant_role(by=hr, employee=company.mei, role=Role.UNIT_LEAD, on=hr.today)
    with pytest.raises(Refused, match="name no unit"):
        roles.grant_role(
            by=hr,
            employee=company.mei,
            role=Role.EXECUTIVE,
            on=hr.today,
            unit=company.units["DATA"],
        )


def test_a_unit_has_one_lead_at_a_time(company, hr):
    with pytest.raises(Refused, match="is led by Ana Ribeiro"):
        roles.grant_role(
            by=hr,
            employee=company.mei,
            role=Role.UNIT_LEAD,
            on=hr.today,
            unit=company.units["PLAT"],
        )


def test_a_role_is_held_once_and_ends_after_it_starts(company, hr):
    roles.grant_role(by=hr, employee=company.mei, role=Role.EXECUTIVE, on=hr.today)
    with pytest.raises(Refused, match="already"):
        roles.grant_role(by=hr, employee=company.mei, role=Role.EXECUTIVE, on=hr.today)
    with pytest.raises(Refused, match="end after"):
        roles.grant_role(
            by=hr, employee=company.leo, role=Role.EXECUTIVE, on=hr.today, until_on=hr.today
        )


def test_a_role_taken_back_opens_nothing_the_next_moment(company, hr):
    tomorrow = hr.today + timedelta(days=1)
    grant = roles.grant_role(
        by=hr, employee=company.mei, role=Role.HR_ADMINISTRATOR, on=hr.today - timedelta(days=1)
    )
    assert company.viewer("mei").is_hr_administrator
    roles.end_role(by=hr, grant=grant, on=hr.today)
    assert not company.viewer("mei").is_hr_administrator
    planned = roles.grant_role(by=hr, employee=company.mei, role=Role.EXECUTIVE, on=tomorrow)
    roles.end_role(by=hr, grant=planned, on=hr.today)
    assert not RoleGrant.objects.filter(pk=planned.pk).exists()


def test_that_somebody_is_away_is_known_to_all_and_until_when_to_few(company, hr):
    for key, knows in {
        "joao": True,
        "ana": True,
        "fatima": True,
        "mei": False,
        "yusuf": False,
    }.items():
        seen = person_seen_by(company.viewer(key), company.joao.pk, hr.today)
        assert seen.is_away
        assert (seen.back_on is not None) == knows, key


def test_a_leave_has_its_order_and_does_not_meet_another(company, hr):
    day = hr.today + timedelta(days=5)
    with pytest.raises(Refused, match="must lie after"):
        leaves.take_leave(by=hr, employee=company.tomas, kind="Study", from_on=day, until_on=day)
    leaves.take_leave(by=hr, employee=company.tomas, kind="Study", from_on=day)
    with pytest.raises(Refused, match="is away from"):
        leaves.take_leave(
            by=hr, employee=company.tomas, kind="Other", from_on=day + timedelta(days=100)
        )
    with pytest.raises(Refused, match="does not work here"):
        leaves.take_leave(by=hr, employee=company.rui, kind="Study", from_on=hr.today)


def test_who_is_back_is_back_and_a_leave_not_begun_is_called_off(company, hr):
    leave = Leave.objects.on(hr.today).get(employee=company.joao)
    leaves.end_leave(by=hr, leave=leave, on=hr.today)
    assert not Leave.objects.on(hr.today).filter(employee=company.joao).exists()
    with pytest.raises(Refused, match="before that day"):
        leaves.end_leave(by=hr, leave=leave, on=hr.today + timedelta(days=9))
    planned = leaves.take_leave(
        by=hr, employee=company.tomas, kind="Study", from_on=hr.today + timedelta(days=5)
    )
    leaves.end_leave(by=hr, leave=planned, on=hr.today)
    assert not Leave.objects.filter(pk=planned.pk).exists()


def amounts(employee):
    rows = Pay.objects.filter(employee=employee).order_by("from_on")
    return [(row.from_on, row.until_on, int(row.amount)) for row in rows]


def test_pay_changes_from_a_day_and_the_past_stays(company, hr):
    before = amounts(company.tomas)
    pay.set_pay(by=hr, employee=company.tomas, amount=Decimal(70000), currency="EUR", on=hr.today)
    after = amounts(company.tomas)
    assert after[:-2] == before[:-1]
    assert after[-2] == (before[-1][0], hr.today, before[-1][2])
    assert after[-1] == (hr.today, FOREVER, 70000)
    pay.set_pay(by=hr, employee=company.tomas, amount=Decimal(71000), currency="EUR", on=hr.today)
    assert amounts(company.tomas)[-1] == (hr.today, FOREVER, 71000)


def test_pay_of_the_past_ends_where_the_next_begins(company, hr):
    held = Pay.objects.on(hr.today).get(employee=company.tomas)
    day = held.from_on - timedelta(days=10)
    set_ = pay.set_pay(by=hr, employee=company.tomas, amount=Decimal(1), currency="EUR", on=day)
    assert set_.until_on == held.from_on


def test_pay_needs_an_employment(company, hr):
    with pytest.raises(Refused, match="does not work here"):
        pay.set_pay(by=hr, employee=company.rui, amount=Decimal(1), currency="EUR", on=hr.today)


@pytest.mark.parametrize("who", ["tomas", "ana", "leo", "nkechi", "ruth", "yusuf", "samuel"])
def test_only_hr_sets_pay(company, who):
    with pytest.raises(PermissionDenied):
        pay.set_pay(
            by=company.viewer(who),
            employee=company.mei,
            amount=Decimal(1),
            currency="EUR",
            on=company.today,
        )


@pytest.mark.parametrize(("days", "words"), [(-5, "is back."), (5, "is called off.")])
def test_what_ended_is_told_of_a_leave_and_of_one_to_come(company, hr, days, words):
    day = hr.today + timedelta(days=days)
    leave = leaves.take_leave(by=hr, employee=company.tomas, kind="Study", from_on=day)
    page = company.client("ingrid").post(f"/leaves/{leave.pk}/end/", follow=True)
    assert words in page.text


def test_who_gives_a_role_to_himself_is_told_beside_the_person(company):
    said = {"employee": company.ingrid.pk, "role": "executive", "on": company.today}
    answer = company.client("ingrid").post("/roles/", said)
    assert answer.status_code == 422
    assert "to themselves" in str(answer.context["form"].errors["employee"])
    assert not RoleGrant.objects.filter(employee=company.ingrid, role="executive").exists()


def test_a_unit_is_asked_for_only_by_who_gives_roles_of_units(company):
    by_hr, by_system = (company.client(key).get("/roles/") for key in ("ingrid", "ruth"))
    assert "unit" in by_hr.context["form"].fields
    assert "unit" not in by_system.context["form"].fields
    assert "HR administrator, Auditor, System administrator." in by_system.text
    said = {"employee": company.leo.pk, "role": "hr_administrator", "on": company.today}
    assert company.client("ruth").post("/roles/", said).status_code == 302
