"""What happens to drafts by the clock."""

from __future__ import annotations

from django_tasks import task

from sightline.foundation.drafts import actions
from sightline.foundation.jobs.schedule import daily


@daily(at="03:40")
@task
def forget_old_drafts() -> None:
    """Delete what nobody has changed for ninety days."""
    actions.forget_old_drafts()
