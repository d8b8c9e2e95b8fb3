"""What corrects forecasts."""

from __future__ import annotations

from sightline.goals.models import Recalibration


def recalibration() -> Recalibration | None:
    """What was learned last from the goals that ended; None before enough have."""
    return Recalibration.objects.order_by("pk").last()
