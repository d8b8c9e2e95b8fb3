from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from sightline.goals.models.goals import Goal
from sightline.goals.models.revisions import Revision, Side
from sightline.people.models import Employee


class Mediation(models.Model):
    """One side of a goal asks somebody above both to mediate.

    It holds for the talk in which it was asked: until the goal is agreed, or closed.
    """

    goal = models.ForeignKey(Goal, models.PROTECT, related_name="mediations")
    after_number = models.PositiveSmallIntegerField()
    """The revision that held when it was asked; 0 when none did."""

    side = models.CharField(max_length=10, choices=Side)
    by = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    words = models.TextField(_("what you cannot agree on"), max_length=2000)
    mediator = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["mediator", "goal"])]

    def __str__(self) -> str:
        return f"{self.goal_id}: {self.mediator_id} asked to mediate"


class Recommendation(models.Model):
    """What somebody who was asked to mediate says; with a revision, if one was put forward."""

    mediation = models.ForeignKey(Mediation, models.PROTECT, related_name="recommendations")
    words = models.TextField(_("what you recommend"), max_length=2000)
    revision = models.OneToOneField(
        Revision, models.PROTECT, null=True, blank=True, related_name="recommendation"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.mediation_id} recommended on {self.at:%Y-%m-%d}"
