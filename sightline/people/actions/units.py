"""The tree of units."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from sightline.foundation.access.decisions import require
from sightline.foundation.core.errors import Refused
from sightline.foundation.core.spans import FOREVER, Span
from sightline.foundation.ledger.record import record
from sightline.people import policies
from sightline.people.actions.lines import redraw_unit_lines
from sightline.people.events import UnitChanged, UnitClosed, UnitMoved, UnitOpened
from sightline.people.models import Position, RoleGrant, Unit, UnitPlacement
from sightline.people.viewer import Viewer


@transaction.atomic
def open_unit(
    *,
    by: Viewer,
    code: str,
    name: str,
    kind: str,
    parent: Unit | None,
    on: date,
    purpose: str = "",
) -> Unit:
    """A new unit stands from a day on, under another or at the top."""
    require(policies.may_change_unit(by, parent))
    if Unit.objects.filter(code=code).exists():
        raise Refused(_("The code %s is taken.") % code, field="code")
    if parent and on not in parent.span:
        raise Refused(_("%s does not stand on that day.") % parent.name, field="on")
    unit = Unit.objects.create(code=code, name=name, kind=kind, purpose=purpose, from_on=on)
    if parent:
        UnitPlacement.objects.create(unit=unit, parent=parent, from_on=on)
    redraw_unit_lines([unit.pk])
    record(UnitOpened(unit.pk, name, parent.name if parent else "", str(on)), by=by)
    return unit


@transaction.atomic
def change_unit(*, by: Viewer, unit: Unit, name: str, kind: str, purpose: str) -> None:
    """Give a unit another name, kind or purpose."""
    require(policies.may_change_unit(by, unit))
    wanted = {"name": name, "kind": kind, "purpose": purpose}
    before = {key: str(getattr(unit, key)) for key in wanted}
    after = {key: value for key, value in wanted.items() if value != before[key]}
    if not after:
        return
    for key, value in after.items():
        setattr(unit, key, value)
    unit.save()
    record(UnitChanged(unit.pk, name, {key: before[key] for key in after}, after), by=by)


@transaction.atomic
def move_unit(*, by: Viewer, unit: Unit, parent: Unit | None, on: date) -> None:
    """Put a unit, with all under it, under another from a day on."""
    require(policies.may_change_unit(by, unit))
    require(policies.may_change_unit(by, parent))
    if on not in unit.span or (parent and on not in parent.span):
        raise Refused(_("Both units must stand on that day."), field="on")
    placed = UnitPlacement.objects.select_for_update().filter(unit=unit)
    before = placed.on(on).select_related("parent").first()
    placed.filter(from_on__gte=on).delete()
    placed.filter(until_on__gt=on).update(until_on=on)
    if parent:
        UnitPlacement.objects.create(unit=unit, parent=parent, from_on=on, until_on=unit.until_on)
    redraw_unit_lines([unit.pk])
    record(
        UnitMoved(
            unit.pk,
            unit.name,
            before.parent.name if before else "",
            parent.name if parent else "",
            str(on),
        ),
        by=by,
    )


@transaction.atomic
def close_unit(*, by: Viewer, unit: Unit, on: date) -> None:
    """A unit ends; it must be empty of positions and units by then."""
    require(policies.may_change_unit(by, unit))
    if on <= unit.from_on:
        raise Refused(_("It can close on a later day than it opened."), field="on")
    span = Span(on, FOREVER)
    posts = Position.objects.meeting(span).filter(unit=unit).count()
    under = UnitPlacement.objects.meeting(span).filter(parent=unit).count()
    if posts or under:
        words = _("%(posts)d positions and %(units)d units still stand in it on that day.")
        raise Refused(words % {"posts": posts, "units": under})
    UnitPlacement.objects.filter(unit=unit, from_on__gte=on).delete()
    UnitPlacement.objects.filter(unit=unit, until_on__gt=on).update(until_on=on)
    RoleGrant.objects.filter(unit=unit, from_on__gte=on).delete()
    RoleGrant.objects.filter(unit=unit, until_on__gt=on).update(until_on=on)
    unit.until_on = on
    unit.save()
    redraw_unit_lines([unit.pk])
    record(UnitClosed(unit.pk, unit.name, str(on)), by=by)
