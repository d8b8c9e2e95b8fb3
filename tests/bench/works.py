"""Work that is measured other than by visiting a page. Each function gives its figures."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from tests.bench.figures import Figure
from tests.bench.houses import ROOT, House, company_house, fresh_house
from tests.bench.organisation import write_organisation
from tests.bench.traces import GOALS, OBJECTIVES, every_figure

WRITERS, EVENTS_EACH = 8, 500
ROWS = 10_000
FORECASTS = 100_000
DATABASES = ("SQLite", "PostgreSQL")


@dataclass(frozen=True, slots=True)
class Work:
    """Something to measure, by name."""

    name: str
    measure: Callable[[int], Iterator[Figure]]


WORKS: list[Work] = []


def work(
    name: str,
) -> Callable[[Callable[[int], Iterator[Figure]]], Callable[[int], Iterator[Figure]]]:
    """Add a function to what is measured."""

    def add(measure: Callable[[int], Iterator[Figure]]) -> Callable[[int], Iterator[Figure]]:
        WORKS.append(Work(name, measure))
        return measure

    return add


@work("ledger")
def events_by_eight_processes(size: int) -> Iterator[Figure]:
    """Writers as processes, each event in a transaction of its own, beside a sequencer."""
    for database in DATABASES:
        with fresh_house(database) as house:
            sequencer = start(house, "sequence")
            begin = time.time() + 6
            writers = [
                start(house, "write", number, EVENTS_EACH, begin) for number in range(WRITERS)
            ]
            told = [told_by(writer) for writer in writers]
            sequencer.terminate()
            sequencer.communicate()
            whole = house.sightline("verify").returncode == 0
        seconds = max(one["ended"] for one in told) - min(one["began"] for one in told)
        failed = sum(one["failed"] for one in told)
        written = WRITERS * EVENTS_EACH - failed
        if database == "PostgreSQL":
            yield Figure(
                name="ledger: events by 8 processes",
                database=database,
                size=0,
                value=written / seconds,
                budget=1000,
                unit="/s",
                more_is_better=True,
                note="" if whole else "does not verify",
            )
        else:
            yield Figure(
                name="ledger: failed writes of 8 processes",
                database=database,
                size=0,
                value=failed,
                budget=0,
                unit="failed",
                note=f"{written / seconds:,.0f} events/s" + ("" if whole else ", does not verify"),
            )


@work("import")
def ten_thousand_rows(size: int) -> Iterator[Figure]:
    """Ten thousand new people from a CSV file: the dry run, then the import."""
    for database in DATABASES:
        with fresh_house(database) as house:
            files = write_organisation(house.folder, ROWS)
            house.done("found", "Ana Ribeiro", "ana@example.org", "--number", "0")
            for kind in ("units", "jobs", "positions"):
                house.done("import", kind, files[kind], "--by", "ana@example.org")
            told = told_by(start(house, "import", files["people"]))
        shared = {"database": database, "size": ROWS}
        yield Figure(
            name="import: dry run + commit, 10,000 rows",
            value=told["dry_run_seconds"] + told["import_seconds"],
            budget=30,
            unit="s",
            note=f"dry run {told['dry_run_seconds']:.1f} s, {told['said']}",
            **shared,
        )
        yield Figure(name="import: memory", value=told["peak_mb"], budget=500, unit="MB", **shared)


@work("reports of an executive")
def reports_of_an_executive(size: int) -> Iterator[Figure]:
    """Everybody under somebody who reports to the top, in the largest company."""
    if size < 100_000:
        return
    with company_house(size) as house:
        told = told_by(start(house, "reports"))
    yield Figure(
        name="all reports of an executive",
        database="SQLite",
        size=size,
        value=told["median_ms"],
        budget=30,
        note=f"{told['people']:,} people under one of {told['company']:,}",
    )


@work("check-ins")
def check_ins(size: int) -> Iterator[Figure]:
    """A check-in with its roll-up, and ten at once under one goal, in a company of its own."""
    with company_house(200) as kept, tempfile.TemporaryDirectory(prefix="sightline-") as name:
        copied = shutil.copytree(kept.folder, Path(name) / "company")
        told = told_by(start(House(copied), "check_ins"))
    shared = {"database": "SQLite", "size": 200}
    yield Figure(
        name="check-in with roll-up",
        value=told["median_ms"],
        budget=40,
        note=f"{told['levels']} levels",
        **shared,
    )
    yield Figure(
        name="ten check-ins at once: lost or wrong",
        value=told["lost"] + (not told["is_right"]),
        budget=0,
        unit="failed",
        note=f"{told['together_ms']:.0f} ms for all ten",
        **shared,
    )


@work("forecast")
def a_hundred_thousand_forecasts(size: int) -> Iterator[Figure]:
    """The chance of 100,000 goals to be done in time, each with a course of its own."""
    from sightline.goals.rules.forecast import Course, chances

    dice = Random(7)
    courses = [
        Course(
            dice.uniform(1, 12), dice.uniform(0, 1), 0.0, dice.uniform(0, 0.05), dice.randint(1, 12)
        )
        for _ in range(FORECASTS)
    ]
    chances(courses[:100])
    begin = time.perf_counter()
    chances(courses)
    seconds = time.perf_counter() - begin
    yield Figure(
        name=f"forecast: {FORECASTS:,} goals",
        database="",
        size=0,
        value=seconds,
        budget=2,
        unit="s",
    )


@work("trace")
def the_trace_of_many_goals(size: int) -> Iterator[Figure]:
    """Where the effort of 50,000 people with 200,000 goals goes, and every figure of it."""
    told = every_figure()
    yield Figure(
        name=f"trace and unity: {GOALS:,} goals, {OBJECTIVES} objectives",
        database="",
        size=0,
        value=told["seconds"],
        budget=1.5,
        unit="s",
        note=f"{told['memory_mb']:.0f} MB",
    )


@work("line of sight: figures kept")
def figures_kept(size: int) -> Iterator[Figure]:
    """How long after a change its figures are told: the job's turn, and its work."""
    with company_house(size) as house:
        told = told_by(start(house, "keep_figures"))
    yield Figure(
        name="line of sight: figures kept within",
        database="SQLite",
        size=size,
        value=told["turn"] + told["seconds"],
        budget=5,
        unit="s",
        note=f"looked every {told['turn']} s, {told['seconds']:.2f} s of work for "
        f"{told['goals']:,} goals",
    )


