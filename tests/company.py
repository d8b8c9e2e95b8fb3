"""The cast in the test database: `company.tomas`, `company.viewer("ana")`, `company.client("leo")`.

The company is made once in a run, through actions, and rolled back; the statements that write its
rows are kept and run again for each test that asks for the fixture `company`. So a test with `db`
and one with `live_server` get the same people, and a test that does not ask finds nobody.
"""

from __future__ import annotations

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, models, transaction
from django.test import Client

from sightline.foundation.core.dates import today as day_in
from sightline.foundation.identity.models import Account
from sightline.foundation.ledger.models import SubjectKey, Waiting
from sightline.people.models import Employee, Position, Unit
from sightline.people.viewer import Viewer, viewer_as, viewer_of
from sightline.site.demo.build import build_cast
from sightline.site.demo.calendar import Calendar
from sightline.site.demo.cast import the_cast

Statements = list[tuple[str, tuple[object, ...]]]


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
def company(_insertions: Statements, request: pytest.FixtureRequest) -> Company:
    """The cast, in the database of this test (of either kind: db, or transactional_db)."""
    if "transactional_db" not in request.fixturenames and "live_server" not in request.fixturenames:
        request.getfixturevalue("db")
    elif SubjectKey.objects.exists():  # a request of the last test came to its end after that test
        call_command("flush", interactive=False, verbosity=0)
    with transaction.atomic(), connection.cursor() as cursor:
        for statement, values in _insertions:
            cursor.execute(statement, values)
    return Company()


@pytest.fixture(scope="session")
def _insertions(django_db_setup: None, django_db_blocker) -> Statements:
    """The statements that write every row which making the cast wrote."""
    with django_db_blocker.unblock():
        with transaction.atomic():
            build_cast()
            rows = {model: list(model._base_manager.all()) for model in _our_models()}
            transaction.set_rollback(True)
        with transaction.atomic(), connection.execute_wrapper(recorder := Recorder()):
            for model, written in rows.items():
                model._base_manager.bulk_create(written)
            transaction.set_rollback(True)
        _keep_numbers_free(rows)
    return recorder.statements


class Recorder:
    """Notes the insertions that go to the database."""

    def __init__(self) -> None:
        self.statements: Statements = []

    def __call__(self, execute, sql, params, many, context):
        if sql.startswith("INSERT"):
            self.statements.append((sql, params))
        return execute(sql, params, many, context)


def _our_models() -> list[type[models.Model]]:
    """Models of ours, and of the packages in which our actions write.

    Not what waits to be sequenced: the database itself notes that for each record.
    """
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.startswith(("sightline.", "allauth.")) and model is not Waiting
    ]


def _keep_numbers_free(rows: dict[type[models.Model], list[models.Model]]) -> None:
    """Let no row of a test take a number that a row of the cast has.

    PostgreSQL counts on after a rollback; SQLite has to be told.
    """
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        for model, written in rows.items():
            if written and isinstance(model._meta.pk, models.AutoField):
                table, highest = model._meta.db_table, max(row.pk for row in written)
                cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
                cursor.execute("INSERT INTO sqlite_sequence VALUES (%s, %s)", [table, highest])
