"""Units: opened, renamed, put under others."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from sightline.foundation.core.spans import FOREVER, Span
from sightline.people.events import UnitChanged, UnitMoved, UnitOpened
from sightline.people.exchange.columns import unit_kinds
from sightline.people.exchange.plan import (
    CHANGED,
    NEW,
    Fields,
    Names,
    Plan,
    changed_texts,
    refuse_doubled,
    refuse_too_long,
    shown,
)
from sightline.people.exchange.rows import Line
from sightline.people.models import Unit, UnitPlacement
from sightline.people.rules.lines import Circle, Edge, edges_upwards, lines_above

_TEXTS = {"name": "name", "purpose": "purpose"}


def plan_units(plan: Plan, lines: list[Line]) -> None:
    """What the rows of units would do."""
    names = Names(plan.snapshot.units, str)
    drafts = [(line, _planned(plan, line)) for line in refuse_doubled(plan, lines, "code")]
    placed: list[tuple[Line, Unit]] = []
    for line, draft in drafts:
        if draft is None:
            continue
        unit, fields = draft
        if line.has("parent") or plan.writes.is_new(unit):
            moved = _placed(plan, line, unit, names)
            fields += moved
            if moved:
                placed.append((line, unit))
        plan.note(line, NEW if plan.writes.is_new(unit) else CHANGED, unit.code, unit.name, fields)
    _refuse_circles(plan, placed)


def _planned(plan: Plan, line: Line) -> tuple[Unit, Fields] | None:
    """The unit of a row with its new name and kind, its parent aside; None when refused."""
    refuse_too_long(plan, line, Unit, {"code": "code", **_TEXTS})
    kind = _kind(plan, line)
    unit = plan.snapshot.units.get(line.text("code"))
    if unit is None:
        return _opened(plan, line, kind)
    if unit.until_on <= plan.day:
        words = _("The unit was closed on %(day)s; its code is not used again.")
        plan.wrong(line, "code", words % {"day": unit.until_on})
        return None
    if not plan.snapshot.in_scope(unit):
        plan.wrong(line, "code", _("Not in your units."))
        return None
    return unit, _renamed(plan, line, unit, kind)


def _kind(plan: Plan, line: Line) -> str:
    """The kind of unit in a row; "" when the row does not say."""
    text = line.text("kind")
    known = unit_kinds()
    if text and text.casefold() not in known:
        words = _("Kinds are: %(kinds)s.")
        plan.wrong(
            line, "kind", words % {"kinds": ", ".join(str(name) for _v, name in Unit.Kind.choices)}
        )
    return known.get(text.casefold(), "")


def _opened(plan: Plan, line: Line, kind: str) -> tuple[Unit, Fields]:
    unit = Unit(
        code=line.text("code"),
        name=line.text("name"),
        kind=kind or Unit.Kind.TEAM,
        purpose=line.text("purpose"),
        from_on=plan.day,
    )
    plan.writes.create(unit)
    plan.snapshot.units[unit.code] = unit
    fields = [(key, "", line.text(key)) for key in _TEXTS if line.text(key)]
    return unit, [*fields, ("kind", "", str(unit.get_kind_display()))]


def _renamed(plan: Plan, line: Line, unit: Unit, kind: str) -> Fields:
    after = changed_texts(line, unit, _TEXTS)
    before = {key: str(getattr(unit, key)) for key in after}
    if kind and kind != unit.kind:
        before["kind"], after["kind"] = str(unit.get_kind_display()), str(Unit.Kind(kind).label)
    if not after:
        return []
    plan.writes.change(unit, **after | ({"kind": kind} if "kind" in after else {}))
    plan.writes.events.append(lambda: UnitChanged(unit.pk, unit.name, before, after))
    return [(key, before[key], after[key]) for key in after]


def _placed(plan: Plan, line: Line, unit: Unit, names: Names) -> Fields:
    """Put a unit under the one that the row names; what that changes."""
    code = line.text("parent")
    parent = plan.snapshot.units.get(code)
    is_new = plan.writes.is_new(unit)
    current = plan.snapshot.parent(unit)
    before = current.parent if current else None
    if code and (parent is None or plan.day not in parent.span):
        words = _("There is no unit %(code)s.") % {"code": code}
        plan.wrong(line, "parent", words + names.hint(code))
        return []
    if parent is before and not is_new:
        return []
    if not _in_scope(plan, parent):
        plan.wrong(line, "parent", _("Not in your units."))
        return []
    until_on = current.until_on if current else unit.until_on
    if parent and parent.until_on < until_on:
        words = _("%(name)s closes on %(day)s.")
        plan.wrong(line, "parent", words % {"name": parent.name, "day": parent.until_on})
        return []
    if is_new:
        plan.snapshot.widen(unit.code)
    _put_under(plan, unit, current, parent, until_on)
    if is_new:
        plan.writes.events.append(
            lambda: UnitOpened(unit.pk, unit.name, parent.name if parent else "", str(plan.day))
        )
    else:
        event = (unit.name, before.name if before else "", parent.name if parent else "")
        plan.writes.events.append(lambda: UnitMoved(unit.pk, *event, str(plan.day)))
    return [("parent", shown(before), shown(parent))] if parent or before else []


def _in_scope(plan: Plan, parent: Unit | None) -> bool:
    return plan.snapshot.scope is None or (parent is not None and plan.snapshot.in_scope(parent))


def _put_under(
    plan: Plan,
    unit: Unit,
    current: UnitPlacement | None,
    parent: Unit | None,
    until_on: date,
) -> None:
    """End the placement that holds and start another, which lasts as long as it would have."""
    rows = plan.snapshot.placements.setdefault(unit.code, [])
    if current and parent and current.from_on >= plan.day:
        plan.writes.change(current, parent=parent)
        return
    if current and current.from_on >= plan.day:
        plan.writes.remove(current)
        rows.remove(current)
    elif current:
        plan.writes.change(current, until_on=plan.day)
    if parent:
        row = UnitPlacement(unit=unit, parent=parent, from_on=plan.day, until_on=until_on)
        plan.writes.create(row)
        rows.append(row)
        rows.sort(key=lambda one: one.from_on)


def _refuse_circles(plan: Plan, placed: list[tuple[Line, Unit]]) -> None:
    """No unit may stand under itself; each circle is told once."""
    if not placed:
        return
    numbers = {code: number for number, code in enumerate(plan.snapshot.units)}
    units = list(plan.snapshot.units.values())
    upwards = edges_upwards(
        Edge(numbers[row.unit.code], numbers[row.parent.code], row.span)
        for rows in plan.snapshot.placements.values()
        for row in rows
    )
    told: set[frozenset[int]] = set()
    for line, unit in placed:
        try:
            lines_above(numbers[unit.code], upwards, Span(plan.day, FOREVER))
        except Circle as circle:
            if frozenset(circle.path) not in told:
                told.add(frozenset(circle.path))
                path = " → ".join(units[number].name for number in circle.path)
                plan.wrong(line, "parent", _("A circle: %(path)s.") % {"path": path})
