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
from sightline.foundation.core.spans import Span
from sightline.foundation.ledger.record import record
from sightline.people import policies
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
    """Put right the title or the purpose of a post."""
    require(policies.may_change_position(by, position))
    hold_organisation(position)
    wanted = {"title": title, "purpose": purpose}
    before = {key: str(getattr(position, key)) for key in wanted}
    after = {key: value for key, value in wanted.items() if value != before[key]}
    if not after:
        return
    for key, value in after.items():
        setattr(position, key, value)
    position.save()
    event = PositionChanged(position.pk, position.code, {k: before[k] for k in after}, after)
    record(event, by=by)


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
    Responsibility.objects.filter(position__in=rows, from_on__gte=on).delete()
    Responsibility.objects.filter(position=position, until_on__gt=on).update(until_on=on)
    rows.filter(from_on__gte=on).delete()
    position.until_on = on
    position.save()
    record(PositionClosed(position.pk, position.code, position.title, str(on)), by=by)


@transaction.atomic
def set_responsibilities(
    *, by: Viewer, position: Position, duties: Sequence[Duty], on: date
) -> None:
    """Say anew what a post is there for, from a day on. The weights add up to 100 %."""
    require(policies.may_write_responsibilities(by, position))
    hold_organisation(position)
    if (total := weights_fault([duty.weight_percent for duty in duties])) is not None:
        words = _("The weights add up to %d %%; they must add up to 100 %%.")
        raise Refused(words % total, field="weights")
    if on not in position.span:
        raise Refused(_("The position does not stand on that day."), field="on")
    rows = Responsibility.objects.filter(position=position)
    rows.filter(from_on__gte=on).delete()
    rows.filter(until_on__gt=on).update(until_on=on)
    Responsibility.objects.bulk_create(
        Responsibility(
            position=position,
            title=duty.title,
            standard=duty.standard,
            weight_percent=duty.weight_percent,
            place=place,
            from_on=on,
            until_on=position.until_on,
        )
        for place, duty in enumerate(duties)
    )
    after = [f"{duty.weight_percent} % {duty.title}: {duty.standard}" for duty in duties]
    record(ResponsibilitiesSet(position.pk, position.title, str(on), after), by=by)


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
    competency = competency or Competency()
    competency.code, competency.name = code, name
    competency.definition, competency.core = definition, core
    competency.save()
    CompetencyLevel.objects.filter(competency=competency).delete()
    CompetencyLevel.objects.bulk_create(
        CompetencyLevel(competency=competency, level=level, name=title, anchor=anchor)
        for level, (title, anchor) in enumerate(levels, start=1)
    )
    told = [f"{title}: {anchor}" for title, anchor in levels]
    record(CompetencyDefined(competency.pk, name, told), by=by)
    return competency


@transaction.atomic
def set_requirements(*, by: Viewer, job: Job, levels: Mapping[Competency, int], on: date) -> None:
    """Say which competencies a job asks for, each at a level, from a day on."""
    require(policies.may_change_organisation(by))
    hold_organisation()
    for competency, level in levels.items():
        if not competency.levels.filter(level=level).exists():
            words = _("%(name)s has no level %(level)d.")
            raise Refused(words % {"name": competency.name, "level": level}, field="levels")
    rows = Requirement.objects.filter(job=job)
    rows.filter(from_on__gte=on).delete()
    rows.filter(until_on__gt=on).update(until_on=on)
    Requirement.objects.bulk_create(
        Requirement(job=job, competency=competency, level=level, from_on=on)
        for competency, level in levels.items()
    )
    after = {competency.name: level for competency, level in levels.items()}
    record(RequirementsSet(job.pk, job.title, str(on), after), by=by)
