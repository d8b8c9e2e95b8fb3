"""Who may see a person, open a person's file, read pay, and change what is known."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from sightline.foundation.access.decisions import Allowed, Decision, Denied
from sightline.people.models import (
    Assignment,
    Employee,
    Employment,
    ReportingLine,
    Role,
    RoleGrant,
    Unit,
    UnitLine,
)
from sightline.people.viewer import Viewer

NOBODY = Q(pk__in=())
EVERYBODY = ~NOBODY


def employees_visible_to(viewer: Viewer) -> Q:
    """People that exist for the viewer.

    Those who work here today are visible to all who work here; leavers and people who have yet to
    start only to those whose file they are in (see `file_open_to`) and to executives.
    """
    if viewer.reads_everything:
        return EVERYBODY
    return colleagues_of(viewer) | plans_open_to(viewer)


def colleagues_of(viewer: Viewer) -> Q:
    """People who work here today, for those who do: most of those who exist for anybody."""
    if not viewer.is_employed:
        return NOBODY
    here_now = Employment.objects.on(viewer.today).filter(employee=OuterRef("pk"))
    return Q(Exists(here_now))


def file_open_to(viewer: Viewer) -> Q:
    """People whose file (past posts with reasons, leave, pay, plans) is open to the viewer.

    The person, the reporting line above (of leavers: the line of the last day; of those who have
    yet to start: the line to come), the people partners of the unit, HR administrators.
    """
    if viewer.is_hr_administrator:
        return EVERYBODY
    holds = _holds_or_nearest(viewer)
    return Q(pk=viewer.employee.pk) | Q(_in_line(viewer, holds)) | _in_partnered_units(viewer)


def plans_open_to(viewer: Viewer) -> Q:
    """People whose days to come are open to the viewer.

    Those whose file is, and those who come to the viewer.
    """
    if viewer.reads_everything:
        return EVERYBODY
    return file_open_to(viewer) | coming_to(viewer)


def coming_to(viewer: Viewer) -> Q:
    """People who report or will report to the viewer, or are or will be in a unit of which he is
    people partner. Executives know of everybody."""
    if viewer.reads_everything:
        return EVERYBODY
    later = Q(until_on__gt=viewer.today)
    return Q(_in_line(viewer, later)) | _in_partnered_units(viewer, later)


def at_work_visible_to(viewer: Viewer, day: date) -> Q:
    """Of those who hold posts on a day, the ones who exist for the viewer as of that day.

    Whoever works here today sees all who hold a post today; of a past day, those whom he sees
    today; of a day to come, those whose plans he may know.
    """
    if viewer.reads_everything or (day == viewer.today and viewer.is_employed):
        return EVERYBODY
    return plans_open_to(viewer) if day > viewer.today else employees_visible_to(viewer)


def _in_line(viewer: Viewer, holds: Q) -> Exists:
    below = ReportingLine.objects.filter(manager=viewer.employee, employee=OuterRef("pk"))
    return Exists(below.filter(holds))


def _in_partnered_units(viewer: Viewer, holds: Q | None = None) -> Q:
    if not viewer.units_partnered:
        return NOBODY
    held = Assignment.objects.filter(employee=OuterRef("pk"), position__unit__in=_partnered(viewer))
    return Q(Exists(held.filter(holds or _holds_or_nearest(viewer))))


def _holds_or_nearest(viewer: Viewer) -> Q:
    """Holds today; of a leaver was how things stood last, of one yet to start how they will."""
    whose = Assignment.objects.filter(employee=OuterRef("employee"))
    today = Q(from_on__lte=viewer.today, until_on__gt=viewer.today)
    is_last = ~Exists(whose.filter(until_on__gt=OuterRef("until_on")))
    return today | (~Exists(whose.on(viewer.today)) & (Q(until_on__gt=viewer.today) | Q(is_last)))


def _partnered(viewer: Viewer) -> QuerySet[UnitLine, Any]:
    """The units for which the viewer is people partner, with all under them."""
    return UnitLine.objects.on(viewer.today).filter(above__in=viewer.units_partnered).values("unit")


def partners_unit(viewer: Viewer, unit: Unit) -> bool:
    """Whether the viewer is a people partner of this unit or of one above it."""
    if not viewer.units_partnered:
        return False
    lines = UnitLine.objects.on(viewer.today).filter(unit=unit)
    return lines.filter(above__in=viewer.units_partnered).exists()


def keeps_files(viewer: Viewer) -> bool:
    """Whether the viewer keeps anybody's file as HR."""
    return viewer.is_hr_administrator or bool(viewer.units_partnered)


