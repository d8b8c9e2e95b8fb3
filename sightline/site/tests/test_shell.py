"""What stands around a page for the one who looks at it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.utils import translation

from sightline.people.models import Employee, Role
from sightline.people.viewer import Viewer
from sightline.site import shell
from sightline.site.navigation import NAVIGATION

ANA = Viewer(
    account=None,
    employee=Employee(pk=7, name="Ana Ribeiro", email="ana@example.org"),
    today=None,
    roles=frozenset(),
    units_led=(),
    units_partnered=(),
    is_employed=True,
    has_reports=False,
)


@pytest.fixture
def around(rf):
    """The shell of a page as somebody sees it."""

    def made(path="/", viewer=ANA, **cookies):
        request = rf.get(path)
        request.COOKIES |= cookies
        if viewer:
            request.viewer = viewer
        return shell.shell_of(request)

    return made


def labels(made):
    return {entry.label for section in made.sections for entry in section.entries}


def current(made):
    return [
        entry.label for section in made.sections for entry in section.entries if entry.is_current
    ]


def test_nobody_signed_in_sees_no_navigation(around):
    assert around(viewer=None).sections == ()


def test_an_employee_without_reports_or_roles_sees_neither_team_nor_administration(around):
    made = around()
    assert "My team" not in labels(made)
    assert "Operations" not in labels(made)
    assert {"Home", "My page", "People", "Organisation chart"} <= labels(made)


def test_a_manager_sees_the_team(around):
    assert "My team" in labels(around(viewer=replace(ANA, has_reports=True)))


@pytest.mark.parametrize("role", Role)
def test_operations_are_for_system_administrators_alone(around, role):
    seen = "Operations" in labels(around(viewer=replace(ANA, roles=frozenset([role]))))
    assert seen == (role == Role.SYSTEM_ADMINISTRATOR)


def test_an_auditor_from_outside_sees_the_ledger_and_no_people(around):
    outsider = replace(ANA, is_employed=False, roles=frozenset([Role.AUDITOR]))
    made = around(viewer=outsider)
    assert "Ledger" in labels(made)
    assert "People" not in labels(made)
    assert [place.label for place in made.places] == ["Home"]


def test_a_section_without_a_place_is_left_out(around):
    assert [section.title for section in around().sections] == ["You", "Organisation"]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/", ["Home"]),
        ("/people/", ["People"]),
        ("/people/8/", ["People"]),
        ("/people/7/", ["My page"]),
        ("/people/7/history/", ["My page"]),
        ("/chart/7/", ["Organisation chart"]),
        ("/search/", []),
    ],
)
def test_the_place_of_the_page_is_marked_and_only_that(around, path, expected):
    assert current(around(path)) == expected


def test_the_bar_at_the_bottom_has_four_places_with_short_words(around):
    words = [place.label for place in around().places]
    assert words == ["Home", "Goals", "Talks", "Reviews"]
    assert max(map(len, words)) <= 8


def test_the_theme_is_the_cookies_when_it_is_one(around):
    assert around(theme="dark").theme == "dark"
    assert around(theme="<b>").theme == ""


def test_the_direction_is_the_languages(around):
    with translation.override("ar"):
        assert around().direction == "rtl"
    assert around().direction == "ltr"


def test_every_place_has_an_icon():
    from sightline.foundation.ui.icons import icon

    assert all(icon(place.icon) for _title, places in NAVIGATION for place in places)


def test_templates_of_reviews_belong_to_review_cycles(around):
    hr = replace(ANA, roles=frozenset([Role.HR_ADMINISTRATOR]))
    assert current(around("/reviews/templates/", viewer=hr)) == ["Review cycles"]
    assert current(around("/reviews/", viewer=hr)) == ["Reviews"]
