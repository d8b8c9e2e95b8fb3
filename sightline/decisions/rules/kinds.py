"""Which kinds of decision can be taken today, and what the house asks of each."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

PROMOTION = "promotion"
BONUS = "bonus"

OPEN = (PROMOTION, BONUS)
"""The kinds that can be proposed; records of the others have their place already."""

CHANGES_POST = frozenset({PROMOTION, "transfer", "demotion"})
"""Kinds that end in another post."""

CHANGES_PAY = frozenset({PROMOTION, "demotion", "salary"})
"""Kinds that may set another pay for a year of full time."""

GIVES_AWARD = frozenset({BONUS, "reward"})
"""Kinds that end in an amount paid once."""


@dataclass(frozen=True, slots=True)
class Needs:
    """What a policy asks of a proposal. Version 0 is what the house brings along."""

    version: int = 0
    approvers: str = "either"
    evidence_least: int = 3
    months_in_post_least: int = 12
    rating_least: Decimal = Decimal("3.0")
    leeway_percent: int = 5
    award_most_percent: int = 15
    reply_days: int = 5


HOUSE: dict[str, Needs] = {
    PROMOTION: Needs(),
    BONUS: Needs(evidence_least=2, months_in_post_least=3),
}
"""What holds until HR puts a policy in force."""


def needs_of_the_house(kind: str) -> Needs:
    """What the house asks of a kind of decision."""
    return HOUSE.get(kind, Needs())
