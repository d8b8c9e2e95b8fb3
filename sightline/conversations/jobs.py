"""What conversations does in the background: telling of feedback, requests and due promises."""

from __future__ import annotations

from django_tasks import task

from sightline.conversations.actions import telling
from sightline.foundation.jobs import schedule


@task
def tell_of(record_ids: list[int]) -> None:
    """Tell those whom recorded events concern."""
    for record_id in record_ids:
        telling.tell_of(record_id)


@schedule.daily(at="06:00")
@task
def tell_of_due_actions() -> int:
    """Tell those who promised something for today."""
    return telling.tell_of_due_actions()
