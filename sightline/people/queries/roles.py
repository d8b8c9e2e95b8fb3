"""Who holds which role."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet

from sightline.people import policies
from sightline.people.models import RoleGrant
from sightline.people.queries.people import employees_seen_by
from sightline.people.viewer import Viewer


def grants_seen_by(viewer: Viewer) -> QuerySet[RoleGrant]:
    """The roles held today or later that the viewer looks after, by role and person.

    Each tells in `is_seen` whether the person exists for the viewer: leavers and those who begin
    later have roles too.
    """
    mine = [role.value for role in policies.roles_granted_by(viewer)]
    rows = RoleGrant.objects.filter(role__in=mine, until_on__gt=viewer.today)
    rows = rows.select_related("employee", "unit", "granted_by")
    seen = employees_seen_by(viewer).filter(pk=OuterRef("employee"))
    rows = rows.annotate(is_seen=Exists(seen))
    return rows.order_by("role", "unit__name", "employee__sort_key")
