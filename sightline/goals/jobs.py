"""What goals does in the background: telling of changes."""

from __future__ import annotations

from django_tasks import task

from sightline.goals.actions import telling


@task
def tell_of_changes(record_ids: list[int]) -> None:
    """Tell those whom recorded changes concern."""
    for record_id in record_ids:
        telling.tell_of(record_id)
