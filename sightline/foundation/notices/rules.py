"""When a digest is due, on plain values."""

from __future__ import annotations

from datetime import datetime, time
from zoneinfo import ZoneInfo

DIGEST_AT = time(7)


def digest_due_since(moment: datetime, zone: ZoneInfo) -> datetime | None:
    """Since when today's digest has been due in a time zone; None before seven in the morning."""
    local = moment.astimezone(zone)
    due = datetime.combine(local.date(), DIGEST_AT, zone)
    return due if moment >= due else None
