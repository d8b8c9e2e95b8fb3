"""Work to be done outside a request: one row a job, one row a tick of a schedule."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

MAX_ATTEMPTS = 5


class Job(models.Model):
    """A task to be run once, with what is known about its runs.

    While it runs it is held under a lease: whoever holds claim number `claim` may finish it until
    somebody else claims it, which is allowed once the lease has run out.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        MERGED = "merged", _("done by another run")
        FAILED = "failed", _("failed")
        DISCARDED = "discarded", _("discarded")

    task = models.CharField(max_length=200)
    args = models.JSONField(default=list)
    kwargs = models.JSONField(default=dict)
    key = models.CharField(max_length=280, blank=True)
    """What makes two jobs the same work; "" when each counts for itself."""
    priority = models.SmallIntegerField(default=0)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)

    enqueued_at = models.DateTimeField()
    run_after = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    attempts = models.PositiveSmallIntegerField(default=0)
    max_attempts = models.PositiveSmallIntegerField(default=MAX_ATTEMPTS)
    claim = models.PositiveIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    doubted = models.BooleanField(default=False)
    """Its lease was seen to have run out; a renewal clears it, a second look takes it over."""
    worker = models.CharField(max_length=100, blank=True)
    error = models.TextField(blank=True)

    progress_done = models.PositiveBigIntegerField(default=0)
    progress_of = models.PositiveBigIntegerField(default=0)
    progress_sentence = models.CharField(max_length=300, blank=True)

    class Meta:
        # Not partial: SQLite cannot use a partial index for a state given as a parameter.
        indexes = [
            models.Index(fields=["state", "-priority", "run_after", "id"], name="jobs_job_waiting"),
            models.Index(fields=["state", "lease_until"], name="jobs_job_running"),
            models.Index(fields=["state", "finished_at"], name="jobs_job_finished"),
            models.Index(fields=["key", "state"], name="jobs_job_key"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["key"],
                condition=Q(state="running") & ~Q(key=""),
                name="jobs_job_one_of_a_key_runs_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="running") | Q(lease_until__isnull=False),
                name="jobs_job_runs_under_a_lease",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} #{self.pk}"

    @property
    def name(self) -> str:
        """The task as it reads: app and function, such as "notices.send_letter"."""
        return short_name(self.task)

    @property
    def last_words(self) -> str:
        """The last line of its error."""
        return self.error.strip().rpartition("\n")[2]


def short_name(task: str) -> str:
    """A task's path as it reads: "sightline.foundation.notices.jobs.send_letter" shortened."""
    parts = task.removeprefix("sightline.").removeprefix("foundation.").split(".")
    return f"{parts[0]}.{parts[-1]}"


class Tick(models.Model):
    """A moment at which a schedule was due, written in one transaction with its job."""

    schedule = models.CharField(max_length=200)
    at = models.DateTimeField()
    job = models.ForeignKey(Job, models.SET_NULL, null=True, related_name="ticks")
    """Empty for the first tick ever seen: a schedule begins with the one after it."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["schedule", "at"], name="jobs_tick_is_written_once")
        ]

    def __str__(self) -> str:
        return f"{self.schedule} {self.at:%Y-%m-%d %H:%M:%S}"
