"""What was done to a review, each a row with who, when and why."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sightline.people.models import Employee
from sightline.reviews.models.cycles import Cycle
from sightline.reviews.models.forms import Form
from sightline.reviews.models.reviews import Review


class Act(models.Model):
    """Somebody did something at a moment."""

    by = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        abstract = True


class LateJoining(Act):
    """Somebody was added after the cycle had opened."""

    review = models.OneToOneField(Review, models.PROTECT, related_name="late_joining")
    reason = models.CharField(_("reason"), max_length=500)

    def __str__(self) -> str:
        return f"{self.review_id} joined late"


class RaterChange(Act):
    """Somebody else writes the review from now on."""

    review = models.ForeignKey(Review, models.PROTECT, related_name="rater_changes")
    before = models.ForeignKey(Employee, models.PROTECT, null=True, related_name="+")
    after = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    reason = models.CharField(_("reason"), max_length=500)

    def __str__(self) -> str:
        return f"{self.review_id} from {self.before_id} to {self.after_id}"


class Reopening(Act):
    """A submitted form was given back to its writer."""

    form = models.ForeignKey(Form, models.PROTECT, related_name="reopenings")
    reason = models.CharField(_("reason"), max_length=500)

    def __str__(self) -> str:
        return f"{self.form_id} reopened"


class Calibration(Act):
    """A proposed rating was changed when proposals were compared. The old one stays beside it."""

    review = models.ForeignKey(Review, models.PROTECT, related_name="calibrations")
    from_value = models.PositiveSmallIntegerField()
    to_value = models.PositiveSmallIntegerField()
    reason = models.CharField(_("reason"), max_length=1000)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(from_value=F("to_value")), name="reviews_calibration_changes_something"
            )
        ]

    def __str__(self) -> str:
        return f"{self.review_id}: {self.from_value} to {self.to_value}"


class MakingFinal(Act):
    """A session was ended: each rating of the cycle holds, as it was proposed or calibrated."""

    cycle = models.OneToOneField(Cycle, models.PROTECT, related_name="making_final")

    def __str__(self) -> str:
        return f"ratings of {self.cycle_id} made final"


class Sharing(Act):
    """The employee was told the outcome, in the manager's words."""

    review = models.OneToOneField(Review, models.PROTECT, related_name="sharing")
    words = models.TextField(_("your words"), max_length=4000, blank=True)

    def __str__(self) -> str:
        return f"{self.review_id} shared"


class Acknowledgement(Act):
    """The employee has read it; a reply if he wants one. To read is not to agree."""

    review = models.OneToOneField(Review, models.PROTECT, related_name="acknowledgement")
    reply = models.TextField(_("your reply"), max_length=4000, blank=True)

    def __str__(self) -> str:
        return f"{self.review_id} acknowledged"


class Appeal(Act):
    """The employee asks that somebody who took no part looks again."""

    review = models.OneToOneField(Review, models.PROTECT, related_name="appeal")
    grounds = models.TextField(_("why"), max_length=4000)

    def __str__(self) -> str:
        return f"appeal on {self.review_id}"


class AppealDecision(Act):
    """What became of an appeal; decided by somebody who took no part in the review."""

    appeal = models.OneToOneField(Appeal, models.PROTECT, related_name="decision")
    upheld = models.BooleanField(_("the rating stays"))
    to_value = models.PositiveSmallIntegerField(null=True)
    reason = models.TextField(_("reason"), max_length=4000)

    def __str__(self) -> str:
        return f"decision on {self.appeal_id}"
