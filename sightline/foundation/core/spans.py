"""Spans of days. Half-open: the first day is in, the last is not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)
FOREVER = date(9999, 12, 31)
"""The end of what has no end. A real date, so that databases can index and compare it."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Days from `start` up to, not including, `end`."""

    start: date
    end: date = FOREVER

    def __bool__(self) -> bool:
        return self.start < self.end

    def __contains__(self, day: date) -> bool:
        return self.start <= day < self.end

    @property
    def last(self) -> date:
        """The last day in it, as people say it."""
        return self.end - ONE_DAY

    def __and__(self, other: Span) -> Span:
        """The days in both; empty (false) when there are none."""
        return Span(max(self.start, other.start), min(self.end, other.end))

    def minus(self, other: Span) -> list[Span]:
        """The parts of this span outside the other: none, one or two."""
        if not self & other:
            return [self]
        parts = [Span(self.start, other.start), Span(other.end, self.end)]
        return [part for part in parts if part]


def joined(spans: Iterable[Span]) -> list[Span]:
    """The same days as few spans, in order."""
    result: list[Span] = []
    for span in sorted(span for span in spans if span):
        if result and span.start <= result[-1].end:
            result[-1] = Span(result[-1].start, max(result[-1].end, span.end))
        else:
            result.append(span)
    return result
