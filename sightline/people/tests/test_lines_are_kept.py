"""The table of lines is what a walk over the assignments finds, whatever was done to them."""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sightline.foundation.core.errors import Refused
from sightline.people.actions import assignments, employments
from sightline.people.actions.lines import redraw_all_reporting_lines
from sightline.people.models import Assignment, Employment, ReportingLine

pytestmark = pytest.mark.django_db

keys = st.sampled_from(["leo", "ana", "tomas", "mei", "kofi", "sara", "nora", "yusuf", "halima"])
acts = st.one_of(
    st.tuples(st.just("manager"), keys, keys, st.integers(-200, 200)),
    st.tuples(st.just("leave"), keys, keys, st.integers(1, 200)),
    st.tuples(st.just("stay"), keys, keys, st.just(0)),
)


def carry_out(company, act):
    kind, whom, other, offset = act
    hr, employee = company.viewer("ingrid"), company.people[whom]
    day = hr.today + timedelta(days=offset)
    try:
        with transaction.atomic():
            if kind == "manager":
                assignments.change_manager(
                    by=hr, employee=employee, manager=company.people[other], on=day
                )
            elif kind == "leave":
                employments.end_employment(by=hr, employee=employee, on=day)
            else:
                employments.continue_employment(by=hr, employee=employee)
    except Refused:
        pass


def walked(day):
    """Every (manager, employee, depth) on a day, by walking up one step at a time."""
    over = dict(Assignment.objects.on(day).values_list("employee", "manager"))
    found = set()
    for employee in over:
        node, depth = over[employee], 1
        while node:
            found.add((node, employee, depth))
            node, depth = over.get(node), depth + 1
            assert depth < 50, "a circle"
    return found


def stored(day):
    return set(ReportingLine.objects.on(day).values_list("manager", "employee", "depth"))


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(acts, min_size=1, max_size=6))
def test_lines_equal_a_walk_on_every_day_after_any_changes(company, several):
    with transaction.atomic():
        for act in several:
            carry_out(company, act)
        days = set(Assignment.objects.values_list("from_on", flat=True))
        days |= set(Employment.objects.values_list("until_on", flat=True))
        for day in days:
            assert stored(day) == walked(day)
        transaction.set_rollback(True)


def test_drawing_all_lines_anew_changes_nothing(company):
    fields = ("pk", "manager", "employee", "depth", "from_on", "until_on")
    before = set(ReportingLine.objects.values_list(*fields))
    redraw_all_reporting_lines()
    assert set(ReportingLine.objects.values_list(*fields)) == before
