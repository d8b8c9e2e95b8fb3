"""Many units and positions at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from sightline.foundation.access.decisions import require
from sightline.foundation.core.errors import Refused
from sightline.foundation.ledger.record import record_all
from sightline.people import policies
from sightline.people.actions.lines import redraw_unit_lines
from sightline.people.actions.posts import Duty
from sightline.people.events import PositionOpened, ResponsibilitiesSet, UnitOpened
from sightline.people.models import Job, Position, Responsibility, Unit, UnitPlacement
from sightline.people.rules.posts import weights_fault
from sightline.people.viewer import Viewer

BATCH = 1_000


@dataclass(frozen=True, slots=True)
class NewUnit:
    """A unit to be opened under another (its code; "" for the top)."""

    code: str
    name: str
    kind: str
    parent: str
    purpose: str
    on: date


@dataclass(frozen=True, slots=True)
class NewPosition:
    """A position to be opened, with what it is there for; unit and job by their codes."""

    code: str
    title: str
    unit: str
    job: str
    purpose: str
    duties: tuple[Duty, ...]
    on: date


@transaction.atomic
def open_units(*, by: Viewer, new: Sequence[NewUnit]) -> dict[str, Unit]:
    """Open units, each after the one it stands under; gives them by code."""
    require(policies.may_change_organisation(by))
    _refuse_taken(Unit.objects.all(), [unit.code for unit in new])
    made = Unit.objects.bulk_create(
        [
            Unit(code=one.code, name=one.name, kind=one.kind, purpose=one.purpose, from_on=one.on)
            for one in new
        ],
        batch_size=BATCH,
    )
    units = {unit.code: unit for unit in made}
    known = units | _by_code(Unit, {one.parent for one in new if one.parent} - set(units))
    for one in new:
        _refuse_unit_before(known[one.parent] if one.parent else None, one.on)
    UnitPlacement.objects.bulk_create(
        [
            UnitPlacement(unit=units[one.code], parent=known[one.parent], from_on=one.on)
            for one in new
            if one.parent
        ],
        batch_size=BATCH,
    )
    redraw_unit_lines([unit.pk for unit in made])
    record_all(
        [
            UnitOpened(
                units[one.code].pk,
                one.name,
                known[one.parent].name if one.parent else "",
                str(one.on),
            )
            for one in new
        ],
        by=by,
    )
    return units


@transaction.atomic
def open_positions(*, by: Viewer, new: Sequence[NewPosition]) -> dict[str, Position]:
    """Open positions with their responsibilities, vacant at first; gives them by code."""
    require(policies.may_change_organisation(by))
    _refuse_taken(Position.objects.filter(until_on__gt=by.today), [one.code for one in new])
    units = _by_code(Unit, {one.unit for one in new})
    jobs = _by_code(Job, {one.job for one in new})
    for one in new:
        _refuse_unit_before(units[one.unit], one.on)
        _refuse_uneven_weights(one)
    made = Position.objects.bulk_create(
        [
            Position(
                code=one.code,
                title=one.title,
                unit=units[one.unit],
                job=jobs[one.job],
                purpose=one.purpose,
                from_on=one.on,
            )
            for one in new
        ],
        batch_size=BATCH,
    )
    pairs = list(zip(made, new, strict=True))
    Responsibility.objects.bulk_create(
        [row for position, one in pairs for row in _responsibilities(position, one)],
        batch_size=BATCH,
    )
    record_all([event for position, one in pairs for event in _opened(position, one)], by=by)
    return {position.code: position for position in made}


def _responsibilities(position: Position, one: NewPosition) -> list[Responsibility]:
    return [
        Responsibility(
            position=position,
            title=duty.title,
            standard=duty.standard,
            weight_percent=duty.weight_percent,
            place=place,
            from_on=one.on,
        )
        for place, duty in enumerate(one.duties)
    ]


def _opened(position: Position, one: NewPosition) -> list[PositionOpened | ResponsibilitiesSet]:
    told = [f"{duty.weight_percent}% {duty.title}: {duty.standard}" for duty in one.duties]
    opened = PositionOpened(position.pk, one.code, one.title, position.unit.name, str(one.on))
    if not told:
        return [opened]
    return [opened, ResponsibilitiesSet(position.pk, one.title, str(one.on), told)]


def _by_code(model: Any, codes: Iterable[str]) -> dict[str, Any]:
    """Rows of a model by code; refused when one is not there."""
    wanted = set(codes)
    found = {row.code: row for row in model.objects.filter(code__in=wanted)}
    if missing := sorted(wanted - set(found)):
        raise Refused(_("Nothing has the code %s.") % missing[0], field="code")
    return found


def _refuse_taken(rows: models.QuerySet[Any], codes: Sequence[str]) -> None:
    twice = len(set(codes)) != len(codes)
    taken = rows.filter(code__in=codes).values_list("code", flat=True).first()
    if twice or taken:
        code = taken or next(code for code in codes if codes.count(code) > 1)
        raise Refused(_("The code %s is taken.") % code, field="code")


def _refuse_unit_before(unit: Unit | None, on: date) -> None:
    if unit is not None and on not in unit.span:
        raise Refused(_("%s does not stand on that day.") % unit.name, field="on")


def _refuse_uneven_weights(one: NewPosition) -> None:
    total = weights_fault([duty.weight_percent for duty in one.duties])
    if total is not None:
        words = _("The weights add up to %d%%; they must add up to 100%%.")
        raise Refused(words % total, field="weights")
