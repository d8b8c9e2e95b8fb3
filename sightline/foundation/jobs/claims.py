"""Who may run a job, and what becomes of it. Each function is one short transaction.

A claim has a number of its own: only its holder can renew or finish the job, so that a worker
which wakes up late changes nothing that another has taken over.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from sightline.foundation.core.dates import now
from sightline.foundation.jobs.models import Job

LEASE = timedelta(seconds=60)
DOUBT = timedelta(seconds=2)
"""How long the holder of a lease that ran out may still renew it after that was noticed."""
LONGEST_PAUSE = timedelta(minutes=10)
LONGEST_ERROR = 20_000

State = Job.State


def claim_next(worker: str, *, lease: timedelta = LEASE) -> Job | None:
    """Take the next job for a worker, or None. Leases that ran out come first.

    The job's body runs after this transaction, never in it: on SQLite it would stop every write.
    """
    if not something_is_due():
        return None
    try:
        with transaction.atomic(durable=True):
            job = take_over() or unlocked(ready(now())).first()
            return hold(job, worker, lease) if job else None
    except IntegrityError:  # a job of the same key was started in this very moment
        return None


def something_is_due() -> bool:
    """A plain read, so that an idle worker never takes SQLite's write lock."""
    moment = now()
    return any(jobs.values("pk")[:1] for jobs in (silent(moment), ready(moment)))


def due(moment: datetime) -> Q:
    """Jobs whose time has come."""
    return Q(state=State.WAITING, run_after__lte=moment)


def ready(moment: datetime) -> QuerySet[Job]:
    """Jobs that may start, the most urgent first: those of whose key none is running."""
    running = Job.objects.filter(state=State.RUNNING).exclude(key="").values("key")
    jobs = Job.objects.filter(due(moment)).exclude(key__in=running)
    return jobs.order_by("-priority", "run_after", "pk")


def silent(moment: datetime) -> QuerySet[Job]:
    """Jobs whose worker has not been heard of for as long as its lease, the longest first."""
    jobs = Job.objects.filter(state=State.RUNNING, lease_until__lt=moment)
    return jobs.order_by("lease_until")


def unlocked(jobs: QuerySet[Job]) -> QuerySet[Job]:
    """Those of the jobs that no other worker is just taking, locked until the transaction ends."""
    may_skip = connection.features.has_select_for_update_skip_locked
    return jobs.select_for_update(no_key=True, skip_locked=may_skip)


def take_over() -> Job | None:
    """The longest silent job that may be tried again.

    A first look only doubts it and a later one takes it over: where one long write of the job
    itself kept its worker from renewing (SQLite has one writer), the worker renews in between.
    A job that was claimed as often as it may is not run again: it has failed.
    """
    moment = now()
    for job in unlocked(silent(moment)[:20]):
        if not job.doubted:
            change(job, doubted=True, lease_until=moment + DOUBT)
        elif job.attempts >= job.max_attempts:
            error = _("Each of %(attempts)d runs ended without a word: its worker was killed.")
            finish(job, State.FAILED, error=error % {"attempts": job.attempts})
        else:
            return job
    return None


def hold(job: Job, worker: str, lease: timedelta) -> Job:
    """Give the job to a worker under a new claim; others of its key need not run any more."""
    moment = now()
    change(
        job,
        state=State.RUNNING,
        worker=worker,
        claim=job.claim + 1,
        attempts=job.attempts + 1,
        started_at=moment,
        lease_until=moment + lease,
        doubted=False,
    )
    if job.key:
        same = unlocked(Job.objects.filter(due(moment), key=job.key))
        others = list(same.values_list("pk", flat=True))
        Job.objects.filter(pk__in=others).update(state=State.MERGED, finished_at=moment)
    return job


def renew(job: Job, *, lease: timedelta = LEASE) -> bool:
    """Hold the job for another lease; False when it is no longer ours."""
    return held(job).update(lease_until=now() + lease, doubted=False) == 1


def complete(job: Job) -> bool:
    """The job is done; False when somebody else has taken it over."""
    return finish(job, State.DONE, error="")


def fail(job: Job, error: str) -> bool:
    """A run went wrong: try again later, or give up after the last attempt."""
    error = error[-LONGEST_ERROR:]
    if job.attempts >= job.max_attempts:
        return finish(job, State.FAILED, error=error)
    later = now() + pause_after(job.attempts)
    return held(job).update(state=State.WAITING, run_after=later, error=error) == 1


def release(job: Job) -> bool:
    """Give the job back unfinished, because the worker stops; the run does not count."""
    attempts = F("attempts") - 1
    return held(job).update(state=State.WAITING, run_after=now(), attempts=attempts) == 1


def pause_after(attempts: int) -> timedelta:
    """How long to wait after so many failed attempts: 2, 4, 8 seconds, up to ten minutes."""
    return min(timedelta(seconds=2 ** min(attempts, 20)), LONGEST_PAUSE)


def held(job: Job) -> QuerySet[Job]:
    """The job's row while the claim we know of still holds."""
    return Job.objects.filter(pk=job.pk, claim=job.claim, state=State.RUNNING)


def change(job: Job, **values: Any) -> None:
    """Set fields of a locked row, here and in the database."""
    for name, value in values.items():
        setattr(job, name, value)
    job.save(update_fields=list(values))


@transaction.atomic
def finish(job: Job, state: Job.State, *, error: str) -> bool:
    """End the job. Earlier failures of the same work are told by this run."""
    if not held(job).update(state=state, finished_at=now(), error=error, lease_until=None):
        return False
    if job.key:
        earlier = Job.objects.filter(key=job.key, state=State.FAILED).exclude(pk=job.pk)
        earlier.update(state=State.MERGED)
    return True
