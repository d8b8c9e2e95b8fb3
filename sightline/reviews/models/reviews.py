from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sightline.goals.models import Goal
from sightline.people.models import Competency, Employee, Position, Responsibility, Unit
from sightline.reviews.models.cycles import Cycle
from sightline.reviews.models.templates import Section


class Review(models.Model):
    """One employee in one cycle: who rates, in which post, and the one rating that holds."""

    class Stage(models.TextChoices):
        GATHERING = "gathering", _("Gathering")
        RATED = "rated", _("Rated")
        CALIBRATED = "calibrated", _("Calibrated")
        SHARED = "shared", _("Shared")
        ACKNOWLEDGED = "acknowledged", _("Acknowledged")
        APPEALED = "appealed", _("Under appeal")
        DECIDED = "decided", _("Decided on appeal")

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="reviews")
    employee = models.ForeignKey(Employee, models.PROTECT, related_name="reviews")
    manager = models.ForeignKey(
        Employee, models.PROTECT, null=True, blank=True, related_name="reviews_to_write"
    )
    """Who rates; at opening the manager of that day."""
    position = models.ForeignKey(Position, models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    stage = models.CharField(_("stage"), max_length=20, choices=Stage, default=Stage.GATHERING)
    proposed_value = models.PositiveSmallIntegerField(_("proposed rating"), null=True)
    """The manager's, as he submitted it."""
    final_value = models.PositiveSmallIntegerField(_("final rating"), null=True)
    """The one that holds after calibration, the same everywhere."""

    class Meta:
        ordering = ["employee__sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["cycle", "employee"], name="reviews_review_is_one_a_cycle"
            ),
            models.CheckConstraint(
                condition=Q(stage__in=["gathering", "rated"]) | Q(final_value__isnull=False),
                name="reviews_review_past_calibration_has_a_final_rating",
            ),
        ]
        indexes = [
            models.Index(fields=["cycle", "unit", "stage"]),
            models.Index(fields=["cycle", "stage"]),
        ]

    def __str__(self) -> str:
        return f"{self.employee_id} in {self.cycle_id}"

    @property
    def is_shared(self) -> bool:
        """Whether the employee knows the outcome."""
        early = {self.Stage.GATHERING, self.Stage.RATED, self.Stage.CALIBRATED}
        return self.stage not in early


class Item(models.Model):
    """Something rated in a review, as it stood when the review was made."""

    review = models.ForeignKey(Review, models.PROTECT, related_name="items")
    section = models.ForeignKey(Section, models.PROTECT, related_name="+")
    title = models.CharField(max_length=300)
    detail = models.CharField(max_length=2000, blank=True)
    """What good looks like: the measure, the standard, or the anchor of the required level."""
    weight_percent = models.PositiveSmallIntegerField(null=True)
    """Within its section. None: all that have none share alike."""
    goal = models.ForeignKey(Goal, models.PROTECT, null=True, related_name="+")
    responsibility = models.ForeignKey(
        Responsibility, models.PROTECT, null=True, related_name="+", db_index=False
    )
    competency = models.ForeignKey(Competency, models.PROTECT, null=True, related_name="+")
    required_level = models.PositiveSmallIntegerField(null=True)
    place = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["place", "pk"]
        indexes = [models.Index(fields=["review", "place"])]

    def __str__(self) -> str:
        return self.title

    def is_asked_of(self, role: str) -> bool:
        """Whether a role may know of it: a peer only of goals that are open to everyone."""
        if role != "peer" or self.goal is None:
            return True
        return self.goal.visibility == Goal.Visibility.EVERYONE
