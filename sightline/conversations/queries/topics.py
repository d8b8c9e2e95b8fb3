"""What feedback can be about besides a competency: a goal, by a reference such as "goal:12".

Which kinds there are, and who sees which, is said by those who own the things: each registers one
function for its kind.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sightline.people.models import Employee
from sightline.people.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Topic:
    """A thing as the viewer sees it: how it is called today, whose it is, where it stands."""

    reference: str
    title: str
    owner: Employee | None = None
    url: str = ""


Finder = Callable[[Viewer, int], Topic | None]
FINDERS: dict[str, Finder] = {}


def register_topics(kind: str, find: Finder) -> None:
    """Say how things of a kind are found: None for what does not exist for the viewer."""
    FINDERS[kind] = find


def is_reference(words: str) -> bool:
    """Whether an address names a thing ("goal:12") and not a person ("7")."""
    return ":" in words


def topic_seen_by(viewer: Viewer, reference: str) -> Topic | None:
    """The thing behind a reference; None when there is none for the viewer."""
    kind, _colon, key = reference.partition(":")
    find = FINDERS.get(kind)
    if find is None or not (key.isascii() and key.isdecimal() and len(key) < 16):
        return None
    return find(viewer, int(key))
