"""Tasks that run by the clock.

    @schedule.every(seconds=5)
    @task
    def sign_new_records() -> None: ...

A tick is a row, unique by schedule and time, written with its job in one transaction: two workers
never double it. After a pause only the newest missed tick runs. A schedule never overlaps itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import reduce
from operator import or_
from typing import Any, Protocol, TypeVar

from django.db import IntegrityError, transaction
from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_tasks.base import Task

from sightline.foundation.core.dates import now
from sightline.foundation.jobs import wake
from sightline.foundation.jobs.models import MAX_ATTEMPTS, Job, Tick

AnyTask = TypeVar("AnyTask", bound=Task[Any, Any])


class Rhythm(Protocol):
    """When a schedule is due."""

    def latest(self, moment: datetime) -> datetime:
        """The last time it was due, at this moment or before."""

    def next(self, moment: datetime) -> datetime:
        """The first time it is due after this moment."""

    def sentence(self) -> str:
        """How it reads on the timetable."""


@dataclass(frozen=True, slots=True)
class Every:
    """Each so many seconds, counted from midnight of 1 January 1970 UTC."""

    seconds: int

    def latest(self, moment: datetime) -> datetime:
        count = int(moment.timestamp()) // self.seconds
        return datetime.fromtimestamp(count * self.seconds, UTC)

    def next(self, moment: datetime) -> datetime:
        return self.latest(moment) + timedelta(seconds=self.seconds)

    def sentence(self) -> str:
        if self.seconds % 3600 == 0:
            count = self.seconds // 3600
            text = ngettext("every hour", "every %(count)d hours", count)
        elif self.seconds % 60 == 0:
            count = self.seconds // 60
            text = ngettext("every minute", "every %(count)d minutes", count)
        else:
            count = self.seconds
            text = ngettext("every second", "every %(count)d seconds", count)
        return text % {"count": count}


@dataclass(frozen=True, slots=True)
class Daily:
    """Once a day at a time of the installation's time zone."""

    at: time

    def latest(self, moment: datetime) -> datetime:
        due = self.on_day_of(moment, 0)
        return due if due <= moment else self.on_day_of(moment, -1)

    def next(self, moment: datetime) -> datetime:
        due = self.on_day_of(moment, 0)
        return due if due > moment else self.on_day_of(moment, 1)

    def on_day_of(self, moment: datetime, days: int) -> datetime:
        """When it is due so many days after the local day of a moment."""
        zone = timezone.get_default_timezone()
        day = moment.astimezone(zone).date() + timedelta(days=days)
        return datetime.combine(day, self.at, zone).astimezone(UTC)

    def sentence(self) -> str:
        return _("every day at %(time)s") % {"time": self.at.strftime("%H:%M")}


@dataclass(frozen=True, slots=True)
class Schedule:
    """A task and its rhythm."""

    task: Task[Any, Any]
    rhythm: Rhythm

    @property
    def name(self) -> str:
        """How ticks name the schedule."""
        return self.task.module_path

    @property
    def key(self) -> str:
        """The key of its jobs: a run does the work of all ticks that wait."""
        return f"schedule:{self.name}"


SCHEDULES: dict[str, Schedule] = {}


def every(*, seconds: int) -> Callable[[AnyTask], AnyTask]:
    """Run a task without arguments each so many seconds."""
    if seconds < 1:
        raise ValueError("a schedule runs at most once a second")
    return _registered(Every(seconds))


def daily(*, at: str) -> Callable[[AnyTask], AnyTask]:
    """Run a task without arguments once a day, at a time such as "06:00"."""
    return _registered(Daily(time.fromisoformat(at)))


def _registered(rhythm: Rhythm) -> Callable[[AnyTask], AnyTask]:
    def register(task: AnyTask) -> AnyTask:
        schedule = Schedule(task, rhythm)
        SCHEDULES[schedule.name] = schedule
        return task

    return register


class Clock:
    """Turns time into jobs. Each worker has one; it asks the database only when a tick is new."""

    def __init__(self) -> None:
        self._seen: dict[str, datetime] = {}

    def enqueue_due(self) -> int:
        """Enqueue what is due now; how many jobs that made."""
        moment = now()
        made = 0
        for name, schedule in SCHEDULES.items():
            at = schedule.rhythm.latest(moment)
            if name not in self._seen or self._seen[name] < at:
                made += tick(schedule, at)
                self._seen[name] = at
        return made


def newest_tick(schedule: Schedule) -> Tick | None:
    """The last tick of a schedule, with its job."""
    ticks = Tick.objects.filter(schedule=schedule.name).select_related("job")
    return ticks.order_by("-at").first()


def newest_ticks() -> dict[str, Tick]:
    """The last tick of each schedule, with its job."""
    ticks = Tick.objects.filter(schedule__in=SCHEDULES)
    newest = list(ticks.values_list("schedule").annotate(Max("at")))
    if not newest:
        return {}
    these = reduce(or_, (Q(schedule=name, at=at) for name, at in newest))
    return {tick.schedule: tick for tick in ticks.filter(these).select_related("job")}


def tick(schedule: Schedule, at: datetime) -> bool:
    """Write one tick with its job; False when it, or a later one, has been written.

    A schedule that never ticked before begins with the tick after this one.
    """
    newest = newest_tick(schedule)
    if newest and newest.at >= at:
        return False
    try:
        with transaction.atomic():
            job = job_of(schedule) if newest else None
            Tick.objects.create(schedule=schedule.name, at=at, job=job)
            transaction.on_commit(wake.up)
    except IntegrityError:  # another worker has just written it
        return False
    return job is not None


def job_of(schedule: Schedule) -> Job:
    """A job for a tick."""
    moment = now()
    return Job.objects.create(
        task=schedule.name,
        key=schedule.key,
        priority=schedule.task.priority,
        enqueued_at=moment,
        run_after=moment,
        max_attempts=getattr(schedule.task, "max_attempts", MAX_ATTEMPTS),
    )
