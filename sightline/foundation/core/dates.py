"""The clock of the house, and the days it gives."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

from sightline.foundation.core.spans import FOREVER, Span, joined

__all__ = ["FOREVER", "Span", "joined", "now", "today"]


def now() -> datetime:
    """This instant, with its time zone. The one clock of the house."""
    return timezone.now()


def today(time_zone: str | None = None) -> date:
    """Which day it is in a time zone (the installation's when none is given)."""
    zone = ZoneInfo(time_zone) if time_zone else timezone.get_default_timezone()
    return now().astimezone(zone).date()
