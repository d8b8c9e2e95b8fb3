"""What the text of a cell means: a day, a number, yes or no."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.utils import formats
from django.utils.translation import gettext as _

from sightline.foundation.core.errors import Refused
from sightline.foundation.exchange.tables.sheet import EXCEL_DAY_ZERO

DAY_FIRST, MONTH_FIRST = "day first", "month first"

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]0?0:00(?::00(?:\.0+)?)?Z?)?$")
_YEAR_FIRST = re.compile(r"(\d{4})[./](\d{1,2})[./](\d{1,2})\.?$")
_YEAR_LAST = re.compile(r"(\d{1,2})([./-])\s?(\d{1,2})\2\s?(\d{4})$")
_SHORT_YEAR = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{2}$")
_DAY_NAME = re.compile(r"(\d{1,2})\.?[ -]([A-Za-z]{3,9})\.?,?[ -](\d{4})$")
_NAME_DAY = re.compile(r"([A-Za-z]{3,9})\.? (\d{1,2}),? (\d{4})$")
_DAY_NUMBER = re.compile(r"\d{5}$")
_NUMBER = re.compile(r"[+-]?\d{1,15}(\.\d{0,6})?$", re.ASCII)
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_FIRST_YEAR, _LAST_YEAR = 1900, 2200


@dataclass(frozen=True, slots=True)
class DayOrder:
    """How the days of one column are written, decided from all of them together."""

    order: str = DAY_FIRST
    note: str = ""
    ambiguous: bool = False


def day_order(texts: Iterable[str], *, chosen: str = "") -> DayOrder:
    """Whether 03/04 in these cells is in April or in March.

    A number over 12 decides; a point between the numbers means day first. When nothing decides,
    day first is taken and the note says that it could be the other.
    """
    found = [match for text in texts if (match := _YEAR_LAST.match(text))]
    if not found:
        return DayOrder(chosen or DAY_FIRST)
    sign = found[0][2]
    shown = {
        DAY_FIRST: _("dates as day%(sign)smonth%(sign)syear"),
        MONTH_FIRST: _("dates as month%(sign)sday%(sign)syear"),
    }
    if chosen:
        return DayOrder(chosen, shown[chosen] % {"sign": sign})
    day_first = sum(int(match[1]) > 12 or match[2] == "." for match in found)
    month_first = sum(int(match[3]) > 12 and match[2] != "." for match in found)
    order = MONTH_FIRST if month_first > day_first else DAY_FIRST
    note = shown[order] % {"sign": sign}
    if not day_first and not month_first:
        return DayOrder(
            order, _("%(note)s, which could be the other way round") % {"note": note}, True
        )
    return DayOrder(order, note)


def read_day(text: str, *, order: str = DAY_FIRST, day_zero: date = EXCEL_DAY_ZERO) -> date:
    """The day that a cell names; refuses what is no day, or does not exist."""
    year, month, day = _parts(text, order, day_zero)
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise Refused(_("The year %(year)s cannot be meant.") % {"year": year})
    if not 1 <= month <= 12:
        raise Refused(_("There is no month %(month)s.") % {"month": month})
    try:
        return date(year, month, day)
    except ValueError as error:
        raise Refused(_absent_day(year, month, day)) from error


def _parts(text: str, order: str, day_zero: date) -> tuple[int, int, int]:
    if match := _ISO.match(text) or _YEAR_FIRST.match(text):
        return int(match[1]), int(match[2]), int(match[3])
    if match := _YEAR_LAST.match(text):
        first, second = int(match[1]), int(match[3])
        day, month = (first, second) if order == DAY_FIRST else (second, first)
        return int(match[4]), month, day
    if match := _DAY_NAME.match(text):
        return int(match[3]), _month(match[2], text), int(match[1])
    if match := _NAME_DAY.match(text):
        return int(match[3]), _month(match[1], text), int(match[2])
    if _DAY_NUMBER.match(text):
        found = day_zero + timedelta(days=int(text))
        return found.year, found.month, found.day
    if _SHORT_YEAR.match(text):
        raise Refused(_("Write the year with four digits."))
    raise no_day(text)


def no_day(text: str) -> Refused:
    """The refusal of a text that is no day."""
    return Refused(
        _("“%(text)s” is not a date. Write it as 2026-11-30.") % {"text": shortened(text)}
    )


def _month(name: str, text: str) -> int:
    for number, month in enumerate(_MONTHS, start=1):
        if month.startswith(name.casefold()):
            return number
    raise no_day(text)


def _absent_day(year: int, month: int, day: int) -> str:
    named = formats.date_format(date(2000, month, 1), "F")
    if month == 2 and day == 29:
        return _("29 February %(year)s does not exist.") % {"year": year}
    return _("%(day)s %(month)s does not exist.") % {"day": day, "month": named}


def read_number(text: str) -> Decimal:
    """The number that a cell holds: "20", "20 %", "20,5" and "1 000.50" alike."""
    bare = text.removesuffix("%").replace(" ", "").replace("'", "")
    if "," in bare:
        decimal_comma = bare.count(",") == 1 and bare.rfind(",") > bare.rfind(".")
        bare = bare.replace(".", "").replace(",", ".") if decimal_comma else bare.replace(",", "")
    if not _NUMBER.match(bare):
        raise Refused(_("“%(text)s” is not a number.") % {"text": shortened(text)})
    return Decimal(bare)


def read_yes(text: str) -> bool:
    """Yes or no, as people and spreadsheets write it."""
    word = text.casefold()
    if word in {"yes", "y", "true", "1", "x", _("yes").casefold()}:
        return True
    if word in {"no", "n", "false", "0", "", "-", _("no").casefold()}:
        return False
    raise Refused(_("Write yes or no, not “%(text)s”.") % {"text": shortened(text)})


def shortened(text: str, length: int = 60) -> str:
    """A text as a sentence can hold it."""
    return text if len(text) <= length else text[: length - 1] + "…"
