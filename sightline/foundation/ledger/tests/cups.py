"""An event for the tests of the ledger."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sightline.foundation.ledger.events import Event


@dataclass(frozen=True, slots=True)
class CupFilled(Event):
    """Something that happens in these tests."""

    cup: int
    note: str = ""
    on: date | None = None
    litres: Decimal = Decimal(0)
    guests: tuple[str, ...] = ()

    personal = frozenset({"note"})

    @property
    def subject(self) -> str:
        return f"employee:{self.cup}"

    def sentence(self) -> str:
        return f"filled cup {self.cup}"
