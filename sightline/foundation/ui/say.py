"""Says in a toast what was just done, and offers to undo it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest

UNDO = "undo:"
TONES = {messages.SUCCESS: "good", messages.WARNING: "warn", messages.ERROR: "bad"}


def done(request: HttpRequest, sentence: str, *, undo: str = "") -> None:
    """It worked. `undo` is the address that takes it back when something is posted there."""
    messages.success(request, sentence, extra_tags=f"{UNDO}{undo}" if undo else "")


def warned(request: HttpRequest, sentence: str) -> None:
    """It worked, and something about it should be known."""
    messages.warning(request, sentence)


def failed(request: HttpRequest, sentence: str) -> None:
    """It did not work; the sentence says what to do next."""
    messages.error(request, sentence)


def tone(message: Message) -> str:
    """The look of a message: "good", "warn", "bad", or "" for a plain remark."""
    return TONES.get(message.level, "")


def undo_url(message: Message) -> str:
    """Where what the message tells can be undone; "" when it cannot."""
    tags = message.extra_tags or ""
    return tags.removeprefix(UNDO) if tags.startswith(UNDO) else ""
