"""What an operator does about failed jobs. The jobs know no ledger, so it is recorded here."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from sightline.foundation.access.decisions import require
from sightline.foundation.core.errors import Refused
from sightline.foundation.jobs import actions as jobs
from sightline.foundation.jobs.models import Job
from sightline.foundation.ledger.record import record
from sightline.people.viewer import Viewer
from sightline.site import policies
from sightline.site.events import AllJobsRetried, JobDiscarded, JobRetried


@transaction.atomic
def retry(*, by: Viewer, job: Job) -> None:
    """Put a failed job back to wait, with all its attempts before it."""
    require(policies.may_operate(by))
    if not jobs.put_back(job=job):
        raise Refused(no_longer_failed())
    record(JobRetried(job_id=job.pk, task=job.task), by=by)


@transaction.atomic
def retry_all(*, by: Viewer) -> int:
    """Put all failed jobs back to wait; how many."""
    require(policies.may_operate(by))
    if count := jobs.put_all_back():
        record(AllJobsRetried(count=count), by=by)
    return count


@transaction.atomic
def discard(*, by: Viewer, job: Job, reason: str) -> None:
    """Give a failed job up for good. What it should have done will not be done."""
    require(policies.may_operate(by))
    if not reason.strip():
        raise Refused(_("Say why this job is given up."), field="reason")
    if not jobs.discard(job=job):
        raise Refused(no_longer_failed())
    record(JobDiscarded(job_id=job.pk, task=job.task), by=by, reason=reason.strip())


def refuse_discarding(job: Job) -> None:
    """Refuse to give up what did not fail."""
    if job.state != Job.State.FAILED:
        raise Refused(no_longer_failed())


def no_longer_failed() -> str:
    """Why nothing was done: a double click, or another operator was quicker."""
    return _("This job is no longer among the failures.")
