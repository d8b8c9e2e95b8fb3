"""What the benchmarks run in processes of their own: `python -m tests.bench.crew COMMAND`.

Each prints what it measured as one line of JSON.
"""

from __future__ import annotations

import json
import os
import resource
import statistics
import sys
import time
from argparse import Namespace
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sightline.site.settings")
django.setup()

from django.conf import settings
from django.db import DatabaseError, transaction

from sightline.foundation.ledger.events import Event, House
from sightline.foundation.ledger.record import record

SUBJECTS = 200


@dataclass(frozen=True, slots=True)
class Measured(Event):
    """What the writers write: about the size of a usual event."""

    employee: int
    text: str

    @property
    def subject(self) -> str:
        return f"employee:{self.employee}"

    def sentence(self) -> str:
        return "was measured"


def write(number: str, events: str, begin: str) -> dict[str, Any]:
    """Write events, each in its transaction, from an instant that all writers wait for."""
    record_one(int(number), 0)
    time.sleep(max(0.0, float(begin) - time.time()))
    began, failed = time.time(), 0
    for count in range(int(events)):
        try:
            record_one(int(number), count)
        except DatabaseError:
            failed += 1
    return {"began": began, "ended": time.time(), "failed": failed}


def record_one(number: int, count: int) -> None:
    """One event in one transaction."""
    about = (number * 1_000 + count) % SUBJECTS
    with transaction.atomic():
        record(Measured(about, f"a sentence of the usual length, number {count}"), by=House())


def sequence() -> dict[str, Any]:
    """Give the records their places, as a worker would beside the writers, until told to end."""
    from sightline.foundation.ledger.sequence import sequence as put_into_the_log

    while True:
        put_into_the_log()
        time.sleep(2)


def import_people(file: str) -> dict[str, Any]:
    """The dry run and the import of a file of people, as `sightline import` does them."""
    from sightline.site.commands import exchange

    options = Namespace(kind="people", file=Path(file), day=None)
    viewer = exchange.viewer_by_email("ana@example.org")
    begin = time.perf_counter()
    imported = exchange.dry_run(viewer, options, options.file.read_bytes())
    shown = time.perf_counter()
    sys.stdout = sys.stderr
    status = exchange.carry_out(viewer, imported)
    done = time.perf_counter()
    sys.stdout = sys.__stdout__
    return {
        "dry_run_seconds": shown - begin,
        "import_seconds": done - shown,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "said": f"{imported.counts.get('new')} new" if status == 0 else "it was refused",
    }


def reports() -> dict[str, Any]:
    """Everybody under one of those who report to the top: the one in the middle by size."""
    from sightline.foundation.core.dates import today
    from sightline.people.models import Employee
    from sightline.people.queries.teams import people_under
    from tests.bench.company import Company

    day = today()
    direct = Employee.objects.filter(
        assignments__in=Company().now().filter(manager=Company().top)
    ).distinct()
    by_size = sorted(direct, key=lambda one: people_under(day, one).count())
    executive = by_size[len(by_size) // 2]
    timings = []
    for _ in range(30):
        begin = time.perf_counter()
        found = list(people_under(day, executive).values_list("employee_id", flat=True))
        timings.append((time.perf_counter() - begin) * 1000)
    return {
        "median_ms": statistics.median(timings),
        "people": len(found),
        "company": Company().now().count(),
    }


def check_ins() -> dict[str, Any]:
    """Check-ins on ten goals under one: one after the other, undone; then all ten at once."""
    from tests.bench.goals import alone, at_once, ten_under_one

    parent, words = ten_under_one()
    return {"median_ms": alone(words), **at_once(parent, words)}


def keep_figures() -> dict[str, Any]:
    """The figures of the line of sight worked out anew after a change, as the job does it."""
    from sightline.foundation.core.dates import now, today
    from sightline.foundation.jobs.schedule import SCHEDULES, Every
    from sightline.goals.jobs import keep_efforts
    from sightline.goals.models import Goal, Period
    from sightline.goals.queries.effort import efforts_in, keep_up

    rhythm = next(one.rhythm for one in SCHEDULES.values() if one.task == keep_efforts)
    assert isinstance(rhythm, Every), "the figures are looked at every few seconds"

    period = Period.objects.order_by("-from_on")[0]
    efforts_in(period, today())
    goal = Goal.objects.filter(period=period).order_by("pk")[0]
    Goal.objects.filter(pk=goal.pk).update(changed_at=now())
    begin = time.perf_counter()
    found = keep_up(today())
    seconds = time.perf_counter() - begin
    Goal.objects.filter(pk=goal.pk).update(changed_at=goal.changed_at)
    goals = Goal.objects.count()
    return {"turn": rhythm.seconds, "seconds": seconds, "kept": found, "goals": goals}


def open_cycle() -> dict[str, Any]:
    """A review cycle for everybody, made by the job's own work, and taken back afterwards."""
    from datetime import timedelta

    from sightline.people.viewer import viewer_of
    from sightline.reviews.actions import cycles, opening
    from sightline.reviews.models import Cycle, TemplateVersion
    from tests.bench.company import Company

    viewer = viewer_of(Company().administrator)
    assert viewer is not None, "the administrator works here"
    today = viewer.today
    with transaction.atomic():
        plan = cycles.Plan(
            name="Measured",
            version=TemplateVersion.objects.order_by("pk")[0],
            period_from_on=today - timedelta(days=180),
            period_until_on=today,
            days={"self": (today, today + timedelta(days=14))},
        )
        cycle = cycles.try_out(by=viewer, cycle=cycles.plan_cycle(by=viewer, plan=plan))
        cycle = cycles.open_cycle(by=viewer, cycle=cycle)
        begin = time.perf_counter()
        made = opening.make_reviews(by=House(), cycle=cycle, report=lambda *_step: None)
        seconds = time.perf_counter() - begin
        assert Cycle.objects.get(pk=cycle.pk).ready_at, "all reviews are made"
        transaction.set_rollback(True)
    return {"seconds": seconds, "reviews": made}


def pages(size: str, only: str) -> list[dict[str, Any]]:
    """The figures of the pages."""
    from sightline.site.commands.prepare import collect_static_files
    from tests.bench.company import Company
    from tests.bench.pages import measure

    settings.ROOT_URLCONF = "tests.bench.urls"
    sys.stdout = sys.stderr
    collect_static_files()
    figures = [asdict(figure) for figure in measure(Company(), int(size), only)]
    sys.stdout = sys.__stdout__
    return figures


COMMANDS = {
    "write": write,
    "sequence": sequence,
    "import": import_people,
    "reports": reports,
    "check_ins": check_ins,
    "open_cycle": open_cycle,
    "keep_figures": keep_figures,
    "pages": pages,
}

if __name__ == "__main__":
    print(json.dumps(COMMANDS[sys.argv[1]](*sys.argv[2:])))
