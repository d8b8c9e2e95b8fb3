"""When one is asked for a word about a goal."""

from __future__ import annotations

from datetime import date, timedelta


def asked_on(last_heard: date, cadence_days: int, day: date) -> date | None:
    """The last day, up to a day, on which a word was due: every so many days after the last one.

    None before a first one is due.
    """
    rounds = (day - last_heard).days // cadence_days
    return last_heard + timedelta(days=rounds * cadence_days) if rounds > 0 else None
