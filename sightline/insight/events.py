from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from sightline.foundation.ledger.events import Event


@dataclass(frozen=True, slots=True)
class CycleExported(Event):
    """Somebody took the state of a review cycle out as a file, with names."""

    cycle_id: int
    cycle: str
    managers: int
    waiting: int

    def sentence(self) -> str:
        words = _(
            "exported the state of %(cycle)s, with %(managers)d managers and %(waiting)d people "
            "who have something open"
        )
        return words % {
            "cycle": self.cycle,
            "managers": self.managers,
            "waiting": self.waiting,
        }
