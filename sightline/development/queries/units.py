"""Where many people together are short of what their posts ask for. Never a list of who is last."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import (
    Count,
    DecimalField,
    F,
    OuterRef,
    QuerySet,
    Subquery,
)

from sightline.development import policies, rules
from sightline.development.models import StandingLevel
from sightline.people.models import (
    Assignment,
    Competency,
    Employee,
    Requirement,
    Unit,
    UnitLine,
    UnitPlacement,
)
from sightline.people.queries import organisation, teams
from sightline.people.viewer import Viewer

_LEVEL = DecimalField(max_digits=8, decimal_places=2)
_NEED = "position__job__requirements"


@dataclass(frozen=True, slots=True)
class GapOfMany:
    """One competency across people: of how many it is asked, who falls short, by how much in all.

    `judged`, `short` and `missing` are None where the viewer may not know them.
    """

    competency_id: int
    name: str
    asked: int
    judged: int | None
    short: int | None
    missing: Decimal | None
    """Levels missing, of all people together."""

    @property
    def judged_percent(self) -> float:
        """How many of those who are asked for it somebody has judged."""
        return 100 * (self.judged or 0) / self.asked


def gaps_by_unit(viewer: Viewer, unit: Unit) -> list[GapOfMany]:
    """The gaps of all who hold a post in a unit or under it today, the largest first."""
    return _gaps(viewer, _in_unit(viewer, unit), unit)


def units_to_read(viewer: Viewer) -> QuerySet[Unit]:
    """The topmost units whose gaps the viewer may read; the page of each leads further down."""
    units = organisation.units_seen_by(viewer, viewer.today).order_by("name")
    if viewer.reads_everything:
        placed = UnitPlacement.objects.on(viewer.today)
        return units.exclude(pk__in=placed.values("unit"))
    return units.filter(pk__in=[*viewer.units_partnered, *viewer.units_led])


def gaps_of_team(viewer: Viewer) -> list[GapOfMany]:
    """The gaps of all who report to the viewer today, directly or through others."""
    return _gaps(viewer, _in_team(viewer))


def short_in_unit(viewer: Viewer, unit: Unit, competency_id: int) -> Any:
    """Who in a unit is short in a competency: those whose levels the viewer may read."""
    return _short(viewer, _in_unit(viewer, unit), competency_id)


def short_in_team(viewer: Viewer, competency_id: int) -> Any:
    """Who of the viewer's people is short in a competency."""
    return _short(viewer, _in_team(viewer), competency_id)


@dataclass(frozen=True, slots=True)
class GapsOfOne:
    """Of one person: how many competencies the post asks for, how many are judged, and short."""

    asked: int
    judged: int
    short: int


def gaps_by_person(viewer: Viewer, employees: Iterable[int]) -> dict[int, GapsOfOne]:
    """By person, in how many competencies a level is missing, of those whose levels the viewer
    may read. Four queries."""
    asked = Employee.objects.filter(pk__in=list(employees))
    people = list(asked.filter(policies.development_open_to(viewer)).values_list("pk", flat=True))
    posts = Assignment.objects.on(viewer.today).filter(employee__in=people)
    needed = _needed(viewer)
    shown: dict[int, dict[int, Decimal]] = {}
    rows = StandingLevel.objects.filter(employee__in=people)
    for employee, competency, level in rows.values_list("employee", "competency", "level"):
        shown.setdefault(employee, {})[competency] = level
    jobs = posts.values_list("employee", "position__job").order_by()
    return {one: _of_one(needed.get(job, {}), shown.get(one, {})) for one, job in jobs}


def _of_one(needed: Mapping[int, int], shown: Mapping[int, Decimal]) -> GapsOfOne:
    judged = [(level, shown[key]) for key, level in needed.items() if key in shown]
    short = sum(bool(rules.missing_levels(level, found)) for level, found in judged)
    return GapsOfOne(len(needed), len(judged), short)


def _in_unit(viewer: Viewer, unit: Unit) -> QuerySet[Assignment]:
    under = UnitLine.objects.on(viewer.today).filter(above=unit).values("unit")
    return Assignment.objects.on(viewer.today).filter(position__unit__in=under)


def _in_team(viewer: Viewer) -> QuerySet[Assignment]:
    below = teams.people_under(viewer.today, viewer.employee).values("employee")
    return Assignment.objects.on(viewer.today).filter(employee__in=below)


@dataclass(slots=True)
class _Sum:
    """What is added up of one competency."""

    asked: int = 0
    judged: int = 0
    short: int = 0
    missing: Decimal = Decimal(0)

    def add(self, required: int, level: Decimal, people: int) -> None:
        """So many people show this level where that one is required."""
        missing = rules.missing_levels(required, level) or Decimal(0)
        self.judged += people
        self.short += people if missing else 0
        self.missing += missing * people


