"""Runs jobs: as a process of its own (`sightline worker`) or inside `sightline serve`."""

from __future__ import annotations

import logging
import os
import signal
import socket
import threading
import time
import traceback
from contextlib import suppress
from datetime import timedelta
from types import FrameType

from django.conf import settings
from django.db import Error, close_old_connections, connection, connections
from django.utils import timezone, translation
from django.utils.module_loading import import_string
from django_tasks.base import Task, TaskContext, TaskResult, TaskResultStatus

from sightline.foundation.jobs import claims, progress, wake
from sightline.foundation.jobs.models import Job
from sightline.foundation.jobs.schedule import Clock

logger = logging.getLogger("sightline.jobs")


def perform(job: Job, reporter: progress.Reporter) -> BaseException | None:
    """Run the body of a claimed job; what went wrong, or None. Nothing it does is in our hands."""
    try:
        with (
            progress.reporting(reporter),
            translation.override(settings.LANGUAGE_CODE),
            timezone.override(None),
        ):
            call(import_string(job.task), job)
    except BaseException as error:  # a job may even call sys.exit(): the worker goes on
        return error
    return None


def call(task: Task[..., object], job: Job) -> None:
    """Call the task's function with the job's arguments."""
    if task.takes_context:
        task.call(TaskContext(task_result=result_of(task, job)), *job.args, **job.kwargs)
    else:
        task.call(*job.args, **job.kwargs)


def result_of(task: Task[..., object], job: Job) -> TaskResult[object]:
    """The job as the Tasks interface tells it to a task that takes its context."""
    return TaskResult(
        task=task,
        id=str(job.pk),
        status=TaskResultStatus.RUNNING,
        enqueued_at=job.enqueued_at,
        started_at=job.started_at,
        finished_at=None,
        last_attempted_at=job.started_at,
        args=job.args,
        kwargs=job.kwargs,
        backend=task.backend,
        errors=[],
        worker_ids=[job.worker] * job.attempts,
    )


def settle(job: Job, reporter: progress.Reporter, error: BaseException | None) -> None:
    """Write down how a run ended, if the job is still ours."""
    with suppress(Error, OSError):  # how far it was matters less than that it is done
        reporter.close()
    if error is None:
        settled = claims.complete(job)
    else:
        logger.warning("%s failed, attempt %d: %r", job, job.attempts, error)
        settled = claims.fail(job, "".join(traceback.format_exception(error)))
    if not settled:
        logger.warning("%s was taken over by another worker while it ran here", job)


class Keeper(threading.Thread):
    """Renews the leases of the jobs that run here, and writes their progress.

    It has a connection of its own: a job may be in the midst of a long transaction.
    """

    def __init__(self, lease: timedelta) -> None:
        super().__init__(name="sightline-keeper", daemon=True)
        self.lease = lease
        self._every = lease.total_seconds() / 3
        self._reporters: dict[progress.Reporter, float] = {}
        self._lock = threading.Lock()
        self._over = threading.Event()

    def add(self, reporter: progress.Reporter) -> None:
        """Keep a job that starts."""
        with self._lock:
            self._reporters[reporter] = time.monotonic() + self._every

    def remove(self, reporter: progress.Reporter) -> None:
        """Leave a job that ended; nothing is written for it from here on."""
        with self._lock:
            self._reporters.pop(reporter, None)

    def jobs(self) -> list[Job]:
        """The jobs that run here now."""
        with self._lock:
            return [reporter.job for reporter in self._reporters]

    def run(self) -> None:
        while not self._over.wait(min(0.5, self._every / 2)):
            try:
                self.keep()
            except (Error, OSError) as error:  # busy or away: the next round tries again
                logger.info("a lease or a progress could not be written yet: %s", error)
                close_old_connections()
        connections.close_all()

    def keep(self) -> None:
        """One round: progress of all, then the leases of those whose turn it is.

        In this order, since a lease may have to wait until the database takes another write.
        """
        with self._lock:
            reporters = dict(self._reporters)
        if reporters:
            wait_only_shortly()
        for reporter in reporters:
            with suppress(OSError):  # how far one job is matters less than that all go on
                reporter.write()
        for reporter, due in reporters.items():
            if time.monotonic() >= due and claims.renew(reporter.job, lease=self.lease):
                with self._lock:
                    if reporter in self._reporters:
                        self._reporters[reporter] = time.monotonic() + self._every

    def end(self) -> None:
        """Stop after this round."""
        self._over.set()


