"""How a request for help goes: who may take it where."""

from __future__ import annotations

OPEN, PROMISED = "open", "promised"
DONE, DECLINED, WITHDRAWN, LAPSED = "done", "declined", "withdrawn", "lapsed"

WAITING = frozenset({OPEN, PROMISED})
"""While a request waits for help; whatever else it becomes, it stays."""

BY_ASKED = (PROMISED, DECLINED, DONE)
BY_ASKER = (DONE, WITHDRAWN)
BY_HOUSE = (LAPSED,)
"""What each side makes of a request that waits."""


def may_become(stage: str, wanted: str, steps: tuple[str, ...]) -> bool:
    """Whether a request in a stage may become what one of these steps makes of it.

    A promise may be given anew, for another day.
    """
    return stage in WAITING and wanted in steps
