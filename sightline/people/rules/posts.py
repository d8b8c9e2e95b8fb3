"""Shares of posts and weights of responsibilities."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sightline.foundation.core.spans import Span


def fullest_day_percent(shares: Iterable[tuple[Span, int]], within: Span) -> int:
    """The largest sum of shares (percent) that meet on one day of a span."""
    held = [(span & within, percent) for span, percent in shares if span & within]
    days = {span.start for span, _percent in held}
    return max((sum(percent for span, percent in held if day in span) for day in days), default=0)


def weights_fault(weights_percent: Sequence[int]) -> int | None:
    """What the weights add up to when that is not 100; None when there are none or all is well."""
    total = sum(weights_percent)
    return total if weights_percent and total != 100 else None
