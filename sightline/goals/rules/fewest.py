"""Which figures of units may be told, so that none tells of a few people."""

from __future__ import annotations

from collections.abc import Collection, Mapping

FEWEST = 5
"""Figures of a unit are for everybody from so many people on; below that for those who lead it."""


def told_parts(people: Mapping[int, int], whole: int, known: Collection[int] = ()) -> set[int]:
    """Which parts of a whole may be told, by how many people each has.

    Large ones, and those known to the reader in any case. Told parts taken from the whole leave
    nobody, or at least five: the smallest are held back until they do.
    """
    told = {part for part, size in people.items() if size >= FEWEST or part in known}
    rest = whole - sum(people[part] for part in told)
    for part in sorted(told.difference(known), key=lambda part: (people[part], part)):
        if not 0 < rest < FEWEST:
            break
        told.remove(part)
        rest += people[part]
    return told


def told_under(
    parents: Mapping[int, int], people: Mapping[int, int], top: int, known: Collection[int] = ()
) -> set[int]:
    """Which units of a tree may be told, by the parent of each and how many people each has.

    Judged from the top down: what stands under a unit that is held back is held back with it,
    else it would tell of that unit. What is known to the reader is told in any case.
    """
    under: dict[int, dict[int, int]] = {}
    for unit, parent in parents.items():
        under.setdefault(parent, {})[unit] = people[unit]
    told, level = set(known), {top}
    while level:
        parts = [told_parts(under.get(one, {}), people[one], known) for one in level]
        level = set().union(*parts)
        told |= level
    return told
