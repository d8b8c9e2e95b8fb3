"""After the forms: calibrated, shared, acknowledged, appealed, decided. Each act is a row."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from sightline.foundation.access.decisions import require
from sightline.foundation.core.dates import now
from sightline.foundation.core.errors import Refused
from sightline.foundation.ledger.record import record
from sightline.people.viewer import Viewer
from sightline.reviews import policies
from sightline.reviews.actions.holding import held_review
from sightline.reviews.actions.levels import show_levels_of
from sightline.reviews.events import (
    AppealDecided,
    AppealMade,
    RatingCalibrated,
    ReviewAcknowledged,
    ReviewShared,
)
from sightline.reviews.models import (
    Acknowledgement,
    Appeal,
    AppealDecision,
    Calibration,
    Review,
    ScalePoint,
    Sharing,
)
from sightline.reviews.queries.calibration import standing_value
from sightline.reviews.rules import stages

Stage = Review.Stage


@transaction.atomic
def calibrate(*, by: Viewer, review: Review, to_value: int, reason: str) -> Calibration:
    """Change a proposed rating, with a reason. What was proposed stays beside it."""
    review = held_review(review)
    require(policies.may_calibrate(by, review))
    before = standing_value(review)
    _refuse_value(review, to_value)
    if to_value == before or before is None:
        raise Refused(_("That is the rating already."), field="to_value")
    if not reason.strip():
        raise Refused(_("Say why the rating changes; the manager reads it."), field="reason")
    change = Calibration.objects.create(
        review=review,
        from_value=before,
        to_value=to_value,
        reason=reason.strip(),
        by=by.employee,
        at=now(),
    )
    name, why = review.cycle.name, change.reason
    record(RatingCalibrated(review.employee_id, review.pk, name, before, to_value, why), by=by)
    return change


def _refuse_value(review: Review, value: int) -> None:
    points = ScalePoint.objects.filter(version=review.cycle.version_id, value=value)
    if not points.exists():
        raise Refused(_("Choose one of the points of the scale."), field="to_value")


@transaction.atomic
def share(*, by: Viewer, review: Review, words: str) -> Sharing:
    """Tell the employee the outcome, in the manager's words."""
    review = held_review(review)
    require(policies.may_share(by, review))
    if not words.strip():
        raise Refused(_("Write what you want the person to read first."), field="words")
    sharing = Sharing.objects.create(review=review, words=words.strip(), by=by.employee, at=now())
    _go(review, Stage.SHARED)
    record(
        ReviewShared(
            review.employee_id, review.pk, review.cycle.name, review.final_value or 0, sharing.words
        ),
        by=by,
    )
    show_levels_of(by=by, review=review)
    return sharing


@transaction.atomic
def acknowledge(*, by: Viewer, review: Review, reply: str = "") -> Acknowledgement:
    """Say that one has read one's review, and what one thinks of it. To read is not to agree."""
    review = held_review(review)
    require(policies.may_acknowledge(by, review))
    done = Acknowledgement.objects.create(
        review=review, reply=reply.strip(), by=by.employee, at=now()
    )
    _go(review, Stage.ACKNOWLEDGED)
    record(ReviewAcknowledged(review.employee_id, review.pk, review.cycle.name, done.reply), by=by)
    return done


@transaction.atomic
def appeal(*, by: Viewer, review: Review, grounds: str) -> Appeal:
    """Ask that somebody who took no part looks at the rating again."""
    review = held_review(review)
    require(policies.may_appeal(by, review))
    if not grounds.strip():
        raise Refused(_("Say what was not seen, or not seen rightly."), field="grounds")
    made = Appeal.objects.create(review=review, grounds=grounds.strip(), by=by.employee, at=now())
    _go(review, Stage.APPEALED)
    record(AppealMade(review.employee_id, review.pk, review.cycle.name, made.grounds), by=by)
    return made


@transaction.atomic
def decide_appeal(
    *, by: Viewer, review: Review, reason: str, to_value: int | None = None
) -> AppealDecision:
    """Decide an appeal: the rating stays (no value), or becomes another. The reason is told."""
    review = held_review(review)
    require(policies.may_decide_appeal(by, review))
    if not reason.strip():
        raise Refused(_("Give the reason; the employee and the manager read it."), field="reason")
    before = review.final_value or 0
    if to_value is not None:
        _refuse_value(review, to_value)
    value = to_value or before
    decision = AppealDecision.objects.create(
        appeal=review.appeal,
        upheld=value == before,
        to_value=None if value == before else value,
        reason=reason.strip(),
        by=by.employee,
        at=now(),
    )
    review.final_value = value
    _go(review, Stage.DECIDED)
    record(
        AppealDecided(
            review.employee_id,
            review.pk,
            review.cycle.name,
            decision.upheld,
            before,
            value,
            decision.reason,
        ),
        by=by,
    )
    return decision


def _go(review: Review, stage: Stage) -> None:
    """Bring a review into another stage, if the table of stages lets it."""
    if not stages.may_follow(stages.REVIEW, review.stage, stage):
        raise Refused(_("This review is no longer where it was. Look at it again."))
    review.stage = stage
    review.save(update_fields=["stage", "final_value"])