def wait_only_shortly() -> None:
    """On SQLite, do not stand behind a job's long write while other things are to be kept."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA busy_timeout = 250")


class Worker:
    """Claims and runs jobs, a few side by side, until it is told to stop."""

    def __init__(
        self,
        *,
        poll_seconds: float = 1,
        lanes: int = 2,
        lease_seconds: float = 60,
        grace_seconds: float = 20,
    ) -> None:
        self.name = f"{socket.gethostname()}:{os.getpid()}"[:100]
        self.poll_seconds = poll_seconds
        self.lease = timedelta(seconds=lease_seconds)
        self.grace_seconds = grace_seconds
        self._asked_to_stop = False
        self._keeper = Keeper(self.lease)
        self._clock = Clock()
        self._clock_lock = threading.Lock()
        self._lanes = [
            threading.Thread(target=self._lane, name=f"sightline-lane-{number}", daemon=True)
            for number in range(1, lanes + 1)
        ]

    def run(self) -> None:
        """Work in this process until SIGTERM or SIGINT; a second signal ends it at once."""
        usual = {number: signal.signal(number, self._on_signal) for number in STOP_SIGNALS}
        self.start()
        while not self._asked_to_stop:
            time.sleep(0.2)
        for number, handler in usual.items():
            signal.signal(number, handler)
        self.stop()

    def run_until_idle(self) -> None:
        """Do what is due in this thread, and end."""
        self._keeper.start()
        while self.turn():
            pass
        self.stop()

    def start(self) -> None:
        """Begin to work beside the caller."""
        self._keeper.start()
        for lane in self._lanes:
            lane.start()

    def stop(self) -> None:
        """Claim nothing more, let running jobs end, and give back those that do not end in time."""
        self._asked_to_stop = True
        wake.up()
        deadline = time.monotonic() + self.grace_seconds
        for lane in self._lanes:
            if lane.is_alive():
                lane.join(max(0.0, deadline - time.monotonic()))
        self._keeper.end()
        for job in self._keeper.jobs():
            logger.warning("%s is given back unfinished, because the worker stops", job)
            claims.release(job)
        connection.close()

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        self._asked_to_stop = True

    def _lane(self) -> None:
        while not self._asked_to_stop:
            try:
                close_old_connections()
                worked = self.turn()
            except Exception:  # the database is away or busy: say so, and go on
                logger.exception("a worker could not look for work")
                connection.close()
                worked = False
            if not worked and not self._asked_to_stop:
                wake.wait(self.poll_seconds)
        connections.close_all()

    def turn(self) -> bool:
        """Look at the clock, then run one job; False when there was none."""
        with self._clock_lock:
            self._clock.enqueue_due()
        job = claims.claim_next(self.name, lease=self.lease)
        if job is None:
            return False
        reporter = progress.Reporter(job)
        self._keeper.add(reporter)
        try:
            error = perform(job, reporter)
            close_old_connections()
        finally:
            self._keeper.remove(reporter)
        settle(job, reporter, error)
        return True


STOP_SIGNALS = (signal.SIGTERM, signal.SIGINT)


def run_worker(*, until_idle: bool = False) -> None:
    """Work as a process of its own: until told to stop, or until nothing is due."""
    worker = Worker()
    if until_idle:
        worker.run_until_idle()
    else:
        worker.run()


def start_embedded_worker() -> Worker:
    """A worker in threads beside the web server. Call its `stop()` when the server ends."""
    worker = Worker()
    worker.start()
    return worker
