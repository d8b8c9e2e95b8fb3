"""What reviews do in the background: make reviews, put peers together, tell people."""

from __future__ import annotations

from django_tasks import task

from sightline.foundation.jobs import progress, schedule
from sightline.foundation.ledger.events import House
from sightline.reviews.actions import opening, peers, telling
from sightline.reviews.queries.cycles import cycle_numbered, cycles_to_gather


@task(unique=True, max_attempts=20)
def make_reviews(cycle_id: int) -> None:
    """Make every review that an open cycle lacks; goes on where it was cut off."""
    cycle = cycle_numbered(cycle_id)
    if cycle is not None:
        opening.make_reviews(by=House(), cycle=cycle, report=progress.report)


@task
def tell_managers(cycle_id: int, to_share: bool) -> None:
    """Tell the managers of a cycle that it is their turn."""
    telling.tell_managers(cycle_id, to_share=to_share)


@task
def remind(cycle_id: int, record_id: int) -> None:
    """Remind everybody with an open form."""
    telling.remind(cycle_id, record_id)


@task(unique=True)
def gather_peers(cycle_id: int) -> None:
    """Put together what the peers of a cycle said, unless they write again by now."""
    cycle = cycle_numbered(cycle_id)
    if cycle is not None:
        peers.gather_peers_in_time(by=House(), cycle=cycle)


@schedule.every(seconds=3600)
@task
def gather_what_has_come_in() -> None:
    """Put together what peers said wherever their days are over."""
    for cycle in cycles_to_gather():
        peers.gather_peers_in_time(by=House(), cycle=cycle)
