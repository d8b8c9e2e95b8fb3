"""Targets shared out over units and quarters, and what came of the parts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from sightline.foundation.access.decisions import require
from sightline.foundation.core.dates import now
from sightline.foundation.core.errors import Refused
from sightline.foundation.ledger.record import record
from sightline.people.actions.holding import hold_organisation
from sightline.people.models import Unit
from sightline.people.viewer import Viewer
from sightline.strategy import policies
from sightline.strategy.events import ShareActualRecorded, TargetSplit
from sightline.strategy.models import Measure, ShareActual, Target, TargetShare
from sightline.strategy.rules.numbers import plain

QUARTERS = (1, 2, 3, 4)
Key = tuple[int, int | None]


@dataclass(frozen=True, slots=True)
class UnitPart:
    """What falls to a unit: one value for the year, or one for each of its four quarters."""

    unit: Unit
    values: Sequence[Decimal]
    weight: Decimal = Decimal(1)

    @property
    def cells(self) -> dict[Key, Decimal]:
        """The values by unit and quarter; the year has none."""
        if len(self.values) == 1:
            return {(self.unit.pk, None): self.values[0]}
        pairs = zip(QUARTERS, self.values, strict=True)
        return {(self.unit.pk, quarter): value for quarter, value in pairs}


@transaction.atomic
def split_target(
    *, by: Viewer, measure: Measure, due_on: date, way: str, parts: Sequence[UnitPart]
) -> None:
    """Say anew how a target is shared out over units. Without parts, it no longer is.

    That the parts make the whole is shown and not enforced. A part of which something came stays.
    """
    hold_organisation(measure)
    require(policies.may_split_target(by, measure))
    _refuse_what_is_no_split(by, measure, due_on, way, parts)
    known = _known(measure, due_on)
    before, was_way = _told(known.values()), measure.decomposition
    cells = {key: (value, one.weight) for one in parts for key, value in one.cells.items()}
    changed = _write(measure, due_on, known, cells)
    if not changed and was_way == way:
        return
    if was_way != way:
        measure.decomposition = way
        measure.save(update_fields=["decomposition"])
    after = _told(_known(measure, due_on).values())
    facts = (measure.pk, measure.name, str(due_on), way, before, after, sorted(changed))
    record(TargetSplit(*facts, on=str(by.today)), by=by)


@transaction.atomic
def record_share_actual(*, by: Viewer, share: TargetShare, value: Decimal) -> ShareActual:
    """Say what came of a unit's part. Said again, it is a correction."""
    hold_organisation(share)
    require(policies.may_record_share(by, share))
    said = ShareActual.objects.filter(share=share).order_by("-pk").first()
    actual = ShareActual.objects.create(
        share=share, value=value, author=by.employee, recorded_at=now()
    )
    measure = share.measure
    corrected = plain(said.value) if said else ""
    facts = (measure.pk, measure.name, _name(share), str(share.due_on), plain(value), corrected)
    record(ShareActualRecorded(*facts), by=by)
    return actual


def _known(measure: Measure, due_on: date) -> dict[Key, TargetShare]:
    rows = TargetShare.objects.filter(measure=measure, due_on=due_on).select_related("unit")
    return {(one.unit_id, one.quarter): one for one in rows}


def _write(
    measure: Measure,
    due_on: date,
    known: dict[Key, TargetShare],
    cells: dict[Key, tuple[Decimal, Decimal]],
) -> set[int]:
    """Keep these cells and no others; the units of which something changed."""
    gone = [one for key, one in known.items() if key not in cells]
    _refuse_to_lose(gone)
    TargetShare.objects.filter(pk__in=[one.pk for one in gone]).delete()
    new = [
        TargetShare(
            measure=measure,
            due_on=due_on,
            unit_id=key[0],
            quarter=key[1],
            value=value,
            weight=weight,
        )
        for key, (value, weight) in cells.items()
        if key not in known
    ]
    TargetShare.objects.bulk_create(new)
    other = [one for key, one in known.items() if key in cells and cells[key] != _held(one)]
    for one in other:
        one.value, one.weight = cells[one.unit_id, one.quarter]
    TargetShare.objects.bulk_update(other, ["value", "weight"])
    return {one.unit_id for one in [*gone, *new, *other]}


def _held(share: TargetShare) -> tuple[Decimal, Decimal]:
    return share.value, share.weight


def _refuse_to_lose(gone: Sequence[TargetShare]) -> None:
    """What came of a part is kept, and so is the part."""
    lost = ShareActual.objects.filter(share__in=gone).select_related("share__unit").first()
    if lost is not None:
        words = _("What came of it is recorded for %s: it keeps its part, by the same quarters.")
        raise Refused(words % lost.share.unit.name)


def _refuse_what_is_no_split(
    by: Viewer, measure: Measure, due_on: date, way: str, parts: Sequence[UnitPart]
) -> None:
    if way not in Measure.Decomposition.values:
        raise Refused(_("Choose how the parts make the whole."), field="way")
    if not Target.objects.filter(measure=measure, due_on=due_on).exists():
        raise Refused(_("No target is due on that day any more. Look at the measure again."))
    if len({one.unit.pk for one in parts}) < len(parts):
        raise Refused(_("A unit stands in the table once."))
    if len({len(one.values) for one in parts}) > 1:
        raise Refused(_("Give all units a part for the year, or all of them one a quarter."))
    if any(len(one.values) not in {1, len(QUARTERS)} for one in parts):
        raise Refused(_("Give each of the four quarters a value, be it 0."))
    if any(one.weight < 0 for one in parts):
        raise Refused(_("A weight is not below 0."))
    if way == Measure.Decomposition.MEAN and parts and not any(one.weight for one in parts):
        raise Refused(_("Give one unit a weight above 0: without any there is no mean."))
    known = {unit_id for unit_id, _quarter in _known(measure, due_on)}
    for one in parts:
        if one.unit.pk not in known and by.today not in one.unit.span:
            raise Refused(_("%s does not stand today.") % one.unit.name)


def _told(shares: Iterable[TargetShare]) -> dict[str, str]:
    return {_name(one): plain(one.value) for one in shares}


def _name(share: TargetShare) -> str:
    """The part as records name it: "Shops", "Shops Q2"."""
    return f"{share.unit.name} Q{share.quarter}" if share.quarter else share.unit.name
