"""Who may see and change units, jobs, positions and what posts are there for."""

from __future__ import annotations

from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from sightline.foundation.access.decisions import Allowed, Decision, Denied
from sightline.people.models import Assignment, Position, ReportingLine, Role, Unit, UnitLine
from sightline.people.policies.employees import EVERYBODY, NOBODY, partners_unit
from sightline.people.viewer import Viewer


def _works_with_people(viewer: Viewer) -> bool:
    """Sees the organisation at all: an auditor from outside sees the ledger and nothing else."""
    return viewer.is_employed or viewer.reads_everything or viewer.has_role(Role.PEOPLE_PARTNER)


def may_read_directory(viewer: Viewer) -> Decision:
    """Read directory, chart, units, positions and competencies."""
    if _works_with_people(viewer):
        return Allowed()
    return Denied(_("The directory is for those who work here."))


def may_look_at(viewer: Viewer, day: date) -> Decision:
    """Look at the organisation as it is on a day. Plans are not for everybody."""
    if day <= viewer.today:
        return may_read_directory(viewer)
    if viewer.reads_everything or viewer.has_role(Role.PEOPLE_PARTNER) or viewer.has_reports:
        return Allowed()
    return Denied(_("What is planned is seen by HR and by the managers of those it concerns."))


def units_visible_to(viewer: Viewer) -> Q:
    """Units that exist for the viewer. Units to come are seen by those who may see plans."""
    return _known(viewer)


def positions_visible_to(viewer: Viewer) -> Q:
    """Positions that exist for the viewer."""
    return _known(viewer)


def jobs_visible_to(viewer: Viewer) -> Q:
    """Jobs and competencies that exist for the viewer."""
    return EVERYBODY if _works_with_people(viewer) else NOBODY


def _known(viewer: Viewer) -> Q:
    if viewer.reads_everything or viewer.has_role(Role.PEOPLE_PARTNER):
        return EVERYBODY
    return Q(from_on__lte=viewer.today) if _works_with_people(viewer) else NOBODY


def may_change_organisation(viewer: Viewer) -> Decision:
    """Define jobs and competencies, open units at the top."""
    if viewer.is_hr_administrator:
        return Allowed()
    return Denied(_("Only HR administrators change this."))


def may_change_unit(viewer: Viewer, unit: Unit | None) -> Decision:
    """Open, move, rename or close a unit (None: at the top), open positions in it."""
    if viewer.is_hr_administrator or (unit is not None and partners_unit(viewer, unit)):
        return Allowed()
    return Denied(_("Only HR administrators and the people partners of the unit change this."))


def may_change_position(viewer: Viewer, position: Position) -> Decision:
    """Rename, move or close a position."""
    return may_change_unit(viewer, position.unit)


def may_write_responsibilities(viewer: Viewer, position: Position) -> Decision:
    """Say what a post is there for: HR, the unit's leads and those above, the holder's line."""
    if may_change_position(viewer, position):
        return Allowed()
    leads = UnitLine.objects.on(viewer.today).filter(unit=position.unit, above__in=viewer.units_led)
    if leads.exists() or _manages_holder(viewer, position):
        return Allowed()
    return Denied(
        _("HR, the lead of the unit and the manager of whoever holds the post write this.")
    )


def _manages_holder(viewer: Viewer, position: Position) -> bool:
    holders = Assignment.objects.on(viewer.today).filter(position=position).values("employee")
    lines = ReportingLine.objects.on(viewer.today).filter(manager=viewer.employee)
    return lines.filter(employee__in=holders).exists()


def may_read_pay_range(viewer: Viewer, position: Position) -> Decision:
    """Read what the job of a position pays: HR, its holder, and those above the holder."""
    if viewer.is_hr_administrator or partners_unit(viewer, position.unit):
        return Allowed()
    held = Assignment.objects.on(viewer.today).filter(position=position, employee=viewer.employee)
    if held.exists() or _manages_holder(viewer, position):
        return Allowed()
    return Denied(_("The pay range is seen by HR, the holder and the managers above."))
