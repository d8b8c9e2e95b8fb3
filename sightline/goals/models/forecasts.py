from __future__ import annotations

from django.db import models


class Recalibration(models.Model):
    """What was learned from the goals that ended; the newest corrects all forecasts.

    `error_…` are Brier scores: of the forecasts half-way as they were, and as they are corrected.
    """

    learned_at = models.DateTimeField()
    goals = models.PositiveIntegerField()
    offset = models.FloatField()
    slope = models.FloatField()
    error_before = models.FloatField()
    error_after = models.FloatField()

    def __str__(self) -> str:
        return f"from {self.goals} goals on {self.learned_at:%Y-%m-%d}"

    @property
    def corrects(self) -> bool:
        """Whether any forecast changes by it; not when the goals that ended teach nothing."""
        return (self.offset, self.slope) != (0.0, 1.0)
