"""Responsibilities: what posts are there for, anew from the day on."""

from __future__ import annotations

from collections import defaultdict

from django.utils.translation import gettext as _

from sightline.foundation.core.spans import FOREVER
from sightline.foundation.exchange.tables import clean
from sightline.people.actions.dated import copy_of
from sightline.people.events import ResponsibilitiesSet
from sightline.people.exchange.plan import (
    CHANGED,
    ENDED,
    NEW,
    Entry,
    Fields,
    Names,
    Plan,
    differences,
    refuse_too_long,
    whole_percent,
)
from sightline.people.exchange.rows import Line
from sightline.people.models import Position, Responsibility
from sightline.people.rules.posts import weights_fault

_TEXTS = {"title": "title", "standard": "standard"}


def plan_responsibilities(plan: Plan, lines: list[Line]) -> None:
    """What the rows of responsibilities would do: those of one position are its whole list."""
    names = Names(plan.snapshot.positions, lambda rows: rows[0].title)
    by_code: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        by_code[line.text("position")].append(line)
    for code, group in by_code.items():
        position = plan.snapshot.position(code)
        for line in group:
            refuse_too_long(plan, line, Responsibility, _TEXTS)
            if position is None and code:
                words = _("There is no position %(code)s.") % {"code": code}
                plan.wrong(line, "position", words + names.hint(code))
            elif position is not None and not plan.snapshot.in_scope(position.unit):
                plan.wrong(line, "position", _("Not in your units."))
        if position is not None:
            _plan_position(plan, position, group)


def _plan_position(plan: Plan, position: Position, lines: list[Line]) -> None:
    weights = [whole_percent(plan, line, "weight") for line in lines]
    known = [weight for weight in weights if weight is not None]
    if len(known) == len(lines) and (total := weights_fault(known)) is not None:
        words = _("The weights of %(code)s add up to %(total)s %%; they must add up to 100 %%.")
        plan.wrong(lines[0], "weight", words % {"code": position.code, "total": total})
    held = plan.snapshot.duties.setdefault(id(position), [])
    day = max(plan.day, position.from_on)
    current = {clean(row.title): row for row in held if day in row.span}
    later = min((row.from_on for row in held if row.from_on > day), default=FOREVER)
    changed = False
    seen: set[str] = set()
    for place, (line, weight) in enumerate(zip(lines, weights, strict=True)):
        title = line.text("title")
        if title in seen:
            plan.wrong(line, "title", _("The position has this responsibility twice."))
        seen.add(title)
        wanted = Responsibility(
            position=position,
            title=title,
            standard=line.text("standard"),
            weight_percent=weight or 1,
            place=place,
            from_on=day,
            until_on=min(position.until_on, later),
        )
        changed |= _plan_duty(plan, line, current.pop(title, None), wanted)
    for row in current.values():
        _end(plan, position, row, day)
    if changed or current:
        _tell(plan, position, lines, day)


def _plan_duty(plan: Plan, line: Line, row: Responsibility | None, wanted: Responsibility) -> bool:
    """Make or change one responsibility; whether that changes anything."""
    key = f"{wanted.position.code} {wanted.title}"
    if row is None:
        plan.writes.create(wanted)
        plan.snapshot.duties[id(wanted.position)].append(wanted)
        fields: Fields = [("weight", "", f"{wanted.weight_percent}")]
        if wanted.standard:
            fields.append(("standard", "", wanted.standard))
        plan.note(line, NEW, key, wanted.title, fields)
        return True
    if not line.has("standard"):
        wanted.standard = row.standard
    fields = differences(
        {"weight": str(row.weight_percent), "standard": row.standard},
        {"weight": str(wanted.weight_percent), "standard": clean(wanted.standard)},
    )
    if fields:
        _replace(plan, row, wanted)
    elif row.place != wanted.place:
        fields = [("place", str(row.place + 1), str(wanted.place + 1))]
        plan.writes.change(row, place=wanted.place)
    plan.note(line, CHANGED, key, wanted.title, fields)
    return bool(fields)


def _replace(plan: Plan, row: Responsibility, wanted: Responsibility) -> None:
    """The old wording ends on the day; the new one lasts as long as it would have."""
    values = {
        "weight_percent": wanted.weight_percent,
        "standard": wanted.standard,
        "place": wanted.place,
    }
    if row.from_on >= wanted.from_on:
        plan.writes.change(row, **values)
        return
    plan.writes.create(copy_of(row, from_on=wanted.from_on, **values))
    plan.writes.change(row, until_on=wanted.from_on)


def _end(plan: Plan, position: Position, row: Responsibility, day: object) -> None:
    """A responsibility that the file no longer names for its position."""
    fields: Fields = [("weight", str(row.weight_percent), "")]
    plan.entries.append(
        Entry("responsibilities", ENDED, f"{position.code} {row.title}", row.title, 0, fields)
    )
    if row.from_on >= plan.day:
        plan.writes.remove(row)
    else:
        plan.writes.change(row, until_on=day)


def _tell(plan: Plan, position: Position, lines: list[Line], day: object) -> None:
    after = [
        f"{line.text('weight') or line.cells.get('weight', '')} % {line.text('title')}: "
        f"{line.text('standard')}"
        for line in lines
    ]
    told = (position.title, str(day), after)
    plan.writes.events.append(lambda: ResponsibilitiesSet(position.pk, *told))
