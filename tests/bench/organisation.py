"""Files of an organisation of a size, as somebody would bring them from another system."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

TEAM = 8
PEOPLE_IN_UNIT = 40


def write_organisation(folder: Path, people: int) -> dict[str, Path]:
    """Units, jobs, positions and people: a tree of managers in which each has eight reports."""
    units = people // PEOPLE_IN_UNIT
    return {
        "units": write(folder, "units", ["Code", "Name", "Kind", "Parent"], unit_rows(units)),
        "jobs": write(folder, "jobs", ["Code", "Title", "Family", "Level"], job_rows()),
        "positions": write(
            folder, "positions", ["Code", "Title", "Unit", "Job"], position_rows(people)
        ),
        "people": write(
            folder,
            "people",
            ["Number", "Name", "E-mail", "Place of work", "Position", "Manager", "Starts on"],
            person_rows(people),
        ),
    }


def write(folder: Path, name: str, headers: list[str], rows: Iterable[list[str]]) -> Path:
    """One CSV file."""
    file = folder / f"{name}.csv"
    with file.open("w", newline="", encoding="utf-8") as out:
        csv.writer(out).writerows([headers, *rows])
    return file


def unit_rows(units: int) -> Iterable[list[str]]:
    """A tree of units, eight under each."""
    for number in range(units):
        kind = "Company" if number == 0 else "Department"
        parent = f"U{(number - 1) // TEAM}" if number else ""
        yield [f"U{number}", f"Unit {number}", kind, parent]


def job_rows() -> Iterable[list[str]]:
    """A few jobs."""
    for level in range(1, 6):
        yield [f"J{level}", f"Engineer {level}", "Engineering", str(level)]


def position_rows(people: int) -> Iterable[list[str]]:
    """A position for each person."""
    for number in range(1, people + 1):
        unit, job = number // PEOPLE_IN_UNIT % (people // PEOPLE_IN_UNIT), number % 5 + 1
        yield [f"P{number}", f"Engineer in post {number}", f"U{unit}", f"J{job}"]


def person_rows(people: int) -> Iterable[list[str]]:
    """The people, managers first."""
    for number in range(1, people + 1):
        manager = str((number - 2) // TEAM + 1) if number > 1 else ""
        name, email = f"Person Nº {number}", f"person{number}@example.org"
        yield [str(number), name, email, "Lisbon", f"P{number}", manager, "2024-02-29"]
