from __future__ import annotations

from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sightline.foundation.core.models import Dated, DatedQuerySet
from sightline.people.models import Employee, Job, Unit
from sightline.reviews.models.templates import TemplateVersion


class Cycle(models.Model):
    """An evaluation of a population over a period, by a template, with dated stages."""

    class Stage(models.TextChoices):
        DRAFT = "draft", _("Draft")
        DRY_RUN = "dry_run", _("Dry run")
        OPEN = "open", _("Open")
        CALIBRATING = "calibrating", _("Calibrating")
        SHARED = "shared", _("Sharing")
        CLOSED = "closed", _("Closed")

    name = models.CharField(_("name"), max_length=120, unique=True)
    version = models.ForeignKey(TemplateVersion, models.PROTECT, related_name="cycles")
    stage = models.CharField(_("stage"), max_length=20, choices=Stage, default=Stage.DRAFT)
    period_from_on = models.DateField(_("looks back from"))
    period_until_on = models.DateField(_("up to, not including"))
    units = models.ManyToManyField(Unit, blank=True, related_name="review_cycles")
    """With all under them. No units and no jobs: everybody."""
    jobs = models.ManyToManyField(Job, blank=True, related_name="review_cycles")
    peers_from = models.PositiveSmallIntegerField(_("answers of peers needed"), default=3)
    """Fewer answers than this are held back. Never fewer than three."""
    peers_up_to = models.PositiveSmallIntegerField(_("peers at most"), default=5)
    made_by = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    opened_on = models.DateField(null=True)
    """Who worked here on that day, in which post under whom, is who is reviewed."""
    people_expected = models.PositiveIntegerField(null=True)
    """How many reviews opening it makes; people who join late come on top."""
    ready_at = models.DateTimeField(null=True)
    """When all of these had been made."""
    peers_gathered_at = models.DateTimeField(null=True)
    """When what the peers said was put together, of all reviews at once. Peers write until then."""

    class Meta:
        ordering = ["-period_until_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(period_from_on__lt=F("period_until_on")),
                name="reviews_cycle_period_runs_forwards",
            ),
            models.CheckConstraint(
                condition=Q(peers_from__gte=3), name="reviews_cycle_needs_three_peers_or_more"
            ),
            models.CheckConstraint(
                condition=Q(peers_up_to__gte=F("peers_from")),
                name="reviews_cycle_asks_as_many_peers_as_it_needs",
            ),
        ]
        indexes = [models.Index(fields=["stage"])]

    def __str__(self) -> str:
        return self.name

    @property
    def is_running(self) -> bool:
        """Whether people work on it."""
        return self.stage in {self.Stage.OPEN, self.Stage.CALIBRATING, self.Stage.SHARED}


class CycleStage(Dated):
    """The days on which a part of the work of a cycle is done."""

    class Kind(models.TextChoices):
        NOMINATE = "nominate", _("Choose peers")
        SELF = "self", _("Self review")
        PEERS = "peers", _("Peers")
        MANAGER = "manager", _("Managers")
        CALIBRATE = "calibrate", _("Calibration")
        SHARE = "share", _("Sharing")
        ACKNOWLEDGE = "acknowledge", _("Reply")

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="stages")
    kind = models.CharField(max_length=20, choices=Kind)
    until_on = models.DateField()

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["from_on", "until_on", "pk"]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["cycle", "kind"], name="reviews_cyclestage_stands_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.cycle_id}"

    @property
    def last_on(self) -> date:
        """The last day of it."""
        return self.until_on - timedelta(days=1)


class Calibrator(models.Model):
    """Somebody who compares proposals and may change them, in a unit with all under it."""

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="calibrators")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    employee = models.ForeignKey(Employee, models.PROTECT, related_name="calibrations_led")
    named_by = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    named_at = models.DateTimeField()

    class Meta:
        ordering = ["unit__name", "employee__sort_key"]
        constraints = [
            models.UniqueConstraint(
                fields=["cycle", "unit", "employee"], name="reviews_calibrator_is_named_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.employee_id} in {self.unit_id} of {self.cycle_id}"
