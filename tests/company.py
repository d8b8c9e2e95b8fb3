"""The cast in the test database: `company.tomas`, `company.viewer("ana")`, `company.client("leo")`.

The company is made once in a run, through actions, and rolled back; its rows are kept and put into
the database of each test that asks for the fixture `company`. So a test with `db` and one with
`live_server` get the same people, and a test that does not ask finds the database empty.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import connection, models, transaction
from django.test import Client

from sightline.foundation.core.dates import today as day_in
from sightline.foundation.identity.models import Account
from sightline.people.models import Employee, Position, Unit
from sightline.people.viewer import Viewer, viewer_as, viewer_of
from sightline.site.demo.build import build_cast
from sightline.site.demo.calendar import Calendar
from sightline.site.demo.cast import the_cast

Rows = list[tuple[type[models.Model], list[dict[str, object]]]]


class Company:
    """A small company that everybody on the project knows by name; see sightline/site/demo/cast.py.

    People are attributes by key (`company.tomas`), units and positions stand in dictionaries by
    code (`company.units["PLAT"]`, `company.positions["PLAT-IMPORT"]`).
    """

    def __init__(self) -> None:
        self.today = day_in()
        self.calendar = Calendar(self.today)
        by_number = {one.number: one for one in Employee.objects.select_related("account")}
        self.people: dict[str, Employee] = {
            key: by_number[member.history.number] for key, member in the_cast(self.today).items()
        }
        self.units = {unit.code: unit for unit in Unit.objects.all()}
        self.positions = {one.code: one for one in Position.objects.select_related("unit", "job")}

    def __getattr__(self, key: str) -> Employee:
        try:
            return self.__dict__["people"][key]
        except KeyError:
            raise AttributeError(f"nobody in the cast is called {key}") from None

    def account(self, key: str) -> Account:
        """The account of one of the cast."""
        account = self.people[key].account
        assert account is not None, f"{key} has no account"
        return account

    def viewer(self, key: str) -> Viewer:
        """One of the cast as a viewer, as a request of theirs would find it."""
        employee = self.people[key]
        viewer = viewer_of(employee.account) if employee.account else viewer_as(employee)
        assert viewer is not None, f"{key} has left"
        return viewer

    def client(self, key: str) -> Client:
        """A client in which one of the cast is signed in."""
        client = Client()
        client.force_login(self.account(key))
        return client


@pytest.fixture
def company(_rows_of_the_cast: Rows, request: pytest.FixtureRequest) -> Company:
    """The cast, in the database of this test (of either kind: db, or transactional_db)."""
    if "transactional_db" not in request.fixturenames and "live_server" not in request.fixturenames:
        request.getfixturevalue("db")
    with transaction.atomic():
        for model, rows in _rows_of_the_cast:
            model._base_manager.bulk_create([model(**row) for row in rows], batch_size=500)
    return Company()


@pytest.fixture(scope="session")
def _rows_of_the_cast(django_db_setup: None, django_db_blocker) -> Rows:
    """Every row that making the cast writes."""
    with django_db_blocker.unblock():
        with transaction.atomic():
            build_cast()
            rows = [(model, list(_values(model))) for model in _written_models()]
            transaction.set_rollback(True)
        _keep_numbers_free(rows)
    return [(model, values) for model, values in rows if values]


def _written_models() -> list[type[models.Model]]:
    """Models of ours, and of the packages in which our actions write."""
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.startswith(("sightline.", "allauth."))
    ]


def _values(model: type[models.Model]) -> Iterator[dict[str, object]]:
    names = [field.attname for field in model._meta.concrete_fields]
    return iter(model._base_manager.values(*names))


def _keep_numbers_free(rows: Rows) -> None:
    """Let no row of a test take a number that a row of the cast has.

    PostgreSQL counts on after a rollback; SQLite has to be told.
    """
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        for model, values in rows:
            key = model._meta.pk
            if values and isinstance(key, models.AutoField | models.BigAutoField):
                table, highest = model._meta.db_table, max(row[key.attname] for row in values)
                cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
                cursor.execute("INSERT INTO sqlite_sequence VALUES (%s, %s)", [table, highest])
