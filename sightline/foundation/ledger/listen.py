"""Who reacts to what happened.

News goes up by event: an app declares its listeners in `listeners.py`, and they are called in the
transaction of the change. A listener enqueues jobs or writes its own rows, and nothing else; so
what follows from a change is committed with it, or not at all.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from sightline.foundation.ledger.events import Event

if TYPE_CHECKING:
    from sightline.foundation.ledger.models import Record

Listener = Callable[[Any, "Record"], None]
Heard = TypeVar("Heard", bound=Event)

LISTENERS: dict[type[Event], list[Listener]] = {}


def listens_to(
    *event_classes: type[Heard],
) -> Callable[[Callable[[Heard, Record], None]], Callable[[Heard, Record], None]]:
    """Call the decorated function with each event of these classes and its record."""

    def register(listener: Callable[[Heard, Record], None]) -> Callable[[Heard, Record], None]:
        for event_class in event_classes:
            LISTENERS.setdefault(event_class, []).append(listener)
        return listener

    return register


def tell(event: Event, record: Record) -> None:
    """Call everyone who listens to this event, or to the class it derives from."""
    for event_class in type(event).__mro__:
        for listener in LISTENERS.get(event_class, ()):
            listener(event, record)
