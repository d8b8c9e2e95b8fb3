"""Who reacts to what happened.

News goes up by event: an app declares its listeners in `listeners.py`, and they are called in the
transaction of the change. A listener enqueues jobs or writes its own rows, and nothing else; so
what follows from a change is committed with it, or not at all.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from sightline.foundation.ledger.events import Event

if TYPE_CHECKING:
    from sightline.foundation.ledger.models import Record

Listener = Callable[[Any, "Record"], None]
Heard = TypeVar("Heard", bound=Event)

LISTENERS: dict[type[Event], list[Listener]] = {}

Told = Sequence[tuple[Any, "Record"]]
LISTENERS_TO_MANY: list[tuple[tuple[type[Event], ...], Callable[[Told], None]]] = []


def listens_to(
    *event_classes: type[Heard],
) -> Callable[[Callable[[Heard, Record], None]], Callable[[Heard, Record], None]]:
    """Call the decorated function with each event of these classes and its record."""

    def register(listener: Callable[[Heard, Record], None]) -> Callable[[Heard, Record], None]:
        for event_class in event_classes:
            LISTENERS.setdefault(event_class, []).append(listener)
        return listener

    return register


def listens_to_many(
    *event_classes: type[Event],
) -> Callable[[Callable[[Told], None]], Callable[[Told], None]]:
    """Call the decorated function once for all events of these classes that are recorded together.

    For what would otherwise ask for as many jobs as a file has rows.
    """

    def register(listener: Callable[[Told], None]) -> Callable[[Told], None]:
        LISTENERS_TO_MANY.append((event_classes, listener))
        return listener

    return register


def tell_all(told: Told) -> None:
    """Call everyone who listens to one of these events."""
    for event, record in told:
        tell(event, record)
    for event_classes, listener in LISTENERS_TO_MANY:
        if heard := [pair for pair in told if isinstance(pair[0], event_classes)]:
            listener(heard)


def tell(event: Event, record: Record) -> None:
    """Call everyone who listens to this event, or to the class it derives from."""
    for event_class in type(event).__mro__:
        for listener in LISTENERS.get(event_class, ()):
            listener(event, record)
