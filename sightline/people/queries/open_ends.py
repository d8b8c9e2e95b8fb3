"""What in the organisation waits for somebody: computed from what is really open."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from sightline.people.models import (
    Assignment,
    Employment,
    Leave,
    Responsibility,
    Role,
    RoleGrant,
    Unit,
)
from sightline.people.queries.organisation import units_seen_by
from sightline.people.viewer import Viewer

SOON = timedelta(days=14)


def starting_soon(viewer: Viewer) -> list[Assignment]:
    """Who starts in the coming days under the viewer."""
    first = Employment.objects.filter(employee=OuterRef("employee"), from_on=OuterRef("from_on"))
    rows = Assignment.objects.filter(
        manager=viewer.employee, from_on__gt=viewer.today, from_on__lte=viewer.today + SOON
    )
    rows = rows.filter(Exists(first)).select_related("employee", "position__unit")
    return list(rows.order_by("from_on", "employee__sort_key"))


def back_soon(viewer: Viewer) -> list[Leave]:
    """Who comes back from leave in the coming days to the viewer's team."""
    team = Assignment.objects.on(viewer.today).filter(manager=viewer.employee).values("employee")
    rows = Leave.objects.on(viewer.today).filter(
        employee__in=team, until_on__lte=viewer.today + SOON
    )
    return list(rows.select_related("employee").order_by("until_on"))


def leaving_soon(viewer: Viewer) -> list[Employment]:
    """Who of the viewer's team leaves in the coming weeks."""
    team = Assignment.objects.on(viewer.today).filter(manager=viewer.employee).values("employee")
    rows = Employment.objects.on(viewer.today).filter(
        employee__in=team, until_on__lte=viewer.today + 4 * SOON
    )
    return list(rows.select_related("employee").order_by("until_on"))


def posts_without_purpose(viewer: Viewer) -> QuerySet[Assignment]:
    """The viewer's reports whose post does not say what it is there for."""
    said = Responsibility.objects.on(viewer.today).filter(position=OuterRef("position"))
    rows = Assignment.objects.on(viewer.today).filter(manager=viewer.employee)
    rows = rows.filter(~Exists(said)).select_related("employee", "position")
    return rows.order_by("employee__sort_key")


def units_without_lead(viewer: Viewer, day: date) -> QuerySet[Unit]:
    """Units that nobody leads."""
    led = RoleGrant.objects.on(day).filter(role=Role.UNIT_LEAD, unit=OuterRef("pk"))
    return units_seen_by(viewer, day).filter(~Exists(led))
