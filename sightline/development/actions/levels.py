"""Levels that people showed: written down, never changed; what holds is worked out beside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import islice

from django.db import transaction
from django.utils.translation import gettext as _

from sightline.development import policies, rules
from sightline.development.events import LevelsShown
from sightline.development.models import ShownLevel, StandingLevel
from sightline.foundation.access.decisions import require
from sightline.foundation.core.dates import now
from sightline.foundation.core.errors import Refused
from sightline.foundation.core.known import known
from sightline.foundation.ledger.record import record, record_all
from sightline.people.models import Competency, CompetencyLevel, Employee
from sightline.people.viewer import Viewer

AT_ONCE = 2_000
"""How many judgements are written together: few statements, little memory."""


@dataclass(frozen=True, slots=True)
class Level:
    """A level shown: on the competency's scale, give or take, and what it was seen in."""

    level: Decimal
    plus_minus: Decimal = Decimal(0)
    seen_in: str = ""


@dataclass(frozen=True, slots=True)
class Judged:
    """One person judged by somebody on a day, for bringing many together."""

    employee: Employee
    levels: Mapping[Competency, Level]
    source: str
    on: date
    judged_by: Employee | None = None
    origin: str = ""


@transaction.atomic
def show_levels(
    *,
    by: Viewer,
    employee: Employee,
    levels: Mapping[Competency, Level],
    source: str,
    on: date | None = None,
    origin: str = "",
) -> list[ShownLevel]:
    """Write down which levels a person shows, as the viewer judges them on a day (today).

    `source` is one of ShownLevel.Source: of himself everybody; a manager's by the line above; of a
    review by the line above and HR. `origin` names what it was taken from ("review:12"): the same
    origin shows a level once, so that a caller may safely call again. Returns what was written.
    Refused: a day to come, a level that the competency does not have, nothing at all.
    """
    require(policies.may_judge(by, employee, source))
    day = on or by.today
    if day > by.today:
        raise Refused(_("A judgement cannot lie in the future."), field="on")
    if not levels:
        raise Refused(_("Choose a level for one competency at least."))
    judged = Judged(employee, levels, source, day, by.employee, origin)
    _refuse_unknown_levels([judged])
    written = _write([judged])
    if written:
        record(_told(judged, written), by=by)
    return written


@transaction.atomic
def show_levels_of_many(*, by: Viewer, judged: Iterable[Judged]) -> int:
    """Write down the levels of many people at once; tells how many levels were written.

    For a cycle of reviews that is shared as a whole, and for levels taken over from elsewhere:
    each judgement names who made it and when. HR administrators only; the days are the
    caller's to vouch for. Origins as in `show_levels`.
    """
    require(policies.may_enter_levels(by))
    count, remaining = 0, iter(judged)
    while lot := list(islice(remaining, AT_ONCE)):
        _refuse_unknown_levels(lot)
        written = _write(lot)
        record_all(_told_of_many(lot, written), by=by)
        count += len(written)
    return count


def _refuse_unknown_levels(lot: Sequence[Judged]) -> None:
    wanted = {competency.pk for one in lot for competency in one.levels}
    rows = CompetencyLevel.objects.filter(competency__in=wanted)
    highest: dict[int, int] = {}
    for pk, level in rows.values_list("competency", "level"):
        highest[pk] = max(level, highest.get(pk, 0))
    for one in lot:
        for competency, said in one.levels.items():
            if not 1 <= said.level <= highest.get(competency.pk, 0):
                words = _("%(name)s has no level %(level)s.")
                told = {"name": competency.name, "level": said.level}
                raise Refused(words % told, field=f"level-{competency.pk}")


def _write(lot: Sequence[Judged]) -> list[ShownLevel]:
    """Write down what is new, and what holds with it; of one person one lot at a time."""
    people = Employee.objects.filter(pk__in={one.employee.pk for one in lot})
    list(people.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True))
    known = _known_origins(lot)
    rows = [row for one in lot for row in _rows(one) if _key(row) not in known]
    written = ShownLevel.objects.bulk_create(rows, batch_size=500)
    _settle({row.employee_id for row in written})
    return written


def _rows(one: Judged) -> Iterator[ShownLevel]:
    moment = now()
    for competency, said in one.levels.items():
        yield ShownLevel(
            employee=one.employee,
            competency=competency,
            level=said.level,
            plus_minus=said.plus_minus,
            source=one.source,
            judged_by=one.judged_by,
            judged_on=one.on,
            seen_in=said.seen_in,
            origin=one.origin,
            written_at=moment,
        )


def _key(row: ShownLevel) -> tuple[str, int, int]:
    return row.origin, row.employee_id, row.competency_id


def _known_origins(lot: Sequence[Judged]) -> set[tuple[str, int, int]]:
    origins = {one.origin for one in lot if one.origin}
    known = ShownLevel.objects.filter(origin__in=origins)
    return set(known.values_list("origin", "employee", "competency"))


def _told(one: Judged, written: Iterable[ShownLevel]) -> LevelsShown:
    rows = list(written)
    return LevelsShown(
        employee_id=one.employee.pk,
        source=one.source,
        on=str(one.on),
        levels={row.competency.name: f"{row.level.normalize():f}" for row in rows},
        words={row.competency.name: row.seen_in for row in rows if row.seen_in},
        origin=one.origin,
    )


def _told_of_many(lot: Sequence[Judged], written: Iterable[ShownLevel]) -> Iterator[LevelsShown]:
    """One event a judgement, of the rows that were written for it."""
    by_judgement: dict[tuple[int, str, date, str], list[ShownLevel]] = {}
    for row in written:
        key = (row.employee_id, row.source, row.judged_on, row.origin)
        by_judgement.setdefault(key, []).append(row)
    for one in lot:
        if rows := by_judgement.pop((one.employee.pk, one.source, one.on, one.origin), []):
            yield _told(one, rows)


def _settle(employee_ids: Iterable[int]) -> None:
    """Work out anew which levels hold for these people, from everything that was judged."""
    judged: dict[tuple[int, int], list[rules.Judgement]] = {}
    for row in ShownLevel.objects.filter(employee__in=list(employee_ids)).order_by():
        key = (row.employee_id, row.competency_id)
        judged.setdefault(key, []).append(row.judgement)
    StandingLevel.objects.bulk_create(
        [_standing(*key, found) for key, found in judged.items()],
        batch_size=500,
        update_conflicts=True,
        unique_fields=["employee", "competency"],
        update_fields=["level", "low", "high", "source", "judged_on"],
    )


def _standing(
    employee_id: int, competency_id: int, judgements: Sequence[rules.Judgement]
) -> StandingLevel:
    found = known(rules.standing(judgements), "it stands on a judgement at least")
    return StandingLevel(
        employee_id=employee_id,
        competency_id=competency_id,
        level=found.level,
        low=found.low,
        high=found.high,
        source=found.source,
        judged_on=found.on,
    )