@work("reviews: open a cycle")
def opening_a_cycle(size: int) -> Iterator[Figure]:
    """A cycle for everybody: reviews with items, forms, records and notices, in one job."""
    with company_house(size) as house:
        told = told_by(start(house, "open_cycle"))
    shared = {"database": "SQLite", "size": size, "unit": "s"}
    note = f"{told['reviews']:,} reviews"
    yield Figure(
        name="reviews: open a cycle for everybody",
        value=told["seconds"],
        budget=20.0 * max(1, told["reviews"] / 10_000),
        note=note,
        **shared,
    )
    yield Figure(
        name="reviews: 1,000 reviews made",
        value=told["seconds"] * 1000 / told["reviews"],
        budget=2,
        note="at the same pace",
        **shared,
    )


@work("make run")
def starts(size: int) -> Iterator[Figure]:
    """A fresh clone to its first page, and the second start."""
    done = subprocess.run([ROOT / "bin" / "time-run"], capture_output=True, text=True)
    told = dict(line.split("=") for line in done.stdout.splitlines() if "=" in line)
    for name, key, budget in (
        ("make run: fresh clone to first page", "first_seconds", 120),
        ("make run: second start", "second_seconds", 5),
    ):
        value = float(told[key]) if key in told else None
        yield Figure(name=name, database="SQLite", size=200, value=value, budget=budget, unit="s")


def start(house: House, *words: object) -> subprocess.Popen[str]:
    """One of the crew as a process of its own."""
    command = [sys.executable, "-m", "tests.bench.crew", *map(str, words)]
    return subprocess.Popen(
        command, cwd=ROOT, env=house.environment(), stdout=subprocess.PIPE, text=True
    )


def told_by(process: subprocess.Popen[str]) -> Any:
    """What one of the crew measured; its own complaint stands on the error stream."""
    output, _ = process.communicate(timeout=1800)
    if process.returncode:
        sys.exit("a benchmark did not come to its end")
    return json.loads(output)
