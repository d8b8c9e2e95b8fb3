"""What is certain to be there, although its type says that it might not."""

from __future__ import annotations

from typing import TypeVar

_Thing = TypeVar("_Thing")


def known(thing: _Thing | None, why: str) -> _Thing:
    """The thing; when it is missing after all, an error of ours that says why it cannot be."""
    if thing is None:
        raise LookupError(why)
    return thing
