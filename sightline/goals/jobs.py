"""What goals does in the background: telling of changes, and learning from what ended."""

from __future__ import annotations

from django_tasks import task

from sightline.foundation.jobs.schedule import daily
from sightline.goals.actions import forecasts, telling


@task
def tell_of_changes(record_ids: list[int]) -> None:
    """Tell those whom recorded changes concern."""
    for record_id in record_ids:
        telling.tell_of(record_id)


@daily(at="04:10")
@task
def learn_from_what_ended() -> None:
    """Correct forecasts by what became of earlier ones."""
    forecasts.learn_from_what_ended()
