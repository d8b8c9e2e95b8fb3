from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sightline.people.models import Employee, Unit
from sightline.strategy.models.measures import DECIMALS, DIGITS, Measure


class TargetShare(models.Model):
    """The part of a target that falls to a unit, in one quarter of the year or in the whole of it.

    The quarters are those of the year that ends on the day on which the target is due.
    """

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="shares")
    due_on = models.DateField(_("due"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="target_shares")
    quarter = models.PositiveSmallIntegerField(_("quarter"), null=True, blank=True)
    value = models.DecimalField(_("value"), max_digits=DIGITS, decimal_places=DECIMALS)
    weight = models.DecimalField(_("weight"), max_digits=DIGITS, decimal_places=DECIMALS, default=1)

    class Meta:
        ordering = ["due_on", "unit__name", "quarter", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "due_on", "unit", "quarter"],
                name="strategy_targetshare_is_one_a_quarter",
            ),
            models.UniqueConstraint(
                fields=["measure", "due_on", "unit"],
                condition=Q(quarter__isnull=True),
                name="strategy_targetshare_is_one_a_year",
            ),
            models.CheckConstraint(
                condition=Q(quarter__isnull=True) | Q(quarter__gte=1, quarter__lte=4),
                name="strategy_targetshare_quarter_is_1_to_4",
            ),
            models.CheckConstraint(
                condition=Q(weight__gte=0), name="strategy_targetshare_weight_is_not_below_0"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.value} of {self.measure_id} for {self.unit_id} by {self.due_on}"


class ShareActual(models.Model):
    """What came of a unit's part. A correction is a further row."""

    share = models.ForeignKey(TargetShare, models.PROTECT, related_name="actuals")
    value = models.DecimalField(_("value"), max_digits=DIGITS, decimal_places=DECIMALS)
    author = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.value} came of {self.share_id}"
