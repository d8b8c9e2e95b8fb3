"""One thing that waits, and how near its day is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that waits for the viewer, as ui/todo.html takes it."""

    title: str
    text: str
    href: str
    act: str
    part: str = ""
    """Where the form is with which it can be done on the spot; "" when there is none."""
    icon: str = ""
    person: str = ""
    word: str = ""
    kind: str = ""
    due_on: date = date.max
    minutes: int = 0
    """About how long it takes; 0 when that cannot be told."""

    @property
    def takes(self) -> str:
        """How long it takes, in words."""
        if not self.minutes:
            return ""
        return ngettext("about %d minute", "about %d minutes", self.minutes) % self.minutes


def in_days(days: int) -> str:
    """How near a day is, in words."""
    if days < 0:
        return ngettext("%d day late", "%d days late", -days) % -days
    if days == 0:
        return _("Today")
    if days == 1:
        return _("Tomorrow")
    return ngettext("In %d day", "In %d days", days) % days


def urgency(days: int) -> str:
    """The look of so many days to go."""
    if days < 0:
        return "bad"
    return "warn" if days <= 2 else "info"
