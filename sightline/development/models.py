"""The facts about growth: levels that people showed, and what they plan to do."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sightline.development import rules
from sightline.people.models import Competency, Employee, Job


class ShownLevel(models.Model):
    """A level of a competency that somebody saw a person show. Never changed, never deleted."""

    class Source(models.TextChoices):
        MANAGER = rules.MANAGER, _("Manager’s assessment")
        SELF = rules.SELF, _("Self-assessment")
        REVIEW = rules.REVIEW, _("Review")

    employee = models.ForeignKey(Employee, models.PROTECT, related_name="shown_levels")
    competency = models.ForeignKey(Competency, models.PROTECT, related_name="shown_levels")
    level = models.DecimalField(_("level"), max_digits=3, decimal_places=2)
    plus_minus = models.DecimalField(
        _("give or take"), max_digits=3, decimal_places=2, default=Decimal(0)
    )
    source = models.CharField(_("from what"), max_length=10, choices=Source)
    judged_by = models.ForeignKey(
        Employee, models.PROTECT, null=True, blank=True, related_name="judged_levels"
    )
    judged_on = models.DateField(_("judged on"))
    seen_in = models.TextField(_("seen in"), max_length=2000, blank=True)
    origin = models.CharField(max_length=80, blank=True)
    """What it was taken from, such as "review:12"; the same thing shows a level once."""
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["-judged_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(level__gte=1, level__lte=9), name="development_shownlevel_is_1_to_9"
            ),
            models.CheckConstraint(
                condition=Q(plus_minus__gte=0, plus_minus__lte=8),
                name="development_shownlevel_spread_is_not_negative",
            ),
            models.UniqueConstraint(
                fields=["origin", "employee", "competency"],
                condition=~Q(origin=""),
                name="development_shownlevel_is_taken_once_from_its_origin",
            ),
        ]
        indexes = [models.Index(fields=["employee", "-judged_on", "-id"])]

    def __str__(self) -> str:
        return f"{self.competency_id} at {self.level} by {self.employee_id}"

    @property
    def judgement(self) -> rules.Judgement:
        """The row as the arithmetic takes it."""
        return rules.Judgement(
            self.level, self.source, self.judged_on, self.pk or 0, self.plus_minus
        )


class StandingLevel(models.Model):
    """The level of a competency that holds for a person. Worked out from ShownLevel by actions."""

    employee = models.ForeignKey(Employee, models.PROTECT, related_name="standing_levels")
    competency = models.ForeignKey(Competency, models.PROTECT, related_name="standing_levels")
    level = models.DecimalField(max_digits=3, decimal_places=2)
    low = models.DecimalField(max_digits=3, decimal_places=2)
    high = models.DecimalField(max_digits=3, decimal_places=2)
    source = models.CharField(max_length=10, choices=ShownLevel.Source)
    judged_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["employee", "competency"], name="development_standinglevel_stands_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.competency_id} at {self.level} of {self.employee_id}"


class Side(models.TextChoices):
    """The two who agree on a plan."""

    EMPLOYEE = "employee", _("Employee")
    MANAGER = "manager", _("Manager")


class Plan(models.Model):
    """What a person will do about gaps and aspirations."""

    class Stage(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PROPOSED = "proposed", _("Proposed")
        AGREED = "agreed", _("Agreed")
        CLOSED = "closed", _("Closed")

    employee = models.ForeignKey(Employee, models.PROTECT, related_name="plans")
    drafted_by = models.ForeignKey(Employee, models.PROTECT, related_name="plans_drafted")
    aim = models.TextField(_("what it is for"), max_length=4000)
    aspires_to = models.ForeignKey(
        Job, models.PROTECT, null=True, blank=True, related_name="aspirants"
    )
    from_on = models.DateField()
    until_on = models.DateField()
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.DRAFT)
    closed_on = models.DateField(null=True, blank=True)
    closing_words = models.TextField(max_length=4000, blank=True)

    class Meta:
        ordering = ["-from_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(from_on__lt=F("until_on")),
                name="development_plan_starts_before_it_ends",
            ),
            models.UniqueConstraint(
                fields=["employee"],
                condition=Q(stage__in=["proposed", "agreed"]),
                name="development_plan_runs_one_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["employee", "drafted_by"],
                condition=Q(stage="draft"),
                name="development_plan_is_drafted_once",
            ),
        ]

    def __str__(self) -> str:
        return f"plan of {self.employee_id} from {self.from_on}"

    @property
    def is_running(self) -> bool:
        """Whether it is on the table between the two: proposed or agreed."""
        return self.stage in {self.Stage.PROPOSED, self.Stage.AGREED}


class Revision(models.Model):
    """A version of a plan: who made it, and in words what changed. The first is the draft."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    by = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    change = models.TextField(max_length=4000, blank=True)
    holds = models.BooleanField(default=False)
    """Whoever had to agree on that day did so; true ever after."""

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "number"], name="development_revision_number_is_taken_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} revision {self.number}"


class Agreement(models.Model):
    """One of the two agreed to a revision of a plan."""

    revision = models.ForeignKey(Revision, models.PROTECT, related_name="agreements")
    side = models.CharField(max_length=10, choices=Side)
    by = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["revision", "side"], name="development_agreement_is_given_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.side} to {self.revision_id}"


class PlanAction(models.Model):
    """One thing that a person will do, how one will know, by when, with whose help."""

    class Stage(models.TextChoices):
        OPEN = "open", _("Open")
        DOING = "doing", _("Doing")
        DONE = "done", _("Done")
        DROPPED = "dropped", _("Dropped")

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="actions")
    what = models.TextField(_("what"), max_length=1000)
    competency = models.ForeignKey(
        Competency, models.PROTECT, null=True, blank=True, related_name="plan_actions"
    )
    how_known = models.TextField(_("how one will know"), max_length=1000)
    due_on = models.DateField(_("by when"))
    helper = models.ForeignKey(
        Employee, models.PROTECT, null=True, blank=True, related_name="plan_actions_helped"
    )
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.OPEN)

    class Meta:
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["plan", "stage", "due_on"])]

    def __str__(self) -> str:
        return self.what


class ActionStep(models.Model):
    """An action went on: to which stage, in whose words."""

    action = models.ForeignKey(PlanAction, models.PROTECT, related_name="steps")
    stage = models.CharField(max_length=10, choices=PlanAction.Stage)
    words = models.TextField(_("in words"), max_length=2000, blank=True)
    by = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.action_id} {self.stage}"
