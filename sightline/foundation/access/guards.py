"""What stands at the door of a page; sign-in is asked for unless a view says otherwise."""

from __future__ import annotations

from typing import TypeVar

from django.contrib.auth.decorators import login_not_required
from django.http import Http404

__all__ = ["found_or_404", "open_to_all"]

Found = TypeVar("Found")

open_to_all = login_not_required
"""Marks a view that needs no sign-in. Each one is listed in the table of addresses."""


def found_or_404(thing: Found | None) -> Found:
    """The thing, or an answer as if it did not exist: what may not be seen is not there."""
    if thing is None:
        raise Http404
    return thing
