"""Who reports to whom: teams, the chart, the lines above and below."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from sightline.people import policies
from sightline.people.models import (
    Assignment,
    DottedLine,
    Employee,
    Employment,
    Leave,
    ReportingLine,
    Responsibility,
)
from sightline.people.queries.people import assignments_seen_by, directory
from sightline.people.viewer import Viewer

CHART_BREADTH = 500
"""How many boxes a branch of the chart draws at once."""


def reports_of(viewer: Viewer, manager: Employee, day: date) -> QuerySet[Assignment]:
    """The direct reports of a person on a day, with their post."""
    return directory(viewer, day).filter(manager=manager).order_by("employee__sort_key", "employee")


def everybody_under(viewer: Viewer, manager: Employee, day: date) -> QuerySet[Assignment]:
    """All who report to a person directly or through others on a day, with their post."""
    below = ReportingLine.objects.on(day).filter(manager=manager).values("employee")
    return directory(viewer, day).filter(employee__in=below)


def people_under(day: date, manager: Employee) -> QuerySet[ReportingLine]:
    """The lines below a person on a day: one indexed read, whatever the size of the house."""
    return ReportingLine.objects.on(day).filter(manager=manager)


def line_above(viewer: Viewer, employee: Employee, day: date) -> list[Employee]:
    """The managers above a person on a day, the nearest first, as far as the viewer sees them.

    Of days to come only the nearest: what is planned higher up concerns others.
    """
    lines = ReportingLine.objects.on(day).filter(employee=employee).select_related("manager")
    seen = policies.at_work_visible_to(viewer, min(day, viewer.today))
    if seen is not policies.EVERYBODY:
        lines = lines.filter(manager__in=Employee.objects.filter(seen))
    if day > viewer.today and not viewer.reads_everything:
        lines = lines.filter(depth=1)
    return [line.manager for line in lines.order_by("depth")]


def with_team_sizes(viewer: Viewer, rows: QuerySet[Assignment], day: date) -> QuerySet[Assignment]:
    """Tells of each how many report to him directly (`direct`) and in all (`in_all`).

    Only those are counted whom the viewer sees on that day.
    """
    below = ReportingLine.objects.on(day).filter(manager=OuterRef("employee")).order_by()
    seen = policies.at_work_visible_to(viewer, day)
    if seen is not policies.EVERYBODY:
        below = below.filter(employee__in=Employee.objects.filter(seen))
    count = below.values("manager").annotate(n=Count("pk")).values("n")
    direct = below.filter(depth=1).values("manager").annotate(n=Count("pk")).values("n")
    return rows.annotate(direct=Coalesce(Subquery(direct), 0), in_all=Coalesce(Subquery(count), 0))


def heads(viewer: Viewer, day: date) -> QuerySet[Assignment]:
    """Those who report to nobody on a day."""
    rows = directory(viewer, day).filter(manager__isnull=True)
    return rows.order_by("employee__sort_key", "employee")


CHART_WHOLE = 1_000
"""How many people the chart draws when all of it is asked for, as for paper."""


def side_by_side(rows: QuerySet[Assignment]) -> tuple[list[Any], int]:
    """The rows that the chart draws side by side, and how many more there are."""
    found = list(rows[: CHART_BREADTH + 1])
    more = rows.count() - CHART_BREADTH if len(found) > CHART_BREADTH else 0
    return found[:CHART_BREADTH], more


def first_reports(viewer: Viewer, day: date, rows: list[Any]) -> dict[int, list[Assignment]]:
    """The direct reports of each of these people, by the manager's key.

    Of many people only small teams are told: the page is not to grow beyond what it can draw.
    Of one alone the first of whatever team there is.
    """
    most = CHART_BREADTH // max(len(rows), 1)
    managers = [row.employee_id for row in rows if row.direct <= most or len(rows) == 1]
    under = directory(viewer, day).filter(manager__in=managers).order_by("employee__sort_key")
    found: dict[int, list[Assignment]] = {}
    for row in with_team_sizes(viewer, under, day)[:CHART_BREADTH]:
        found.setdefault(row.manager_id or 0, []).append(row)
    return found


def all_reports(viewer: Viewer, day: date, rows: list[Assignment]) -> dict[int, list[Assignment]]:
    """All who report to these people, directly or through others, by the manager's key."""
    managers = [row.employee_id for row in rows]
    lines = ReportingLine.objects.on(day).filter(manager__in=managers).values("employee")
    below = directory(viewer, day).filter(employee__in=lines).order_by("employee__sort_key")
    found: dict[int, list[Assignment]] = {}
    for row in with_team_sizes(viewer, below, day)[:CHART_WHOLE]:
        found.setdefault(row.manager_id or 0, []).append(row)
    return found


def dotted_reports(viewer: Viewer, day: date) -> list[DottedLine]:
    """Those who answer to the viewer besides their manager."""
    rows = DottedLine.objects.on(min(day, viewer.today)).filter(manager=viewer.employee)
    return list(rows.select_related("employee").order_by("employee__sort_key"))


def post_of(employee: Employee, day: date) -> Assignment | None:
    """The post a person holds on a day."""
    rows = Assignment.objects.on(day).filter(employee=employee)
    return rows.select_related("position__unit", "position__job", "manager").first()


SOON = timedelta(days=14)
LATELY = timedelta(days=60)


def team_now_and_soon(viewer: Viewer) -> list[Any]:
    """The viewer's direct reports of today and of the coming days, in one read.

    Each tells whether the person starts (`starts`), is away and until when (`back_on`), and
    whether the post says what it is there for (`has_purpose`).
    """
    me, today = OuterRef("employee"), viewer.today
    rows = Assignment.objects.filter(
        manager=viewer.employee, until_on__gt=today, from_on__lte=today + SOON
    ).annotate(
        starts=Exists(Employment.objects.filter(employee=me, from_on=OuterRef("from_on"))),
        back_on=Subquery(Leave.objects.on(today).filter(employee=me).values("until_on")[:1]),
        has_purpose=Exists(Responsibility.objects.on(today).filter(position=OuterRef("position"))),
    )
    rows = rows.select_related("employee", "position__unit")
    return list(rows.order_by("employee__sort_key", "from_on"))


def news_around(viewer: Viewer, limit: int = 6) -> list[Any]:
    """Colleagues of the viewer's unit who came lately (`came_on`) or are away (`away_on`)."""
    me, today = OuterRef("employee"), viewer.today
    mine = Assignment.objects.on(today).filter(employee=viewer.employee)
    came = Employment.objects.on(today).filter(employee=me, from_on__gte=today - LATELY)
    away = Leave.objects.on(today).filter(employee=me)
    rows = (
        assignments_seen_by(viewer, today)
        .filter(position__unit__in=mine.values("position__unit"))
        .exclude(employee=viewer.employee)
        .annotate(
            came_on=Subquery(came.values("from_on")[:1]),
            away_on=Subquery(away.values("from_on")[:1]),
        )
        .filter(Q(came_on__isnull=False) | Q(away_on__isnull=False))
        .select_related("employee")
    )
    return list(rows.order_by("-came_on", "employee__sort_key")[:limit])
