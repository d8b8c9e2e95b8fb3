"""Responsibilities: what posts are there for, anew from the day on."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from django.utils.translation import gettext as _

from sightline.foundation.core.spans import Span
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
    """Responsibilities hold until the next change; when the post is to move, they move with it."""
    weights = _weights(plan, position, lines)
    _refuse_doubled(plan, lines)
    day = max(plan.day, position.from_on)
    before = _told(_held(plan, position, day))
    changes: list[Entry] = []
    for row in _as_it_moves(plan, position):
        start = max(plan.day, row.from_on)
        if _told(_held(plan, row, start)) != before:
            break
        span = Span(start, _next_change(plan, row, start))
        entries = _plan_row(plan, row, lines, weights, span)
        changes = changes or entries
        if span.end < row.until_on:
            break
    plan.entries += changes
    if changes:
        told = (position.title, str(day), _told(_held(plan, position, day)), before)
        plan.writes.events.append(lambda: ResponsibilitiesSet(position.pk, *told))


def _weights(plan: Plan, position: Position, lines: list[Line]) -> list[int | None]:
    weights = [whole_percent(plan, line, "weight") for line in lines]
    known = [weight for weight in weights if weight is not None]
    if len(known) == len(lines) and (total := weights_fault(known)) is not None:
        words = _("The weights of %(code)s add up to %(total)s%%; they must add up to 100%%.")
        plan.wrong(lines[0], "weight", words % {"code": position.code, "total": total})
    return weights


def _refuse_doubled(plan: Plan, lines: list[Line]) -> None:
    seen: set[str] = set()
    for line in lines:
        title = line.text("title")
        if title in seen:
            plan.wrong(line, "title", _("The position has this responsibility twice."))
        seen.add(title)


def _as_it_moves(plan: Plan, position: Position) -> list[Position]:
    """The row of a post and those that go on from it, for the post is to move."""
    rows = [position]
    for row in plan.snapshot.positions[position.code]:
        if row.from_on == rows[-1].until_on:
            rows.append(row)
    return rows


def _held(plan: Plan, position: Position, day: date) -> list[Responsibility]:
    """What a post is there for on a day, as planned so far."""
    rows = plan.snapshot.duties.setdefault(id(position), [])
    return sorted((row for row in rows if day in row.span), key=lambda row: row.place)


def _told(rows: list[Responsibility]) -> list[str]:
    """Responsibilities in words, for the ledger."""
    return [f"{row.weight_percent}% {row.title}: {row.standard}" for row in rows]


def _next_change(plan: Plan, position: Position, day: date) -> date:
    """The first day after this one on which a responsibility begins or ends, or the post."""
    rows = plan.snapshot.duties[id(position)]
    days = [one for row in rows for one in (row.from_on, row.until_on) if one > day]
    return min([position.until_on, *days])


def _plan_row(
    plan: Plan, position: Position, lines: list[Line], weights: list[int | None], span: Span
) -> list[Entry]:
    """Let what the file says hold of one row of a post in a span; what that makes and changes."""
    current = {clean(row.title): row for row in _held(plan, position, span.start)}
    entries: list[Entry] = []
    for place, (line, weight) in enumerate(zip(lines, weights, strict=True)):
        title = line.text("title")
        wanted = Responsibility(
            position=position,
            title=title,
            standard=line.text("standard"),
            weight_percent=weight or 1,
            place=place,
            from_on=span.start,
            until_on=span.end,
        )
        row = current.pop(title, None)
        act, fields = (CHANGED, _changed(plan, line, row, wanted)) if row else _new(plan, wanted)
        if fields or act == NEW:
            key = f"{position.code} {title}"
            entries.append(Entry(line.kind, act, key, title, line.row, fields))
    return entries + [_ended(plan, position, row, span) for row in current.values()]


def _new(plan: Plan, wanted: Responsibility) -> tuple[str, Fields]:
    _add(plan, wanted)
    fields: Fields = [("weight", "", f"{wanted.weight_percent}")]
    if wanted.standard:
        fields.append(("standard", "", wanted.standard))
    return NEW, fields


def _changed(plan: Plan, line: Line, row: Responsibility, wanted: Responsibility) -> Fields:
    """Change one responsibility, if the file says anything else of it; what that changes."""
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
    return fields


def _replace(plan: Plan, row: Responsibility, wanted: Responsibility) -> None:
    """The old wording ends where the new one begins, and goes on after it when that is planned.

    A row that begins on the same day keeps its key, for other things may lean on it.
    """
    if row.from_on < wanted.from_on:
        wanted.title = row.title
        _take_out(plan, row, wanted.span)
        _add(plan, wanted)
        return
    if row.until_on > wanted.until_on:
        _add(plan, copy_of(row, from_on=wanted.until_on))
    names = ("weight_percent", "standard", "place", "until_on")
    plan.writes.change(row, **{name: getattr(wanted, name) for name in names})


def _ended(plan: Plan, position: Position, row: Responsibility, span: Span) -> Entry:
    """A responsibility that the file no longer names for its position."""
    fields: Fields = [("weight", str(row.weight_percent), "")]
    _take_out(plan, row, span)
    key = f"{position.code} {row.title}"
    return Entry("responsibilities", ENDED, key, row.title, 0, fields)


def _add(plan: Plan, row: Responsibility) -> None:
    plan.writes.create(row)
    plan.snapshot.duties[id(row.position)].append(row)


def _take_out(plan: Plan, row: Responsibility, span: Span) -> None:
    """Let a row no longer hold in a span; what is planned after it stays."""
    pieces = row.span.minus(span)
    for piece in pieces[1:]:
        _add(plan, copy_of(row, from_on=piece.start, until_on=piece.end))
    if pieces:
        plan.writes.change(row, from_on=pieces[0].start, until_on=pieces[0].end)
        return
    plan.writes.remove(row)
    rows = plan.snapshot.duties[id(row.position)]
    rows[:] = [other for other in rows if other is not row]
