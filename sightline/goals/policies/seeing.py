"""Which goals exist for whom."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from sightline.foundation.access.decisions import Allowed, Decision, Denied
from sightline.goals.models import Goal, Mediation
from sightline.goals.policies.periods import NOBODY, may_read_goals
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
from sightline.people.policies import EVERYBODY, employees_visible_to, file_open_to
from sightline.people.viewer import Viewer

Visibility = Goal.Visibility


def owned_by(viewer: Viewer) -> Q:
    """Goals of the viewer, and of the units he leads."""
    return Q(employee=viewer.employee) | Q(unit__in=viewer.units_led)


def led_by(viewer: Viewer) -> Q:
    """Goals on which the viewer agrees with the owner: of his reports, and of units they lead."""
    reports = Assignment.objects.on(viewer.today).filter(manager=viewer.employee)
    people = reports.values("employee")
    units = _led_by_any_of(viewer, people)
    return Q(employee__in=people) | (Q(unit__in=units) & ~Q(unit__in=viewer.units_led))


def near_to(viewer: Viewer) -> Q:
    """Goals on one of whose sides the viewer may stand. Few, and found by index: narrow by it."""
    near = Q(manager=viewer.employee) | Q(employee=viewer.employee)
    people = Assignment.objects.on(viewer.today).filter(near).values("employee")
    units = _led_by_any_of(viewer, people)
    return Q(employee=viewer.employee) | Q(employee__in=people) | Q(unit__in=units)


def files_open_to(viewer: Viewer) -> Q:
    """Goals of those whose file is open to the viewer: the line above the owner, and HR."""
    if viewer.is_hr_administrator:
        return EVERYBODY
    below = ReportingLine.objects.on(viewer.today).filter(manager=viewer.employee)
    by_report = _led_by_any_of(viewer, below.values("employee"))
    units = [*viewer.units_led, *viewer.units_partnered]
    within = UnitLine.objects.on(viewer.today).filter(above__in=units, unit=OuterRef("unit"))
    owner = Employee.objects.filter(pk=OuterRef("employee"))
    of_unit = Q(unit__in=by_report) | Q(Exists(within))
    return Q(Exists(owner.filter(file_open_to(viewer)))) | (Q(unit__isnull=False) & of_unit)


def drafts_of(viewer: Viewer) -> Q:
    """Goals that only their author knows of yet."""
    return Q(stage=Goal.Stage.DRAFT, drafted_by=viewer.employee)


def mediated_by(viewer: Viewer) -> Q:
    """Goals on which the viewer was asked to mediate, while the two sides have not agreed.

    Not those on one of whose sides the viewer stands by now.
    """
    if not viewer.is_employed:
        return NOBODY
    asked = Mediation.objects.filter(
        mediator=viewer.employee, after_number=Coalesce("goal__agreed_number", Value(0))
    )
    open_ones = Q(stage=Goal.Stage.PROPOSED, pk__in=asked.values("goal"))
    return open_ones & ~(owned_by(viewer) | led_by(viewer))


def talks_open_to(viewer: Viewer) -> Q:
    """Goals of which the viewer follows how they were agreed: the two sides, the line, HR.

    And whoever was asked to mediate, until they agree.
    """
    two = owned_by(viewer) | led_by(viewer) | mediated_by(viewer)
    above = ~Q(visibility=Visibility.PRIVATE) & files_open_to(viewer)
    return drafts_of(viewer) | (~Q(stage=Goal.Stage.DRAFT) & (two | above))


def goals_visible_to(viewer: Viewer) -> Q:
    """Goals that exist for the viewer.

    A draft exists for its author; what was never agreed for those who follow the talk; what was
    agreed for whom its visibility names. Executives see all of that but what is private.
    """
    if not may_read_goals(viewer):
        return NOBODY
    # What is told of most goals at little cost stands first: databases read no further then.
    return (Q(agreed_number__isnull=False) & _shown_to(viewer)) | talks_open_to(viewer)


def plainly_visible_to(viewer: Viewer) -> Q:
    """Of the goals that exist for the viewer, those of which a short look tells it.

    What all who work here may read, what is his own or that of a report, what he drafts or keeps
    as HR: most of what people look at.
    """
    if not (viewer.is_employed and may_read_goals(viewer)):
        return NOBODY
    me = viewer.employee
    works_here = Employment.objects.on(viewer.today).filter(employee=OuterRef("employee"))
    told = Q(agreed_number__isnull=False, visibility=Visibility.EVERYONE)
    two = owned_by(viewer)
    if viewer.has_reports:
        posts = Assignment.objects.on(viewer.today).filter(manager=me)
        two |= Q(Exists(posts.filter(employee=OuterRef("employee"))))
    if viewer.is_hr_administrator:
        two |= ~Q(visibility=Visibility.PRIVATE)
    open_to_all = told & (Q(unit__isnull=False) | Q(Exists(works_here)))
    return drafts_of(viewer) | (~Q(stage=Goal.Stage.DRAFT) & two) | open_to_all


def _shown_to(viewer: Viewer) -> Q:
    if viewer.has_role(Role.EXECUTIVE):
        return ~Q(visibility=Visibility.PRIVATE)
    owner = Employee.objects.filter(pk=OuterRef("employee"))
    known = Q(unit__isnull=False) | Q(Exists(owner.filter(employees_visible_to(viewer))))
    near = Q(visibility=Visibility.UNIT) & _in_unit_of(viewer)
    return known & (Q(visibility=Visibility.EVERYONE) | near)


def _in_unit_of(viewer: Viewer) -> Q:
    """Goals of the viewer's unit, of units above it, and of those who work in the same unit."""
    own = Assignment.objects.on(viewer.today).filter(employee=viewer.employee)
    units = own.values("position__unit")
    above = UnitLine.objects.on(viewer.today).filter(unit__in=units, above=OuterRef("unit"))
    beside = Assignment.objects.on(viewer.today).filter(
        employee=OuterRef("employee"), position__unit__in=units
    )
    return Q(Exists(above)) | Q(Exists(beside))


def _led_by_any_of(viewer: Viewer, people: QuerySet[Any, Any]) -> QuerySet[RoleGrant, Any]:
    """The units that any of these people leads today."""
    grants = RoleGrant.objects.on(viewer.today).filter(role=Role.UNIT_LEAD)
    return grants.filter(employee__in=people).values("unit")


def may_read_effort_of(viewer: Viewer, employee: Employee) -> Decision:
    """See where one person's effort goes."""
    if Employee.objects.filter(file_open_to(viewer), pk=employee.pk).exists():
        return Allowed()
    return Denied(_("Where a person's effort goes is seen by the person, the line above and HR."))


def efforts_open_to(viewer: Viewer) -> Q:
    """Units of which the viewer may see where the effort goes, however small they are."""
    if viewer.reads_everything:
        return EVERYBODY
    units = [*viewer.units_led, *viewer.units_partnered]
    within = UnitLine.objects.on(viewer.today).filter(above__in=units)
    return Q(pk__in=within.values("unit")) if units else NOBODY


def may_read_effort_of_unit(viewer: Viewer, unit: Unit) -> Decision:
    """See where a unit's effort goes, however small the unit."""
    if Unit.objects.filter(efforts_open_to(viewer), pk=unit.pk).exists():
        return Allowed()
    return Denied(_("It would tell of a few people; its leads, HR and executives see it."))
