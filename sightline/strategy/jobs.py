"""What strategy does in the background: telling."""

from __future__ import annotations

from django_tasks import task

from sightline.strategy.actions import telling


@task
def tell_of_commitments(record_ids: list[int]) -> None:
    """Tell those whom steps of commitments concern."""
    for record_id in record_ids:
        telling.tell_of(record_id)


@task
def tell_of_shares(record_ids: list[int]) -> None:
    """Tell the leads of units of their parts of targets."""
    for record_id in record_ids:
        telling.tell_of_shares(record_id)


@task
def tell_of_questions(record_ids: list[int]) -> None:
    """Tell people that they are asked how effort is to be shared out."""
    for record_id in record_ids:
        telling.tell_of_question(record_id)


@task
def tell_of_versions(record_ids: list[int]) -> None:
    """Tell the leads of units of commitments that ended with the former strategy."""
    for record_id in record_ids:
        telling.tell_of_version(record_id)
