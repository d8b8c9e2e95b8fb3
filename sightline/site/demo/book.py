"""The book of the demo company: what its units, jobs, posts and competencies are, in words.

The words stand in `company/*.toml`, one file a division; nothing in them depends on dates, on
chance or on who holds a post.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from sightline.people.actions.posts import Duty

COMPANY = "Larkfield"
DOMAIN = "larkfield.example"
CURRENCY = "EUR"


@dataclass(frozen=True, slots=True)
class BookedCompetency:
    """A competency and what one sees at each of its levels."""

    code: str
    name: str
    definition: str
    core: bool
    levels: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class BookedJob:
    """A job, what it pays a year, and the levels of competencies it asks for."""

    code: str
    title: str
    family: str
    level: int
    pays: tuple[Decimal, Decimal]
    needs: dict[str, int]


@dataclass(frozen=True, slots=True)
class BookedPost:
    """A kind of post in a unit, with as many seats as people do the same work.

    It is in one of the places of the unit, unless it names its own. One that is `only_here` is not
    found in further houses of a larger company.
    """

    code: str
    title: str
    unit: str
    job: str
    purpose: str
    duties: tuple[Duty, ...]
    seats: int = 1
    leads: bool = False
    vacant: bool = False
    places: tuple[str, ...] = ()
    only_here: bool = False

    @property
    def codes(self) -> list[str]:
        """The codes of all seats: the first has the code of the post, the others are counted on."""
        return [self.code, *(f"{self.code}-{number}" for number in range(2, self.seats + 1))]


@dataclass(frozen=True, slots=True)
class BookedUnit:
    """A unit and where it stands; most of its people work in one of its places."""

    code: str
    name: str
    kind: str
    parent: str
    purpose: str
    places: tuple[str, ...]
    posts: tuple[BookedPost, ...]


@dataclass(frozen=True, slots=True)
class Book:
    """All of it, in the order of the files: a unit comes after the one it stands under.

    `larger` holds what only a company of several houses has.
    """

    competencies: dict[str, BookedCompetency]
    jobs: dict[str, BookedJob]
    units: dict[str, BookedUnit]
    larger: dict[str, BookedUnit]

    @property
    def posts(self) -> dict[str, BookedPost]:
        """Every kind of post by its code."""
        return {post.code: post for unit in self.units.values() for post in unit.posts}


DIVISIONS = (
    "office",
    "technology",
    "products",
    "customers",
    "partners",
    "finance",
    "people",
)


@cache
def read_book() -> Book:
    """The book, read once."""
    jobs = toml("jobs")
    competencies = [_competency(row) for row in toml("competencies")["competency"]]
    units = [_unit(row) for name in DIVISIONS for row in toml(name)["unit"]]
    return Book(
        competencies={competency.code: competency for competency in competencies},
        jobs={row["code"]: _job(row) for row in jobs["job"]},
        units={unit.code: unit for unit in units},
        larger={row["code"]: _unit(row) for row in toml("larger")["unit"]},
    )


def toml(name: str) -> dict[str, Any]:
    """One of the files of the book."""
    return tomllib.loads((files(__package__) / "company" / f"{name}.toml").read_text("utf-8"))


def _competency(row: dict[str, Any]) -> BookedCompetency:
    return BookedCompetency(
        code=row["code"],
        name=row["name"],
        definition=row["definition"],
        core=row.get("core", False),
        levels=tuple((level["name"], level["seen"]) for level in row["level"]),
    )


def _job(row: dict[str, Any]) -> BookedJob:
    low, high = row["pays"]
    return BookedJob(
        code=row["code"],
        title=row["title"],
        family=row["family"],
        level=row["level"],
        pays=(Decimal(low), Decimal(high)),
        needs=row["needs"],
    )


def _unit(row: dict[str, Any]) -> BookedUnit:
    return BookedUnit(
        code=row["code"],
        name=row["name"],
        kind=row["kind"],
        parent=row.get("under", ""),
        purpose=row["purpose"],
        places=tuple(row["places"]),
        posts=tuple(_post(row["code"], post) for post in row.get("post", [])),
    )


def _post(unit: str, row: dict[str, Any]) -> BookedPost:
    return BookedPost(
        code=f"{unit}-{row['code']}",
        title=row["title"],
        unit=unit,
        job=row["job"],
        purpose=row["purpose"],
        duties=tuple(_duty(duty) for duty in row["duty"]),
        seats=row.get("seats", 1),
        leads=row.get("leads", False),
        vacant=row.get("vacant", False),
        places=tuple(row.get("places", ())),
        only_here=row.get("only_here", False),
    )


def _duty(row: dict[str, Any]) -> Duty:
    return Duty(title=row["what"], standard=row["good"], weight_percent=row["weight"])
