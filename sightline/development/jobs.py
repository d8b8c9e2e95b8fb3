"""What development does in the background: telling."""

from __future__ import annotations

from django_tasks import task

from sightline.development.actions import telling


@task
def tell_of_growth(record_ids: list[int]) -> None:
    """Tell those whom recorded events concern."""
    for record_id in record_ids:
        telling.tell_of(record_id)
