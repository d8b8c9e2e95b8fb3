"""What in the organisation waits for somebody: computed from what is really open."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from sightline.people.models import Role, RoleGrant, Unit
from sightline.people.queries.organisation import units_seen_by
from sightline.people.viewer import Viewer


def units_without_lead(viewer: Viewer, day: date) -> QuerySet[Unit]:
    """Units that nobody leads."""
    led = RoleGrant.objects.on(day).filter(role=Role.UNIT_LEAD, unit=OuterRef("pk"))
    return units_seen_by(viewer, day).filter(~Exists(led))
