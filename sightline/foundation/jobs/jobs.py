"""What the jobs need done for themselves."""

from __future__ import annotations

from django_tasks import task

from sightline.foundation.jobs import actions, schedule


@schedule.every(seconds=3600)
@task
def clear_finished_jobs() -> None:
    """Forget jobs that ended well long ago."""
    actions.clear_finished()
