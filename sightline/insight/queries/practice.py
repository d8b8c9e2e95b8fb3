"""How people work with each other, in counts: talks kept, decisions taken, levels missing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from sightline.conversations.queries.units import UnitRhythm, rhythm_by_unit
from sightline.conversations.rules import Rhythm
from sightline.decisions.queries.decisions import OutcomeCount, outcome_counts
from sightline.development.queries.units import GapOfMany, gaps_by_unit, units_to_read
from sightline.insight.rules import held_back
from sightline.people.models import Unit
from sightline.people.queries.organisation import branches, units_seen_by
from sightline.people.viewer import Viewer

MOST_GAPS = 15
"""How many competencies are told here; the page of development tells all."""


@dataclass(frozen=True, slots=True)
class RhythmRow:
    """How talks are kept in a division, or in several that are too small to be told alone."""

    unit: Unit | None
    rhythm: UnitRhythm

    def count(self, stand: str) -> int:
        """How many pairs stand so."""
        return self.rhythm.stands.get(Rhythm(stand), 0)


@dataclass(frozen=True, slots=True)
class Rhythms:
    """How talks are kept in the whole house, and division by division, by name."""

    whole: RhythmRow
    rows: list[RhythmRow] = field(default_factory=list)


def rhythms(viewer: Viewer) -> Rhythms:
    """Five queries, whatever the size of the house."""
    found = rhythm_by_unit(viewer)
    units = {unit.pk: unit for unit in units_seen_by(viewer, viewer.today)}
    branch = branches(viewer.today, found)
    groups: dict[Unit, list[UnitRhythm]] = {}
    for unit, row in found.items():
        groups.setdefault(units[branch.get(unit, unit)], []).append(row)
    rows = [RhythmRow(unit, _together(each)) for unit, each in groups.items()]
    told, small = held_back(rows, lambda row: row.rhythm.people)
    told.sort(key=lambda row: row.unit.name if row.unit else "")
    if small:
        told.append(RhythmRow(None, _together(row.rhythm for row in small)))
    return Rhythms(RhythmRow(None, _together(found.values())), told)


def _together(rows: Iterable[UnitRhythm]) -> UnitRhythm:
    whole = UnitRhythm()
    for row in rows:
        whole.without_talks += row.without_talks
        for stand, number in row.stands.items():
            whole.stands[stand] = whole.stands.get(stand, 0) + number
    return whole


def decisions_of_year(year: int) -> list[OutcomeCount]:
    """Decisions due in a calendar year, by kind and outcome. The caller has asked who may count."""
    return outcome_counts(date(year, 1, 1), date(year + 1, 1, 1))


@dataclass(frozen=True, slots=True)
class GapsOfHouse:
    """Where levels are missing in a top unit with all under it, the largest gap first."""

    unit: Unit
    units: list[Unit]
    """All units at the top, to choose from."""
    gaps: list[GapOfMany]
    more: int


def gaps_of_house(viewer: Viewer, unit_id: str = "") -> GapsOfHouse | None:
    """Gaps of this unit at the top, else of the first; None when there is none. Four queries."""
    units = list(units_to_read(viewer))
    if not units:
        return None
    unit = next((one for one in units if str(one.pk) == unit_id), units[0])
    gaps = [one for one in gaps_by_unit(viewer, unit) if one.missing]
    return GapsOfHouse(unit, units, gaps[:MOST_GAPS], max(0, len(gaps) - MOST_GAPS))
