"""What stands in the addresses of the pictures, found or made in the company of the database."""

from __future__ import annotations

from collections.abc import Callable

from sightline.foundation.core.dates import today
from sightline.foundation.exchange.tables import write_csv
from sightline.people.exchange import steps
from sightline.people.models import Employee, Position
from sightline.people.viewer import viewer_of
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
