"""Attacks with days: to come and gone by, in other zones, on leap days, beyond what was planned."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from sightline.foundation.core import dates
from sightline.foundation.core.errors import Refused
from sightline.foundation.core.spans import FOREVER
from sightline.people import policies
from sightline.people.actions import assignments, employments, leaves, pay, posts, roles, units
from sightline.people.actions.employments import Details
from sightline.people.models import Assignment, DottedLine, Leave, Pay, Position, Role, RoleGrant
from sightline.people.queries import people
from sightline.people.viewer import viewer_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def hr(company):
    return company.viewer("ingrid")


def at(monkeypatch, company, hour):
    """The clock of the house stands at an hour (UTC) of today."""
    instant = datetime.combine(company.today, datetime.min.time(), UTC) + timedelta(hours=hour)
    monkeypatch.setattr(dates, "now", lambda: instant)


# ── Zones ────────────────────────────────────────────────────────────────────────────────────


def test_nobody_brings_a_role_forward_by_the_settings_of_his_account(company, monkeypatch):
    """At noon UTC it is tomorrow in Kiritimati; the day of rights is the one that HR keeps."""
    tomorrow = company.today + timedelta(days=1)
    RoleGrant.objects.create(employee=company.tomas, role="hr_administrator", from_on=tomorrow)
    at(monkeypatch, company, 12)
    account = company.account("tomas")
    account.time_zone = "Pacific/Kiritimati"
    account.save()
    viewer = viewer_of(account)
    assert viewer.today == company.today
    assert not viewer.has_role(Role.HR_ADMINISTRATOR)
    assert not policies.may_hire_somewhere(viewer)


def test_nobody_stays_longer_by_the_settings_of_his_account(company, hr, monkeypatch):
    """At six in the morning UTC it is still yesterday in Pago Pago."""
    employments.end_employment(by=hr, employee=company.tomas, on=company.today)
    at(monkeypatch, company, 6)
    account = company.account("tomas")
    account.time_zone = "Pacific/Pago_Pago"
    account.save()
    assert viewer_of(account) is None
    assert company.client("tomas").get("/").headers["Location"].startswith("/account/sign-in/")


@pytest.mark.parametrize(
    ("zone", "hour", "days"),
    [("Pacific/Kiritimati", 12, 1), ("Pacific/Pago_Pago", 6, -1), ("", 12, 0)],
)
def test_a_viewers_roles_work_and_reports_are_those_of_the_same_day(
    company, monkeypatch, zone, hour, days
):
    today = company.today + timedelta(days=days)
    company.priya.time_zone = zone
    company.priya.account = None
    company.priya.save()
    Assignment.objects.filter(employee=company.priya).update(from_on=today)
    company.priya.employments.update(from_on=today)
    RoleGrant.objects.create(employee=company.priya, role="executive", from_on=today)
    at(monkeypatch, company, hour)
    from sightline.people.viewer import viewer_as

    viewer = viewer_as(company.priya)
    assert viewer.today == today
    assert viewer.is_employed
    assert viewer.has_role(Role.EXECUTIVE)


def test_the_turn_of_the_clock_in_spring_and_autumn_loses_no_day(monkeypatch):
    for day, hour in ((date(2026, 3, 29), 1), (date(2026, 10, 25), 1), (date(2026, 10, 24), 22)):
        instant = datetime.combine(day, datetime.min.time(), UTC) + timedelta(hours=hour)
        monkeypatch.setattr(dates, "now", lambda instant=instant: instant)
        in_berlin = dates.today("Europe/Berlin")
        assert in_berlin == (instant + timedelta(hours=2 if hour == 22 else 1)).date()


# ── Days that are none, and days far off ─────────────────────────────────────────────────────

PAGES = ["/people/", "/chart/", "/units/", "/positions/", "/team/"]
DAYS = [
    *("0001-01-01", "9999-12-31", "10000-01-01", "1899-12-31", "2201-01-01", "2023-02-29"),
    *("2026-13-01", "-1", "garbage", "2026-02-3", "²", "２０２６-01-01", "0000-00-00", "1e9", ""),
]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("day", DAYS)
def test_a_day_that_is_none_is_today(company, page, day):
    answer = company.client("tomas").get(page, {"on": day})
    assert answer.status_code == 200
    assert answer.context["day"] == company.today


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("day", ["1900-01-01", "2024-02-29", "2200-12-31"])
def test_days_far_off_are_answered(company, page, day):
    for who in ("ingrid", "ana", "fatima", "nkechi"):
        assert company.client(who).get(page, {"on": day}).status_code == 200


def test_what_begins_and_ends_on_a_leap_day(company, hr):
    leap = date(2024, 2, 29)
    posts.open_position(
        by=hr,
        code="LEAP",
        title="Leaper",
        unit=company.units["PLAT"],
        job=company.positions["PLAT-FEED"].job,
        on=leap,
    )
    post = Position.objects.get(code="LEAP")
    ada = employments.hire(
        by=hr,
        details=Details(number="L29", name="Ada"),
        position=post,
        manager=company.leo,
        on=leap,
    )
    leaves.take_leave(by=hr, employee=ada, kind="Rest", from_on=leap, until_on=date(2024, 3, 1))
    employments.end_employment(by=hr, employee=ada, on=date(2028, 2, 29))
    assert people.person_seen_by(hr, ada.pk, leap).is_away
    assert not people.person_seen_by(hr, ada.pk, date(2024, 3, 1)).is_away
    assert people.person_seen_by(hr, ada.pk, date(2028, 2, 28)).current
    assert company.client("ingrid").get(f"/people/{ada.pk}/?on=2024-02-29").status_code == 200


@pytest.mark.parametrize(
    "day", ["1899-12-31", "2201-01-01", "9999-12-31", "0001-01-01", "29.2.2023"]
)
def test_forms_refuse_days_that_no_organisation_knows(company, day):
    typed = {"from_on": day, "kind": "Rest"}
    answer = company.client("ingrid").post(f"/people/{company.yusuf.pk}/leave/", typed)
    assert answer.status_code == 422
    assert answer.context["form"].errors["from_on"]
    assert not Leave.objects.filter(employee=company.yusuf).exists()


# ── Beyond what is planned ───────────────────────────────────────────────────────────────────


@pytest.fixture
def leaving(company, hr):
    """Tomás leaves in sixty days."""
    on = company.today + timedelta(days=60)
    employments.end_employment(by=hr, employee=company.tomas, on=on)
    return on


def test_a_role_does_not_outlive_a_leaving_that_is_planned(company, hr, leaving):
    """Or the leaver would come in by it after his last day."""
    give = {"by": hr, "employee": company.tomas, "role": Role.EXECUTIVE, "on": company.today}
    with pytest.raises(Refused, match="leaves on"):
        roles.grant_role(**give)
    assert roles.grant_role(**give, until_on=leaving).until_on == leaving


def test_pay_leave_and_dotted_lines_end_with_the_employment(company, hr, leaving):
    today, tomas = company.today, company.tomas
    pay.set_pay(by=hr, employee=tomas, amount=Decimal(1), currency="EUR", on=today)
    leaves.take_leave(by=hr, employee=tomas, kind="Rest", from_on=today)
    assignments.draw_dotted_line(by=hr, employee=tomas, manager=company.nora, purpose="x", on=today)
    assignments.draw_dotted_line(by=hr, employee=company.kofi, manager=tomas, purpose="x", on=today)
    for model in (Pay, Leave, DottedLine):
        assert not model.objects.filter(employee=tomas, until_on__gt=leaving).exists(), model
    assert not DottedLine.objects.filter(manager=tomas, until_on__gt=leaving).exists()


def test_nobody_comes_under_a_manager_who_leaves_before(company, hr, leaving):
    with pytest.raises(Refused, match="leaves on"):
        assignments.change_manager(
            by=hr, employee=company.kofi, manager=company.tomas, on=company.today
        )


def test_a_cancelled_plan_does_not_bring_a_manager_back_who_has_left(company, hr):
    """Kofi is to come under Tomás; until Ana, under whom he is, leaves after that."""
    soon, later = (company.today + timedelta(days=days) for days in (10, 20))
    plan = assignments.change_manager(by=hr, employee=company.kofi, manager=company.tomas, on=soon)
    employments.end_employment(by=hr, employee=company.ana, on=later)
    with pytest.raises(Refused, match="leaves on"):
        assignments.cancel_plan(by=hr, assignment=plan)


def test_nobody_works_with_a_dotted_line_to_one_who_has_left(company, hr):
    with pytest.raises(Refused, match="does not work here"):
        assignments.draw_dotted_line(
            by=hr, employee=company.tomas, manager=company.rui, purpose="x", on=company.today
        )


@pytest.mark.parametrize("what", ["dotted line", "role", "leave"])
def test_what_has_ended_is_not_ended_again_later(company, hr, what):
    """Ending it a second time would make it last up to today."""
    long_ago = company.today - timedelta(days=30)
    if what == "dotted line":
        row = company.mei.dotted_lines.get()
        end = {"line": row}
        act = assignments.end_dotted_line
    elif what == "role":
        row = RoleGrant.objects.get(employee=company.amara)
        end = {"grant": row}
        act = roles.end_role
    else:
        row = company.joao.leaves.get()
        end = {"leave": row}
        act = leaves.end_leave
    type(row).objects.filter(pk=row.pk).update(until_on=long_ago)
    row.refresh_from_db()
    with pytest.raises(Refused, match="already"):
        act(by=hr, on=company.today, **end)
    row.refresh_from_db()
    assert row.until_on == long_ago


def test_who_is_hired_into_a_post_that_is_to_move_moves_with_it(company, hr):
    soon = company.today + timedelta(days=15)
    post = company.positions["PLAT-PM"]
    moved = posts.move_position(
        by=hr, position=post, unit=company.units["CUST"], job=post.job, on=soon
    )
    ada = employments.hire(
        by=hr,
        details=Details(number="M1", name="Ada"),
        position=Position.objects.get(pk=post.pk),
        manager=company.ana,
        on=company.today,
    )
    held = Assignment.objects.filter(employee=ada).values_list("position", "from_on", "until_on")
    assert list(held) == [(post.pk, company.today, soon), (moved.pk, soon, FOREVER)]


def test_nobody_is_hired_into_a_post_that_closes(company, hr):
    soon = company.today + timedelta(days=15)
    post = company.positions["PLAT-PM"]
    posts.close_position(by=hr, position=post, on=soon)
    with pytest.raises(Refused, match="closes on"):
        employments.hire(
            by=hr,
            details=Details(number="M1", name="Ada"),
            position=post,
            manager=company.ana,
            on=company.today,
        )


def test_a_post_that_moves_on_is_closed_with_what_was_planned(company, hr):
    soon, before = company.today + timedelta(days=15), company.today + timedelta(days=5)
    post = company.positions["PLAT-PM"]
    posts.move_position(by=hr, position=post, unit=company.units["CUST"], job=post.job, on=soon)
    post.refresh_from_db()
    with pytest.raises(Refused, match="already"):
        posts.close_position(by=hr, position=post, on=soon + timedelta(days=1))
    posts.close_position(by=hr, position=post, on=before)
    assert [row.until_on for row in Position.objects.filter(code="PLAT-PM")] == [before]


def test_nothing_stands_longer_than_the_unit_in_which_it_stands(company, hr):
    soon = company.today + timedelta(days=15)
    unit = units.open_unit(
        by=hr, code="LAB", name="Lab", kind="team", parent=None, on=company.today
    )
    other = units.open_unit(
        by=hr, code="HALL", name="Hall", kind="team", parent=None, on=company.today
    )
    units.close_unit(by=hr, unit=unit, on=soon)
    post, today = company.positions["PLAT-PM"], company.today
    for act in (
        lambda: units.open_unit(by=hr, code="L2", name="L2", kind="team", parent=unit, on=today),
        lambda: units.move_unit(by=hr, unit=other, parent=unit, on=today),
        lambda: units.close_unit(by=hr, unit=unit, on=soon + timedelta(days=5)),
        lambda: posts.open_position(
            by=hr, code="L3", title="L3", unit=unit, job=post.job, on=today
        ),
        lambda: posts.move_position(by=hr, position=post, unit=unit, job=post.job, on=today),
    ):
        with pytest.raises(Refused, match="closes"):
            act()
