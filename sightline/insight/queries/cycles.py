"""How a review cycle goes: by part, unit and manager, and whom to remind.

All counts come from `reviews`, which tells of peers only what nobody can be found out from.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from sightline.insight.rules import Work, held_back, work
from sightline.people.models import Employee, Unit
from sightline.people.viewer import Viewer
from sightline.reviews import policies as reviews
from sightline.reviews.models import Cycle, CycleStage
from sightline.reviews.queries.load import ManagerLoad, load_of_managers
from sightline.reviews.queries.progress import (
    CycleState,
    Share,
    UnitProgress,
    cycles_seen_by,
    state_of_cycle,
)

Kind = CycleStage.Kind
COUNTED = [Kind.NOMINATE, Kind.SELF, Kind.MANAGER, Kind.SHARE, Kind.ACKNOWLEDGE]
"""Parts of which it is told how many are done. Of peers it never is, and calibration is one act."""
NOTHING = Work(0, 0, 0)
REACHED: dict[str, set[str]] = {
    Cycle.Stage.CALIBRATING: {Kind.CALIBRATE},
    Cycle.Stage.SHARED: {Kind.CALIBRATE, Kind.SHARE},
    Cycle.Stage.CLOSED: {Kind.CALIBRATE, Kind.SHARE, Kind.ACKNOWLEDGE},
}
"""Parts that have begun when a cycle is at a stage, whatever the days they were planned for."""


@dataclass(frozen=True, slots=True)
class StageRow:
    """A part of a cycle: its days, and what is done, open and late; `work` is None of peers."""

    stage: CycleStage
    has_begun: bool
    work: Work | None
    percent: int | None
    """How much has come in; of peers in tens, and only of fifty forms or more."""


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit with all under it; `unit` is None of several that are too small to be told alone."""

    unit: Unit | None
    people: int
    own: Work
    managers: Work
    shared: Work
    read: Work


@dataclass(frozen=True, slots=True)
class ManagerRow:
    """A manager's people: their own forms, and the manager's about them."""

    manager_id: int
    name: str
    people: int
    own: Work
    managers: Work


@dataclass(frozen=True, slots=True)
class CycleSeen:
    """A cycle as HR and executives follow it."""

    cycle: Cycle
    state: CycleState
    stages: list[StageRow]
    units: list[UnitRow]
    own: Work
    by_managers: Work


def begun_cycles(viewer: Viewer) -> list[Cycle]:
    """Cycles that have begun, the latest first: to choose from."""
    return list(_begun(viewer)[:20])


def begun_cycle(viewer: Viewer, cycle_id: int) -> Cycle | None:
    """One cycle that has begun."""
    return _begun(viewer).filter(pk=cycle_id).first()


def _begun(viewer: Viewer) -> QuerySet[Cycle]:
    return cycles_seen_by(viewer).exclude(stage__in=[Cycle.Stage.DRAFT, Cycle.Stage.DRY_RUN])


def managers_seen(
    viewer: Viewer, cycle: Cycle, managers: Iterable[Employee] | None = None
) -> list[ManagerRow]:
    """What has come in, manager by manager, by name; of these, or of all. For HR. Two queries."""
    over = _Over(list(cycle.stages.all()), viewer.today)
    return [_manager(one, over) for one in load_of_managers(viewer, cycle, managers)]


def cycle_seen(viewer: Viewer, cycle: Cycle) -> CycleSeen:
    """A cycle in figures; for those who may not see people, small units are told together."""
    state = state_of_cycle(viewer, cycle)
    over = _Over(state.stages, viewer.today)
    by_name = bool(reviews.may_see_people(viewer, cycle))
    stages = [_stage(state, one, viewer.today, over) for one in state.stages]
    by_kind = {one.stage.kind: one.work or NOTHING for one in stages}
    return CycleSeen(
        cycle=cycle,
        state=state,
        stages=stages,
        units=_units(state.units, over, by_name=by_name),
        own=by_kind.get(Kind.SELF, NOTHING),
        by_managers=by_kind.get(Kind.MANAGER, NOTHING),
    )


class _Over:
    """Which parts of a cycle are over on a day."""

    def __init__(self, stages: Sequence[CycleStage], day: date) -> None:
        self.kinds = {one.kind for one in stages if one.until_on <= day}

    def work(self, kind: str, share: Share) -> Work:
        """What is done, open and late of a part."""
        return work(share.done, share.of, is_over=kind in self.kinds)


def _stage(state: CycleState, stage: CycleStage, day: date, over: _Over) -> StageRow:
    share = state.share_of(stage.kind) if stage.kind != Kind.CALIBRATE else Share(0, 0, None)
    counted = over.work(stage.kind, share) if stage.kind in COUNTED else None
    reached = stage.kind in REACHED.get(state.cycle.stage, set())
    is_at_work = bool(counted and counted.done)
    return StageRow(stage, stage.from_on <= day or reached or is_at_work, counted, share.percent)


def _units(rows: Sequence[UnitProgress], over: _Over, *, by_name: bool) -> list[UnitRow]:
    if by_name:
        return [_unit(row, over) for row in rows]
    told, small = held_back(rows, lambda row: row.people)
    shown = [_unit(row, over) for row in told]
    return [*shown, _together([_unit(row, over) for row in small])] if small else shown


def _unit(row: UnitProgress, over: _Over) -> UnitRow:
    return UnitRow(
        unit=row.unit,
        people=row.people,
        own=over.work(Kind.SELF, row.self_reviews),
        managers=over.work(Kind.MANAGER, row.managers),
        shared=over.work(Kind.SHARE, row.shared),
        read=over.work(Kind.ACKNOWLEDGE, row.acknowledged),
    )


def _together(rows: Sequence[UnitRow]) -> UnitRow:
    return UnitRow(
        unit=None,
        people=sum(row.people for row in rows),
        own=_sum([row.own for row in rows]),
        managers=_sum([row.managers for row in rows]),
        shared=_sum([row.shared for row in rows]),
        read=_sum([row.read for row in rows]),
    )


def _sum(parts: Sequence[Work]) -> Work:
    return Work(
        sum(one.done for one in parts),
        sum(one.open for one in parts),
        sum(one.late for one in parts),
    )


def _manager(load: ManagerLoad, over: _Over) -> ManagerRow:
    return ManagerRow(
        manager_id=load.manager_id,
        name=load.name,
        people=load.people,
        own=work(load.self_done, load.people, is_over=Kind.SELF in over.kinds),
        managers=work(load.manager_done, load.manager_of, is_over=Kind.MANAGER in over.kinds),
    )
