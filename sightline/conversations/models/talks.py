from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sightline.conversations import rules
from sightline.foundation.core.dates import now
from sightline.foundation.core.models import Dated, DatedQuerySet
from sightline.foundation.core.spans import FOREVER
from sightline.people.models import Employee


class Series(Dated):
    """Two people who talk regularly, about something, every so many days."""

    one = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    other = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    purpose = models.CharField(_("what for"), max_length=80)
    cadence_days = models.PositiveSmallIntegerField(_("every so many days"))

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "series"
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(one__lt=F("other")), name="conversations_series_is_of_two_in_order"
            ),
            models.CheckConstraint(
                condition=Q(cadence_days__gte=1, cadence_days__lte=366),
                name="conversations_series_cadence_is_1_to_366_days",
            ),
            models.UniqueConstraint(
                fields=["one", "other", "purpose"],
                condition=Q(until_on=FOREVER),
                name="conversations_series_is_open_once_for_a_purpose",
            ),
        ]
        indexes = [models.Index(fields=["other", "until_on"])]

    def __str__(self) -> str:
        return self.purpose

    @property
    def pair(self) -> tuple[Employee, Employee]:
        """The two who talk."""
        return self.one, self.other

    def partner_of(self, employee: Employee) -> Employee:
        """The one with whom one of the two talks."""
        return self.other if employee.pk == self.one_id else self.one


LOCAL_DAY = Coalesce(TruncDate("starts_at"), "meets_on")
"""`Meeting.local_day` for the database: `meets_on` is the day of whoever planned it."""


class Meeting(models.Model):
    """One talk of a series: planned, then held or skipped."""

    class Stage(models.TextChoices):
        PLANNED = rules.PLANNED, _("Planned")
        HELD = rules.HELD, _("Held")
        SKIPPED = rules.SKIPPED, _("Skipped")

    series = models.ForeignKey(Series, models.PROTECT, related_name="meetings")
    meets_on = models.DateField(_("day"))
    starts_at = models.DateTimeField(_("time"), null=True, blank=True)
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.PLANNED)

    class Meta:
        ordering = ["-meets_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["series"],
                condition=Q(stage="planned"),
                name="conversations_meeting_is_planned_one_at_a_time",
            )
        ]
        indexes = [models.Index(fields=["series", "stage", "meets_on"])]

    def __str__(self) -> str:
        return f"{self.series_id} on {self.meets_on}"

    @property
    def local_day(self) -> date:
        """Its day where the reader is: that of its hour, if it has one."""
        return timezone.localdate(self.starts_at) if self.starts_at else self.meets_on


class AgendaPoint(models.Model):
    """Something to talk about. It stays on the agenda until it is settled."""

    series = models.ForeignKey(Series, models.PROTECT, related_name="points")
    text = models.CharField(_("point"), max_length=500)
    added_by = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    raised_at = models.DateTimeField()

    class Meta:
        ordering = ["raised_at", "pk"]

    def __str__(self) -> str:
        return self.text


class Settlement(models.Model):
    """A point was talked about: at a meeting, or between two."""

    point = models.OneToOneField(AgendaPoint, models.PROTECT, related_name="settlement")
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="settlements"
    )
    by = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.point_id} settled"

    @property
    def is_of_today(self) -> bool:
        """Whether the day on which it was settled still lasts, where the reader is."""
        return timezone.localdate(self.at) == timezone.localdate(now())


class PrivateNote(models.Model):
    """What one of the two wrote down for himself alone. Nobody else ever reads it."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="notes")
    author = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    text = models.TextField(_("notes"), max_length=20_000, blank=True)
    kept_at = models.DateTimeField()

    class Meta:
        ordering = ["-kept_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "author"], name="conversations_privatenote_is_one_a_writer"
            )
        ]

    def __str__(self) -> str:
        return f"of {self.author_id} on {self.meeting_id}"


class Action(models.Model):
    """Something that one of the two promised. It carries over until it is done."""

    series = models.ForeignKey(Series, models.PROTECT, related_name="actions")
    text = models.CharField(_("what"), max_length=300)
    who = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    due_on = models.DateField(_("by"), null=True, blank=True)
    promised_at = models.DateTimeField()

    class Meta:
        ordering = ["promised_at", "pk"]
        indexes = [models.Index(fields=["who", "due_on"])]

    def __str__(self) -> str:
        return self.text


class Completion(models.Model):
    """An action was done."""

    action = models.OneToOneField(Action, models.PROTECT, related_name="completion")
    by = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.action_id} done"
