"""Jobs and positions: defined, renamed, moved to another unit or job."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from sightline.foundation.core.spans import FOREVER
from sightline.people.events import JobDefined, PositionChanged, PositionOpened
from sightline.people.exchange.plan import (
    CHANGED,
    NEW,
    Fields,
    Names,
    Plan,
    changed_texts,
    go_on,
    refuse_doubled,
    refuse_too_long,
    shown,
)
from sightline.people.exchange.rows import Line
from sightline.people.models import Job, Position, Unit

_JOB_TEXTS = {"title": "title", "family": "family", "currency": "currency"}
_TEXTS = {"title": "title", "purpose": "purpose"}
_CENT = Decimal("0.01")


# ── Jobs ─────────────────────────────────────────────────────────────────────────────────────


def plan_jobs(plan: Plan, lines: list[Line]) -> None:
    """What the rows of jobs would do."""
    for line in refuse_doubled(plan, lines, "code"):
        refuse_too_long(plan, line, Job, {"code": "code", **_JOB_TEXTS})
        job = plan.snapshot.jobs.get(line.text("code"))
        is_new = job is None
        if job is None:
            job = Job(code=line.text("code"), title=line.text("title"))
            plan.writes.create(job)
            plan.snapshot.jobs[job.code] = job
        fields = _defined(plan, line, job, is_new=is_new)
        plan.note(line, NEW if is_new else CHANGED, job.code, job.title, fields)


def _defined(plan: Plan, line: Line, job: Job, *, is_new: bool) -> Fields:
    """The job with what the row says of it; what that changes."""
    wanted: dict[str, Any] = dict(changed_texts(line, job, _JOB_TEXTS))
    if is_new:
        wanted["title"] = line.text("title")
    wanted |= {
        key: value for key, value in _job_numbers(plan, line).items() if value != getattr(job, key)
    }
    low, high = wanted.get("pay_from", job.pay_from), wanted.get("pay_to", job.pay_to)
    if low is not None and (high is None or low > high):
        plan.wrong(
            line, "pay_to", _("The pay must run upwards: up to %(low)s or more.") % {"low": low}
        )
    before = {key: "" if is_new else _plain(getattr(job, key)) for key in wanted}
    after = {key: _plain(value) for key, value in wanted.items()}
    if wanted:
        plan.writes.change(job, **wanted)
        plan.writes.events.append(lambda: JobDefined(job.pk, job.title, before, after))
    return [(key, before[key], after[key]) for key in after]


def _job_numbers(plan: Plan, line: Line) -> dict[str, Any]:
    numbers: dict[str, Any] = {}
    level = line.number("level")
    if level is not None:
        if level != level.to_integral_value() or not 0 <= level <= 99:
            plan.wrong(line, "level", _("Write a whole number from 0 to 99."))
        else:
            numbers["level"] = int(level)
    for key in ("pay_from", "pay_to"):
        if line.has(key):
            pay = line.number(key)
            if pay is not None and not 0 <= pay < 10**12:
                plan.wrong(line, key, _("Write an amount of money, not below zero."))
            else:
                numbers[key] = None if pay is None else pay.quantize(_CENT)
    return numbers


def _plain(value: Any) -> str:
    """A value as files show it."""
    if isinstance(value, Decimal):
        return f"{value:f}".removesuffix(".00")
    return "" if value is None else str(value)


# ── Positions ────────────────────────────────────────────────────────────────────────────────


def plan_positions(plan: Plan, lines: list[Line]) -> None:
    """What the rows of positions would do."""
    units, jobs = Names(plan.snapshot.units, str), Names(plan.snapshot.jobs, str)
    for line in refuse_doubled(plan, lines, "code"):
        refuse_too_long(plan, line, Position, {"code": "code", **_TEXTS})
        unit, job = _unit(plan, line, units), _job(plan, line, jobs)
        if unit is None or job is None:
            continue
        position = plan.snapshot.position(line.text("code"))
        if unit.until_on < (position.until_on if position else FOREVER):
            words = _("%(name)s closes on %(day)s.")
            plan.wrong(line, "unit", words % {"name": unit.name, "day": unit.until_on})
        if position is None:
            opened = _opened(plan, line, unit, job)
            plan.note(line, NEW, opened.code, opened.title, _all_fields(line, unit, job))
        elif not plan.snapshot.in_scope(position.unit):
            plan.wrong(line, "code", _("Not in your units."))
        else:
            fields = _changed(plan, line, position, unit, job)
            plan.note(line, CHANGED, position.code, line.text("title"), fields)


def _unit(plan: Plan, line: Line, names: Names) -> Unit | None:
    code = line.text("unit")
    unit = plan.snapshot.units.get(code)
    if unit is None or not (unit.from_on <= plan.day < unit.until_on):
        if code:
            words = _("There is no unit %(code)s.") % {"code": code}
            plan.wrong(line, "unit", words + names.hint(code))
        return None
    if not plan.snapshot.in_scope(unit):
        plan.wrong(line, "unit", _("Not in your units."))
        return None
    return unit


def _job(plan: Plan, line: Line, names: Names) -> Job | None:
    code = line.text("job")
    job = plan.snapshot.jobs.get(code)
    if job is None and code:
        words = _("There is no job %(code)s.") % {"code": code}
        plan.wrong(line, "job", words + names.hint(code))
    return job


def _all_fields(line: Line, unit: Unit, job: Job) -> Fields:
    texts = [(key, "", line.text(key)) for key in _TEXTS if line.text(key)]
    return [*texts, ("unit", "", shown(unit)), ("job", "", shown(job))]


def _opened(plan: Plan, line: Line, unit: Unit, job: Job) -> Position:
    position = Position(
        code=line.text("code"),
        title=line.text("title"),
        purpose=line.text("purpose"),
        unit=unit,
        job=job,
        from_on=plan.day,
    )
    plan.writes.create(position)
    plan.snapshot.positions.setdefault(position.code, []).append(position)
    told = (position.code, position.title, unit.name, str(plan.day))
    plan.writes.events.append(lambda: PositionOpened(position.pk, *told))
    return position


def _changed(plan: Plan, line: Line, position: Position, unit: Unit, job: Job) -> Fields:
    texts = changed_texts(line, position, _TEXTS)
    before = {key: str(getattr(position, key)) for key in texts}
    after = dict(texts)
    fields: Fields = [(key, before[key], after[key]) for key in texts]
    links = {"unit": unit, "job": job}
    for key, wanted in links.items():
        current = getattr(position, key)
        if current is not wanted:
            fields.append((key, shown(current), shown(wanted)))
            before[key], after[key] = str(current), str(wanted)
    if not fields:
        return []
    moved = position
    if "unit" in after or "job" in after:
        moved = _moved(plan, position, unit, job)
    for row in plan.snapshot.positions[position.code]:
        if row.from_on >= moved.from_on:
            plan.writes.change(row, **texts)
    day = str(moved.from_on) if moved is not position else ""
    plan.writes.events.append(lambda: PositionChanged(moved.pk, moved.code, before, after, day))
    return fields


def _moved(plan: Plan, position: Position, unit: Unit, job: Job) -> Position:
    """The position in its new place from the day on, with whoever holds it and what it is for."""
    if position.from_on >= plan.day:
        plan.writes.change(position, unit=unit, job=job)
        return position
    moved = Position(
        code=position.code,
        title=position.title,
        purpose=position.purpose,
        unit=unit,
        job=job,
        from_on=plan.day,
        until_on=position.until_on,
    )
    plan.writes.change(position, until_on=plan.day)
    plan.writes.create(moved)
    rows = plan.snapshot.positions[position.code]
    rows.insert(rows.index(position) + 1, moved)
    duties = plan.snapshot.duties.pop(id(position), [])
    plan.snapshot.duties[id(moved)] = duties
    go_on(plan, duties, position, moved)
    for number in plan.snapshot.holders.pop(id(position), ()):
        go_on(plan, plan.snapshot.assignments[number], position, moved)
    return moved
