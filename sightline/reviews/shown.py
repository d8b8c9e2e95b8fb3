"""The board of a cycle, as its page shows it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from sightline.foundation.ui.words import day as in_words
from sightline.foundation.ui.words import percent
from sightline.reviews.queries.progress import CycleState
from sightline.reviews.rules.calendar import day_of


def board_stages(state: CycleState, today: date) -> tuple[list[dict[str, Any]], int]:
    """The parts of a cycle as ui/sightline.html takes them, and the number of the current one."""
    steps = []
    for part in state.stages:
        share = state.share_of(part.kind)
        note = _("%(from)s – %(to)s") % {
            "from": in_words(part.from_on, "near"),
            "to": in_words(part.last_on, "near"),
        }
        if share.percent is not None and part.from_on <= today:
            note += f" · {percent(share.percent)}"
        steps.append({"label": part.get_kind_display(), "note": note})
    begun = [number for number, one in enumerate(state.stages, 1) if one.from_on <= today]
    return steps, begun[-1] if begun else 0


def days_of(state: CycleState, today: date) -> tuple[int, int]:
    """Which day of how many today is."""
    if not state.stages:
        return 0, 0
    first = min(one.from_on for one in state.stages)
    last = max(one.until_on for one in state.stages)
    return day_of(first, last, today)