def in_hands_of(viewer: Viewer) -> Q:
    """People whose file the viewer keeps as HR: all but oneself, or the partner's units."""
    if viewer.is_hr_administrator:
        return ~Q(pk=viewer.employee.pk)
    if not viewer.units_partnered:
        return NOBODY
    return _in_partnered_units(viewer) & ~Q(pk=viewer.employee.pk)


def may_read_file(viewer: Viewer, employee: Employee) -> Decision:
    """Open a person's file."""
    if Employee.objects.filter(file_open_to(viewer), pk=employee.pk).exists():
        return Allowed()
    return Denied(_("The file is open to the person, the managers above and HR."))


def may_know_plans(viewer: Viewer, employee: Employee) -> Decision:
    """Look at a person on a day to come."""
    if Employee.objects.filter(plans_open_to(viewer), pk=employee.pk).exists():
        return Allowed()
    words = _("What is planned for %s is seen by the person, the managers above and HR.")
    return Denied(words % employee.name)


def may_change_employee(viewer: Viewer, employee: Employee) -> Decision:
    """Correct details, move, end: HR's work, never on oneself."""
    if employee.pk == viewer.employee.pk:
        return Denied(_("Nobody changes their own file. Ask a colleague in HR."))
    if viewer.is_hr_administrator:
        return Allowed()
    if Employee.objects.filter(in_hands_of(viewer), pk=employee.pk).exists():
        return Allowed()
    return Denied(_("Only HR administrators and the people partners of the unit change this."))


def may_take_own_post(viewer: Viewer) -> Decision:
    """Take a first post oneself: for whoever founded the organisation, while nobody else is HR."""
    if not viewer.is_hr_administrator:
        return Denied(_("Only HR administrators and the people partners of the unit do this."))
    if Employment.objects.filter(employee=viewer.employee).exists():
        return Denied(_("Nobody changes their own file. Ask a colleague in HR."))
    others = RoleGrant.objects.on(viewer.today).exclude(employee=viewer.employee)
    if others.filter(role=Role.HR_ADMINISTRATOR).exists():
        return Denied(_("Nobody changes their own file. Ask a colleague in HR."))
    return Allowed()


def may_hire_into(viewer: Viewer, unit: Unit) -> Decision:
    """Bring somebody into a unit: by hiring or by a move."""
    if viewer.is_hr_administrator or partners_unit(viewer, unit):
        return Allowed()
    return Denied(_("Only HR administrators and the people partners of the unit do this."))


def may_hire_somewhere(viewer: Viewer) -> Decision:
    """Open the form for hiring; which units are allowed is seen when one is chosen."""
    if viewer.is_hr_administrator or viewer.units_partnered:
        return Allowed()
    return Denied(_("Only HR administrators and people partners hire."))


def pay_visible_to(viewer: Viewer) -> Q:
    """People whose pay the viewer may read: the same as the file. A condition on Employee."""
    return file_open_to(viewer)


def may_read_pay(viewer: Viewer, employee: Employee) -> Decision:
    """Read what a person is paid."""
    if Employee.objects.filter(pay_visible_to(viewer), pk=employee.pk).exists():
        return Allowed()
    return Denied(_("Pay is seen by the person, the managers above and HR."))


def may_change_pay(viewer: Viewer, employee: Employee) -> Decision:
    """Set what a person is paid."""
    return may_change_employee(viewer, employee)


def may_read_records(viewer: Viewer, employee: Employee) -> Decision:
    """Read what the ledger holds about a person: the person himself, and HR of the unit."""
    if employee.pk == viewer.employee.pk:
        return Allowed()
    if Employee.objects.filter(in_hands_of(viewer), pk=employee.pk).exists():
        return Allowed()
    return Denied(_("The records about a person are read by the person and by HR."))
