"""Where many people together are short of what their posts ask for. Never a list of who is last."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    Count,
    DecimalField,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
)
from django.db.models.functions import Coalesce, Greatest

from sightline.development import policies
from sightline.development.models import StandingLevel
from sightline.people.models import (
    Assignment,
    Competency,
    Employee,
    Unit,
    UnitLine,
    UnitPlacement,
)
from sightline.people.queries import organisation, teams
from sightline.people.viewer import Viewer

FEWEST = 3
"""Of fewer people than this, a viewer who may not read their levels is told no count."""

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
    missing: Any
    """Levels missing, of all people together."""

    @property
    def judged_percent(self) -> float:
        """How many of those who are asked for it somebody has judged."""
        return 100 * (self.judged or 0) / self.asked


def gaps_by_unit(viewer: Viewer, unit: Unit) -> list[GapOfMany]:
    """The gaps of all who hold a post in a unit or under it today, the largest first."""
    return _gaps(viewer, _in_unit(viewer, unit))


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


def _in_unit(viewer: Viewer, unit: Unit) -> QuerySet[Assignment]:
    under = UnitLine.objects.on(viewer.today).filter(above=unit).values("unit")
    return Assignment.objects.on(viewer.today).filter(position__unit__in=under)


def _in_team(viewer: Viewer) -> QuerySet[Assignment]:
    below = teams.people_under(viewer.today, viewer.employee).values("employee")
    return Assignment.objects.on(viewer.today).filter(employee__in=below)


def _gaps(viewer: Viewer, posts: QuerySet[Assignment]) -> list[GapOfMany]:
    counted = Employee.objects.filter(policies.people_counted_for(viewer))
    rows = (
        _needed(viewer, posts.filter(employee__in=counted))
        .values(competency=F(f"{_NEED}__competency"))
        .annotate(
            asked=Count("pk"),
            judged=Count("shown"),
            short=Count("pk", filter=Q(missing__gt=0)),
            missing_in_all=Coalesce(Sum("missing"), 0, output_field=_LEVEL),
        )
    )
    names = dict(Competency.objects.values_list("pk", "name"))
    hides = _holds_somebody_closed(viewer, posts)
    found = [_of_many(row, names, hides) for row in rows.order_by()]
    return sorted(found, key=lambda one: (-(one.missing or 0), one.name))


def _of_many(row: Mapping[str, Any], names: dict[int, str], hides: bool) -> GapOfMany:
    too_few = hides and row["judged"] < FEWEST
    return GapOfMany(
        competency_id=row["competency"],
        name=names[row["competency"]],
        asked=row["asked"],
        judged=None if too_few else row["judged"],
        short=None if too_few else row["short"],
        missing=None if too_few else row["missing_in_all"],
    )


def _holds_somebody_closed(viewer: Viewer, posts: QuerySet[Assignment]) -> bool:
    """Whether people are counted whose levels the viewer may not read one by one."""
    if not viewer.reads_everything or viewer.is_hr_administrator:
        return False
    open_to_me = Employee.objects.filter(policies.development_open_to(viewer))
    return posts.exclude(employee__in=open_to_me).exists()


def _needed(viewer: Viewer, posts: QuerySet[Assignment], competency_id: int | None = None) -> Any:
    """Each post with each level that it asks for today, the level shown and what is missing.

    All conditions on what is asked stand in one filter: a second one would join anew.
    """
    holds = StandingLevel.objects.filter(
        employee=OuterRef("employee"), competency=OuterRef(f"{_NEED}__competency")
    )
    asked_today: dict[str, Any] = {
        f"{_NEED}__from_on__lte": viewer.today,
        f"{_NEED}__until_on__gt": viewer.today,
    }
    if competency_id is not None:
        asked_today[f"{_NEED}__competency"] = competency_id
    shown = Subquery(holds.values("level")[:1], output_field=_LEVEL)
    rows = posts.filter(**asked_today).annotate(shown=shown, needed=F(f"{_NEED}__level"))
    lacking = Greatest(F("needed") - F("shown"), 0, output_field=_LEVEL)
    return rows.annotate(missing=lacking)


def _short(viewer: Viewer, posts: QuerySet[Assignment], competency_id: int) -> Any:
    open_to_me = Employee.objects.filter(policies.development_open_to(viewer))
    rows = _needed(viewer, posts.filter(employee__in=open_to_me), competency_id)
    return rows.filter(missing__gt=0).select_related("employee", "position__unit")
