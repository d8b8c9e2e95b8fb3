"""Spares the workers of this process the wait for their next poll. Only a speed-up."""

from __future__ import annotations

import threading

_bell = threading.Event()


def up() -> None:
    """Say that there is something to do."""
    _bell.set()


def wait(seconds: float) -> None:
    """Sleep until there is something to do, or until the time is over."""
    if _bell.wait(seconds):
        _bell.clear()
