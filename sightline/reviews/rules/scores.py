"""The score of a form: ratings weighted by the template, with its working.

Three steps, described with tables in docs/rules/reviews.md:

1. within a section, the mean of the rated items by their weights; an item without a weight of its
   own counts as much as the weighted ones do on average;
2. over the sections, the mean by the sections' weights; a section of which nothing was rated leaves
   its weight to the others;
3. where less than half of all weight was rated, there is no score: too little was seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

ENOUGH = Fraction(1, 2)
"""The share of all weight that must be rated."""


@dataclass(frozen=True, slots=True)
class Rated:
    """One item: its weight within the section, and its rating (None: not rated)."""

    weight: int | None
    value: int | None


@dataclass(frozen=True, slots=True)
class Part:
    """One section: its weight in percent, and its items."""

    weight: int
    items: Sequence[Rated]


@dataclass(frozen=True, slots=True)
class ItemWorking:
    """What an item counted: its share of the whole score in percent."""

    value: int | None
    share_percent: Decimal


@dataclass(frozen=True, slots=True)
class PartWorking:
    """What a section counted: its mean, its share of the score, its items in their order."""

    mean: Decimal | None
    share_percent: Decimal
    rated: int
    items: tuple[ItemWorking, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """A score with its working. `value` is None when too little was rated."""

    value: Decimal | None
    rated: int
    of: int
    rated_percent: Decimal
    """How much of all weight was rated."""
    parts: tuple[PartWorking, ...]

    @property
    def missing(self) -> int:
        """How many items have no rating."""
        return self.of - self.rated


def score(parts: Sequence[Part]) -> Score:
    """The score of a form, on the scale of its ratings."""
    shares = [_shares(part) for part in parts]
    means = [_mean(part, weights) for part, weights in zip(parts, shares, strict=True)]
    counting = sum(
        (Fraction(p.weight) for p, m in zip(parts, means, strict=True) if m is not None),
        Fraction(),
    )
    covered = _covered(parts, shares)
    working, total = [], Fraction()
    for part, weights, mean in zip(parts, shares, means, strict=True):
        share = Fraction(part.weight) / counting if counting and mean is not None else Fraction()
        total += share * (mean or 0)
        working.append(_working(part, weights, mean, share))
    is_enough = counting > 0 and covered >= ENOUGH
    return Score(
        value=rounded(total, 2) if is_enough else None,
        rated=sum(one.rated for one in working),
        of=sum(len(part.items) for part in parts),
        rated_percent=rounded(covered * 100, 0),
        parts=tuple(working),
    )


def _shares(part: Part) -> list[Fraction]:
    """The weight of each item within its section; they sum to 1."""
    told = [item.weight for item in part.items if item.weight is not None]
    usual = Fraction(sum(told), len(told)) if told and sum(told) else Fraction(1)
    weights = [usual if item.weight is None else Fraction(item.weight) for item in part.items]
    total = sum(weights, Fraction())
    return [weight / total if total else Fraction() for weight in weights]


def _mean(part: Part, shares: Sequence[Fraction]) -> Fraction | None:
    pairs = [
        (share, item.value)
        for share, item in zip(shares, part.items, strict=True)
        if item.value is not None
    ]
    weight = sum((share for share, _value in pairs), Fraction())
    if not weight or not part.weight:
        return None
    return sum((share * value for share, value in pairs), Fraction()) / weight


def _covered(parts: Sequence[Part], shares: Sequence[Sequence[Fraction]]) -> Fraction:
    """The share of all weight that carries a rating; a section without items asks for none."""
    asked = rated = Fraction()
    for part, weights in zip(parts, shares, strict=True):
        for item, share in zip(part.items, weights, strict=True):
            asked += part.weight * share
            rated += part.weight * share if item.value is not None else 0
    return rated / asked if asked else Fraction()


def _working(
    part: Part, shares: Sequence[Fraction], mean: Fraction | None, share: Fraction
) -> PartWorking:
    rated = [
        own if item.value is not None else Fraction()
        for own, item in zip(shares, part.items, strict=True)
    ]
    whole = sum(rated, Fraction())
    items = tuple(
        ItemWorking(item.value, rounded(share * own / whole * 100, 1) if whole else Decimal("0.0"))
        for own, item in zip(rated, part.items, strict=True)
    )
    return PartWorking(
        mean=None if mean is None else rounded(mean, 2),
        share_percent=rounded(share * 100, 1),
        rated=sum(item.value is not None for item in part.items),
        items=items,
    )


def rounded(number: Fraction, places: int) -> Decimal:
    """A number with so many places, halves away from zero, as people round."""
    exact = Decimal(number.numerator) / Decimal(number.denominator)
    return exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def level_shown(required: int, value: int, *, middle: Decimal, highest: int) -> Decimal:
    """The level of a competency that a rating against the required level shows.

    Who meets what the post asks for shows the required level; each point of the scale above or
    below is half a level, within the levels that the competency has.
    """
    level = Decimal(required) + (Decimal(value) - middle) / 2
    return min(max(level, Decimal(1)), Decimal(highest))


def nearest_point(value: Decimal, points: Sequence[int]) -> int:
    """The point of the scale nearest to a score; of two as near, the higher one."""
    return max(points, key=lambda point: (-abs(value - point), point))
