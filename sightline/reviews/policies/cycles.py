"""Who plans cycles, and who follows how they go."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from sightline.foundation.access.decisions import Allowed, Decision, Denied
from sightline.people.models import Role
from sightline.people.viewer import Viewer
from sightline.reviews.models import Calibrator, Cycle, Form, Review

NOBODY = Q(pk__in=())
EVERY = ~NOBODY
PLANNED = Q(stage__in=["draft", "dry_run"])


def cycles_visible_to(viewer: Viewer) -> Q:
    """Cycles that exist for the viewer.

    All for HR administrators; those that have begun for people partners, executives, and whoever
    is reviewed, writes or calibrates in them.
    """
    if viewer.is_hr_administrator:
        return EVERY
    if _follows(viewer):
        return ~PLANNED
    me, cycle = viewer.employee, OuterRef("pk")
    takes_part = (
        Q(Exists(Review.objects.filter(Q(employee=me) | Q(manager=me), cycle=cycle)))
        | Q(Exists(Form.objects.filter(rater=me, review__cycle=cycle)))
        | Q(Exists(Calibrator.objects.filter(employee=me, cycle=cycle)))
    )
    return ~PLANNED & takes_part


def _follows(viewer: Viewer) -> bool:
    return viewer.has_role(Role.HR_ADMINISTRATOR, Role.PEOPLE_PARTNER, Role.EXECUTIVE)


def may_follow_cycles(viewer: Viewer) -> Decision:
    """See the list of cycles and how each goes."""
    if _follows(viewer):
        return Allowed()
    return Denied(_("HR and executives follow how cycles go."))


def may_follow_cycle(viewer: Viewer, cycle: Cycle) -> Decision:
    """See how a cycle goes: HR of all, people partners of their units, executives in figures."""
    return may_follow_cycles(viewer)


def may_see_people(viewer: Viewer, cycle: Cycle) -> Decision:
    """See a cycle person by person: HR. Executives see figures."""
    if viewer.has_role(Role.HR_ADMINISTRATOR, Role.PEOPLE_PARTNER):
        return Allowed()
    return Denied(_("HR sees a cycle person by person."))


def may_manage_cycles(viewer: Viewer) -> Decision:
    """Write templates, plan cycles, open and close them."""
    if viewer.is_hr_administrator:
        return Allowed()
    return Denied(_("Only HR administrators plan and open cycles."))


def may_add_late(viewer: Viewer, cycle: Cycle) -> Decision:
    """Add somebody to a cycle that has opened."""
    if cycle.stage != Cycle.Stage.OPEN:
        return Denied(_("People join while a cycle is open."))
    return may_manage_cycles(viewer)


def may_name_calibrators(viewer: Viewer, cycle: Cycle) -> Decision:
    """Say who compares the proposals of a unit."""
    if cycle.stage in {Cycle.Stage.SHARED, Cycle.Stage.CLOSED}:
        return Denied(_("The calibration of this cycle is over."))
    return may_manage_cycles(viewer)


def may_calibrate_in(viewer: Viewer, cycle: Cycle) -> Decision:
    """Open the page on which proposals are compared."""
    if cycle.stage in {Cycle.Stage.DRAFT, Cycle.Stage.DRY_RUN}:
        return Denied(_("There is nothing to compare before the cycle is open."))
    if viewer.has_role(Role.HR_ADMINISTRATOR, Role.PEOPLE_PARTNER):
        return Allowed()
    if Calibrator.objects.filter(employee=viewer.employee, cycle=cycle).exists():
        return Allowed()
    return Denied(_("Proposals are compared by HR and by those whom HR named."))


def may_close_calibration(viewer: Viewer, cycle: Cycle) -> Decision:
    """Make the ratings final."""
    if cycle.stage != Cycle.Stage.CALIBRATING:
        return Denied(_("Ratings become final at the end of the calibration."))
    return may_manage_cycles(viewer)
