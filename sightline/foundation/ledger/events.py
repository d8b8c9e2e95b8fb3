"""What happened. Each app declares its own events in its `events.py`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar, Protocol, Self, get_args, get_type_hints, runtime_checkable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


class Actor(Protocol):
    """Whoever does something: a viewer, or the house itself."""

    @property
    def actor_ref(self) -> str:
        """How the ledger names the actor, such as "employee:42"."""


@runtime_checkable
class Deputy(Actor, Protocol):
    """An actor who acts for someone else."""

    @property
    def on_behalf_of(self) -> str:
        """How the ledger names the one for whom it is done; "" when for nobody else."""


@dataclass(frozen=True, slots=True)
class House:
    """The product itself, when a schedule or a job acts; names the person who asked, if any."""

    actor_ref: str = "house"
    on_behalf_of: str = ""


REGISTRY: dict[str, type[Event]] = {}
FIELD_TYPES: dict[type[Event], dict[str, Any]] = {}


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened. Subclasses are frozen dataclasses of JSON values, in the past tense.

    Each says whom it is about (`subject`), how it reads (`sentence`), and which of its fields are
    a person's own (`personal`): words somebody typed, facts of somebody's life. These need a
    subject, for the whole payload is sealed under the subject's key and ends with it.
    Fields may also be dates, instants, decimals and tuples; they are kept as JSON and come back.
    """

    personal: ClassVar[frozenset[str]] = frozenset()
    subject_alone: ClassVar[bool] = False
    """Whether nobody but its subject reads of it: not HR, not an auditor."""
    tells_reason: ClassVar[bool] = True
    """Whether who reads its record also reads the reason that was typed with it."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super(Event, cls).__init_subclass__(**kwargs)  # slots make the class anew: name it
        REGISTRY[cls.kind()] = cls

    @classmethod
    def kind(cls) -> str:
        """The event's name in the ledger: app and class, such as "people.EmployeeHired"."""
        app = cls.__module__.split(".events")[0].rsplit(".", 1)[-1]
        return f"{app}.{cls.__name__}"

    @property
    def subject(self) -> str:
        """Whom it is about, as the ledger names people ("employee:42"); "" when about nobody."""
        return ""

    def sentence(self) -> str:
        """What happened, in a sentence without the actor: "hired into Engineer III"."""
        raise NotImplementedError(f"{self.kind()} must say how it reads")

    def payload(self) -> dict[str, Any]:
        """The event's fields as JSON values."""
        return {name: as_json(getattr(self, name)) for name in field_types(type(self))}

    @classmethod
    def from_payload(cls, payload: Mapping[str, Any]) -> Self:
        """The event as it was recorded. Fields that the class has lost since are left out."""
        types = field_types(cls)
        return cls(**{k: from_json(v, types[k]) for k, v in payload.items() if k in types})


@dataclass(frozen=True, slots=True)
class SubjectShredded(Event):
    """Everything that the ledger said about somebody was made unreadable for ever."""

    subject_ref: str
    payloads: int

    @property
    def subject(self) -> str:
        return self.subject_ref

    def sentence(self) -> str:
        return ngettext(
            "erased what %(count)d record said", "erased what %(count)d records said", self.payloads
        ) % {"count": self.payloads}


def revive(kind: str, payload: Mapping[str, Any] | None) -> Event | None:
    """The event that a stored record tells of; None when it was erased or is no longer known."""
    event_class = REGISTRY.get(kind)
    if event_class is None or payload is None:
        return None
    try:
        return event_class.from_payload(payload)
    except (TypeError, ValueError, ArithmeticError):  # the class has changed beyond recognition
        return None


def sentence_of(kind: str, payload: Mapping[str, Any] | None) -> str:
    """What a stored record says, whatever has become of its payload and of its class."""
    if payload is None:
        return _("something that has since been erased")
    event = revive(kind, payload)
    return event.sentence() if event else _("something of a kind no longer known: %s") % kind


def field_types(event_class: type[Event]) -> dict[str, Any]:
    """The fields of an event and their types."""
    if event_class not in FIELD_TYPES:
        hints = get_type_hints(event_class)
        FIELD_TYPES[event_class] = {f.name: hints[f.name] for f in fields(event_class)}
    return FIELD_TYPES[event_class]


def as_json(value: Any) -> Any:
    """A field's value as JSON: days and instants in ISO 8601, decimals as text, tuples as lists."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, tuple | list):
        return [as_json(item) for item in value]
    if isinstance(value, Mapping):
        return {key: as_json(item) for key, item in value.items()}
    return value


READERS: list[tuple[type, Callable[[str], Any]]] = [
    (datetime, datetime.fromisoformat),
    (date, date.fromisoformat),
    (Decimal, Decimal),
]


def from_json(value: Any, declared: Any) -> Any:
    """The value that `as_json` was given, going by the declared type of the field."""
    types = {declared, *get_args(declared)}
    if isinstance(value, str):
        return next((read(value) for kind, read in READERS if kind in types), value)
    if isinstance(value, list):
        inner = [part for part in get_args(declared) if part not in {Ellipsis, type(None)}]
        items = (from_json(item, inner[0] if inner else Any) for item in value)
        return list(items) if getattr(declared, "__origin__", declared) is list else tuple(items)
    return value
