"""What is known of units, in the shape in which tests compare it."""

from __future__ import annotations

from sightline.people.queries import organisation


def above(unit, day) -> list[str]:
    """The codes of a unit and all above it, the highest first."""
    return [one.code for one in organisation.units_above(unit, day)]
