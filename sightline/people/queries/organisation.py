"""Units, positions, jobs and competencies, as the viewer may see them on a day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from sightline.people import policies
from sightline.people.models import (
    Assignment,
    Competency,
    CompetencyLevel,
    Employee,
    Job,
    Position,
    Requirement,
    Responsibility,
    Role,
    RoleGrant,
    Unit,
    UnitLine,
    UnitPlacement,
)
from sightline.people.queries.people import assignments_seen_by, directory
from sightline.people.rules.names import folded
from sightline.people.viewer import Viewer


def units_seen_by(viewer: Viewer, day: date) -> QuerySet[Unit]:
    """The units that stand on a day."""
    return Unit.objects.on(day).filter(policies.units_visible_to(viewer))


def unit_seen_by(viewer: Viewer, unit_id: int) -> Unit | None:
    """A unit, also one that has closed."""
    return Unit.objects.filter(policies.units_visible_to(viewer), pk=unit_id).first()


@dataclass(slots=True)
class UnitNode:
    """A unit in the tree: its lead, its people (with those of the units under it), its children."""

    unit: Unit
    lead: str = ""
    lead_id: int | None = None
    people: int = 0
    people_in_all: int = 0
    children: list[UnitNode] = field(default_factory=list)


def unit_tree(viewer: Viewer, day: date) -> list[UnitNode]:
    """The tree of units on a day, in four queries whatever its size."""
    nodes = {unit.pk: UnitNode(unit) for unit in units_seen_by(viewer, day).order_by("name")}
    for unit, number in _heads(viewer, day):
        if unit in nodes:
            nodes[unit].people = number
    for grant in leads_on(viewer, day, nodes):
        nodes[grant.unit_id].lead = grant.employee.name  # type: ignore[index]  # has a unit
        nodes[grant.unit_id].lead_id = grant.employee_id  # type: ignore[index]  # as above
    placed = dict(UnitPlacement.objects.on(day).values_list("unit", "parent"))
    roots: list[UnitNode] = []
    for pk, node in nodes.items():
        parent = nodes.get(placed.get(pk, 0))
        (parent.children if parent else roots).append(node)
    for root in roots:
        _add_up(root)
    return roots


def _add_up(node: UnitNode) -> int:
    node.people_in_all = node.people + sum(_add_up(child) for child in node.children)
    return node.people_in_all


def _heads(viewer: Viewer, day: date) -> Iterable[tuple[int, int]]:
    rows = assignments_seen_by(viewer, day).values_list("position__unit")
    return rows.annotate(number=Count("pk")).order_by()


def leads_on(viewer: Viewer, day: date, units: Iterable[int]) -> QuerySet[RoleGrant]:
    """Who leads these units on a day, as far as the viewer sees them."""
    grants = RoleGrant.objects.on(day).filter(role=Role.UNIT_LEAD, unit__in=list(units))
    seen = policies.at_work_visible_to(viewer, day)
    if seen is not policies.EVERYBODY:
        grants = grants.filter(employee__in=Employee.objects.filter(seen))
    return grants.select_related("employee")


def top_units(viewer: Viewer, day: date) -> QuerySet[Unit]:
    """The units that stand under no other, the oldest first."""
    placed = UnitPlacement.objects.on(day).filter(unit=OuterRef("pk"))
    return units_seen_by(viewer, day).filter(~Exists(placed)).order_by("from_on", "pk")


def units_above(unit: Unit, day: date) -> list[Unit]:
    """The units over a unit on a day, the topmost first, the unit itself last."""
    lines = UnitLine.objects.on(day).filter(unit=unit).select_related("above")
    return [line.above for line in lines.order_by("-depth")]


def units_under(unit: Unit, day: date) -> QuerySet[Unit]:
    """The units directly under a unit on a day."""
    placed = UnitPlacement.objects.on(day).filter(parent=unit).values("unit")
    return Unit.objects.on(day).filter(pk__in=placed)


def end_seen_by(viewer: Viewer, row: Unit | Position) -> date | None:
    """The first day without a unit or a post: once it has come, or when plans may be known."""
    return row.ends_on if row.until_on <= viewer.today or policies.knows_plans(viewer) else None


def unit_ids_under(unit_id: int, day: date) -> QuerySet[UnitLine, Any]:
    """The keys of a unit and of all units under it on a day, for use within another query."""
    return UnitLine.objects.on(day).filter(above=unit_id).values("unit")


def branches(day: date, units: Iterable[int]) -> dict[int, int]:
    """For each unit the one above it that stands directly under a top unit, or itself."""
    lines = UnitLine.objects.on(day).filter(unit__in=list(units)).order_by("unit", "-depth")
    above: dict[int, list[int]] = {}
    for unit, upper in lines.values_list("unit", "above"):
        above.setdefault(unit, []).append(upper)
    return {unit: line[min(1, len(line) - 1)] for unit, line in above.items()}


def positions_seen_by(viewer: Viewer, day: date) -> QuerySet[Position]:
    """The positions that stand on a day, with unit and job, `vacant` told."""
    rows = Position.objects.on(day).filter(policies.positions_visible_to(viewer))
    return rows.select_related("unit", "job").annotate(vacant=~_is_held(viewer, day))


def only_vacant(viewer: Viewer, rows: QuerySet[Position], day: date) -> QuerySet[Position]:
    """Those of the positions that nobody holds on a day."""
    return rows.filter(~_is_held(viewer, day))


def _is_held(viewer: Viewer, day: date) -> Q:
    """Whether somebody holds a position. Whose plans the viewer may not know is taken to stay."""
    held = Assignment.objects.filter(position=OuterRef("pk"))
    if day <= viewer.today or viewer.reads_everything:
        return Q(Exists(held.on(day)))
    known = Employee.objects.filter(policies.plans_open_to(viewer))
    by_known = held.on(day).filter(employee__in=known)
    return Q(Exists(by_known)) | Q(Exists(held.on(viewer.today).exclude(employee__in=known)))


def position_seen_by(viewer: Viewer, position_id: int) -> Position | None:
    """A position, also one that has ended."""
    seen = Position.objects.filter(policies.positions_visible_to(viewer), pk=position_id)
    return seen.select_related("unit", "job").first()


def found_positions(viewer: Viewer, words: str, limit: int = 5) -> list[Position]:
    """Positions of today whose title or code holds all the words."""
    rows = positions_seen_by(viewer, viewer.today)
    for word in words.split()[:6]:
        rows = rows.filter(Q(title__icontains=word) | Q(code__icontains=word))
    return list(rows.order_by("title", "pk")[:limit])


def found_units(viewer: Viewer, words: str, limit: int = 5) -> list[Unit]:
    """Units of today whose name holds all the words, whatever their accents."""
    wanted = folded(words).split()[:6]
    units = units_seen_by(viewer, viewer.today).order_by("name")
    found = (unit for unit in units if all(word in folded(unit.name) for word in wanted))
    return [unit for unit, _place in zip(found, range(limit), strict=False)]


def holders(viewer: Viewer, position: Position, day: date) -> list[Assignment]:
    """Who holds a position on a day."""
    return list(directory(viewer, day).filter(position=position))


def holders_by_position(
    viewer: Viewer, positions: Sequence[Position], day: date
) -> dict[int, list[Assignment]]:
    """Who holds each of these positions on a day."""
    found: dict[int, list[Assignment]] = {}
    for row in directory(viewer, day).filter(position__in=positions):
        found.setdefault(row.position_id, []).append(row)
    return found


def day_within(position: Position, day: date) -> date:
    """The day, or the nearest one on which the position stands."""
    return max(min(day, position.until_on - timedelta(days=1)), position.from_on)


def responsibilities(position: Position, day: date) -> list[Responsibility]:
    """What a post must achieve, as it stands on a day (of a post to come: at its start)."""
    within = day_within(position, day)
    return list(Responsibility.objects.on(within).filter(position=position))


def responsibilities_ever(position: Position) -> list[Responsibility]:
    """What a post was and is there for, in the order in which it was set."""
    rows = Responsibility.objects.filter(position=position)
    return list(rows.order_by("from_on", "place", "pk"))


def requirements(job: Job, day: date) -> list[Requirement]:
    """The competencies that a job asks for on a day; of each level its name and what one sees."""
    told = CompetencyLevel.objects.filter(
        competency=OuterRef("competency"), level=OuterRef("level")
    )
    levels = Count("competency__levels")
    rows = Requirement.objects.on(day).filter(job=job).select_related("competency")
    return list(
        rows.annotate(
            level_name=Subquery(told.values("name")),
            anchor=Subquery(told.values("anchor")),
            levels=levels,
        )
    )


def competencies_seen_by(viewer: Viewer) -> QuerySet[Competency]:
    """The competencies with their levels."""
    return Competency.objects.filter(policies.jobs_visible_to(viewer)).prefetch_related("levels")


def jobs_seen_by(viewer: Viewer) -> QuerySet[Job]:
    """The jobs, by family and level."""
    return Job.objects.filter(policies.jobs_visible_to(viewer))


def jobs_with_numbers(viewer: Viewer) -> QuerySet[Job]:
    """The jobs, each with how many positions it has today (`posts`)."""
    today = Q(positions__from_on__lte=viewer.today, positions__until_on__gt=viewer.today)
    counted = jobs_seen_by(viewer).annotate(posts=Count("positions", filter=today))
    return counted.order_by("family", "level", "title")  # counting drops the order of the model


def families(viewer: Viewer) -> list[str]:
    """The job families, for a filter."""
    return list(jobs_seen_by(viewer).order_by("family").values_list("family", flat=True).distinct())
