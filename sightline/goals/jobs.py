"""What goals does in the background: telling, learning from what ended, keeping figures true."""

from __future__ import annotations

from django_tasks import task

from sightline.foundation.core.dates import today
from sightline.foundation.jobs.schedule import daily, every
from sightline.foundation.ledger.events import House
from sightline.goals.actions import deadlines, forecasts, questions, reminding, sides, telling
from sightline.goals.actions import help as helping
from sightline.goals.queries import effort


@task
def tell_of_changes(record_ids: list[int]) -> None:
    """Tell those whom recorded changes concern."""
    for record_id in record_ids:
        telling.tell_of(record_id)


@daily(at="05:20")
@task
def remind_of_check_ins() -> int:
    """Ask for words about goals that are due, before the digests of the morning."""
    return reminding.remind_of_check_ins()


@daily(at="03:50")
@task
def let_help_lapse() -> int:
    """End requests for help between people of whom one has left."""
    return helping.let_help_of_leavers_lapse(by=House(), day=today())


@task
def tell_of_strategy(record_id: int) -> None:
    """Tell the owners of goals that serve what has changed or gone with the strategy."""
    telling.tell_of_strategy(record_id)


@daily(at="04:10")
@task
def learn_from_what_ended() -> None:
    """Correct forecasts by what became of earlier ones."""
    forecasts.learn_from_what_ended()


@daily(at="06:30")
@task
def ask_everybody() -> int:
    """Tell those who have not answered that a period asks whom their work serves."""
    return questions.ask_everybody()


@daily(at="00:20")
@task(unique=True)
def follow_people() -> int:
    """Let those who stand on a side of a proposal since today take it over; end what has to."""
    return sides.follow_people(today())


@daily(at="06:10")
@task
def remind_of_proposals() -> int:
    """Remind those whose turn it is of proposals whose day is near, or has passed."""
    return deadlines.remind_of_proposals(today())


@every(seconds=4)
@task
def keep_efforts() -> None:
    """Work out anew where effort goes, where somebody looks and something has changed."""
    effort.keep_up(today())
