"""A public data set of real shape, as files that Sightline imports.

The package `peopleanalyticsdata` (MIT) carries the data of the *Handbook of Regression Modeling in
People Analytics*. Its table `managers` has 571 people of one company with city, years employed,
size of the group, customers, reduced schedule and performance group, and no names: it was made
anonymous before it was published.

    python -m tests.realdata FILE.xlsx     writes the workbook for an import of the organisation

What the data has is taken as it is. What an organisation needs and the data lacks is made by rules
that always give the same:

names       from two short lists, by the place of the row
units       the company, a department for each city, a team for each manager of managers
posts       one a person, with what the data says of it as responsibilities (customers, group)
managers    in each city the longest-serving leads; the next, by years, are given to those before
            them, as many to each as the size of his group says. The longest-serving of all leads
            the company, to whom the heads of the cities report.
first days  the years employed, counted back from the first of January 2026

The package is read as files: importing it would ask for pandas.
"""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from importlib.metadata import distribution
from itertools import product
from pathlib import Path

COUNTED_FROM = date(2026, 1, 1)
COMPANY = "Meridian Supply"
PEOPLE = [
    "number", "name", "e-mail", "place of work", "time zone", "position", "manager", "share",
    "starts on",
]  # fmt: skip
ZONES = {
    "Toronto": "America/Toronto",
    "New York": "America/New_York",
    "Chicago": "America/Chicago",
    "San Francisco": "America/Los_Angeles",
    "Houston": "America/Chicago",
    "Orlando": "America/New_York",
}
GIVEN = (
    "Aaron", "Bianca", "Carlos", "Dalia", "Emeka", "Farah", "Gustav", "Hana", "Ivan", "Jolene",
    "Kenji", "Lucía", "Malik", "Noor", "Olga", "Paulo", "Quinn", "Rosa", "Samir", "Teresa",
    "Umar", "Vera", "Wanjiru", "Xavier",
)  # fmt: skip
FAMILY = (
    "Abbott", "Barros", "Chen", "Dubois", "Eriksen", "Fontaine", "Gupta", "Haddad", "Ibarra",
    "Jansen", "Kowalski", "Lindqvist", "Moreau", "Nakamura", "Okafor", "Petrov", "Qureshi",
    "Rossi", "Silva", "Tanaka", "Ueda", "Vargas", "Weber", "Yilmaz",
)  # fmt: skip


@dataclass(eq=False)
class Person:
    """A row of the data, and the place that it is given."""

    number: str
    name: str
    city: str
    years: float
    group: int
    customers: int
    is_reduced: bool
    performance: str
    manager: Person | None = None
    reports: list[Person] = field(default_factory=list)

    @property
    def starts_on(self) -> date:
        """The first day here."""
        return COUNTED_FROM - timedelta(days=round(self.years * 365.25))

    @property
    def leads_a_team(self) -> bool:
        """Whether there is a team of this person's: of those who report to the head of a city."""
        head = self.manager
        return bool(self.reports and head and head.manager and not head.manager.manager)

    @property
    def unit(self) -> str:
        """The code of the unit that the post stands in."""
        if self.manager is None:
            return "ALL"
        leader = self
        while leader.manager and not leader.leads_a_team:
            leader = leader.manager
        return f"T-{leader.number}" if leader.leads_a_team else code_of(self.city)


def rows() -> list[dict[str, str]]:
    """The table as it was published."""
    path = distribution("peopleanalyticsdata").locate_file("peopleanalyticsdata/data/managers.csv")
    with Path(str(path)).open(newline="") as file:
        return list(csv.DictReader(file))


def people() -> list[Person]:
    """Everybody, each with manager and reports."""
    names = [f"{given} {family}" for family, given in product(FAMILY, GIVEN)]
    found = [
        Person(
            number=row["employee_id"],
            name=name,
            city=row["city"],
            years=float(row["yrs_employed"]),
            group=int(row["group_size"]),
            customers=int(row["customers"]),
            is_reduced=row["reduced_schedule"] == "Y",
            performance=row["performance_group"],
        )
        for row, name in zip(rows(), names, strict=False)
    ]
    first, *rest = sorted(found, key=lambda one: (-one.years, one.number))
    for city in ZONES:
        head, *others = [one for one in rest if one.city == city]
        put_under(first, [head])
        give_reports(head, others)
    return found


def give_reports(head: Person, others: Iterable[Person]) -> None:
    """Hand people out from the top down: to each as many as the group is large."""
    waiting = deque(others)
    leaders = deque([head])
    while waiting:
        leader = leaders.popleft()
        group = [waiting.popleft() for _ in range(min(leader.group, len(waiting)))]
        put_under(leader, group)
        leaders += group


def put_under(manager: Person, group: list[Person]) -> None:
    """Let these report to somebody."""
    manager.reports += group
    for one in group:
        one.manager = manager


def code_of(city: str) -> str:
    """A city as the code of its unit: "New York" → NEW-YORK."""
    return city.upper().replace(" ", "-")


def sheets() -> dict[str, list[list[object]]]:
    """The tables of an import of the organisation, each with its header, by kind."""
    everybody = people()
    return {
        "units": units(everybody),
        "jobs": [
            ["code", "title", "family", "level"],
            ["MD", "Managing director", "Management", 4],
            ["CITY", "City manager", "Management", 3],
            ["LEAD", "Group manager", "Management", 2],
            ["MGR", "Manager", "Management", 1],
        ],
        "positions": [
            ["code", "title", "unit", "job"],
            *([f"P-{one.number}", title(one), one.unit, job(one)] for one in everybody),
        ],
        "responsibilities": [
            ["position", "responsibility", "weight %", "standard"],
            *(row for one in everybody for row in duties(one)),
        ],
        "people": [PEOPLE, *(person_row(one) for one in everybody)],
    }


def person_row(one: Person) -> list[object]:
    """A person as a row of the file."""
    about = {
        "number": one.number,
        "name": one.name,
        "e-mail": f"{one.number}@example.org",
        "place of work": one.city,
        "time zone": ZONES[one.city],
        "position": f"P-{one.number}",
        "manager": one.manager.number if one.manager else "",
        "share": 80 if one.is_reduced else 100,
        "starts on": one.starts_on.isoformat(),
    }
    return [about[name] for name in PEOPLE]


def units(everybody: list[Person]) -> list[list[object]]:
    """The company, the cities, the teams."""
    teams = [one for one in everybody if one.leads_a_team]
    return [
        ["code", "name", "kind", "parent"],
        ["ALL", COMPANY, "Company", ""],
        *([code_of(city), city, "Department", "ALL"] for city in ZONES),
        *([f"T-{one.number}", f"Team {one.name}", "Team", code_of(one.city)] for one in teams),
    ]


def job(one: Person) -> str:
    """The code of a person's job."""
    if one.manager is None:
        return "MD"
    if one.manager.manager is None:
        return "CITY"
    return "LEAD" if one.reports else "MGR"


def title(one: Person) -> str:
    """What a person's post is called."""
    words = {"MD": "Managing director", "CITY": "City manager", "LEAD": "Group manager"}
    return words.get(job(one), "Manager")


def duties(one: Person) -> list[list[object]]:
    """What a post is there for, in the figures of the data."""
    code = f"P-{one.number}"
    return [
        [code, "Customers are looked after", 60, f"{one.customers} customers, each heard monthly"],
        [code, "The group works well", 40, f"{one.group} people, each with goals of their own"],
    ]
