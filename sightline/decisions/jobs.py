"""What decisions do in the background: take effect on their day, and tell whom they concern."""

from __future__ import annotations

from django_tasks import task

from sightline.decisions.actions import carrying_out, telling
from sightline.foundation.jobs import schedule


@task
def tell_of_decision(record_id: int) -> None:
    """Tell those whom a recorded act concerns."""
    telling.tell_of(record_id)


@task
def carry_out_decision(decision_id: int) -> None:
    """Carry out one decision if its day has come."""
    carrying_out.carry_out_when_due(decision_id)


@schedule.daily(at="00:10")
@task
def carry_out_due_decisions() -> int:
    """Ask for each decision whose day has come to be carried out, by itself; how many there are.

    So one that fails holds up no other, and is seen among the failures.
    """
    numbers = carrying_out.due_ids()
    for number in numbers:
        carry_out_decision.enqueue(number)
    return len(numbers)
