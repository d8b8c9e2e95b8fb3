"""Days as seen from today, so that the company is always in the midst of its life."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Calendar:
    """Counts from today."""

    today: date

    def days(self, count: int) -> date:
        """So many days from today; a negative count lies in the past."""
        return self.today + timedelta(days=count)

    def month(self, count: int, day: int = 1) -> date:
        """A day of the month so many months from this one; a negative count lies in the past."""
        months = self.today.year * 12 + self.today.month - 1 + count
        return date(months // 12, months % 12 + 1, day)

    @property
    def founding(self) -> date:
        """When the company began: its units and oldest posts stand since then."""
        return self.month(-120)
