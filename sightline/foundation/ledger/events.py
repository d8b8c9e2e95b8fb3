"""What happened. Each app declares its own events in its `events.py`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Protocol


class Actor(Protocol):
    """Whoever does something: a viewer, or the house itself."""

    @property
    def actor_ref(self) -> str:
        """How the ledger names the actor, such as "employee:42"."""


@dataclass(frozen=True, slots=True)
class House:
    """The product itself, when a schedule or a job acts; names the person who asked, if any."""

    actor_ref: str = "house"


REGISTRY: dict[str, type[Event]] = {}


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened. Subclasses are frozen dataclasses of JSON values, in the past tense.

    Each says whom it is about (`subject`), how it reads (`sentence`), and which of its fields are
    a person's own and are shredded when that person is erased (`personal`).
    """

    personal: ClassVar[frozenset[str]] = frozenset()

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
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
