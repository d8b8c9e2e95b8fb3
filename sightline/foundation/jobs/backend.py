"""Our jobs behind the Tasks interface. Callers know `@task` and `.enqueue()`, nothing else."""

from __future__ import annotations

import hashlib
import json
import logging
from dataclasses import dataclass
from typing import Any, ParamSpec, TypeVar

from django.db import transaction
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskResult, TaskResultStatus
from django_tasks.utils import normalize_json

from sightline.foundation.core.dates import now
from sightline.foundation.jobs import wake
from sightline.foundation.jobs.models import MAX_ATTEMPTS, Job

P = ParamSpec("P")
T = TypeVar("T")

logger = logging.getLogger("sightline.jobs")


@dataclass(frozen=True, slots=True, kw_only=True)
class LeasedTask(Task[P, T]):
    """A task with what this backend adds: `@task(unique=True, max_attempts=3)`.

    `unique`: jobs with the same arguments are the same work. At most one of them runs at a time,
    and a run that begins does the work of all those waiting.
    """

    max_attempts: int = MAX_ATTEMPTS
    unique: bool = False


class LeasedBackend(BaseTaskBackend):
    """Keeps jobs in the database, so that a job is there exactly when its change is committed."""

    task_class = LeasedTask
    supports_defer = True
    supports_priority = True

    def enqueue(self, task: Task[P, T], args: Any, kwargs: Any) -> TaskResult[T]:
        """Write the job in the current transaction. The result's `id` names it to `progress_of`."""
        self.validate_task(task)
        args, kwargs = normalize_json(args), normalize_json(kwargs)
        job = add_job(task, args, kwargs)
        return TaskResult(
            task=task,
            id=str(job.pk),
            status=TaskResultStatus.READY,
            enqueued_at=job.enqueued_at,
            started_at=None,
            finished_at=None,
            last_attempted_at=None,
            args=args,
            kwargs=kwargs,
            backend=self.alias,
            errors=[],
            worker_ids=[],
        )


def add_job(task: Task[Any, Any], args: list[Any], kwargs: dict[str, Any]) -> Job:
    """Write a job's row, and wake a worker of this process once it is committed."""
    moment = now()
    job = Job.objects.create(
        task=task.module_path,
        args=args,
        kwargs=kwargs,
        key=work_key(task, args, kwargs),
        priority=task.priority,
        enqueued_at=moment,
        run_after=task.run_after or moment,
        max_attempts=getattr(task, "max_attempts", MAX_ATTEMPTS),
    )
    transaction.on_commit(wake.up)
    return job


def work_key(task: Task[Any, Any], args: list[Any], kwargs: dict[str, Any]) -> str:
    """What makes two jobs of a unique task the same work; "" for other tasks."""
    if not getattr(task, "unique", False):
        return ""
    canonical = json.dumps([args, kwargs], sort_keys=True, separators=(",", ":"))
    return f"{task.module_path}:{hashlib.sha256(canonical.encode()).hexdigest()}"
