from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sightline.foundation.core.models import Dated, DatedQuerySet
from sightline.foundation.core.spans import FOREVER
from sightline.people.models.units import Unit


class Job(models.Model):
    """A kind of work at a level, such as Engineer III, with what it pays."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    title = models.CharField(_("title"), max_length=120)
    family = models.CharField(_("job family"), max_length=80)
    level = models.PositiveSmallIntegerField(_("level"), default=1)
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    pay_from = models.DecimalField(
        _("pays from, a year"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    pay_to = models.DecimalField(
        _("pays up to, a year"), max_digits=14, decimal_places=2, null=True, blank=True
    )

    class Meta:
        ordering = ["family", "level", "title"]
        constraints = [
            models.CheckConstraint(
                condition=Q(pay_from__isnull=True) | Q(pay_from__lte=F("pay_to")),
                name="people_job_pay_range_runs_upwards",
            )
        ]

    def __str__(self) -> str:
        return self.title


class Position(Dated):
    """A post in a unit, filled or vacant. Moved to another unit or job, it starts a new row."""

    code = models.CharField(_("code"), max_length=40)
    title = models.CharField(_("title"), max_length=120)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="positions")
    job = models.ForeignKey(Job, models.PROTECT, related_name="positions")
    purpose = models.TextField(_("what the post is there for"), max_length=2000, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["title", "code"]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["code"],
                condition=Q(until_on=FOREVER),
                name="people_position_code_is_open_once",
            ),
        ]
        indexes = [
            models.Index(fields=["code", "from_on"]),
            models.Index(fields=["title", "id"]),
        ]

    def __str__(self) -> str:
        return self.title


class Responsibility(Dated):
    """What a post must achieve, how much of the post it is, and what good looks like."""

    position = models.ForeignKey(Position, models.PROTECT, related_name="responsibilities")
    title = models.CharField(_("responsibility"), max_length=200)
    standard = models.TextField(_("standard of good performance"), max_length=2000, blank=True)
    weight_percent = models.PositiveSmallIntegerField(_("weight, %"))
    place = models.PositiveSmallIntegerField(default=0)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["place", "pk"]
        verbose_name_plural = "responsibilities"
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(weight_percent__gte=1, weight_percent__lte=100),
                name="people_responsibility_weight_is_a_percentage",
            ),
        ]

    def __str__(self) -> str:
        return self.title
