"""What follows from what happens in reviews: jobs, and notices to whom it concerns."""

from __future__ import annotations

from sightline.foundation.ledger.listen import Told, listens_to, listens_to_many
from sightline.foundation.ledger.models import Record
from sightline.reviews import jobs
from sightline.reviews.actions import settling, telling
from sightline.reviews.events import (
    AboutReview,
    AppealDecided,
    AppealMade,
    CycleFilled,
    CycleStageReached,
    FormReopened,
    FormSubmitted,
    PeerFormSubmitted,
    PeersConfirmed,
    PeersNominated,
    RaterChanged,
    RatingCalibrated,
    RemindersSent,
    ReviewAcknowledged,
    ReviewOpened,
    ReviewShared,
)


@listens_to(CycleStageReached)
def go_on_with_the_cycle(event: CycleStageReached, record: Record) -> None:
    """Make the reviews of a cycle that opens; put peers together before it is calibrated."""
    if event.after == "open":
        jobs.make_reviews.enqueue(event.cycle_id)
    elif event.after == "calibrating":
        jobs.gather_peers.enqueue(event.cycle_id)
    elif event.after == "shared":
        jobs.tell_managers.enqueue(event.cycle_id, True)
    settling.settle_cycle(event.cycle_id, event.after)


@listens_to(CycleFilled)
def tell_managers(event: CycleFilled, record: Record) -> None:
    """All reviews are there: the managers hear of theirs."""
    jobs.tell_managers.enqueue(event.cycle_id, False)


@listens_to_many(ReviewOpened)
def tell_the_reviewed(opened: Told) -> None:
    """Those whose reviews opened hear of it, in one go for as many as opened together.

    Of one who joins late the manager hears too.
    """
    by_cycle: dict[int, list[int]] = {}
    for event, record in opened:
        by_cycle.setdefault(event.cycle_id, []).append(event.review_id)
        if event.late:
            telling.tell_of(event, record)
    for cycle_id, review_ids in by_cycle.items():
        telling.tell_of_opening(cycle_id, review_ids)


@listens_to(PeersConfirmed)
def tell_peers(event: PeersConfirmed, record: Record) -> None:
    """Colleagues hear that they are asked."""
    telling.tell_peers(event.review_id)
    settling.settle_peers(event.review_id)


@listens_to(FormSubmitted)
def settle_what_was_asked(event: FormSubmitted, record: Record) -> None:
    """Nobody is told any more that a form waits which was submitted."""
    settling.settle_form(event.form_id)


@listens_to(PeerFormSubmitted)
def settle_what_a_peer_was_asked(event: PeerFormSubmitted, record: Record) -> None:
    """The same of answers about a colleague."""
    settling.settle_forms(event.employee_id)


@listens_to(RemindersSent)
def remind(event: RemindersSent, record: Record) -> None:
    """Those with open forms are reminded, by a job."""
    jobs.remind.enqueue(event.cycle_id, record.pk)


@listens_to(
    PeersNominated,
    RaterChanged,
    FormReopened,
    RatingCalibrated,
    ReviewShared,
    ReviewAcknowledged,
    AppealMade,
    AppealDecided,
)
def tell_those_concerned(event: AboutReview, record: Record) -> None:
    """The employee and the manager hear of each other's steps."""
    telling.tell_of(event, record)
    if isinstance(event, ReviewShared):
        settling.settle_shared(event.review_id)
    elif isinstance(event, ReviewAcknowledged):
        settling.settle_read(event.review_id)
