"""The public data set is an organisation after it was imported: what the data says, pages show."""

from __future__ import annotations

from collections import Counter

import pytest
from django.test import Client

from sightline.foundation.core.spans import FOREVER
from sightline.people.models import (
    Assignment,
    Employee,
    Employment,
    Position,
    ReportingLine,
    Responsibility,
    Unit,
)
from sightline.people.tests.importing import seen
from sightline.site.getting_started import beginning_of
from tests.realdata import managers

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def data() -> list[managers.Person]:
    """Everybody, as the script hands them out."""
    return managers.people()


def find(person: managers.Person) -> Employee:
    """Somebody of the data in the house."""
    return Employee.objects.get(number=person.number)


# ── The script ───────────────────────────────────────────────────────────────────────────────


def test_the_data_is_what_was_published(data):
    assert len(data) == 571
    assert Counter(one.performance for one in data) == {"Middle": 376, "Bottom": 129, "Top": 66}
    assert len({one.name for one in data}) == len({one.number for one in data}) == 571


def test_everybody_has_one_manager_but_the_first_and_no_group_is_larger_than_the_data_says(data):
    heads = [one for one in data if one.manager is None]
    assert len(heads) == 1
    assert {one.city for one in heads[0].reports} == set(managers.ZONES)
    assert all(len(one.reports) <= one.group for one in data if one is not heads[0])
    assert all(len(one.reports) == one.group for one in heads[0].reports if one.city != "Orlando")


def test_the_script_always_gives_the_same():
    assert managers.sheets() == managers.sheets()


# ── The organisation ─────────────────────────────────────────────────────────────────────────


def test_everybody_is_in_the_right_post_and_unit_under_the_right_manager(hr, data):
    assert Employment.objects.count() == Position.objects.count() == 571
    assert Responsibility.objects.count() == 2 * 571
    rows = Assignment.objects.select_related("employee", "manager", "position__unit")
    found = {
        row.employee.number: (
            row.manager.number if row.manager else None,
            row.position.unit.code,
            row.share_percent,
            row.until_on,
        )
        for row in rows
    }
    assert found == {
        one.number: (
            one.manager.number if one.manager else None,
            one.unit,
            80 if one.is_reduced else 100,
            FOREVER,
        )
        for one in data
    }
    starts = dict(Employment.objects.values_list("employee__number", "from_on"))
    assert starts == {one.number: one.starts_on for one in data}


def test_lines_are_what_a_walk_up_finds(hr, data):
    above = 0
    for one in data:
        while one.manager:
            one, above = one.manager, above + 1
    assert ReportingLine.objects.filter(depth__gt=0).count() == above


def test_the_directory_counts_everybody_and_finds_by_city(hr, data):
    page = hr.get("/people/").content.decode()
    assert "571 people" in page
    toronto = Unit.objects.get(code="TORONTO")
    page = hr.get("/people/", {"unit": toronto.pk}).content.decode()
    assert (
        f"{sum(one.city == 'Toronto' and one.manager is not None for one in data)} people" in page
    )


def test_the_chart_begins_with_the_longest_serving_and_opens_a_city(hr, data):
    first = next(one for one in data if one.manager is None)
    page = hr.get("/chart/").content.decode()
    assert first.name in page
    head = next(one for one in first.reports if one.city == "Chicago")
    branch = hr.get(f"/chart/{find(head).pk}/").content.decode()
    assert all(one.name in branch for one in head.reports)


def test_the_page_of_a_person_shows_post_manager_and_duties(hr, data):
    person = next(one for one in data if one.is_reduced and one.manager and not one.reports)
    page = hr.get(f"/people/{find(person).pk}/").content.decode()
    assert person.name in page
    assert person.manager.name in page
    assert person.city in page
    position = Position.objects.get(code=f"P-{person.number}")
    page = hr.get(f"/positions/{position.pk}/").content.decode()
    assert f"{person.customers} customers" in page


def test_units_stand_in_the_tree_with_their_people(hr, data):
    teams = sum(one.leads_a_team for one in data)
    assert Unit.objects.count() == 1 + len(managers.ZONES) + teams
    page = hr.get("/units/").content.decode()
    assert all(city in page for city in managers.ZONES)


def test_the_first_steps_that_an_import_makes_are_done(hr: Client):
    viewer = seen(Employee.objects.get(number="founder").account)
    done = {one.step.key for one in beginning_of(viewer).steps if one.is_done}
    assert {"people", "structure"} <= done


def test_the_list_of_invitations_holds_everybody(hr):
    page = hr.get("/invitations/").content.decode()
    assert "571" in page
    assert "Invite all 500 who were not invited" in page
