"""What people does in the background: telling of changes, closing the accounts of leavers."""

from __future__ import annotations

from django_tasks import task

from sightline.foundation.jobs import schedule
from sightline.people.actions import accounts, telling


@task
def tell_of_changes(record_ids: list[int]) -> None:
    """Tell those whom recorded changes concern."""
    for record_id in record_ids:
        telling.tell_of(record_id)


@schedule.every(seconds=600)
@task
def close_accounts_of_leavers() -> int:
    """Close the accounts of those who no longer work here."""
    return accounts.close_accounts_of_leavers()
