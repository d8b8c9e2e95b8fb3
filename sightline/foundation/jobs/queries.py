"""What pages and operators may read of jobs. Who may see it, the pages above decide."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min, Q

from sightline.foundation.core.dates import now
from sightline.foundation.jobs.models import Job, Tick, short_name
from sightline.foundation.jobs.progress import step_of
from sightline.foundation.jobs.schedule import SCHEDULES, Schedule, newest_ticks

State = Job.State


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job is."""

    state: str
    done: int
    of: int
    sentence: str

    @property
    def is_over(self) -> bool:
        """True when nothing more will be reported."""
        return self.state not in {State.WAITING, State.RUNNING}

    @property
    def has_failed(self) -> bool:
        """True when the job was given up."""
        return self.state in {State.FAILED, State.DISCARDED}


def progress_of(job_id: str | int) -> Progress | None:
    """How far the job is that `enqueue` named; None when there is no such job any more."""
    job = Job.objects.filter(pk=int(job_id)).first() if str(job_id).isdecimal() else None
    if job is None:
        return None
    step = step_of(job)
    return Progress(job.state, step.done, step.of, step.sentence)


@dataclass(frozen=True, slots=True)
class Backlog:
    """How much there is to do."""

    waiting: int
    running: int
    failed: int
    lag: timedelta
    """For how long the oldest job has been due; long means that no worker runs."""


def backlog() -> Backlog:
    """How many jobs are due, running and failed."""
    moment = now()
    due = Q(state=State.WAITING, run_after__lte=moment)
    still_open = Job.objects.filter(state__in=[State.WAITING, State.RUNNING, State.FAILED])
    found = still_open.aggregate(
        waiting=Count("pk", filter=due),
        running=Count("pk", filter=Q(state=State.RUNNING)),
        failed=Count("pk", filter=Q(state=State.FAILED)),
        oldest=Min("run_after", filter=due),
    )
    oldest = found.pop("oldest")
    return Backlog(**found, lag=moment - oldest if oldest else timedelta())


@dataclass(frozen=True, slots=True)
class Line:
    """A schedule on the timetable."""

    schedule: Schedule
    last_at: datetime | None
    last_job: Job | None
    next_at: datetime

    @property
    def name(self) -> str:
        """The task as it reads."""
        return short_name(self.schedule.name)

    @property
    def kind(self) -> str:
        """How the last run went, as a tag's kind."""
        kinds = {
            State.DONE: "good",
            State.MERGED: "good",
            State.FAILED: "bad",
            State.RUNNING: "info",
        }
        return kinds.get(State(self.last_job.state), "plain") if self.last_job else ""

    @property
    def rhythm(self) -> str:
        """How often it runs, in words."""
        return self.schedule.rhythm.sentence()


def timetable() -> list[Line]:
    """Each schedule by name, with its last and its next run."""
    newest = newest_ticks()
    return [line_of(SCHEDULES[name], newest.get(name)) for name in sorted(SCHEDULES)]


def line_of(schedule: Schedule, newest: Tick | None) -> Line:
    """One schedule's line. `last_at` is empty until it ran once."""
    job = newest.job if newest else None
    return Line(
        schedule=schedule,
        last_at=newest.at if newest and job else None,
        last_job=job,
        next_at=schedule.rhythm.next(now()),
    )


def failures(*, before: int | None = None, size: int = 50) -> list[Job]:
    """Failed jobs, newest first; `before` is the id of the last one on the page before."""
    failed = Job.objects.filter(state=State.FAILED)
    if before is not None:
        failed = failed.filter(pk__lt=before)
    return list(failed.order_by("-pk")[:size])


def job(job_id: int) -> Job | None:
    """One job, whatever its state."""
    return Job.objects.filter(pk=job_id).first()
