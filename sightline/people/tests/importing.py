"""A house with one HR administrator, and the way files take into it; for the tests of imports."""

from __future__ import annotations

from datetime import date

from sightline.foundation.core.spans import FOREVER
from sightline.foundation.exchange.models import Import, unpacked
from sightline.foundation.exchange.tables import Table, write_csv, write_xlsx
from sightline.foundation.identity.models import Account
from sightline.foundation.jobs.testing import run_waiting_jobs
from sightline.foundation.ledger.models import Record
from sightline.people.actions.founding import found_organisation
from sightline.people.exchange import steps
from sightline.people.exchange.columns import kind
from sightline.people.models import (
    Assignment,
    DottedLine,
    Employee,
    Employment,
    Job,
    Leave,
    Pay,
    Position,
    ReportingLine,
    Responsibility,
    Role,
    RoleGrant,
    Unit,
    UnitLine,
    UnitPlacement,
)
from sightline.people.viewer import Viewer, viewer_of

DAY = date(2026, 11, 1)

UNITS = [
    ["code", "name", "kind", "parent"],
    ["ACME", "Acme", "Company", ""],
    ["PROD", "Production", "Division", "ACME"],
    ["PLAT", "Platform", "Team", "PROD"],
    ["SALES", "Sales", "Department", "ACME"],
]
JOBS = [
    ["code", "title", "family", "level", "currency", "pays from", "pays up to"],
    ["ENG3", "Engineer III", "Engineering", 3, "EUR", 52000, 71000],
    ["MGR", "Manager", "Management", 4, "", "", ""],
]
POSITIONS = [
    ["code", "title", "unit", "job", "purpose"],
    ["P-1", "Managing director", "ACME", "MGR", "The whole"],
    ["P-2", "Head of Platform", "PLAT", "MGR", ""],
    ["P-3", "Staff engineer", "PLAT", "ENG3", ""],
    ["P-4", "Engineer", "PLAT", "ENG3", ""],
    ["P-5", "Head of Sales", "SALES", "MGR", ""],
]
DUTIES = [
    ["position", "responsibility", "weight %", "standard"],
    ["P-3", "Services stay up", 60, "99.9%"],
    ["P-3", "Others learn", 40, ""],
]
PEOPLE = [
    ["number", "name", "e-mail", "position", "manager", "share", "starts on"],
    ["10001", "Vera Dahl", "vera@example.org", "P-1", "", 100, "2015-01-01"],
    ["10002", "Ana Ribeiro", "ana@example.org", "P-2", "10001", 100, "2018-05-01"],
    ["10003", "Mei Chen", "mei@example.org", "P-3", "10002", 100, "2020-09-01"],
    ["10004", "Rui Alves", "rui@example.org", "P-4", "10002", 80, "2021-02-15"],
    ["10005", "Ingrid Berg", "ingrid@example.org", "P-5", "10001", 100, "2019-03-01"],
]
SHEETS = {
    "units": UNITS,
    "jobs": JOBS,
    "positions": POSITIONS,
    "responsibilities": DUTIES,
    "people": PEOPLE,
}


def found() -> Viewer:
    """An organisation with nobody but its founder, who signs in."""
    account = Account.objects.create_user("hr@example.org", None, name="Hanna Rolf")
    founder = {"number": "1", "name": "Hanna Rolf", "email": "hr@example.org"}
    found_organisation(**founder, on=date(2010, 1, 1), account=account)
    return seen(account)


def seen(account: Account) -> Viewer:
    """The viewer behind an account."""
    viewer = viewer_of(account)
    assert viewer is not None
    return viewer


def partner(unit: str, number: str = "2") -> Viewer:
    """A people partner of a unit, who signs in."""
    account = Account.objects.create_user(f"partner{number}@example.org", None)
    person = Employee.objects.create(number=number, name="Paula Prado", account=account)
    RoleGrant.objects.create(
        employee=person,
        role=Role.PEOPLE_PARTNER,
        unit=Unit.objects.get(code=unit),
        from_on=date(2010, 1, 1),
        until_on=FOREVER,
    )
    return seen(account)


def csv(lines: list[list]) -> bytes:
    """A CSV file with these lines, the first its header."""
    return write_csv(lines[0], lines[1:])


def workbook(sheets: dict[str, list[list]] = SHEETS) -> bytes:
    """An XLSX file with a sheet for each kind."""
    return write_xlsx(*(Table(kind(k).label, ls[0], ls[1:]) for k, ls in sheets.items()))


def bring(by: Viewer, kind: str, data: bytes, *, name: str = "file.csv", **options) -> Import:
    """Bring a file and have it read."""
    options.setdefault("day", DAY)
    imported = steps.bring(by=by, kind=kind, file_name=name, data=data, **options)
    return worked(imported)


def worked(imported: Import) -> Import:
    """The import once its job has run."""
    run_waiting_jobs()
    imported.refresh_from_db()
    return imported


def carry_out(by: Viewer, kind: str, data: bytes, **options) -> Import:
    """Bring a file and import it."""
    imported = bring(by, kind, data, **options)
    assert not imported.errors, imported.errors
    assert imported.state == Import.State.DRY_RUN, imported.notes
    steps.ask_import(by=by, imported=imported)
    imported = worked(imported)
    assert imported.state == Import.State.IMPORTED, imported.notes
    return imported


def undo(by: Viewer, imported: Import) -> Import:
    """Take an import back."""
    steps.ask_undo(by=by, imported=imported)
    return worked(imported)


def settle(by: Viewer) -> Import:
    """Import the whole small company."""
    return carry_out(by, "everything", workbook(), name="company.xlsx")


def changed(lines: list[list], number: str, column: str, value: object) -> list[list]:
    """The lines with one cell of one row rewritten."""
    place = lines[0].index(column)
    return [
        [value if line[0] == number and index == place else cell for index, cell in enumerate(line)]
        for line in lines
    ]


def people(*rows: tuple[str, str, object]) -> list[list]:
    """The people of the company with some cells rewritten: (number, column, value)."""
    lines = PEOPLE
    for row in rows:
        lines = changed(lines, *row)
    return lines


def entries(imported: Import) -> list[tuple]:
    """What the dry run shows: (act, key, {column: (before, after)})."""
    return [
        (act, key, {column: (before, after) for column, before, after in fields})
        for _kind, act, key, _name, _row, fields in unpacked(imported.plan)
    ]


def sentences(imported: Import) -> list[tuple]:
    """What is wrong: (row, column, sentence)."""
    return [(e.row, e.column.rpartition(".")[2], e.sentence) for e in imported.cell_errors]


def wrong(by: Viewer, lines: list[list], kind: str = "people", **options) -> list[tuple]:
    """What is wrong in a file with these lines."""
    return sentences(bring(by, kind, csv(lines), **options))


ALL = (
    *(Unit, UnitPlacement, UnitLine, Job, Position, Responsibility, Employee, Employment),
    *(Assignment, ReportingLine, Leave, Pay, RoleGrant, DottedLine),
)


def everything():
    """Every row of the organisation; lines without their keys, for they are drawn anew."""
    lines = (UnitLine, ReportingLine)
    return {
        model: {
            tuple(sorted((k, v) for k, v in row.items() if k != "id" or model not in lines))
            for row in model.objects.values()
        }
        for model in ALL
    }


def kinds():
    return list(Record.objects.order_by("pk").values_list("kind", flat=True))
