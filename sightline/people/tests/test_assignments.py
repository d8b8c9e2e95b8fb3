from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from sightline.foundation.core.errors import Refused
from sightline.foundation.ledger.models import Record
from sightline.people.actions import assignments
from sightline.people.models import Assignment, DottedLine, ReportingLine
from sightline.people.queries.people import in_post_since, person_seen_by

pytestmark = pytest.mark.django_db


@pytest.fixture
def vacant(company):
    return company.positions["PLAT-PM"]


def posts_of(employee):
    rows = Assignment.objects.filter(employee=employee).order_by("from_on")
    return [(row.from_on, row.until_on, row.position.code) for row in rows]


def test_a_move_ends_one_assignment_and_starts_another(company, hr, vacant):
    before = posts_of(company.tomas)
    assignments.move(
        by=hr, employee=company.tomas, position=vacant, manager=company.leo, on=hr.today
    )
    after = posts_of(company.tomas)
    assert after[:-2] == before[:-1]
    assert after[-2] == (before[-1][0], hr.today, before[-1][2])
    assert after[-1] == (hr.today, before[-1][1], "PLAT-PM")
    assert Record.objects.filter(
        subject=company.tomas.ref, kind="people.AssignmentChanged"
    ).exists()


def test_a_move_of_the_past_leaves_what_came_later_as_it_is(company, hr, vacant):
    held = Assignment.objects.on(hr.today).get(employee=company.tomas)
    day = held.from_on - timedelta(days=20)
    assignments.change_manager(by=hr, employee=company.tomas, manager=company.leo, on=day)
    assert Assignment.objects.on(hr.today).get(employee=company.tomas).pk == held.pk
    assert Assignment.objects.on(day).get(employee=company.tomas).until_on == held.from_on


def test_a_second_change_on_the_same_day_replaces_the_first(company, hr, vacant):
    for manager in (company.leo, company.mei):
        assignments.change_manager(by=hr, employee=company.tomas, manager=manager, on=hr.today)
    rows = Assignment.objects.filter(employee=company.tomas, from_on=hr.today)
    assert [row.manager for row in rows] == [company.mei]


def test_a_new_manager_begins_no_new_time_in_the_post(company, hr):
    held = Assignment.objects.on(hr.today).get(employee=company.tomas)
    before = in_post_since([held])[held.pk]
    assert before < hr.today
    assignments.change_manager(by=hr, employee=company.tomas, manager=company.mei, on=hr.today)
    shown = company.client("mei").get(reverse("people:team")).context["rows"]
    told = {row.employee_id: (row.from_on, row.in_post_since) for row in shown}
    assert told[company.tomas.pk] == (hr.today, before)
    page = company.client("mei").get(reverse("people:position", args=[held.position_id]))
    assert page.context["holders"][0].in_post_since == before


def test_another_post_begins_a_new_time_in_it(company, hr, vacant):
    assignments.move(
        by=hr, employee=company.tomas, position=vacant, manager=company.leo, on=hr.today
    )
    held = Assignment.objects.on(hr.today).get(employee=company.tomas)
    assert in_post_since([held]) == {held.pk: hr.today}


def test_a_circle_is_refused_and_shown(company, hr):
    with pytest.raises(Refused, match=r"circle: .*Leo Brandt.*Ana Ribeiro"):
        assignments.change_manager(by=hr, employee=company.leo, manager=company.ana, on=hr.today)
    assert Assignment.objects.on(hr.today).get(employee=company.leo).manager == company.nkechi


def test_a_circle_that_would_come_later_is_refused_too(company, hr):
    later = hr.today + timedelta(days=60)
    with pytest.raises(Refused, match="circle"):
        assignments.change_manager(by=hr, employee=company.ana, manager=company.mei, on=later)


def test_nobody_reports_to_himself(company, hr):
    with pytest.raises(Refused, match="themselves"):
        assignments.change_manager(
            by=hr, employee=company.tomas, manager=company.tomas, on=hr.today
        )


def test_changing_nothing_is_refused(company, hr):
    with pytest.raises(Refused, match="nothing would change"):
        assignments.change_manager(by=hr, employee=company.tomas, manager=company.ana, on=hr.today)


