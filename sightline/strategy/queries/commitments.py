"""What units have taken on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from sightline.people.models import Unit
from sightline.people.queries.organisation import units_seen_by
from sightline.people.queries.people import employees_seen_by
from sightline.people.viewer import Viewer
from sightline.strategy import policies
from sightline.strategy.models import Commitment, CommitmentStep, Objective, Strategy
from sightline.strategy.rules.shares import effort_left_percent


def commitments_seen_by(viewer: Viewer) -> QuerySet[Commitment]:
    """The commitments that exist for the viewer, each with its unit, objective and steps."""
    who = employees_seen_by(viewer).filter(pk=OuterRef("by"))
    steps = CommitmentStep.objects.select_related("by").annotate(by_seen=Exists(who))
    rows = Commitment.objects.filter(policies.commitments_visible_to(viewer))
    rows = rows.select_related("unit", "objective__strategy", "objective__perspective")
    return rows.prefetch_related(Prefetch("steps", steps))


def commitment_seen_by(viewer: Viewer, commitment_id: int) -> Commitment | None:
    """One commitment."""
    return commitments_seen_by(viewer).filter(pk=commitment_id).first()


@dataclass(frozen=True, slots=True)
class CommitmentSeen:
    """A commitment, its last step, for how many days that has stood, and what was said last."""

    commitment: Commitment
    last: CommitmentStep
    days: int
    said: CommitmentStep | None


def told(viewer: Viewer, commitments: Iterable[Commitment]) -> list[CommitmentSeen]:
    """Commitments as pages show them."""
    found = []
    for one in commitments:
        steps = list(one.steps.all())[::-1]
        said = next((step for step in steps if step.note), None)
        found.append(CommitmentSeen(one, steps[0], (viewer.today - steps[0].on).days, said))
    return found


def agreed_percents(viewer: Viewer, units: Iterable[int]) -> dict[tuple[int, int], Decimal]:
    """What units agreed to put on objectives, by unit and objective, in percent of their effort."""
    rows = Commitment.objects.filter(policies.commitments_visible_to(viewer), unit__in=list(units))
    told = rows.order_by().values_list("unit", "objective", "agreed_percent")
    return {(unit, one): percent for unit, one, percent in told if percent is not None}


def commitments_to(viewer: Viewer, objective: Objective) -> list[CommitmentSeen]:
    """The units that have taken an objective on, or are asked to."""
    return told(viewer, commitments_seen_by(viewer).filter(objective=objective))


@dataclass(frozen=True, slots=True)
class Charter:
    """What a unit takes on of a strategy, and what it keeps for its standing responsibilities."""

    unit: Unit
    commitments: list[CommitmentSeen]

    @property
    def left_percent(self) -> Decimal:
        """The share of effort that no objective claims."""
        return effort_left_percent(one.commitment.claimed_percent for one in self.commitments)

    @property
    def claimed_percent(self) -> Decimal:
        """The share of effort that objectives claim."""
        return 100 - self.left_percent


def charter_of(viewer: Viewer, unit: Unit, strategy: Strategy) -> Charter:
    """What a unit takes on of a strategy."""
    rows = commitments_seen_by(viewer).filter(unit=unit, objective__strategy=strategy)
    return Charter(unit, told(viewer, rows))


def charters_of(viewer: Viewer, strategy: Strategy, *, own: bool = True) -> list[Charter]:
    """What all units take on of a strategy; while it is in force, the viewer's own before they do.

    The units in the order of their names; `own` may leave out those that take on nothing yet.
    """
    rows = told(viewer, commitments_seen_by(viewer).filter(objective__strategy=strategy))
    units = {one.commitment.unit_id: one.commitment.unit for one in rows}
    if own and strategy.is_in_force and not set(viewer.units_led) <= set(units):
        units |= {unit.pk: unit for unit in units_led_by(viewer)}
    found = {
        unit.pk: Charter(unit, []) for unit in sorted(units.values(), key=lambda unit: unit.name)
    }
    for one in rows:
        found[one.commitment.unit_id].commitments.append(one)
    return list(found.values())


def units_led_by(viewer: Viewer) -> list[Unit]:
    """The units for which the viewer proposes what they take on."""
    if not viewer.units_led:
        return []
    rows = units_seen_by(viewer, viewer.today).filter(pk__in=viewer.units_led)
    return list(rows.order_by("name"))


def waiting(charters: Iterable[Charter]) -> list[CommitmentSeen]:
    """Those of the commitments that wait for an executive, the longest first."""
    found = [
        one
        for charter in charters
        for one in charter.commitments
        if one.commitment.stage == Commitment.Stage.PROPOSED
    ]
    return sorted(found, key=lambda one: -one.days)
