from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sightline.goals.models.goals import Goal
from sightline.people.models import Employee
from sightline.strategy.models.measures import DECIMALS, DIGITS


class CheckIn(models.Model):
    """How a goal stood on a day: the value, how sure one is to get there, and a note."""

    goal = models.ForeignKey(Goal, models.PROTECT, related_name="check_ins")
    author = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    on = models.DateField(_("on"))
    value = models.DecimalField(
        _("value"), max_digits=DIGITS, decimal_places=DECIMALS, null=True, blank=True
    )
    confidence = models.DecimalField(_("confidence"), max_digits=3, decimal_places=2)
    note = models.TextField(_("note"), max_length=2000, blank=True)
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(confidence__gte=0, confidence__lte=1),
                name="goals_checkin_confidence_is_between_0_and_1",
            )
        ]
        indexes = [models.Index(fields=["goal", "on", "id"])]

    def __str__(self) -> str:
        return f"{self.goal_id} on {self.on}"


class Disagreement(models.Model):
    """The owner holds that a computed status does not tell the truth, and says why."""

    check_in = models.OneToOneField(CheckIn, models.PROTECT, related_name="disagreement")
    status = models.CharField(max_length=10)
    words = models.TextField(_("what the status does not tell"), max_length=1000)
    by = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    on = models.DateField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.check_in_id} is not {self.status}"
