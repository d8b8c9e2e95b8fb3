"""Who may see and change units, jobs, positions and what posts are there for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, Q
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
    if knows_plans(viewer) or viewer.has_reports:
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


def knows_plans(viewer: Viewer) -> bool:
    """Whether what is planned for units and positions exists for the viewer."""
    return viewer.reads_everything or viewer.has_role(Role.PEOPLE_PARTNER)


def _known(viewer: Viewer) -> Q:
    if knows_plans(viewer):
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


@dataclass(frozen=True, slots=True)
class PositionRights:
    """What the viewer may do with a position."""

    change: Decision
    write_responsibilities: Decision
    read_pay_range: Decision


def position_rights(viewer: Viewer, position: Position) -> PositionRights:
    """What the viewer may do with a position, found out in one read."""
    ties = _ties(viewer, position)
    is_hr = viewer.is_hr_administrator or ties["partnered"]
    writes = is_hr or ties["led"] or ties["manages"]
    reads_pay = is_hr or ties["held"] or ties["manages"]
    return PositionRights(
        change=_allowed(
            is_hr, _("Only HR administrators and the people partners of the unit change this.")
        ),
        write_responsibilities=_allowed(
            writes,
            _("HR, the lead of the unit and the manager of whoever holds the post write this."),
        ),
        read_pay_range=_allowed(
            reads_pay, _("The pay range is seen by HR, the holder and the managers above.")
        ),
    )


def may_change_position(viewer: Viewer, position: Position) -> Decision:
    """Rename, move or close a position."""
    return position_rights(viewer, position).change


def may_write_responsibilities(viewer: Viewer, position: Position) -> Decision:
    """Say what a post is there for: HR, the unit's leads and those above, the holder's line."""
    return position_rights(viewer, position).write_responsibilities


def may_read_pay_range(viewer: Viewer, position: Position) -> Decision:
    """Read what the job of a position pays: HR, its holder, and those above the holder."""
    return position_rights(viewer, position).read_pay_range


def _ties(viewer: Viewer, position: Position) -> dict[str, bool]:
    units = UnitLine.objects.on(viewer.today).filter(unit=position.unit_id)
    held = Assignment.objects.on(viewer.today).filter(position=position)
    below = ReportingLine.objects.on(viewer.today).filter(manager=viewer.employee)
    ties = {
        "partnered": Exists(units.filter(above__in=viewer.units_partnered)),
        "led": Exists(units.filter(above__in=viewer.units_led)),
        "held": Exists(held.filter(employee=viewer.employee)),
        "manages": Exists(below.filter(employee__in=held.values("employee"))),
    }
    found: dict[str, bool] = (
        Position.objects.filter(pk=position.pk).annotate(**ties).values(*ties).get()
    )
    return found


def _allowed(yes: bool, reason: str) -> Decision:
    return Allowed() if yes else Denied(reason)
