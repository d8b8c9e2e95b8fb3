"""What stands in the addresses of the pictures, found or made in the company of the database."""

from __future__ import annotations

from collections.abc import Callable

from sightline.decisions.models import Decision
from sightline.foundation.core.dates import today
from sightline.foundation.exchange.tables import write_csv
from sightline.goals.models import Goal
from sightline.people.exchange import steps
from sightline.people.models import Employee, Position
from sightline.people.viewer import viewer_of
from sightline.reviews.models import Cycle, Form
from sightline.site.demo.cast import the_cast


def member(key: str) -> Employee:
    """One of the cast."""
    return Employee.objects.get(number=the_cast(today())[key].history.number)


def person(key: str) -> Callable[[], list[int]]:
    """The page of one of the cast."""
    return lambda: [member(key).pk]


def position(code: str) -> Callable[[], list[int]]:
    """A position by its code."""
    return lambda: [Position.objects.get(code=code).pk]


def goal_of(key: str, title: str) -> Callable[[], list[int]]:
    """A running goal of one of the cast, by how it begins."""

    def found() -> list[int]:
        goals = Goal.objects.filter(employee=member(key), stage=Goal.Stage.AGREED)
        return [goals.get(title__startswith=title).pk]

    return found


def managers_form_about(key: str) -> Callable[[], list[int]]:
    """What the manager writes about one of the cast in the running cycle, at the behaviour."""

    def found() -> list[int]:
        forms = Form.objects.filter(review__employee=member(key), role=Form.Role.MANAGER)
        return [forms.get(review__cycle__stage=Cycle.Stage.OPEN).pk, 3]

    return found


def closed_cycle() -> list[int]:
    """The cycle that is over."""
    return [Cycle.objects.get(stage=Cycle.Stage.CLOSED).pk]


def bonus_of(key: str) -> Callable[[], list[int]]:
    """The bonus that is proposed, or was paid, to one of the cast."""
    return lambda: [Decision.objects.get(employee=member(key), kind="bonus").pk]


PEOPLE_OF_A_NEW_QUARTER = [
    ["number", "name", "e-mail", "place of work", "position", "manager", "share", "starts on"],
    ["10199", "Kofi Owusu", "kofi@larkfield.example", "Lisbon", "PLAT-FEED", "10071", 80, ""],
    ["10390", "Yusuf Demir", "yusuf@larkfield.example", "Leeds", "CARE-DAY", "10097", 100, ""],
    ["10312", "Chen Mei", "mei@larkfield.example", "Singapore", "PLAT-STAFF", "10071", 80, ""],
    ["10228", "João Costa", "joao@larkfield.example", "Lisbon", "PLAT-RELY", "10040", 100, ""],
    ["10612", "Beatriz Neves", "", "Lisbon", "PLAT-PM", "10071", 100, "2026-12-01"],
]


def import_of_a_new_quarter() -> list[int]:
    """A file that Ingrid has brought; the worker reads it."""
    viewer = viewer_of(member("ingrid").account)
    imported = steps.bring(
        by=viewer,
        kind="people",
        file_name="people-of-the-new-quarter.csv",
        data=write_csv(PEOPLE_OF_A_NEW_QUARTER[0], PEOPLE_OF_A_NEW_QUARTER[1:]),
        day=today(),
    )
    return [imported.pk]
