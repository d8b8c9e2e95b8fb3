"""Yes or no, and why not."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied


@dataclass(frozen=True, slots=True)
class Allowed:
    """It may be done."""

    reason: str = ""

    def __bool__(self) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class Denied:
    """It may not be done; the reason is shown to the person who tried."""

    reason: str

    def __bool__(self) -> bool:
        return False


Decision = Allowed | Denied


def require(decision: Decision) -> None:
    """Go on, or answer 403 with the reason."""
    if isinstance(decision, Denied):
        raise PermissionDenied(decision.reason)
