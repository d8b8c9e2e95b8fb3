"""Dates and numbers as the reader's language writes them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache

from babel import Locale
from babel.dates import format_date, format_skeleton, format_time, get_timezone_name
from babel.numbers import format_decimal, format_percent
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sightline.foundation.core.spans import FOREVER

REGIONS = {"en": "en_GB"}
"""Which country's habits a language without one follows."""


@cache
def locale_of(language: str) -> Locale:
    """The reader's language as Babel knows it."""
    name = REGIONS.get(language, language)
    return Locale.parse(name, sep="_" if "_" in name else "-")


def current() -> Locale:
    """The language of the page that is being written."""
    return locale_of(get_language() or "en")


def day(value: date | datetime, shape: str = "long") -> str:
    """A day: "22 November 2026"; short "22 Nov 2026"; near "22 Nov"; week "Sunday 22 November"."""
    if isinstance(value, datetime):
        value = local(value).date()
    if value == FOREVER:
        return _("no end")
    skeletons = {"near": "MMMd", "week": "EEEEMMMMd", "month": "yMMMM"}
    if shape in skeletons:
        return format_skeleton(skeletons[shape], value, locale=current())
    return format_date(value, "medium" if shape == "short" else "long", locale=current())


def day_kept(value: str) -> str:
    """A day as an event keeps it, "2026-11-22", in words; what is no day stays as it is."""
    try:
        return day(date.fromisoformat(value))
    except ValueError:
        return value


def clock(value: datetime) -> str:
    """The time of day: "15:00"."""
    return format_time(local(value), "short", locale=current())


def zone(value: datetime) -> str:
    """The short name of the reader's time zone at that instant: "GMT", "UTC+8"."""
    here = local(value)
    name = get_timezone_name(here, width="short", locale=current())
    return _from_utc(here) if name[:1] in {"+", "-"} else name


def _from_utc(here: datetime) -> str:
    """How far a zone without a short name is from UTC: "UTC+8", "UTC-3:30"."""
    minutes = int((here.utcoffset() or timedelta()).total_seconds()) // 60
    hours, rest = divmod(abs(minutes), 60)
    if not minutes:
        return "UTC"
    return f"UTC{'-' if minutes < 0 else '+'}{hours}" + (f":{rest:02}" if rest else "")


def number(value: float | Decimal, decimals: int | None = None) -> str:
    """A number with the language's separators; `decimals` fixes how many follow the point."""
    pattern = None if decimals is None else "#,##0" + ("." + "0" * decimals if decimals else "")
    return format_decimal(value, pattern, locale=current())


def percent(value: float | Decimal, decimals: int = 0) -> str:
    """A percentage, given as percent: 71 is "71%"."""
    pattern = None if not decimals else "#,##0." + "0" * decimals + "%"
    return format_percent(Decimal(str(value)) / 100, pattern, locale=current())


def in_unit(said: str, unit: str) -> str:
    """A number as it is said with its unit: "3.9 h", "44", and "1.2%" as `percent` writes it."""
    return f"{said}{unit}" if unit.strip() == "%" else f"{said} {unit}".strip()


def local(value: datetime) -> datetime:
    """The instant in the reader's time zone; a time without one is taken as it stands."""
    return timezone.localtime(value) if timezone.is_aware(value) else value


def shortened(text: str, most: int) -> str:
    """A text of so many characters at most, cut between two words where it has any."""
    if len(text) <= most:
        return text
    kept = text[: most - 1]
    cut = kept.rstrip() if text[most - 1].isspace() else kept.rpartition(" ")[0].rstrip() or kept
    return f"{cut.rstrip(',;:.')}…"
