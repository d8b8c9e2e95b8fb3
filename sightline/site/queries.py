"""What the house's own pages look up."""

from __future__ import annotations

import re

from sightline.foundation.identity.models import Account
from sightline.people.models import Employee

REF = re.compile(r"(?:[a-z]+:[0-9]+|house)")
MOST_NAMESAKES = 100


def refs_of(words: str) -> list[str]:
    """How the ledger names whoever is meant: by the ledger's own word, or by part of a name."""
    words = words.strip()
    if REF.fullmatch(words):
        return [words]
    namesakes = Employee.objects.filter(name__icontains=words).order_by("pk")
    return [f"employee:{key}" for key in namesakes.values_list("pk", flat=True)[:MOST_NAMESAKES]]


def nobody_is_here() -> bool:
    """Whether nobody can sign in and nobody is known: the installation is still to be founded."""
    return not (Account.objects.exists() or Employee.objects.exists())
