"""In which time zone the holder of an account reads: as chosen, as kept by others, or the house's.

Who keeps time zones of people (see `register_zones`) is not known here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings

from sightline.foundation.identity.models import Account

Kept = Callable[[Collection[int]], Mapping[int, str]]
"""The names of time zones by the keys of accounts; for whom none is kept is left out."""

REGISTERED: list[Kept] = []
AT_ONCE = 500


def register_zones(kept: Kept) -> None:
    """Say how to find the time zones that are kept of people."""
    REGISTERED.append(kept)


def zones_of(accounts: Iterable[Account]) -> dict[int, ZoneInfo]:
    """The time zone of each account by its key, in few queries however many."""
    asked = list(accounts)
    names: dict[int, str] = {}
    unsaid = [one.pk for one in asked if not one.time_zone]
    for start in range(0, len(unsaid), AT_ONCE):
        for kept in REGISTERED:
            names |= kept(unsaid[start : start + AT_ONCE])
    return {one.pk: _zone(one.time_zone or names.get(one.pk, "")) for one in asked}


def zone_of(account: Account) -> ZoneInfo:
    """The time zone of one account."""
    return zones_of([account])[account.pk]


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name or settings.TIME_ZONE)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo(settings.TIME_ZONE)
