"""Numbers as events and refusals write them."""

from __future__ import annotations

from decimal import Decimal


def plain(value: Decimal) -> str:
    """The number without needless digits: 25.00 → "25", 1.50 → "1.5", 1200 → "1200"."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
