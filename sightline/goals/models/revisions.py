from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sightline.goals.models.fields import TITLE_LENGTH, MilestonesField
from sightline.people.models import Employee
from sightline.strategy.models.measures import DECIMALS, DIGITS


class Side(models.TextChoices):
    """The two who must agree on a goal."""

    OWNER = "owner", _("Whose goal it is")
    LEAD = "lead", _("Who leads the owner")

    @property
    def other(self) -> Side:
        """The side across the table."""
        return Side.LEAD if self is Side.OWNER else Side.OWNER


class Wording(models.Model):
    """What a goal says."""

    class Kind(models.TextChoices):
        NUMBER = "number", _("A number, from start to target")
        BAND = "band", _("A number, kept within a band")
        MILESTONES = "milestones", _("Milestones, or a checklist")
        YES_NO = "yes_no", _("Done or not done")
        CHILDREN = "children", _("The goals that serve it")

    title = models.CharField(_("goal"), max_length=TITLE_LENGTH)
    why = models.TextField(_("why it matters"), max_length=2000, blank=True)
    measured_by = models.CharField(_("measured by"), max_length=300, blank=True)
    kind = models.CharField(_("kind of measure"), max_length=10, choices=Kind, default=Kind.NUMBER)
    value_unit = models.CharField(_("unit of the number"), max_length=20, blank=True)
    start_value = models.DecimalField(
        _("stands at"), max_digits=DIGITS, decimal_places=DECIMALS, null=True, blank=True
    )
    target_value = models.DecimalField(
        _("target"), max_digits=DIGITS, decimal_places=DECIMALS, null=True, blank=True
    )
    band_low = models.DecimalField(
        _("lower end"), max_digits=DIGITS, decimal_places=DECIMALS, null=True, blank=True
    )
    band_high = models.DecimalField(
        _("upper end"), max_digits=DIGITS, decimal_places=DECIMALS, null=True, blank=True
    )
    inside_percent = models.PositiveSmallIntegerField(
        _("days within the band, %"), null=True, blank=True
    )
    milestones = MilestonesField(_("milestones"))
    weight_percent = models.PositiveSmallIntegerField(_("weight in the plan, %"), default=20)
    from_on = models.DateField(_("start"))
    due_on = models.DateField(_("due"))

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(from_on__lt=F("due_on")),
                name="%(app_label)s_%(class)s_starts_before_due",
            ),
            models.CheckConstraint(
                condition=Q(weight_percent__lte=100),
                name="%(app_label)s_%(class)s_weight_is_a_percentage",
            ),
            models.CheckConstraint(
                condition=~Q(kind="number")
                | (
                    Q(start_value__isnull=False, target_value__isnull=False)
                    & ~Q(start_value=F("target_value"))
                ),
                name="%(app_label)s_%(class)s_number_has_a_way_to_go",
            ),
            models.CheckConstraint(
                condition=~Q(kind="band")
                | (
                    Q(band_low__isnull=False, band_high__isnull=False)
                    & Q(band_low__lt=F("band_high"))
                    & Q(inside_percent__gte=1, inside_percent__lte=100)
                ),
                name="%(app_label)s_%(class)s_band_has_two_ends_and_its_days",
            ),
        ]


class Revision(Wording):
    """One pass of the ball: what the goal should say, from whom, and why."""

    goal = models.ForeignKey("goals.Goal", models.PROTECT, related_name="revisions")
    number = models.PositiveSmallIntegerField()
    author = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    side = models.CharField(max_length=10, choices=Side)
    reason = models.TextField(_("why"), max_length=2000, blank=True)
    written_at = models.DateTimeField()

    class Meta(Wording.Meta):
        ordering = ["goal", "number"]
        constraints = [
            *Wording.Meta.constraints,
            models.UniqueConstraint(
                fields=["goal", "number"], name="goals_revision_number_is_taken_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.goal_id} revision {self.number}"


class Acceptance(models.Model):
    """One side accepts a revision. Whoever writes one accepts it by that."""

    revision = models.ForeignKey(Revision, models.PROTECT, related_name="acceptances")
    side = models.CharField(max_length=10, choices=Side)
    by = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField()
    words = models.TextField(_("a word to go with it"), max_length=2000, blank=True)
    lapsed_at = models.DateTimeField(null=True, blank=True)
    """When somebody else took the side over before the other had accepted, too."""

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["revision", "side"],
                condition=Q(lapsed_at=None),
                name="goals_acceptance_is_given_once_a_side",
            )
        ]

    def __str__(self) -> str:
        return f"{self.revision_id} by {self.side}"


class Handover(models.Model):
    """Somebody else speaks for a side of a goal from now on, in the midst of the talk."""

    goal = models.ForeignKey("goals.Goal", models.PROTECT, related_name="handovers")
    side = models.CharField(max_length=10, choices=Side)
    number = models.PositiveSmallIntegerField()
    """The revision that was on the table."""

    was = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    to = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    has_lapsed = models.BooleanField(default=False)
    """Whether the one before had accepted that revision."""

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.goal_id} {self.side}: {self.was_id} to {self.to_id}"
