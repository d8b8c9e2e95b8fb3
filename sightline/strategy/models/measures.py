from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sightline.people.models import Employee
from sightline.strategy.models.strategies import Objective

DIGITS, DECIMALS = 18, 4
"""How large and how fine the value of a measure may be, as the database has room for it."""

EXACT_DIGITS = 15
"""So many digits SQLite gives back as they were typed; more are not taken."""


class Measure(models.Model):
    """A number that tells whether an objective is reached."""

    class Direction(models.TextChoices):
        UP = "up", _("Up")
        DOWN = "down", _("Down")
        BAND = "band", _("Keep within a band")

    class Kind(models.TextChoices):
        LEAD = "lead", _("Leads: moves before the result does")
        LAG = "lag", _("Lags: is the result")

    class Decomposition(models.TextChoices):
        ADDITIVE = "additive", _("They add up")
        MEAN = "weighted_mean", _("Weighted mean")
        PRODUCT = "product", _("They multiply")
        MINIMUM = "minimum", _("The least counts")
        MAXIMUM = "maximum", _("The largest counts")
        NONE = "none", _("They only contribute")

    objective = models.ForeignKey(Objective, models.PROTECT, related_name="measures")
    name = models.CharField(_("name"), max_length=120)
    unit = models.CharField(_("unit"), max_length=20, blank=True)
    direction = models.CharField(_("direction"), max_length=10, choices=Direction)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.LAG)
    baseline = models.DecimalField(
        _("baseline"), max_digits=DIGITS, decimal_places=DECIMALS, null=True, blank=True
    )
    baseline_on = models.DateField(_("measured on"))
    band_low = models.DecimalField(
        _("lower end"), max_digits=DIGITS, decimal_places=DECIMALS, null=True, blank=True
    )
    band_high = models.DecimalField(
        _("upper end"), max_digits=DIGITS, decimal_places=DECIMALS, null=True, blank=True
    )
    decomposition = models.CharField(
        _("how parts make the whole"),
        max_length=20,
        choices=Decomposition,
        default=Decomposition.NONE,
    )
    place = models.PositiveSmallIntegerField(default=0)
    root = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="versions")
    """The measure of an earlier strategy that it began as a copy of, the first of them."""

    class Meta:
        ordering = ["place", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["objective", "name"], name="strategy_measure_name_stands_once"
            ),
            models.CheckConstraint(
                condition=Q(direction="band", band_low__lt=F("band_high"))
                | (
                    Q(direction__in=["up", "down"], baseline__isnull=False)
                    & Q(band_low__isnull=True, band_high__isnull=True)
                ),
                name="strategy_measure_has_a_band_or_a_baseline",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def line(self) -> int:
        """What it has in common with its versions in other strategies."""
        return self.root_id or self.pk

    @property
    def keeps_band(self) -> bool:
        """Whether it is to stay where it is, and not to rise or fall."""
        return self.direction == self.Direction.BAND


class Target(models.Model):
    """The value that a measure is to have on a day."""

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="targets")
    due_on = models.DateField(_("due"))
    value = models.DecimalField(_("value"), max_digits=DIGITS, decimal_places=DECIMALS)

    class Meta:
        ordering = ["due_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "due_on"], name="strategy_target_is_one_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.value} by {self.due_on}"


class Actual(models.Model):
    """The value that a measure had on a day. A correction is a further row for that day."""

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="actuals")
    on = models.DateField(_("on"))
    value = models.DecimalField(_("value"), max_digits=DIGITS, decimal_places=DECIMALS)
    author = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["on", "pk"]
        indexes = [models.Index(fields=["measure", "on", "id"])]

    def __str__(self) -> str:
        return f"{self.value} on {self.on}"
