"""What corrects forecasts."""

from __future__ import annotations

from sightline.goals.models import Recalibration


def recalibration() -> Recalibration | None:
    """What was learned last from the goals that ended; None while that corrects nothing."""
    last = Recalibration.objects.order_by("pk").last()
    return last if last is not None and last.corrects else None
