from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sightline.foundation.core.models import Dated, DatedQuerySet
from sightline.people.models import Employee


class Strategy(Dated):
    """A plan for a span of years. One is in force at most; a change is the next strategy."""

    class Stage(models.TextChoices):
        DRAFT = "draft", _("Draft")
        IN_FORCE = "in_force", _("In force")
        SUPERSEDED = "superseded", _("Superseded")

    name = models.CharField(_("name"), max_length=120)
    mission = models.TextField(_("mission"), max_length=2000, blank=True)
    vision = models.TextField(_("vision"), max_length=2000, blank=True)
    stage = models.CharField(_("stage"), max_length=20, choices=Stage, default=Stage.DRAFT)

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        ordering = ["-from_on", "-pk"]
        verbose_name_plural = "strategies"
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["stage"],
                condition=Q(stage="in_force"),
                name="strategy_strategy_is_in_force_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_draft(self) -> bool:
        """Whether it is still being written."""
        return self.stage == self.Stage.DRAFT

    @property
    def is_in_force(self) -> bool:
        """Whether it is the one that holds."""
        return self.stage == self.Stage.IN_FORCE


class StrategyStep(models.Model):
    """Somebody drafted a strategy, or brought it into force; with that, the former one ended."""

    strategy = models.ForeignKey(Strategy, models.PROTECT, related_name="steps")
    stage = models.CharField(max_length=20, choices=Strategy.Stage)
    by = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    on = models.DateField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["strategy", "stage"], name="strategy_strategystep_is_taken_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.strategy_id} {self.stage} on {self.on}"


class Perspective(models.Model):
    """A view of a strategy, such as that of customers; a row of its map."""

    strategy = models.ForeignKey(Strategy, models.PROTECT, related_name="perspectives")
    name = models.CharField(_("name"), max_length=80)
    hue = models.PositiveSmallIntegerField(_("colour"), default=1)
    place = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["place", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["strategy", "name"], name="strategy_perspective_name_stands_once"
            ),
            models.CheckConstraint(
                condition=Q(hue__gte=1, hue__lte=8), name="strategy_perspective_hue_is_1_to_8"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Objective(models.Model):
    """A result that the strategy expects, with the share of all effort meant for it."""

    strategy = models.ForeignKey(Strategy, models.PROTECT, related_name="objectives")
    perspective = models.ForeignKey(Perspective, models.PROTECT, related_name="objectives")
    code = models.CharField(_("code"), max_length=12)
    title = models.CharField(_("title"), max_length=120)
    description = models.TextField(_("what it means"), max_length=2000, blank=True)
    theme = models.CharField(_("theme"), max_length=60, blank=True)
    """What it belongs to across perspectives; objectives of one theme say it alike."""

    owner = models.ForeignKey(Employee, models.PROTECT, related_name="objectives_owned")
    intended_share_percent = models.DecimalField(
        _("intended share, %"), max_digits=5, decimal_places=2, default=0
    )
    place = models.PositiveSmallIntegerField(default=0)
    root = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="versions")
    """The objective of an earlier strategy that it began as a copy of, the first of them."""

    class Meta:
        ordering = ["perspective__place", "place", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["strategy", "code"], name="strategy_objective_code_is_taken_once"
            ),
            models.CheckConstraint(
                condition=Q(intended_share_percent__gte=0, intended_share_percent__lte=100),
                name="strategy_objective_share_is_a_percentage",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def line(self) -> int:
        """What it has in common with its versions in other strategies."""
        return self.root_id or self.pk


class Cause(models.Model):
    """One objective drives another: a hypothesis of the strategy, and a link of its map."""

    from_objective = models.ForeignKey(Objective, models.PROTECT, related_name="drives")
    to_objective = models.ForeignKey(Objective, models.PROTECT, related_name="driven_by")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["from_objective", "to_objective"], name="strategy_cause_is_drawn_once"
            ),
            models.CheckConstraint(
                condition=~Q(from_objective=F("to_objective")),
                name="strategy_cause_does_not_drive_itself",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_objective_id} → {self.to_objective_id}"
