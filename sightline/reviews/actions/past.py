"""A whole cycle at once, with everything that was said in it: taken over from elsewhere.

The forms, ratings and acts of thousands of people, each with the day on which it happened, in a few
statements a portion.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice

from django.db import transaction

from sightline.foundation.access.decisions import require
from sightline.foundation.core.dates import now
from sightline.foundation.ledger.events import House
from sightline.foundation.ledger.record import record
from sightline.people.models import Assignment, Employee, Unit
from sightline.people.viewer import Viewer
from sightline.reviews import policies
from sightline.reviews.actions.cycles import Plan, plan_cycle
from sightline.reviews.actions.opening import write_reviews
from sightline.reviews.actions.peers import Shuffle, gather_peers
from sightline.reviews.events import CycleEntered
from sightline.reviews.models import (
    Acknowledgement,
    Answer,
    Calibration,
    Calibrator,
    Cycle,
    Form,
    Item,
    Nomination,
    NominationAnswer,
    Question,
    Rating,
    Review,
    Sharing,
)
from sightline.reviews.queries.population import population

PORTION = 500
BATCH = 2_000
Role, State, Stage = Form.Role, Form.State, Review.Stage


@dataclass(frozen=True, slots=True)
class PastForm:
    """A form as it was left: by item, by question in order, sent off at a moment or a draft."""

    role: str
    rater: Employee
    ratings: Mapping[Item, tuple[int | None, str]] = field(default_factory=dict)
    answers: Sequence[str] = ()
    proposed_value: int | None = None
    submitted_at: datetime | None = None
    """Of a peer only whether; no time is kept."""

    @property
    def state(self) -> str:
        """How far it was written."""
        if self.submitted_at:
            return State.SUBMITTED
        return State.DRAFT if self.ratings or self.answers else State.NOT_STARTED


@dataclass(frozen=True, slots=True)
class PastReview:
    """What became of one review; what is None did not happen."""

    forms: Sequence[PastForm] = ()
    waiting_peers: Sequence[Employee] = ()
    """Proposed by the employee, and not answered yet."""
    changed: tuple[int, str, Employee, datetime] | None = None
    shared: tuple[str, Employee, datetime] | None = None
    acknowledged: tuple[str, datetime] | None = None


@dataclass(frozen=True, slots=True)
class PastCycle:
    """A cycle that was run, or is under way: its plan, when it opened, how far it is."""

    plan: Plan
    opened_on: date
    stage: str
    gathered: bool = True
    """Whether what peers said was put together, where enough of them answered."""
    calibrators: Sequence[tuple[Unit, Employee]] = ()


Tell = Callable[[Review, Assignment, Sequence[Item]], PastReview]


@transaction.atomic
def enter_cycle(*, by: Viewer, past: PastCycle, tell: Tell, shuffle: Shuffle) -> Cycle:
    """Take a cycle over. `tell` says of each review what was said in it and what became of it."""
    require(policies.may_manage_cycles(by))
    cycle = plan_cycle(by=by, plan=past.plan)
    cycle.stage, cycle.opened_on, cycle.ready_at = past.stage, past.opened_on, now()
    posts = population(cycle, past.opened_on).select_related("position", "employee", "manager")
    remaining = iter(posts.order_by("employee").iterator(chunk_size=PORTION))
    number = 0
    while portion := list(islice(remaining, PORTION)):
        _enter(cycle, portion, past.opened_on, tell)
        number += len(portion)
    cycle.people_expected = number
    cycle.save()
    Calibrator.objects.bulk_create(
        Calibrator(cycle=cycle, unit=unit, employee=one, named_by=by.employee, named_at=now())
        for unit, one in past.calibrators
    )
    if past.gathered:
        gather_peers(by=House(on_behalf_of=by.actor_ref), cycle=cycle, shuffle=shuffle)
    record(CycleEntered(cycle.pk, cycle.name, number), by=by)
    return cycle


def _enter(cycle: Cycle, posts: Sequence[Assignment], on: date, tell: Tell) -> None:
    reviews = write_reviews(cycle, posts, on)
    items: dict[int, list[Item]] = {review.pk: [] for review in reviews}
    rows = Item.objects.filter(review__in=reviews).select_related("section", "competency")
    for item in rows.order_by("place"):
        items[item.review_id].append(item)
    told = [
        (review, tell(review, post, items[review.pk]))
        for review, post in zip(reviews, posts, strict=True)
    ]
    _write_forms(cycle, told)
    _write_peers(told)
    _write_acts(told)


Told = Sequence[tuple[Review, PastReview]]


def _write_forms(cycle: Cycle, told: Told) -> None:
    first = Form.objects.filter(review__in=[review for review, _past in told])
    standing = {(form.review_id, form.role): form for form in first}
    changed: list[Form] = []
    fresh: list[Form] = []
    pairs: list[tuple[Form, PastForm]] = []
    for review, past in told:
        for one in past.forms:
            form = standing.get((review.pk, one.role)) if one.role != Role.PEER else None
            (changed if form else fresh).append(
                form := form or Form(review=review, role=one.role, rater=one.rater)
            )
            form.state = one.state
            form.proposed_value = one.proposed_value
            form.submitted_at = None if one.role == Role.PEER else one.submitted_at
            pairs.append((form, one))
    columns = ["state", "proposed_value", "submitted_at"]
    Form.objects.bulk_update(changed, columns, batch_size=200)
    Form.objects.bulk_create(fresh, batch_size=BATCH)
    Rating.objects.bulk_create(_ratings(pairs), batch_size=BATCH)
    Answer.objects.bulk_create(_answers(cycle, pairs), batch_size=BATCH)


def _ratings(pairs: Iterable[tuple[Form, PastForm]]) -> Iterator[Rating]:
    for form, past in pairs:
        for item, (value, comment) in past.ratings.items():
            yield Rating(form=form, item=item, value=value, comment=comment)


def _answers(cycle: Cycle, pairs: Iterable[tuple[Form, PastForm]]) -> Iterator[Answer]:
    questions = Question.objects.filter(section__version=cycle.version_id)
    in_order = list(questions.order_by("section__place", "place"))
    for form, past in pairs:
        for question, text in zip(in_order, past.answers, strict=False):
            if text:
                yield Answer(form=form, question=question, text=text)


def _write_peers(told: Told) -> None:
    """Who was proposed and confirmed: all who have a form, on the day the cycle opened."""
    moment = now()
    nominated = [
        (Nomination(review=review, peer=peer, by_id=review.employee_id, at=moment), confirmed)
        for review, past in told
        for peer, confirmed in _peers(past)
    ]
    Nomination.objects.bulk_create([one for one, _confirmed in nominated], batch_size=BATCH)
    NominationAnswer.objects.bulk_create(
        [
            NominationAnswer(
                nomination=one, accepted=True, by_id=one.review.manager_id or one.by_id, at=moment
            )
            for one, confirmed in nominated
            if confirmed
        ],
        batch_size=BATCH,
    )


def _peers(past: PastReview) -> Iterator[tuple[Employee, bool]]:
    yield from ((one.rater, True) for one in past.forms if one.role == Role.PEER)
    yield from ((one, False) for one in past.waiting_peers)


def _write_acts(told: Told) -> None:
    changes, sharings, replies, moved = [], [], [], []
    for review, past in told:
        proposed = _proposed(past)
        if proposed is None:
            continue
        review.proposed_value, review.stage = proposed, Stage.RATED
        standing = proposed
        if past.changed:
            standing, reason, by, at = past.changed
            changes.append(
                Calibration(
                    review=review,
                    from_value=proposed,
                    to_value=standing,
                    reason=reason,
                    by=by,
                    at=at,
                )
            )
        if past.shared:
            words, by, at = past.shared
            sharings.append(Sharing(review=review, words=words, by=by, at=at))
            review.final_value, review.stage = standing, Stage.SHARED
        if past.acknowledged:
            reply, at = past.acknowledged
            replies.append(
                Acknowledgement(review=review, reply=reply, by_id=review.employee_id, at=at)
            )
            review.stage = Stage.ACKNOWLEDGED
        moved.append(review)
    Review.objects.bulk_update(moved, ["stage", "proposed_value", "final_value"], batch_size=200)
    Calibration.objects.bulk_create(changes, batch_size=BATCH)
    Sharing.objects.bulk_create(sharings, batch_size=BATCH)
    Acknowledgement.objects.bulk_create(replies, batch_size=BATCH)


def _proposed(past: PastReview) -> int | None:
    """What the manager proposed, once the form was sent off."""
    sent = (one for one in past.forms if one.role == Role.MANAGER and one.submitted_at)
    return next((one.proposed_value for one in sent), None)
