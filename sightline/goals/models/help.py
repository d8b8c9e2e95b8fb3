from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sightline.goals.models.check_ins import CheckIn
from sightline.goals.models.fields import TITLE_LENGTH
from sightline.goals.models.goals import Goal
from sightline.goals.rules import help as rules
from sightline.people.models import Employee


class HelpRequest(models.Model):
    """Whoever answers for a goal asks a colleague for help with it.

    The one who is asked may not see the goal: these words and the title of that day are what he is
    told of it, and all that he is told.
    """

    class Stage(models.TextChoices):
        OPEN = rules.OPEN, _("Not answered yet")
        PROMISED = rules.PROMISED, _("Promised")
        DONE = rules.DONE, _("Done")
        DECLINED = rules.DECLINED, _("Cannot")
        WITHDRAWN = rules.WITHDRAWN, _("No longer needed")
        LAPSED = rules.LAPSED, _("Ended")

    goal = models.ForeignKey(Goal, models.PROTECT, related_name="help_requests")
    check_in = models.ForeignKey(
        CheckIn, models.PROTECT, null=True, blank=True, related_name="help_requests"
    )
    asker = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    asked = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    goal_title = models.CharField(max_length=TITLE_LENGTH)
    words = models.TextField(_("what you need"), max_length=1000)
    asked_at = models.DateTimeField()
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.OPEN)
    promised_for = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(asked=F("asker")), name="goals_helprequest_asks_somebody_else"
            ),
            models.CheckConstraint(
                condition=~Q(stage=rules.PROMISED) | Q(promised_for__isnull=False),
                name="goals_helprequest_is_promised_for_a_day",
            ),
        ]
        indexes = [
            models.Index(fields=["asked", "stage"]),
            models.Index(fields=["goal", "stage"]),
            models.Index(fields=["asker", "id"]),
        ]

    def __str__(self) -> str:
        return f"{self.asker_id} asks {self.asked_id} for help with {self.goal_id}"

    @property
    def is_waiting(self) -> bool:
        """Whether help is still to come."""
        return self.stage in rules.WAITING


class HelpStep(models.Model):
    """What became of a request, in whose words; by nobody when it ended by itself."""

    request = models.ForeignKey(HelpRequest, models.PROTECT, related_name="steps")
    stage = models.CharField(max_length=10, choices=HelpRequest.Stage)
    by = models.ForeignKey(Employee, models.PROTECT, null=True, blank=True, related_name="+")
    words = models.TextField(_("words"), max_length=1000, blank=True)
    promised_for = models.DateField(null=True, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.request_id} {self.stage}"
