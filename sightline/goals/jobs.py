"""What goals does in the background: telling, learning from what ended, keeping figures true."""

from __future__ import annotations

from django_tasks import task

from sightline.foundation.core.dates import today
from sightline.foundation.jobs.schedule import daily, every
from sightline.goals.actions import forecasts, telling
from sightline.goals.queries import effort


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


@every(seconds=4)
@task
def keep_efforts() -> None:
    """Work out anew where effort goes, where somebody looks and something has changed."""
    effort.keep_up(today())
