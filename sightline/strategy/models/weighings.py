from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sightline.people.models import Employee
from sightline.strategy.models.strategies import Strategy


class Weighing(models.Model):
    """People are asked, each for himself, how much each objective of a draft is to get.

    `asked` is what they are asked about, in the words of that day: the objectives with `id`,
    `code`, `title` and `description`. The draft may go on meanwhile.
    """

    class Way(models.TextChoices):
        POINTS = "points", _("Share out 100 points")
        PAIRS = "pairs", _("Compare two at a time")

    class Stage(models.TextChoices):
        OPEN = "open", _("Open")
        CLOSED = "closed", _("Closed")
        TAKEN_OVER = "taken_over", _("Taken over")

    strategy = models.ForeignKey(Strategy, models.PROTECT, related_name="weighings")
    way = models.CharField(_("how"), max_length=10, choices=Way, default=Way.POINTS)
    stage = models.CharField(_("stage"), max_length=20, choices=Stage, default=Stage.OPEN)
    asked: models.JSONField[Any, list[dict[str, Any]]] = models.JSONField()
    by = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    on = models.DateField()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["strategy"],
                condition=Q(stage="open"),
                name="strategy_weighing_is_open_once_a_strategy",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_way_display()}, {self.on}"

    @property
    def is_open(self) -> bool:
        """Whether people still answer."""
        return self.stage == self.Stage.OPEN

    @property
    def keys(self) -> list[int]:
        """The objectives that are asked about."""
        return [one["id"] for one in self.asked]


class WeighingAnswer(models.Model):
    """Somebody is asked; what he said, once he has.

    `said` holds points by objective (`{"12": "30.5"}`), or a judgement for each pair
    (`{"12-13": -3}`, as `rules.pairwise` reads them).
    """

    weighing = models.ForeignKey(Weighing, models.PROTECT, related_name="answers")
    employee = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    said: models.JSONField[Any, dict[str, Any] | None] = models.JSONField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["weighing", "employee"], name="strategy_weighinganswer_is_one_a_person"
            ),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) ^ Q(said__isnull=False),
                name="strategy_weighinganswer_says_something_when_sent",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.employee_id} in {self.weighing_id}"
