from __future__ import annotations

from django.db import models

from sightline.goals.models.check_ins import CheckIn
from sightline.goals.models.fields import TITLE_LENGTH


class Tick(models.Model):
    """With a check-in it was said that a milestone was done on a day; without a day, that it is
    not done after all. The last word about a milestone holds."""

    check_in = models.ForeignKey(CheckIn, models.PROTECT, related_name="ticks")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=TITLE_LENGTH)
    """What the milestone said then."""

    done_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["check_in", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["check_in", "number"], name="goals_tick_is_made_once_a_check_in"
            )
        ]

    def __str__(self) -> str:
        return f"{self.title}: {self.done_on or 'not done'}"
