"""What happened to a person here, told in plain values before any of it is written.

Positions are named by their code, people by their number, units by their code, so that a history
can be told before its rows exist. `bulk.hire_with_histories` writes many at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sightline.foundation.core.spans import FOREVER, Span
from sightline.people.actions.employments import Details
from sightline.people.models import Role


@dataclass(frozen=True, slots=True)
class InPost:
    """From a day on in a position, under a manager ("" for nobody)."""

    on: date
    position: str
    manager: str
    share_percent: int = 100
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Stay:
    """An employment: its posts in order, the first on the day of starting."""

    posts: tuple[InPost, ...]
    until_on: date = FOREVER
    end_reason: str = ""

    @property
    def span(self) -> Span:
        """From the first day to the last."""
        return Span(self.posts[0].on, self.until_on)


@dataclass(frozen=True, slots=True)
class Away:
    """A leave."""

    kind: str
    from_on: date
    until_on: date = FOREVER


@dataclass(frozen=True, slots=True)
class Paid:
    """What a year of full time pays, from a day on."""

    on: date
    amount: Decimal
    currency: str = "EUR"
    reason: str = ""


@dataclass(frozen=True, slots=True)
class AlsoUnder:
    """A dotted line."""

    manager: str
    purpose: str
    on: date


@dataclass(frozen=True, slots=True)
class Holds:
    """A role, for a unit where it is one of units."""

    role: Role
    on: date
    unit: str = ""


@dataclass(frozen=True, slots=True)
class History:
    """A person, and all that happened to this person here."""

    details: Details
    stays: tuple[Stay, ...] = ()
    pays: tuple[Paid, ...] = ()
    leaves: tuple[Away, ...] = ()
    also_under: tuple[AlsoUnder, ...] = ()
    roles: tuple[Holds, ...] = ()

    @property
    def number(self) -> str:
        """The number by which other histories name this person."""
        return self.details.number
