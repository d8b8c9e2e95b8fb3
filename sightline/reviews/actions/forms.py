"""Writing a form: kept part by part, submitted as a whole, reopened with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from sightline.foundation.access.decisions import require
from sightline.foundation.core.dates import now
from sightline.foundation.core.errors import Refused
from sightline.foundation.ledger.events import Event
from sightline.foundation.ledger.record import record
from sightline.people.models import Employee
from sightline.people.viewer import Viewer
from sightline.reviews import policies
from sightline.reviews.actions.holding import held_form, held_review
from sightline.reviews.events import (
    FormKept,
    FormReopened,
    FormSubmitted,
    PeerFormKept,
    PeerFormSubmitted,
    PeerFormTakenBack,
    RaterChanged,
)
from sightline.reviews.models import (
    Answer,
    Form,
    Item,
    Question,
    RaterChange,
    Rating,
    Reopening,
    Review,
)
from sightline.reviews.queries.forms import asked_in

State, Role = Form.State, Form.Role


@dataclass(frozen=True, slots=True)
class Said:
    """Part of a form, or all of it: ratings with comments by item, answers by question."""

    ratings: Mapping[int, tuple[int | None, str]] = field(default_factory=dict)
    unseen: frozenset[int] = frozenset()
    """Items without a rating because nothing was seen of them."""
    answers: Mapping[int, str] = field(default_factory=dict)
    proposed_value: int | None = None


@transaction.atomic
def save_form(*, by: Viewer, form: Form, said: Said) -> Form:
    """Keep what was written so far. Parts that are not named stay as they are."""
    form = held_form(form)
    require(policies.may_write(by, form))
    _refuse_what_is_not_asked(form, said)
    _keep(form, said)
    form.state = State.DRAFT
    form.save()
    record(_event(form, FormKept, PeerFormKept), by=by)
    return form


@transaction.atomic
def submit_form(*, by: Viewer, form: Form, said: Said | None = None) -> Form:
    """Send a form off. Ratings may be left out; that is said, and counted out of the score."""
    form = held_form(form)
    require(policies.may_write(by, form))
    if said is not None:
        _refuse_what_is_not_asked(form, said)
        _keep(form, said)
    _refuse_the_unfinished(form)
    form.state = State.SUBMITTED
    if form.role == Role.PEER:
        form.save()
        record(PeerFormSubmitted(form.rater_id, form.review.cycle.name), by=by)
        return form
    form.submitted_at = now()
    form.save()
    if form.role == Role.MANAGER:
        _propose(form.review, form.proposed_value)
    record(_submitted(form), by=by)
    return form


def _propose(review: Review, value: int | None) -> None:
    review.proposed_value = value
    review.stage = Review.Stage.RATED
    review.save(update_fields=["proposed_value", "stage"])


def _keep(form: Form, said: Said) -> None:
    if said.ratings:
        Rating.objects.bulk_create(
            [
                Rating(
                    form=form,
                    item_id=item,
                    value=value,
                    is_unseen=value is None and item in said.unseen,
                    comment=comment.strip(),
                )
                for item, (value, comment) in said.ratings.items()
            ],
            update_conflicts=True,
            unique_fields=["form", "item"],
            update_fields=["value", "is_unseen", "comment"],
        )
    if said.answers:
        Answer.objects.bulk_create(
            [
                Answer(form=form, question_id=question, text=text.strip())
                for question, text in said.answers.items()
            ],
            update_conflicts=True,
            unique_fields=["form", "question"],
            update_fields=["text"],
        )
    if said.proposed_value is not None:
        form.proposed_value = said.proposed_value


def _refuse_what_is_not_asked(form: Form, said: Said) -> None:
    """Refuse items and questions of others, and points that the scale does not have."""
    asked = asked_in(form.review)
    values = {value for value, _comment in said.ratings.values()} | {said.proposed_value}
    if not values - {None} <= {point.value for point in asked.points}:
        raise Refused(_("Choose one of the points of the scale."))
    if said.proposed_value is not None and form.role == Role.PEER:
        raise Refused(_("Peers rate no overall."))
    sections = asked.of_role(form.role)
    items = {one.item.pk for section in sections for one in section.items}
    questions = {one.question.pk for section in sections for one in section.questions}
    if not set(said.ratings) <= items or not set(said.answers) <= questions:
        raise Refused(_("This is not asked in your form."))


def _refuse_the_unfinished(form: Form) -> None:
    """Refuse a form that says nothing, or lacks the overall rating that is asked for."""
    if form.role != Role.PEER and form.proposed_value is None:
        raise Refused(_("Choose the rating as a whole."), field="proposed_value")
    said = form.ratings.exclude(value__isnull=True, comment="").exists()
    if not said and not form.answers.exclude(text="").exists():
        raise Refused(_("Nothing is rated and nothing is written yet."))


def _event(form: Form, own: type[FormKept], peer: type[PeerFormKept]) -> Event:
    cycle = form.review.cycle.name
    if form.role == Role.PEER:
        return peer(form.rater_id, cycle)
    return own(form.review.employee_id, form.review_id, cycle, form.pk, form.role)


def _submitted(form: Form) -> FormSubmitted:
    ratings = list(form.ratings.select_related("item").order_by("item__place"))
    answers = form.answers.select_related("question").order_by("question__pk")
    return FormSubmitted(
        form.review.employee_id,
        form.review_id,
        form.review.cycle.name,
        form.pk,
        form.role,
        form.proposed_value or 0,
        {_key(one.item): one.value for one in ratings if one.value is not None},
        {_key(one.item): one.comment for one in ratings if one.comment},
        {_key(one.question): one.text for one in answers if one.text},
        tuple(_key(one.item) for one in ratings if one.is_unseen),
    )


def _key(asked: Item | Question) -> str:
    """Of two that are called alike, each has its own."""
    return f"{asked.pk} {asked}"


@transaction.atomic
def reopen_form(*, by: Viewer, form: Form, reason: str = "") -> Form:
    """Give a submitted form back to its writer. What it says stays in it.

    With a reason; a peer takes back his own without one.
    """
    form = held_form(form)
    require(policies.may_reopen(by, form))
    if form.role != Role.PEER and not reason.strip():
        raise Refused(_("Say why the form is reopened."), field="reason")
    form.state, form.submitted_at = State.DRAFT, None
    form.save()
    if form.role == Role.PEER:
        record(PeerFormTakenBack(form.rater_id, form.review.cycle.name), by=by)
        return form
    review, why = form.review, reason.strip()
    Reopening.objects.create(form=form, by=by.employee, at=now(), reason=why)
    if form.role == Role.MANAGER:
        _withdraw(review)
    record(
        FormReopened(review.employee_id, review.pk, review.cycle.name, form.pk, form.role, why),
        by=by,
    )
    return form


def _withdraw(review: Review) -> None:
    review.proposed_value = None
    review.stage = Review.Stage.GATHERING
    review.save(update_fields=["proposed_value", "stage"])


@transaction.atomic
def change_rater(*, by: Viewer, review: Review, manager: Employee, reason: str) -> Review:
    """Have somebody else write the review. What stands in the manager's form is passed on."""
    review = held_review(review)
    require(policies.may_change_rater(by, review))
    _refuse_rater(review, manager, reason)
    before = review.manager
    Form.objects.update_or_create(review=review, role=Role.MANAGER, defaults={"rater": manager})
    review.manager = manager
    review.save(update_fields=["manager"])
    RaterChange.objects.create(
        review=review,
        before=before,
        after=manager,
        by=by.employee,
        at=now(),
        reason=reason.strip(),
    )
    record(
        RaterChanged(
            review.employee_id,
            review.pk,
            review.cycle.name,
            before.name if before else "",
            manager.name,
        ),
        by=by,
        reason=reason.strip(),
    )
    return review


def _refuse_rater(review: Review, manager: Employee, reason: str) -> None:
    if not reason.strip():
        raise Refused(_("Say why somebody else writes it."), field="reason")
    if manager.pk in {review.employee_id, review.manager_id}:
        raise Refused(_("Choose somebody else."), field="manager")
    sent = Form.objects.filter(review=review, role=Role.MANAGER, state=State.SUBMITTED)
    if sent.exists():
        raise Refused(_("The manager’s form was submitted. Reopen it first."))
    named = review.nominations.filter(peer=manager).select_related("answer")
    if any(one.stands for one in named):
        words = _("%s is named as a peer; what peers say stays apart from what the manager says.")
        raise Refused(words % manager.name, field="manager")
