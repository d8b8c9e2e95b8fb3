"""People, as the viewer may see them on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from sightline.foundation.core.spans import FOREVER
from sightline.people import policies
from sightline.people.models import (
    Assignment,
    DottedLine,
    Employee,
    Employment,
    Leave,
    Pay,
    ReportingLine,
    RoleGrant,
    UnitLine,
)
from sightline.people.rules.names import folded
from sightline.people.viewer import Viewer


def employees_seen_by(viewer: Viewer) -> QuerySet[Employee]:
    """All people that exist for the viewer."""
    return Employee.objects.filter(policies.employees_visible_to(viewer))


def _assignments_seen_by(viewer: Viewer, day: date) -> QuerySet[Assignment]:
    """Who holds which post on a day. Of days to come only what is in files open to the viewer."""
    rows = Assignment.objects.on(day)
    if viewer.reads_everything:
        return rows
    if day > viewer.today:
        seen = Employee.objects.filter(policies.file_open_to(viewer))
    elif day == viewer.today and viewer.is_employed:
        return rows  # who works here today sees everybody who works here today
    else:
        seen = employees_seen_by(viewer)
    return rows.filter(employee__in=seen)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a directory is narrowed to."""

    words: str = ""
    unit_id: int | None = None
    family: str = ""
    location: str = ""
    away: bool = False


def directory(viewer: Viewer, day: date, wanted: Wanted = Wanted()) -> QuerySet[Assignment]:
    """The people who work here on a day, each with post, unit and manager, `away` told."""
    away = Leave.objects.on(day).filter(employee=OuterRef("employee"))
    rows = (
        _assignments_seen_by(viewer, day)
        .select_related("employee", "position__unit", "position__job", "manager")
        .annotate(away=Exists(away))
    )
    if wanted.unit_id:
        units = UnitLine.objects.on(day).filter(above=wanted.unit_id).values("unit")
        rows = rows.filter(position__unit__in=units)
    if wanted.family:
        rows = rows.filter(position__job__family=wanted.family)
    if wanted.location:
        rows = rows.filter(employee__location=wanted.location)
    if wanted.away:
        rows = rows.filter(away=True)
    return rows.filter(_named(wanted.words, "employee__"))


def _named(words: str, path: str = "") -> Q:
    condition = Q()
    for word in folded(words).split()[:6]:
        condition &= Q(**{f"{path}search_key__contains": word})
    return condition


def found_people(viewer: Viewer, words: str, limit: int = 8) -> list[Assignment]:
    """The people who work here today whose name, e-mail or number holds all the words."""
    rows = _assignments_seen_by(viewer, viewer.today).filter(_named(words, "employee__"))
    rows = rows.select_related("employee", "position__unit")
    return list(rows.order_by("employee__sort_key", "employee")[:limit])


@dataclass(frozen=True, slots=True)
class Stay:
    """A time in a post, as the viewer may know it."""

    assignment: Assignment
    ends_on: date | None
    reason: str


@dataclass(frozen=True, slots=True)
class PersonSeen:
    """A person as one viewer may see him: what may not be known is not here."""

    employee: Employee
    file_open: bool
    may_change: bool
    employments: list[Employment]
    current: Assignment | None
    next: Assignment | None
    away: Leave | None

    @property
    def since(self) -> date | None:
        """The first day of the present employment, or the last one."""
        return self.employments[-1].from_on if self.employments else None


def person_seen_by(viewer: Viewer, employee_id: int, day: date) -> PersonSeen | None:
    """A person on a day; None when there is no such person for the viewer."""
    employee = (
        employees_seen_by(viewer)
        .annotate(file_open=_open(viewer))
        .prefetch_related("employments")
        .filter(pk=employee_id)
        .first()
    )
    if employee is None:
        return None
    file_open: bool = employee.file_open
    horizon = FOREVER if file_open else viewer.today
    rows = (
        Assignment.objects.filter(employee=employee, until_on__gt=day, from_on__lte=horizon)
        .select_related("position__unit", "position__job", "manager")
        .order_by("from_on")[:2]
    )
    held = list(rows)
    current = held[0] if held and held[0].from_on <= day else None
    upcoming = [row for row in held if row is not current]
    away = Leave.objects.on(day).filter(employee=employee).first()
    return PersonSeen(
        employee=employee,
        file_open=file_open,
        may_change=bool(policies.may_change_employee(viewer, employee)),
        employments=[row for row in employee.employments.all() if row.from_on <= horizon],
        current=current,
        next=upcoming[0] if upcoming else None,
        away=away,
    )


def _open(viewer: Viewer) -> Exists:
    mine = Employee.objects.filter(policies.file_open_to(viewer), pk=OuterRef("pk"))
    return Exists(mine)


def stays(viewer: Viewer, person: PersonSeen) -> list[Stay]:
    """The posts of a person, latest first. Ends to come and reasons only where the file is open."""
    rows = (
        Assignment.objects.filter(employee=person.employee)
        .select_related("position__unit", "manager")
        .order_by("-from_on")
    )
    if person.file_open:
        return [Stay(row, row.ends_on, row.reason) for row in rows]
    return [
        Stay(row, row.ends_on if row.until_on <= viewer.today else None, "")
        for row in rows.filter(from_on__lte=viewer.today)
    ]


def leaves(person: PersonSeen) -> list[Leave]:
    """Times away, latest first; none unless the file is open."""
    if not person.file_open:
        return []
    return list(Leave.objects.filter(employee=person.employee).order_by("-from_on"))


def pay_history(viewer: Viewer, employee: Employee) -> list[Pay]:
    """What a person was and is paid, latest first; empty unless the viewer may read it."""
    seen = Employee.objects.filter(policies.pay_visible_to(viewer), pk=employee.pk)
    return list(Pay.objects.filter(employee__in=seen).order_by("-from_on"))


def dotted_lines(viewer: Viewer, employee: Employee, day: date) -> list[DottedLine]:
    """Whom a person answers to besides the manager, on a day."""
    return list(
        DottedLine.objects.on(min(day, viewer.today))
        .filter(employee=employee, manager__in=employees_seen_by(viewer))
        .select_related("manager")
    )


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


def line_above(employee: Employee, day: date) -> list[Employee]:
    """The managers above a person on a day, the nearest first."""
    lines = ReportingLine.objects.on(day).filter(employee=employee).select_related("manager")
    return [line.manager for line in lines.order_by("depth")]


def with_team_sizes(rows: QuerySet[Assignment], day: date) -> QuerySet[Assignment]:
    """Tells of each how many report to him directly (`direct`) and in all (`in_all`)."""
    below = ReportingLine.objects.on(day).filter(manager=OuterRef("employee")).order_by()
    count = below.values("manager").annotate(n=Count("pk")).values("n")
    direct = below.filter(depth=1).values("manager").annotate(n=Count("pk")).values("n")
    return rows.annotate(direct=Coalesce(Subquery(direct), 0), in_all=Coalesce(Subquery(count), 0))


def roles_of(employee: Employee, day: date) -> list[RoleGrant]:
    """The roles a person holds on a day."""
    return list(RoleGrant.objects.on(day).filter(employee=employee).select_related("unit"))


def locations(viewer: Viewer) -> list[str]:
    """The places of work, for a filter."""
    rows = employees_seen_by(viewer).exclude(location="").order_by("location")
    return list(rows.values_list("location", flat=True).distinct())
