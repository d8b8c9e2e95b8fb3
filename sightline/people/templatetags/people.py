"""Small words for the templates of people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.utils.translation import gettext as _

from sightline.foundation.core.dates import now

register = template.Library()


@register.filter
def under(told: Mapping[int, Any], manager_id: int) -> Any:
    """What is told of those under a manager: the rows, or how many; nothing when it is not."""
    return told.get(manager_id, ())


@register.filter
def named(names: Mapping[str, str], ref: str) -> str:
    """Who stands behind a word of the ledger: a name, the product, or the word itself."""
    return names.get(ref) or (_("Sightline") if ref == "house" else ref)


@register.simple_tag
def local_clock(time_zone: str) -> str:
    """What time it is somewhere, as 14:20."""
    return now().astimezone(ZoneInfo(time_zone)).strftime("%H:%M")
