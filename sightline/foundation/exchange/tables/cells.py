"""What stands in one cell, as text."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal

# What looks like nothing, or like a space, and is neither typed nor meant. Joiners (U+200C, U+200D)
# and direction marks stay: emoji, Persian and Hebrew are spelt with them.
_INVISIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u2060\ufeff]")
_SPACES = re.compile("[\u00a0\u2007\u202f]")
_NEWLINES = re.compile("\r\n?")

# A spreadsheet takes a cell that starts like this for a formula. Full-width signs count in Excel.
_FORMULA = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")
_ESCAPED_FORMULA = re.compile("'+[=+\\-@\t\r\n＝＋－＠]")

Cell = str | int | float | Decimal | bool | date | datetime | time | timedelta | None


def clean(text: str) -> str:
    """The text without what spreadsheets leave in it: odd spaces, invisible signs, space around."""
    if text.isascii() and text.isprintable():
        return text.strip()
    text = _NEWLINES.sub("\n", text)
    return _INVISIBLE.sub("", _SPACES.sub(" ", text)).strip()


def without_controls(text: str) -> str:
    """The text without signs that no file of text may hold."""
    return _INVISIBLE.sub("", text)


def escape_formula(text: str) -> str:
    """The text with an apostrophe before it when a spreadsheet would run it as a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def escape_apostrophe(text: str) -> str:
    """For files that know text from formulas: only what `unescape` would change is escaped."""
    return f"'{text}" if _ESCAPED_FORMULA.match(text) else text


def unescape(text: str) -> str:
    """The text that `escape_formula` or `escape_apostrophe` was given."""
    return text[1:] if _ESCAPED_FORMULA.match(text) else text


def as_text(cell: Cell) -> str:
    """A cell's value as it would be typed: 10433.0 as "10433", a day as "2026-11-30"."""
    match cell:
        case None:
            return ""
        case str():
            return clean(unescape(cell))
        case bool():
            return "TRUE" if cell else "FALSE"
        case float():
            return plain_number(Decimal(repr(cell)))
        case Decimal():
            return plain_number(cell)
        case datetime():
            midnight = cell.time() == time()
            return cell.date().isoformat() if midnight else cell.isoformat(" ", "seconds")
        case date() | time():
            return cell.isoformat()
        case _:
            return str(cell)


def plain_number(number: Decimal) -> str:
    """A number without exponent and without idle zeros after the point."""
    if not number.is_finite():
        return str(number)
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
