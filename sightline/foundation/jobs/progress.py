"""How far a job is, told while it runs and read by a page that polls.

`report` only notes it in memory: the worker's keeper thread writes it twice a second at most. So a
job may report as often as it likes, and in the midst of its own transaction. On SQLite, where that
transaction holds the only write lock, the keeper writes a small file beside the database instead;
the row gets the last word when the job ends.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection

from sightline.foundation.jobs.claims import held
from sightline.foundation.jobs.models import Job


@dataclass(frozen=True, slots=True)
class Step:
    """So much is done, of so much, and what is being done."""

    done: int = 0
    of: int = 0
    sentence: str = ""


class Reporter:
    """Takes a job's reports and writes the newest one.

    `at_once`: in the job's own thread with each report, for tests.
    """

    def __init__(self, job: Job, *, at_once: bool = False) -> None:
        self.job = job
        self.at_once = at_once
        self._newest = Step()
        self._written = Step()

    def note(self, step: Step) -> None:
        """Remember the newest step."""
        self._newest = step
        if self.at_once:
            self.write()

    def write(self) -> None:
        """Write the newest step where pages find it; nothing when it is there already."""
        newest = self._newest
        if newest == self._written:
            return
        if in_file() and not self.at_once:
            write_file(self.job.pk, newest)
        else:
            self.write_row(newest)
        self._written = newest

    def close(self) -> None:
        """The run is over: the row gets the last word."""
        if self._newest != Step():
            self.write_row(self._newest)
        if in_file():
            file_of(self.job.pk).unlink(missing_ok=True)

    def write_row(self, step: Step) -> None:
        """Write a step into the job's row, while the job is ours."""
        held(self.job).update(
            progress_done=step.done, progress_of=step.of, progress_sentence=step.sentence[:300]
        )


_reporter: ContextVar[Reporter | None] = ContextVar("reporter", default=None)


def report(done: int, of: int, sentence: str = "") -> None:
    """Say how far the running job is. Cheap; does nothing outside a job."""
    if reporter := _reporter.get():
        reporter.note(Step(max(done, 0), max(of, 0), sentence))


@contextmanager
def reporting(reporter: Reporter) -> Iterator[None]:
    """Give the job's body somewhere to report to."""
    token = _reporter.set(reporter)
    try:
        yield
    finally:
        _reporter.reset(token)


def step_of(job: Job) -> Step:
    """The newest step of a job, wherever it stands."""
    if job.state == Job.State.RUNNING and in_file() and (step := read_file(job.pk)):
        return step
    return Step(job.progress_done, job.progress_of, job.progress_sentence)


def in_file() -> bool:
    """True where a second connection could not write while the job's own transaction is open."""
    name = str(connection.settings_dict["NAME"])
    return connection.vendor == "sqlite" and ":memory:" not in name and "mode=memory" not in name


def file_of(job_id: int) -> Path:
    """Where a running job's progress stands on SQLite."""
    return Path(settings.VAR_DIR) / "progress" / f"{job_id}.json"


def write_file(job_id: int, step: Step) -> None:
    """Write a step so that a reader sees the old one or the new one, never half of it."""
    path = file_of(job_id)
    path.parent.mkdir(exist_ok=True)
    fresh = path.with_suffix(f".{os.getpid()}")
    fresh.write_text(json.dumps(asdict(step)))
    fresh.replace(path)


def read_file(job_id: int) -> Step | None:
    """The step in a job's file, if there is one."""
    with suppress(OSError, ValueError, TypeError):
        return Step(**json.loads(file_of(job_id).read_text()))
    return None


def clear_files(before: datetime) -> None:
    """Remove what killed workers left behind."""
    for path in (Path(settings.VAR_DIR) / "progress").glob("*"):
        if path.stat().st_mtime < before.timestamp():
            path.unlink(missing_ok=True)
