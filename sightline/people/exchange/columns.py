"""The kinds of files, and the columns of each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from sightline.foundation.exchange.columns import Column
from sightline.people.exchange.further import FURTHER
from sightline.people.models import Unit

UNITS, JOBS, POSITIONS = "units", "jobs", "positions"
RESPONSIBILITIES, PEOPLE = "responsibilities", "people"
EVERYTHING = "everything"

ORDER = (UNITS, JOBS, POSITIONS, RESPONSIBILITIES, PEOPLE)
"""Each kind may name what stands in the kinds before it."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of table. `key` columns name a row; `about` columns tell a person which row it is."""

    name: str
    label: str
    columns: tuple[Column, ...]
    about: tuple[str, ...]

    def column(self, key: str) -> Column:
        """A column by its key."""
        return next(column for column in self.columns if column.key == key)


def kind(name: str) -> Kind:
    """A kind by name, in the language of the reader."""
    return _KINDS[name]() if name in _KINDS else FURTHER[name].kind()


def kinds(name: str) -> list[Kind]:
    """The kinds that a file of this name may hold: all, or the one."""
    return [kind(one) for one in (ORDER if name == EVERYTHING else (name,))]


def label(name: str) -> str:
    """What a kind of file is called."""
    return _("the organisation") if name == EVERYTHING else kind(name).label


def unit_kinds() -> dict[str, str]:
    """The kinds of units by the word that stands in files."""
    return {str(label).casefold(): value for value, label in Unit.Kind.choices}


def _units() -> Kind:
    columns = (
        Column("code", _("Code"), ("unit", "unit code", "id"), True, example="PLAT"),
        Column("name", _("Name"), ("unit name",), True, example=_("Platform")),
        Column(
            "kind",
            _("Kind"),
            ("type", "unit kind"),
            help=", ".join(str(label) for _value, label in Unit.Kind.choices),
            example=str(Unit.Kind.DEPARTMENT.label),
        ),
        Column(
            "parent",
            _("Parent"),
            ("parent code", "parent unit", "belongs to", "under"),
            help=_("The code of the unit above. Empty at the top."),
            example="PROD",
        ),
        Column("purpose", _("Purpose"), ("description", "mission"), example=""),
    )
    return Kind(UNITS, _("units"), columns, ("name", "code"))


def _jobs() -> Kind:
    columns = (
        Column("code", _("Code"), ("job", "job code"), True, example="ENG3"),
        Column("title", _("Title"), ("name", "job title"), True, example=_("Engineer III")),
        Column("family", _("Family"), ("job family",), True, example=_("Engineering")),
        Column("level", _("Level"), ("grade",), kind="number", example="3"),
        Column("currency", _("Currency"), (), help=_("Three letters."), example="EUR"),
        Column("pay_from", _("Pays from"), ("minimum", "pay from"), kind="number", example="52000"),
        Column("pay_to", _("Pays up to"), ("maximum", "pay to"), kind="number", example="71000"),
    )
    return Kind(JOBS, _("jobs"), columns, ("title", "code"))


def _positions() -> Kind:
    columns = (
        Column("code", _("Code"), ("position", "position code"), True, example="P-118"),
        Column("title", _("Title"), ("name", "position title"), True, example=_("Staff engineer")),
        Column("unit", _("Unit"), ("unit code",), True, help=_("The unit's code."), example="PLAT"),
        Column("job", _("Job"), ("job code",), True, help=_("The job's code."), example="ENG3"),
        Column("purpose", _("Purpose"), ("description",), example=""),
    )
    return Kind(POSITIONS, _("positions"), columns, ("title", "code"))


def _responsibilities() -> Kind:
    columns = (
        Column(
            "position",
            _("Position"),
            ("position code", "code"),
            True,
            help=_("The position's code. The rows of one position replace what it had."),
            example="P-118",
        ),
        Column(
            "title", _("Responsibility"), ("title", "name"), True, example=_("Services stay up")
        ),
        Column(
            "weight",
            _("Weight %"),
            ("weight", "share"),
            True,
            kind="number",
            help=_("A whole number. Those of a position add up to 100."),
            example="100",
        ),
        Column(
            "standard",
            _("Standard of good performance"),
            ("standard", "what good looks like"),
            example=_("99.9% of the hours of a quarter"),
        ),
    )
    return Kind(RESPONSIBILITIES, _("responsibilities"), columns, ("title", "position"))


def _people() -> Kind:
    columns = (
        Column(
            "number",
            _("Number"),
            ("employee number", "personnel number", "employee id", "staff number", "id"),
            True,
            help=_("Names a person in every file; it never changes."),
            example="10443",
        ),
        Column("name", _("Name"), ("full name", "employee"), True, example="Rui Alves"),
        Column("known_as", _("Called"), ("known as", "preferred name"), example=""),
        Column("family_name", _("Family name"), ("surname", "last name"), example="Alves"),
        Column("email", _("E-mail"), ("mail", "e-mail address"), example="rui.alves@example.org"),
        Column("location", _("Place of work"), ("location", "place", "site"), example="Lisbon"),
        Column(
            "time_zone",
            _("Time zone"),
            ("timezone",),
            help=_("Such as Europe/Lisbon."),
            example="Europe/Lisbon",
        ),
        Column(
            "position",
            _("Position"),
            ("position code", "post"),
            help=_("The position's code. Whoever is new needs one."),
            example="P-118",
        ),
        Column(
            "manager",
            _("Manager"),
            ("manager number", "reports to", "supervisor", "line manager"),
            help=_("The manager's number. Empty for whoever reports to nobody."),
            example="10071",
        ),
        Column(
            "share",
            _("Share of full time %"),
            ("share", "working time", "fte"),
            kind="number",
            help=_("A whole number from 1 to 100; 100 when empty."),
            example="100",
        ),
        Column(
            "starts_on",
            _("Starts on"),
            ("start date", "first day", "hired on", "entry date", "hire date"),
            kind="day",
            help=_("The first day here. For whoever is new, the day of the import when empty."),
            example="2026-12-01",
        ),
    )
    return Kind(PEOPLE, _("people"), columns, ("name", "number"))


_KINDS: dict[str, Callable[[], Kind]] = {
    UNITS: _units,
    JOBS: _jobs,
    POSITIONS: _positions,
    RESPONSIBILITIES: _responsibilities,
    PEOPLE: _people,
}
