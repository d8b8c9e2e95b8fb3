"""Jobs, positions, and what posts are there for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from sightline.foundation.access.decisions import require
from sightline.foundation.core.errors import Refused
from sightline.foundation.core.spans import FOREVER, Span
from sightline.foundation.ledger.record import record
from sightline.people import policies
from sightline.people.actions.dated import delete, put_in_place, until_next_change
from sightline.people.actions.holding import hold_organisation
from sightline.people.actions.units import refuse_unit_that_is_not_there
from sightline.people.events import (
    CompetencyDefined,
    JobDefined,
    PositionChanged,
    PositionClosed,
    PositionOpened,
    RequirementsSet,
    ResponsibilitiesSet,
)
from sightline.people.models import (
    Assignment,
    Competency,
    CompetencyLevel,
    Job,
    Position,
    Requirement,
    Responsibility,
    Unit,
)
from sightline.people.rules.posts import weights_fault
from sightline.people.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Duty:
    """A responsibility to be written: what, how much of the post, what good looks like."""

    title: str
    standard: str
    weight_percent: int


@transaction.atomic
def define_job(
    *,
    by: Viewer,
    code: str,
    title: str,
    family: str,
    level: int,
    currency: str = "",
    pay_from: Decimal | None = None,
    pay_to: Decimal | None = None,
    job: Job | None = None,
) -> Job:
    """Describe a job, or describe it anew."""
    require(policies.may_change_organisation(by))
    hold_organisation(job)
    wanted = {
        "code": code,
        "title": title,
        "family": family,
        "level": level,
        "currency": currency,
        "pay_from": pay_from,
        "pay_to": pay_to,
    }
    if Job.objects.filter(code=code).exclude(pk=job.pk if job else 0).exists():
        raise Refused(_("The code %s is taken.") % code, field="code")
    if (pay_from is None) != (pay_to is None) or (pay_from or 0) > (pay_to or 0):
        raise Refused(_("The pay range needs both ends, the lower one first."), field="pay_to")
    before = {key: str(getattr(job, key)) for key in wanted} if job else {}
    job = job or Job()
    for key, value in wanted.items():
        setattr(job, key, value)
    job.save()
    after = {key: str(value) for key, value in wanted.items()}
    record(JobDefined(job.pk, title, before, after), by=by)
    return job


@transaction.atomic
def open_position(
    *,
    by: Viewer,
    code: str,
    title: str,
    unit: Unit,
    job: Job,
    on: date,
    purpose: str = "",
) -> Position:
    """A new post stands in a unit from a day on, vacant at first."""
    require(policies.may_change_unit(by, unit))
    hold_organisation(unit)
    if Position.objects.filter(code=code, until_on__gt=on).exists():
        raise Refused(_("The code %s is taken.") % code, field="code")
    refuse_unit_that_is_not_there(unit, Span(on))
    position = Position.objects.create(
        code=code, title=title, unit=unit, job=job, purpose=purpose, from_on=on
    )
    record(PositionOpened(position.pk, code, title, unit.name, str(on)), by=by)
    return position


@transaction.atomic
def change_position(*, by: Viewer, position: Position, title: str, purpose: str) -> None:
    """Put right the title or the purpose of a post, wherever it is to move."""
    require(policies.may_change_position(by, position))
    hold_organisation(position)
    wanted = {"title": title, "purpose": purpose}
    before = {key: str(getattr(position, key)) for key in wanted}
    after = {key: value for key, value in wanted.items() if value != before[key]}
    if not after:
        return
    for row in _as_it_moves(position):
        for key, value in after.items():
            setattr(row, key, value)
        row.save()
    event = PositionChanged(position.pk, position.code, {k: before[k] for k in after}, after)
    record(event, by=by)


def _as_it_moves(position: Position) -> list[Position]:
    """The row of a post and those that go on from it, for the post is to move."""
    rows = [position]
    later = Position.objects.filter(code=position.code, from_on__gte=position.until_on)
    for row in later.order_by("from_on"):
        if row.from_on == rows[-1].until_on:
            rows.append(row)
    return rows


@transaction.atomic
def move_position(*, by: Viewer, position: Position, unit: Unit, job: Job, on: date) -> Position:
    """Move a post, with whoever holds it and what it is there for, to another unit or job."""
    require(policies.may_change_position(by, position))
    require(policies.may_change_unit(by, unit))
    hold_organisation(position, unit)
    if not position.from_on < on < position.until_on:
        raise Refused(_("The post must stand on that day and the day before."), field="on")
    refuse_unit_that_is_not_there(unit, Span(on, position.until_on))
    if (unit, job) == (position.unit, position.job):
        raise Refused(_("That is how it is already; nothing would change."))
    old_end = position.until_on
    Position.objects.filter(pk=position.pk).update(until_on=on)
    moved = Position.objects.create(
        code=position.code,
        title=position.title,
        unit=unit,
        job=job,
        purpose=position.purpose,
        from_on=on,
        until_on=old_end,
    )
    _split_over(Responsibility.objects.filter(position=position), position, moved, on)
    _split_over(Assignment.objects.filter(position=position), position, moved, on)
    before = {"unit": position.unit.name, "job": position.job.title}
    after = {"unit": unit.name, "job": job.title}
    record(PositionChanged(moved.pk, moved.code, before, after, str(on)), by=by)
    return moved


def _split_over(rows: QuerySet[Any], old: Position, new: Position, on: date) -> None:
    """What holds beyond the day goes on with the new row of the post."""
    for row in rows.filter(until_on__gt=on):
        end = row.until_on
        if row.from_on < on:
            rows.model.objects.filter(pk=row.pk).update(until_on=on)
            row.pk, row.from_on, row.until_on = None, on, end
        row.position = new
        row.save()


@transaction.atomic
def close_position(*, by: Viewer, position: Position, on: date) -> None:
    """A post ends; nobody may hold it from that day on."""
    require(policies.may_change_position(by, position))
    hold_organisation(position)
    if on <= position.from_on:
        raise Refused(_("It can close on a later day than it opened."), field="on")
    if on >= position.until_on:
        raise Refused(_("It closes before that day already, or moves on."), field="on")
    rows = Position.objects.filter(code=position.code)
    held = Assignment.objects.filter(position__in=rows, until_on__gt=on).select_related("employee")
    if holder := held.first():
        words = _("%s holds this post; move or end that first.")
        raise Refused(words % holder.employee.name)
    delete(*Responsibility.objects.filter(position__in=rows, from_on__gte=on))
    Responsibility.objects.filter(position=position, until_on__gt=on).update(until_on=on)
    delete(*rows.filter(from_on__gte=on))
    position.until_on = on
    position.save()
    record(PositionClosed(position.pk, position.code, position.title, str(on)), by=by)


@transaction.atomic
def set_responsibilities(
    *, by: Viewer, position: Position, duties: Sequence[Duty], on: date
) -> None:
    """Say anew what a post is there for, from a day on, until the next change.

    The weights add up to 100%. When the post is to move, what is said moves with it. What stays
    as it is keeps its row, for goals and reviews lean on it.
    """
    require(policies.may_write_responsibilities(by, position))
    hold_organisation(position)
    if (total := weights_fault([duty.weight_percent for duty in duties])) is not None:
        words = _("The weights add up to %d%%; they must add up to 100%%.")
        raise Refused(words % total, field="weights")
    if len({duty.title for duty in duties}) < len(duties):
        raise Refused(_("The position has this responsibility twice."), field="weights")
    if on not in position.span:
        raise Refused(_("The position does not stand on that day."), field="on")
    before = _duties(position, on)
    for row in _as_it_moves(position):
        start = max(on, row.from_on)
        if _duties(row, start) != before:
            break
        if _set_duties(row, duties, start) < row.until_on:
            break
    told = [_told(before), _told(duties)]
    record(ResponsibilitiesSet(position.pk, position.title, str(on), told[1], told[0]), by=by)


def _duties(position: Position, on: date) -> list[Duty]:
    rows = Responsibility.objects.on(on).filter(position=position)
    return [Duty(row.title, row.standard, row.weight_percent) for row in rows]


def _set_duties(position: Position, duties: Sequence[Duty], on: date) -> date:
    """Set the responsibilities of one row of a post; tells until which day."""
    stored = Responsibility.objects.filter(position=position)
    span = Span(on, until_next_change(stored, on, position.until_on))
    wanted = [
        Responsibility(
            position=position,
            title=duty.title,
            standard=duty.standard,
            weight_percent=duty.weight_percent,
            place=place,
        )
        for place, duty in enumerate(duties)
    ]
    says = ("standard", "weight_percent")
    put_in_place(stored, wanted, span=span, name="title", says=says, order="place")
    return span.end


def _told(duties: Sequence[Duty]) -> list[str]:
    """Responsibilities in words, for the ledger."""
    return [f"{duty.weight_percent}% {duty.title}: {duty.standard}" for duty in duties]


@transaction.atomic
def describe_competency(
    *,
    by: Viewer,
    code: str,
    name: str,
    definition: str,
    levels: Sequence[tuple[str, str]],
    core: bool = False,
    competency: Competency | None = None,
) -> Competency:
    """Describe a competency and, from level 1 up, each level: (name, what one sees)."""
    require(policies.may_change_organisation(by))
    hold_organisation(competency)
    if Competency.objects.filter(code=code).exclude(pk=competency.pk if competency else 0):
        raise Refused(_("The code %s is taken.") % code, field="code")
    if len(levels) < 2:
        raise Refused(_("A competency needs two levels at least."), field="levels")
    before = _levels(competency) if competency else []
    if competency:
        _refuse_levels_asked_for(by, competency, len(levels))
    competency = competency or Competency()
    competency.code, competency.name = code, name
    competency.definition, competency.core = definition, core
    competency.save()
    CompetencyLevel.objects.filter(competency=competency).delete()
    CompetencyLevel.objects.bulk_create(
        CompetencyLevel(competency=competency, level=level, name=title, anchor=anchor)
        for level, (title, anchor) in enumerate(levels, start=1)
    )
    record(CompetencyDefined(competency.pk, name, _levels(competency), before), by=by)
    return competency


def _levels(competency: Competency) -> list[str]:
    """The levels in words, for the ledger."""
    rows = CompetencyLevel.objects.filter(competency=competency)
    return [f"{row.name}: {row.anchor}" for row in rows]


def _refuse_levels_asked_for(by: Viewer, competency: Competency, highest: int) -> None:
    """Refuse to take away a level that a job asks for today or will."""
    asked = Requirement.objects.filter(competency=competency, level__gt=highest)
    need = asked.filter(until_on__gt=by.today).select_related("job").first()
    if need:
        words = _("%(job)s asks for level %(level)d. Change what the job asks for first.")
        raise Refused(words % {"job": need.job.title, "level": need.level}, field="levels")


@transaction.atomic
def set_requirements(*, by: Viewer, job: Job, levels: Mapping[Competency, int], on: date) -> None:
    """Say which competencies a job asks for, each at a level, from a day on, until the next change.

    Refused for a level that the competency does not have.
    """
    require(policies.may_change_organisation(by))
    hold_organisation()
    for competency, level in levels.items():
        if not competency.levels.filter(level=level).exists():
            words = _("%(name)s has no level %(level)d.")
            raise Refused(words % {"name": competency.name, "level": level}, field="levels")
    stored = Requirement.objects.filter(job=job)
    held = stored.on(on).select_related("competency")
    before = {row.competency.name: row.level for row in held}
    span = Span(on, until_next_change(stored, on, FOREVER))
    wanted = [
        Requirement(job=job, competency=competency, level=level)
        for competency, level in levels.items()
    ]
    put_in_place(stored, wanted, span=span, name="competency_id", says=("level",))
    after = {competency.name: level for competency, level in levels.items()}
    record(RequirementsSet(job.pk, job.title, str(on), after, before), by=by)