def _gaps(viewer: Viewer, posts: QuerySet[Assignment], unit: Unit | None = None) -> list[GapOfMany]:
    """Counted by job and level in the database, so that a whole organisation is a few rows."""
    if counted := policies.people_counted_for(viewer):
        posts = posts.filter(employee__in=Employee.objects.filter(counted))
    needed = _needed(viewer)
    sums: dict[int, _Sum] = {}
    jobs = posts.values_list("position__job").annotate(people=Count("pk"))
    for job, people in jobs.order_by():
        for competency in needed.get(job, {}):
            sums.setdefault(competency, _Sum()).asked += people
    for job, competency, level, people in _shown(posts):
        if required := needed.get(job, {}).get(competency):
            sums[competency].add(required, level, people)
    names = dict(Competency.objects.values_list("pk", "name"))
    untold = _untold(viewer, unit, posts, needed) if unit else set()
    found = [_of_many(key, names[key], one, key in untold) for key, one in sums.items()]
    return sorted(found, key=lambda one: (-(one.missing or 0), one.name))


def _needed(viewer: Viewer) -> dict[int, dict[int, int]]:
    """The level of each competency that each job asks for today."""
    rows = Requirement.objects.on(viewer.today).values_list("job", "competency", "level")
    found: dict[int, dict[int, int]] = {}
    for job, competency, level in rows.order_by():
        found.setdefault(job, {})[competency] = level
    return found


def _shown(posts: QuerySet[Assignment]) -> Any:
    """How many holders of these posts show which level: (job, competency, level, people)."""
    rows = posts.filter(employee__standing_levels__isnull=False)
    level = ("employee__standing_levels__competency", "employee__standing_levels__level")
    return rows.values_list("position__job", *level).annotate(people=Count("pk")).order_by()


def _of_many(competency_id: int, name: str, one: _Sum, is_untold: bool) -> GapOfMany:
    return GapOfMany(
        competency_id=competency_id,
        name=name,
        asked=one.asked,
        judged=None if is_untold else one.judged,
        short=None if is_untold else one.short,
        missing=None if is_untold else one.missing,
    )


Needed = Mapping[int, Mapping[int, int]]
"""By job, the level of each competency that it asks for."""


def _untold(viewer: Viewer, unit: Unit, posts: QuerySet[Assignment], needed: Needed) -> set[int]:
    """The competencies of which a count would tell of one or two whose levels stay closed."""
    if not viewer.reads_everything or viewer.is_hr_administrator:
        return set()
    open_to_me = Employee.objects.filter(policies.development_open_to(viewer))
    closed = posts.exclude(employee__in=open_to_me)
    under: dict[int, list[int]] = {}
    for above, one in UnitPlacement.objects.on(viewer.today).values_list("parent", "unit"):
        under.setdefault(above, []).append(one)
    judged = _judged_by_unit(closed, needed)
    return {one for one, found in judged.items() if not rules.may_be_counted(unit.pk, under, found)}


def _judged_by_unit(posts: QuerySet[Assignment], needed: Needed) -> dict[int, dict[int, int]]:
    """By each competency that these posts ask for, and by unit, how many are judged in it."""
    rows = posts.values_list(
        "position__job", "position__unit", "employee__standing_levels__competency"
    )
    found: dict[int, dict[int, int]] = {}
    for job, unit, competency, people in rows.annotate(people=Count("pk")).order_by():
        for asked in needed.get(job, {}):
            found.setdefault(asked, {})
        if competency in needed.get(job, {}):
            found[competency][unit] = found[competency].get(unit, 0) + people
    return found


def _short(viewer: Viewer, posts: QuerySet[Assignment], competency_id: int) -> Any:
    """Posts that ask for a level which their holders, open to the viewer, do not show yet.

    All conditions on what is asked stand in one filter: a second one would join anew.
    """
    open_to_me = Employee.objects.filter(policies.development_open_to(viewer))
    holds = StandingLevel.objects.filter(employee=OuterRef("employee"), competency=competency_id)
    asked = {
        f"{_NEED}__competency": competency_id,
        f"{_NEED}__from_on__lte": viewer.today,
        f"{_NEED}__until_on__gt": viewer.today,
    }
    rows = posts.filter(employee__in=open_to_me, **asked).annotate(
        needed=F(f"{_NEED}__level"),
        shown=Subquery(holds.values("level")[:1], output_field=_LEVEL),
    )
    return rows.filter(shown__lt=F("needed")).select_related("employee", "position__unit")