def test_who_holds_no_post_has_nothing_to_change(company, hr):
    with pytest.raises(Refused, match="holds no post"):
        assignments.change_manager(by=hr, employee=company.rui, manager=company.ana, on=hr.today)


def test_two_part_timers_may_share_a_post(company, hr):
    mei = Assignment.objects.on(hr.today).get(employee=company.mei)
    assert mei.share_percent == 60
    assignments.change_share(by=hr, employee=company.tomas, share_percent=40, on=hr.today)
    assignments.move(
        by=hr, employee=company.tomas, position=mei.position, manager=company.ana, on=hr.today
    )
    with pytest.raises(Refused, match="one full time"):
        assignments.change_share(by=hr, employee=company.tomas, share_percent=50, on=hr.today)


def test_the_line_follows_a_move_for_all_below(company, hr):
    assignments.change_manager(by=hr, employee=company.ana, manager=company.nkechi, on=hr.today)
    above = ReportingLine.objects.on(hr.today).filter(employee=company.tomas).order_by("depth")
    assert [line.manager.name for line in above] == ["Ana Ribeiro", "Nkechi Obi"]
    yesterday = hr.today - timedelta(days=1)
    assert (
        ReportingLine.objects.on(yesterday)
        .filter(employee=company.tomas, manager=company.leo)
        .exists()
    )


def test_a_plan_is_cancelled_and_what_was_goes_on(company, hr, vacant):
    day = hr.today + timedelta(days=40)
    before = posts_of(company.tomas)
    plan = assignments.move(
        by=hr, employee=company.tomas, position=vacant, manager=company.ana, on=day
    )
    assignments.cancel_plan(by=hr, assignment=plan)
    assert posts_of(company.tomas) == before


def test_what_has_begun_cannot_be_cancelled(company, hr):
    held = Assignment.objects.on(hr.today).get(employee=company.tomas)
    with pytest.raises(Refused, match="begun already"):
        assignments.cancel_plan(by=hr, assignment=held)


def test_a_start_is_not_a_plan_to_cancel(company, hr):
    start = Assignment.objects.get(employee=company.priya)
    with pytest.raises(Refused, match="how the person starts"):
        assignments.cancel_plan(by=hr, assignment=start)


def test_a_plan_is_seen_by_the_line_and_by_hr_and_by_no_colleague(company, hr, vacant):
    day = hr.today + timedelta(days=40)
    assignments.move(by=hr, employee=company.tomas, position=vacant, manager=company.ana, on=day)

    def next_for(key):
        return person_seen_by(company.viewer(key), company.tomas.pk, hr.today).next

    for key in ("tomas", "ana", "leo", "ingrid", "fatima"):
        assert next_for(key).position == vacant, key
    for key in ("mei", "yusuf", "ruth"):
        assert next_for(key) is None, key


def test_a_dotted_line_has_a_purpose_and_an_end(company, hr):
    line = assignments.draw_dotted_line(
        by=hr, employee=company.tomas, manager=company.nora, purpose="incidents", on=hr.today
    )
    with pytest.raises(Refused, match="answers to"):
        assignments.draw_dotted_line(
            by=hr, employee=company.tomas, manager=company.nora, purpose="more", on=hr.today
        )
    with pytest.raises(Refused, match="later day"):
        assignments.end_dotted_line(by=hr, line=line, on=hr.today)
    assignments.end_dotted_line(by=hr, line=line, on=hr.today + timedelta(days=1))
    assert not DottedLine.objects.on(hr.today + timedelta(days=1)).filter(pk=line.pk).exists()


def test_a_dotted_line_to_oneself_is_refused(company, hr):
    with pytest.raises(Refused, match="themselves"):
        assignments.draw_dotted_line(
            by=hr, employee=company.tomas, manager=company.tomas, purpose="x", on=hr.today
        )


@pytest.mark.parametrize("who", ["tomas", "ana", "leo", "nkechi", "ruth", "samuel", "yusuf"])
def test_only_hr_moves_people(company, vacant, who):
    with pytest.raises(PermissionDenied):
        assignments.move(
            by=company.viewer(who),
            employee=company.mei,
            position=vacant,
            manager=company.leo,
            on=company.today,
        )
