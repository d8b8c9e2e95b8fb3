"""What every app's models may be made of."""

from __future__ import annotations

from datetime import date
from typing import Self, TypeVar

from django.db import models
from django.db.models import F, Q

from sightline.foundation.core.spans import FOREVER, Span

_Row = TypeVar("_Row", bound=models.Model, covariant=True)


class DatedQuerySet(models.QuerySet[_Row]):
    """Rows that hold from a day up to another."""

    def on(self, day: date) -> Self:
        """The rows that hold on this day."""
        return self.filter(from_on__lte=day, until_on__gt=day)

    def meeting(self, span: Span) -> Self:
        """The rows that hold on at least one day of the span."""
        return self.filter(from_on__lt=span.end, until_on__gt=span.start)


class Dated(models.Model):
    """A fact that holds from a day up to, not including, another (FOREVER while open)."""

    from_on = models.DateField()
    until_on = models.DateField(default=FOREVER)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(from_on__lt=F("until_on")),
                name="%(app_label)s_%(class)s_starts_before_it_ends",
            )
        ]

    @property
    def span(self) -> Span:
        """The days on which this holds."""
        return Span(self.from_on, self.until_on)

    @property
    def ends_on(self) -> date | None:
        """The first day on which it no longer holds; None while it has no end."""
        return None if self.until_on == FOREVER else self.until_on
