"""Making the reviews of a cycle: by the hundred, for everybody, and for one who comes late.

Each portion is a transaction of its own and takes whoever has no review yet. So work that is killed
goes on where it was, and work that is done twice finds nothing to do.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from sightline.foundation.access.decisions import require
from sightline.foundation.core.dates import now
from sightline.foundation.core.errors import Refused
from sightline.foundation.ledger.events import House
from sightline.foundation.ledger.record import record, record_all
from sightline.people.models import Assignment, Employee
from sightline.people.viewer import Viewer
from sightline.reviews import policies
from sightline.reviews.actions.holding import held_cycle
from sightline.reviews.events import CycleFilled, ReviewOpened
from sightline.reviews.models import Cycle, Form, Item, LateJoining, Review
from sightline.reviews.queries.population import ItemSource, population, without_review

PORTION = 500
BATCH = 1_000
Report = Callable[[int, int, str], None]


def make_reviews(*, by: House, cycle: Cycle, report: Report) -> int:
    """Make every review that an open cycle lacks; how many were made. Safe to do twice."""
    made = 0
    while portion := _make_portion(by, cycle):
        made += portion
        done = Review.objects.filter(cycle=cycle).count()
        report(done, cycle.people_expected or done, "")
    _note_ready(by, cycle)
    return made


@transaction.atomic
def _make_portion(by: House, cycle: Cycle) -> int:
    cycle = held_cycle(cycle.pk)
    if cycle.stage != Cycle.Stage.OPEN or cycle.ready_at or not cycle.opened_on:
        return 0
    posts = without_review(cycle, population(cycle, cycle.opened_on), PORTION)
    reviews = write_reviews(cycle, posts, cycle.opened_on)
    record_all(
        (ReviewOpened(one.employee_id, one.pk, cycle.name, cycle.pk) for one in reviews), by=by
    )
    return len(reviews)


def write_reviews(cycle: Cycle, posts: Sequence[Assignment], on: date) -> list[Review]:
    """Reviews with their items and first forms, for the holders of these posts."""
    source = ItemSource(cycle, posts, on)
    reviews = [
        Review(
            cycle=cycle,
            employee_id=post.employee_id,
            manager_id=post.manager_id,
            position_id=post.position_id,
            unit_id=post.position.unit_id,
        )
        for post in posts
    ]
    Review.objects.bulk_create(reviews, batch_size=BATCH)
    items = [
        item
        for review, post in zip(reviews, posts, strict=True)
        for item in source.items(review, post)
    ]
    Item.objects.bulk_create(items, batch_size=BATCH)
    Form.objects.bulk_create(_first_forms(reviews), batch_size=BATCH)
    return reviews


def _first_forms(reviews: Sequence[Review]) -> list[Form]:
    """The employee's own form and the manager's; peers get theirs when they are confirmed."""
    own = [Form(review=one, role=Form.Role.SELF, rater_id=one.employee_id) for one in reviews]
    managers = [
        Form(review=one, role=Form.Role.MANAGER, rater_id=one.manager_id)
        for one in reviews
        if one.manager_id
    ]
    return own + managers


@transaction.atomic
def _note_ready(by: House, cycle: Cycle) -> None:
    cycle = held_cycle(cycle.pk)
    if cycle.ready_at or cycle.stage != Cycle.Stage.OPEN:
        return
    cycle.ready_at = now()
    cycle.save()
    number = Review.objects.filter(cycle=cycle).count()
    record(CycleFilled(cycle.pk, cycle.name, number), by=by)


@transaction.atomic
def add_late(*, by: Viewer, cycle: Cycle, employee: Employee, reason: str) -> Review:
    """Add somebody to a cycle that has opened, with a reason."""
    cycle = held_cycle(cycle.pk)
    require(policies.may_add_late(by, cycle))
    if not reason.strip():
        raise Refused(_("Say why this person joins late."), field="reason")
    if Review.objects.filter(cycle=cycle, employee=employee).exists():
        raise Refused(_("%s has a review in this cycle.") % employee.name, field="employee")
    held_today = Assignment.objects.on(by.today).filter(employee=employee)
    posts = list(held_today.select_related("position"))
    if not posts:
        raise Refused(_("%s holds no post today.") % employee.name, field="employee")
    review = write_reviews(cycle, posts, by.today)[0]
    LateJoining.objects.create(review=review, by=by.employee, at=now(), reason=reason.strip())
    opened = ReviewOpened(employee.pk, review.pk, cycle.name, cycle.pk, late=True)
    record(opened, by=by, reason=reason.strip())
    return review
