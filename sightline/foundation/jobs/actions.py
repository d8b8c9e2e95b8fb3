"""What an operator does to jobs, and what time does to them."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import OuterRef, Subquery

from sightline.foundation.core.dates import now
from sightline.foundation.jobs import progress
from sightline.foundation.jobs.models import Job, Tick
from sightline.foundation.jobs.schedule import newest_ticks

State = Job.State
KEPT = timedelta(days=7)
KEPT_TICKING = timedelta(hours=1)
ENDED_WELL = [State.DONE, State.MERGED, State.DISCARDED]


def put_back(*, job: Job) -> bool:
    """Let a failed job wait again, with all its attempts; False when it is not failed."""
    return _put_back(job.pk) == 1


def put_all_back() -> int:
    """Let all failed jobs wait again; how many."""
    return _put_back(*Job.objects.filter(state=State.FAILED).values_list("pk", flat=True))


def discard(*, job: Job) -> bool:
    """Give a failed job up for good; False when it is not failed."""
    failed = Job.objects.filter(pk=job.pk, state=State.FAILED)
    return failed.update(state=State.DISCARDED, finished_at=now()) == 1


def clear_finished() -> int:
    """Forget jobs that ended well a week ago, those of schedules after an hour; how many.

    The last run of each schedule stays, and failed jobs until somebody retries or discards them.
    """
    moment = now()
    last_runs = [tick.job_id for tick in newest_ticks().values() if tick.job_id]
    ended = Job.objects.filter(state__in=ENDED_WELL).exclude(pk__in=last_runs)
    old = ended.filter(finished_at__lt=moment - KEPT)
    ticking = ended.filter(finished_at__lt=moment - KEPT_TICKING, key__startswith="schedule:")
    count = old.delete()[0] + ticking.delete()[0]
    clear_ticks()
    progress.clear_files(moment - KEPT)
    return count


def clear_ticks() -> None:
    """Forget old ticks but the newest of each schedule, which says where it stands."""
    newest = Tick.objects.filter(schedule=OuterRef("schedule")).order_by("-at").values("at")[:1]
    Tick.objects.filter(job__isnull=True, at__lt=Subquery(newest)).delete()


def _put_back(*ids: int) -> int:
    failed = Job.objects.filter(pk__in=ids, state=State.FAILED)
    return failed.update(state=State.WAITING, run_after=now(), attempts=0, finished_at=None)
