"""Attacks on what may be seen: by counts, by days, by lists, by who somebody was under."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sightline.people import policies
from sightline.people.actions import assignments, employments
from sightline.people.models import Assignment, ReportingLine, RoleGrant, Unit
from sightline.people.queries import files, organisation, people, teams

pytestmark = pytest.mark.django_db


@pytest.fixture
def leaving_stranger(company):
    """Yusuf of Customer Operations is to leave in thirty days; Platform is not to know."""
    on = company.today + timedelta(days=30)
    hr = company.viewer("ingrid")
    employments.end_employment(by=hr, employee=company.yusuf, on=on, reason="closes a shop")
    return company.yusuf


def post_on(employee, day):
    return Assignment.objects.on(day).get(employee=employee).position


def test_a_manager_of_others_is_not_told_by_days_to_come_that_somebody_leaves(
    company, leaving_stranger
):
    client = company.client("ana")
    for days in (5, 29, 30, 31, 400):
        day = company.today + timedelta(days=days)
        answer = client.get(f"/people/{leaving_stranger.pk}/?on={day}")
        assert answer.status_code == 403
    assert client.get(f"/people/{leaving_stranger.pk}/").status_code == 200


def test_those_who_may_know_a_plan_see_the_day_to_come(company, leaving_stranger):
    day = company.today + timedelta(days=31)
    for who in ("amara", "nora", "nkechi", "ingrid"):
        answer = company.client(who).get(f"/people/{leaving_stranger.pk}/?on={day}")
        assert answer.status_code == 200, who


def test_a_post_is_not_called_vacant_to_those_who_may_not_know_that_its_holder_leaves(
    company, leaving_stranger
):
    later = company.today + timedelta(days=31)
    post = post_on(leaving_stranger, company.today)

    def is_vacant(who):
        viewer = company.viewer(who)
        rows = organisation.positions_seen_by(viewer, later)
        listed = post in organisation.only_vacant(viewer, rows, later)
        assert rows.get(pk=post.pk).vacant == listed
        return listed

    assert not is_vacant("ana")
    assert is_vacant("amara")
    assert is_vacant("ingrid")
    assert is_vacant("nkechi")


def test_a_post_is_not_called_filled_to_those_who_may_not_know_who_will_start(company):
    """Priya starts in Platform in twelve days; Amara leads people elsewhere."""
    later = company.today + timedelta(days=20)
    post = Assignment.objects.get(employee=company.priya).position
    seen = {
        who: organisation.positions_seen_by(company.viewer(who), later).get(pk=post.pk).vacant
        for who in ("amara", "ana")
    }
    assert seen == {"amara": True, "ana": False}


@pytest.mark.parametrize("who", ["tomas", "amara", "ana", "leo", "fatima", "nkechi"])
@pytest.mark.parametrize("days", [-600, -120, -1, 0, 20, 60])
def test_every_count_counts_those_who_are_listed(company, who, days):
    """Units, teams and the chart count no leaver, starter or mover whom the viewer sees not."""
    viewer, day = company.viewer(who), company.today + timedelta(days=days)
    if not policies.may_look_at(viewer, day):
        return
    listed = set(people.directory(viewer, day).values_list("employee", flat=True))
    roots = organisation.unit_tree(viewer, day)
    assert sum(root.people_in_all for root in roots) == len(listed)
    for row in teams.with_team_sizes(viewer, people.directory(viewer, day), day):
        under = ReportingLine.objects.on(day).filter(manager=row.employee, employee__in=listed)
        assert row.in_all == under.count()


def test_a_leaver_is_not_named_as_a_manager_on_days_that_have_passed(company):
    hr = company.viewer("ingrid")
    left_on = company.today - timedelta(days=3)
    employments.end_employment(by=hr, employee=company.amara, on=left_on)
    past = left_on - timedelta(days=9)
    stranger, above = company.viewer("tomas"), company.viewer("nora")

    def managers(viewer):
        seen = people.person_seen_by(viewer, company.yusuf.pk, past)
        row = people.directory(viewer, past).get(employee=company.yusuf)
        stays = files.stays(viewer, seen)
        return {
            *(one.pk for one in teams.line_above(viewer, company.yusuf, past)),
            *(held.manager.pk for held in (row, seen.current) if held.manager),
            *(stay.assignment.manager.pk for stay in stays if stay.assignment.manager),
        }

    assert company.amara.pk not in managers(stranger)
    assert company.amara.pk in managers(above)
    for path in (
        f"/people/?on={past}",
        f"/people/{company.yusuf.pk}/?on={past}",
        "/chart/",
        f"/people/{company.yusuf.pk}/history/",
        f"/chart/?on={past}",
        f"/units/?on={past}",
        f"/units/{company.units['CARE'].pk}/?on={past}",
        f"/positions/?on={past}",
    ):
        page = company.client("tomas").get(path)
        assert page.status_code == 200
        assert "Amara" not in page.content.decode(), path


def test_a_lead_to_come_is_not_named_to_those_who_may_not_know(company):
    unit = Unit.objects.get(code="DATA")
    day = company.today + timedelta(days=10)
    RoleGrant.objects.create(employee=company.wei, role="unit_lead", unit=unit, from_on=day)
    assert not organisation.leads_on(company.viewer("amara"), day, [unit.pk])
    assert organisation.leads_on(company.viewer("leo"), day, [unit.pk])


def test_a_manager_to_come_knows_the_plan_and_not_the_pay(company):
    """Yusuf is to report to Ana from next month: until then his file is none of hers."""
    hr, day = company.viewer("ingrid"), company.today + timedelta(days=30)
    assignments.change_manager(by=hr, employee=company.yusuf, manager=company.ana, on=day)
    ana = company.viewer("ana")
    seen = people.person_seen_by(ana, company.yusuf.pk, ana.today)
    assert seen.next
    assert not seen.file_open
    assert not files.pays(seen)
    assert not policies.may_read_pay(ana, company.yusuf)
    assert people.directory(ana, day).filter(employee=company.yusuf).exists()
    assert (
        "29000"
        not in company.client("ana").get(f"/people/{company.yusuf.pk}/history/").content.decode()
    )


def test_a_partner_to_come_does_not_yet_change_anything(company):
    """Yusuf moves into Technology next month; its people partner keeps his file from then on."""
    hr, day = company.viewer("ingrid"), company.today + timedelta(days=30)
    assignments.move(
        by=hr,
        employee=company.yusuf,
        position=company.positions["PLAT-PM"],
        manager=company.ana,
        on=day,
    )
    fatima = company.viewer("fatima")
    assert not policies.may_change_employee(fatima, company.yusuf)
    assert policies.may_know_plans(fatima, company.yusuf)
    client = company.client("fatima")
    plan = Assignment.objects.get(employee=company.yusuf, from_on=day)
    assert client.post(f"/assignments/{plan.pk}/cancellation/").status_code == 404
    assert client.post(f"/people/{company.yusuf.pk}/pay/").status_code == 403


@pytest.mark.parametrize("who", ["tomas", "yusuf", "mei", "samuel", "ruth"])
def test_what_may_not_be_seen_is_not_there(company, who):
    """404 and never 403 for ids of people, files, plans of others; the same as for none at all."""
    client = company.client(who)
    rows = {
        "assignments/{}/cancellation/": Assignment.objects.get(employee=company.priya),
        "leaves/{}/end/": company.joao.leaves.get(),
        "dotted-lines/{}/end/": company.mei.dotted_lines.get(),
    }
    for path, row in rows.items():
        if who == "mei" and row.employee == company.mei:
            continue
        for key in (row.pk, 10**9):
            assert client.post("/" + path.format(key)).status_code == 404, path
    for page in ("", "history/", "records/", "details/", "move/", "pay/", "leave/", "return/"):
        for employee in (company.rui.pk, company.priya.pk, 10**9):
            assert client.get(f"/people/{employee}/{page}").status_code == 404
            assert client.get(f"/people/{employee}/{page}?on=1990-01-01").status_code == 404
    assert client.get(f"/chart/{company.rui.pk}/").status_code == 404


@pytest.mark.parametrize("who", ["samuel", "tomas"])
def test_everybody_has_a_page_of_his_own(company, who):
    """Somebody from outside sees no organisation, but what is known of himself."""
    client = company.client(who)
    for path in ("", "history/", "records/"):
        assert client.get(f"/people/{company.people[who].pk}/{path}").status_code == 200
    assert client.get("/me/data/file/").status_code == 200
