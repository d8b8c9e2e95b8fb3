from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sightline.foundation.core.models import Dated, DatedQuerySet
from sightline.people.models import Employee


class Period(Dated):
    """A span of days for which goals are set. Several may run side by side: a quarter in a year."""

    class Kind(models.TextChoices):
        QUARTER = "quarter", _("Quarter")
        HALF = "half", _("Half-year")
        YEAR = "year", _("Year")

    class Stage(models.TextChoices):
        OPEN = "open", _("Open")
        CLOSED = "closed", _("Closed")

    name = models.CharField(_("name"), max_length=40, unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.QUARTER)
    stage = models.CharField(_("stage"), max_length=10, choices=Stage, default=Stage.OPEN)
    cadence_days = models.PositiveSmallIntegerField(
        _("days between check-ins"),
        default=14,
        help_text=_("After twice as many days without a word a goal counts as without data."),
    )
    standing_percent = models.PositiveSmallIntegerField(
        _("effort kept for standing responsibilities, %"), default=30
    )
    asked_from = models.DateField(
        _("asks from which day on whom work serves"), null=True, blank=True
    )
    """Empty where it does not ask."""
    agree_by_on = models.DateField(_("goals are agreed by"), null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        ordering = ["-from_on", "-until_on", "pk"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(cadence_days__gte=1, cadence_days__lte=184),
                name="goals_period_cadence_is_a_day_to_a_half_year",
            ),
            models.CheckConstraint(
                condition=Q(standing_percent__lte=99),
                name="goals_period_standing_share_leaves_something",
            ),
            models.CheckConstraint(
                condition=Q(agree_by_on=None) | Q(agree_by_on__lt=F("until_on")),
                name="goals_period_is_agreed_before_it_ends",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        """Whether goals can be written in it."""
        return self.stage == self.Stage.OPEN

    @property
    def asks(self) -> bool:
        """Whether everybody is asked in it which objectives the work serves."""
        return self.asked_from is not None

    @property
    def fresh_for(self) -> timedelta:
        """For how long a check-in speaks for the goal: twice the cadence."""
        return timedelta(days=2 * self.cadence_days)


class PeriodStep(models.Model):
    """Somebody opened a period, or closed it."""

    period = models.ForeignKey(Period, models.PROTECT, related_name="steps")
    stage = models.CharField(max_length=10, choices=Period.Stage)
    by = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    on = models.DateField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.period_id} {self.stage} on {self.on}"
