"""For tests: runs what waits, here and now."""

from __future__ import annotations

from sightline.foundation.jobs import claims, progress, worker
from sightline.foundation.jobs.models import Job


def run_waiting_jobs(*, limit: int = 1000) -> int:
    """Run what is due, and what that enqueues; how many jobs. Raises what goes wrong in them."""
    for count in range(limit):
        job = claims.claim_next("test")
        if job is None:
            return count
        run(job)
    raise AssertionError(f"still jobs waiting after {limit}")


def run(job: Job) -> None:
    """Run a claimed job as a worker does, and raise its error as well as writing it down."""
    reporter = progress.Reporter(job, at_once=True)
    error = worker.perform(job, reporter)
    worker.settle(job, reporter, error)
    if error:
        raise error
