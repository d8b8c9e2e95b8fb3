"""What imports need done by themselves."""

from __future__ import annotations

from django_tasks import task

from sightline.foundation.exchange import actions
from sightline.foundation.jobs import schedule


@schedule.daily(at="03:40")
@task
def drop_old_files() -> None:
    """Forget files that were brought and never imported."""
    actions.drop_old_files()
