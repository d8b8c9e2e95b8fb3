"""Where evidence may come from: kinds of records about a person, and who may see which of them.

The ledger itself knows no readers, so each source asks the app that recorded it. What a proposer
may not see he cannot pick, and the sentence of a record never says more than the ledger's own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sightline.foundation.ledger.queries import Entry
from sightline.people import policies as people
from sightline.people.events import AssignmentChanged, EmployeeHired, RoleGranted
from sightline.people.models import Employee
from sightline.people.viewer import Viewer

Seen = Callable[[Viewer, Employee, list[Entry]], list[Entry]]


@dataclass(frozen=True, slots=True)
class Told:
    """What one reader may know of a record beyond the ledger's own sentence."""

    title: str
    text: str = ""
    href: str = ""


Tell = Callable[[Viewer, Employee, list[Entry]], dict[int, Told]]


def nothing_more(_viewer: Viewer, _employee: Employee, _entries: list[Entry]) -> dict[int, Told]:
    """The ledger's sentence says all there is."""
    return {}


@dataclass(frozen=True, slots=True)
class Source:
    """A source of evidence: its name, the events it takes, and which of them a viewer may see."""

    key: str
    label: str | Promise
    icon: str
    kinds: tuple[str, ...]
    seen: Seen
    told: Tell = nothing_more


def career_seen(viewer: Viewer, employee: Employee, entries: list[Entry]) -> list[Entry]:
    """Posts and roles: whoever may open the person's file."""
    return entries if people.may_read_file(viewer, employee) else []


SOURCES: tuple[Source, ...] = (
    Source(
        "career",
        _("Posts and roles"),
        "briefcase",
        (EmployeeHired.kind(), AssignmentChanged.kind(), RoleGranted.kind()),
        career_seen,
    ),
)

BY_KIND = {kind: source for source in SOURCES for kind in source.kinds}
BY_KEY = {source.key: source for source in SOURCES}


def label_of(key: str) -> str | Promise:
    """What a source is called; one that is no longer known keeps its key."""
    return BY_KEY[key].label if key in BY_KEY else key
