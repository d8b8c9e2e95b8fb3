from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sightline.goals.models.periods import Period
from sightline.goals.models.revisions import Side, Wording
from sightline.people.models import Employee, Unit
from sightline.strategy.models.measures import DECIMALS, DIGITS


class Goal(Wording):
    """What an employee, or a unit, will achieve in a period.

    Its wording is the agreed revision; before there is one, the latest. The figures below are kept
    by `actions.figures`: nobody types them.
    """

    class Stage(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PROPOSED = "proposed", _("Proposed")
        AGREED = "agreed", _("Agreed")
        CLOSED = "closed", _("Closed")

    class Visibility(models.TextChoices):
        EVERYONE = "everyone", _("Everyone who works here")
        UNIT = "unit", _("The unit, and those above")
        LINE = "line", _("The reporting line")
        PRIVATE = "private", _("Only the two who agree on it")

    employee = models.ForeignKey(
        Employee, models.PROTECT, null=True, blank=True, related_name="goals"
    )
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="goals")
    period = models.ForeignKey(Period, models.PROTECT, related_name="goals")
    visibility = models.CharField(
        _("who may see it"), max_length=10, choices=Visibility, default=Visibility.EVERYONE
    )
    stage = models.CharField(_("stage"), max_length=10, choices=Stage, default=Stage.DRAFT)
    turn = models.CharField(max_length=10, choices=Side, blank=True)
    asked = models.ForeignKey(Employee, models.PROTECT, null=True, blank=True, related_name="+")
    """Who was to answer when it was passed last; who may now, the organisation of the day says."""

    drafted_by = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    latest_number = models.PositiveSmallIntegerField(default=1)
    agreed_number = models.PositiveSmallIntegerField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    """Grows whenever what other goals rely on changes; see Contribution.parent_version."""

    carried_from = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="carried_to"
    )
    changed_at = models.DateTimeField(db_index=True)

    value = models.DecimalField(max_digits=DIGITS, decimal_places=DECIMALS, null=True, blank=True)
    confidence = models.DecimalField(max_digits=3, decimal_places=2, null=True, blank=True)
    measured_on = models.DateField(null=True, blank=True)
    done_percent = models.DecimalField(max_digits=7, decimal_places=2, null=True, blank=True)
    plan_percent = models.DecimalField(max_digits=7, decimal_places=2, null=True, blank=True)
    chance_percent = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    """How likely it is done in time, as of the day it was measured on."""

    rolled_percent = models.DecimalField(max_digits=7, decimal_places=2, null=True, blank=True)
    rolled_coverage_percent = models.DecimalField(
        max_digits=5, decimal_places=2, null=True, blank=True
    )

    class Meta(Wording.Meta):
        ordering = ["-weight_percent", "pk"]
        constraints = [
            *Wording.Meta.constraints,
            models.CheckConstraint(
                condition=Q(employee__isnull=True) ^ Q(unit__isnull=True),
                name="goals_goal_has_one_owner",
            ),
            models.CheckConstraint(
                condition=~Q(stage="agreed") | Q(agreed_number__isnull=False),
                name="goals_goal_knows_what_was_agreed",
            ),
            models.CheckConstraint(
                condition=Q(turn="") ^ Q(stage="proposed"),
                name="goals_goal_has_a_turn_when_proposed",
            ),
        ]
        indexes = [
            models.Index(fields=["employee", "period"]),
            models.Index(fields=["unit", "period"]),
            models.Index(fields=["period", "stage"]),
            models.Index(fields=["stage", "turn"]),
            models.Index(fields=["due_on"]),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def owner(self) -> Employee | Unit:
        """Whose goal it is."""
        return next(one for one in (self.employee, self.unit) if one is not None)

    @property
    def is_closed(self) -> bool:
        """Whether it has come to its end."""
        return self.stage == self.Stage.CLOSED

    @property
    def holds(self) -> bool:
        """Whether something was agreed and still runs, be a change proposed or not."""
        return self.agreed_number is not None and not self.is_closed


class Closing(models.Model):
    """How a goal ended, in the words of whoever closed it."""

    class Outcome(models.TextChoices):
        DONE = "done", _("Done")
        MISSED = "missed", _("Missed")
        DROPPED = "dropped", _("Dropped")

    goal = models.OneToOneField(Goal, models.PROTECT, related_name="closing")
    outcome = models.CharField(_("how it ended"), max_length=10, choices=Outcome)
    words = models.TextField(_("what is to be said about it"), max_length=2000, blank=True)
    by = models.ForeignKey(Employee, models.PROTECT, null=True, blank=True, related_name="+")
    """Nobody, when a proposal ended because its owner left."""

    on = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["outcome", "on"])]

    def __str__(self) -> str:
        return f"{self.goal_id} {self.outcome} on {self.on}"
