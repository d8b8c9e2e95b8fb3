from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sightline.goals.models.periods import Period
from sightline.people.models import Employee
from sightline.strategy.models import Objective

REASON_LENGTH = 300


class SightAnswer(models.Model):
    """Which objectives somebody's work serves in a period, in that person's own judgement.

    Given with 100 points, or skipped with a word. It is the person's alone.
    """

    period = models.ForeignKey(Period, models.PROTECT, related_name="sight_answers")
    employee = models.ForeignKey(Employee, models.PROTECT, related_name="sight_answers")
    on = models.DateField()
    none_percent = models.PositiveSmallIntegerField(_("none of these, %"), default=0)
    skipped_because = models.CharField(
        _("why it was skipped"), max_length=REASON_LENGTH, blank=True
    )
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["employee", "period"], name="goals_sightanswer_is_given_once_a_period"
            ),
            models.CheckConstraint(
                condition=Q(none_percent__lte=100), name="goals_sightanswer_none_is_a_percentage"
            ),
        ]
        indexes = [models.Index(fields=["period", "changed_at"])]

    def __str__(self) -> str:
        return f"{self.employee_id} in {self.period_id}"

    @property
    def is_skipped(self) -> bool:
        """Whether it says nothing but why nothing is said."""
        return bool(self.skipped_because)


class SightShare(models.Model):
    """The points of one answer that went to one objective."""

    answer = models.ForeignKey(SightAnswer, models.PROTECT, related_name="shares")
    objective = models.ForeignKey(Objective, models.PROTECT, related_name="said_to_be_served")
    percent = models.PositiveSmallIntegerField(_("share, %"))

    class Meta:
        ordering = ["objective__place", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["answer", "objective"], name="goals_sightshare_names_an_objective_once"
            ),
            models.CheckConstraint(
                condition=Q(percent__gte=1, percent__lte=100),
                name="goals_sightshare_is_a_percentage",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.percent}% for {self.objective_id}"
