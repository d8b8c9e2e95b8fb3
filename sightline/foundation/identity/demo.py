"""Demo mode: anybody may sign in as one of the cast. Nowhere else, and not by accident.

The cast lives upstairs, so whoever knows it offers it here:

    identity.demo.offer(the_cast)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.conf import settings

from sightline.foundation.identity.models import Account


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """One of the cast: which account, who it is, and what one sees in their place."""

    email: str
    name: str
    what: str


Provider = Callable[[], Sequence[DemoPerson]]

_offers: list[Provider] = []


def offer(provider: Provider) -> Provider:
    """Let these people be signed in as, in demo mode. Usable as a decorator."""
    if provider not in _offers:
        _offers.append(provider)
    return provider


def people() -> list[DemoPerson]:
    """Who can be signed in as; nobody outside demo mode."""
    if not settings.DEMO:
        return []
    return [person for provider in _offers for person in provider()]


def account_of(email: str) -> Account | None:
    """The open account of one of the cast; None for everybody else, and outside demo mode."""
    if email not in {person.email for person in people()}:
        return None
    return Account.objects.filter(email__iexact=email, is_active=True).first()
