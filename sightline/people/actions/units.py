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
from sightline.people.actions.dated import take_out, until_next_change
from sightline.people.actions.holding import hold_organisation
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
    hold_organisation(parent)
    if Unit.objects.filter(code=code).exists():
        raise Refused(_("The code %s is taken.") % code, field="code")
    if parent:
        refuse_unit_that_is_not_there(parent, Span(on))
    unit = Unit.objects.create(code=code, name=name, kind=kind, purpose=purpose, from_on=on)
    if parent:
        UnitPlacement.objects.create(unit=unit, parent=parent, from_on=on)
    redraw_unit_lines([unit.pk])
    record(UnitOpened(unit.pk, name, parent.name if parent else "", str(on)), by=by)
    return unit


def refuse_unit_that_is_not_there(unit: Unit, span: Span) -> None:
    """Refuse a unit that has yet to open, or that closes before the end of a span."""
    if span.start not in unit.span:
        raise Refused(_("%s does not stand on that day.") % unit.name, field="on")
    if unit.until_on < span.end:
        words = _("%(name)s closes on %(day)s.")
        raise Refused(words % {"name": unit.name, "day": unit.until_on}, field="on")


@transaction.atomic
def change_unit(*, by: Viewer, unit: Unit, name: str, kind: str, purpose: str) -> None:
    """Give a unit another name, kind or purpose."""
    require(policies.may_change_unit(by, unit))
    hold_organisation(unit)
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
    """Put a unit, with all under it, under another from a day on, until the next move."""
    require(policies.may_change_unit(by, unit))
    require(policies.may_change_unit(by, parent))
    hold_organisation(unit, parent)
    refuse_unit_that_is_not_there(unit, Span(on, unit.until_on))
    placed = UnitPlacement.objects.filter(unit=unit)
    span = Span(on, until_next_change(placed, on, unit.until_on))
    if parent:
        refuse_unit_that_is_not_there(parent, span)
    before = placed.on(on).select_related("parent").first()
    if before:
        take_out(before, span)
    if parent:
        UnitPlacement.objects.create(
            unit=unit, parent=parent, from_on=span.start, until_on=span.end
        )
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
    hold_organisation(unit)
    if on <= unit.from_on:
        raise Refused(_("It can close on a later day than it opened."), field="on")
    if on >= unit.until_on:
        raise Refused(_("It closes before that day already."), field="on")
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
