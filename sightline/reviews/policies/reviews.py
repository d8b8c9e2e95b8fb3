"""Whose review exists for whom, and who knows its outcome."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from sightline.people.models import Role, UnitLine
from sightline.people.viewer import Viewer
from sightline.reviews.models import Calibrator, Review

NOBODY = Q(pk__in=())
SHARED = Q(stage__in=["shared", "acknowledged", "appealed", "decided"])
CALIBRATED = Q(final_value__isnull=False)


def reviews_in_care_of(viewer: Viewer) -> Q:
    """Reviews that the viewer looks after: as the manager who writes, as HR, as calibrator.

    Never one's own, whatever one's role.
    """
    return ~Q(employee=viewer.employee) & (
        Q(manager=viewer.employee) | reviews_in_hands_of_hr(viewer) | calibrated_by(viewer)
    )


def reviews_in_hands_of_hr(viewer: Viewer) -> Q:
    """Reviews that the viewer keeps as HR: all, or those of the partner's units. Not one's own."""
    if viewer.is_hr_administrator:
        return ~Q(employee=viewer.employee)
    if not viewer.units_partnered:
        return NOBODY
    return Q(unit__in=units_under(viewer, viewer.units_partnered)) & ~Q(employee=viewer.employee)


def is_in_hands_of_hr(viewer: Viewer, review: Review) -> bool:
    """The same about one review; asks the database only for people partners."""
    if review.employee_id == viewer.employee.pk:
        return False
    if viewer.is_hr_administrator or not viewer.units_partnered:
        return viewer.is_hr_administrator
    return Review.objects.filter(reviews_in_hands_of_hr(viewer), pk=review.pk).exists()


def units_under(viewer: Viewer, units: tuple[int, ...]) -> QuerySet[UnitLine, Any]:
    """These units with all under them today."""
    return UnitLine.objects.on(viewer.today).filter(above__in=units).values("unit")


def calibrated_by(viewer: Viewer) -> Q:
    """Reviews that the viewer was named to calibrate: those of the unit and all under it."""
    named = Calibrator.objects.filter(
        employee=viewer.employee,
        cycle=OuterRef("cycle"),
        unit__in=UnitLine.objects.on(viewer.today)
        .filter(unit=OuterRef(OuterRef("unit")))
        .values("above"),
    )
    return Q(Exists(named)) & ~Q(employee=viewer.employee)


def reviews_visible_to(viewer: Viewer) -> Q:
    """Reviews that exist for the viewer: his own, and those in his care."""
    return Q(employee=viewer.employee) | reviews_in_care_of(viewer)


def outcomes_visible_to(viewer: Viewer) -> Q:
    """Reviews of which the viewer may know what the manager wrote and proposed.

    The employee himself only once it was shared with him.
    """
    return (Q(employee=viewer.employee) & SHARED) | reviews_in_care_of(viewer)


def final_ratings_visible_to(viewer: Viewer) -> Q:
    """Reviews of which the viewer may know the final rating, and no word of any text."""
    known = CALIBRATED & outcomes_visible_to(viewer)
    if viewer.has_role(Role.EXECUTIVE):
        known |= CALIBRATED & ~Q(employee=viewer.employee)
    return known


def summaries_visible_to(viewer: Viewer) -> Q:
    """Reviews of which the viewer may read what the peers said together."""
    return outcomes_visible_to(viewer)
