"""People, as the viewer may see them on a day."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Subquery

from sightline.foundation.core.spans import FOREVER
from sightline.people import policies
from sightline.people.models import (
    Assignment,
    Employee,
    Employment,
    Leave,
    UnitLine,
)
from sightline.people.rules.names import folded
from sightline.people.viewer import Viewer


def employees_seen_by(viewer: Viewer) -> QuerySet[Employee]:
    """All people that exist for the viewer."""
    return Employee.objects.filter(policies.employees_visible_to(viewer))


def here_or_coming(day: date) -> Q:
    """People who work here on a day, or will later."""
    return Q(Exists(Employment.objects.filter(employee=OuterRef("pk"), until_on__gt=day)))


def assignments_seen_by(viewer: Viewer, day: date) -> QuerySet[Assignment]:
    """Who holds which post on a day. Of days to come only those whose plans the viewer may know."""
    rows = Assignment.objects.on(day)
    seen = policies.at_work_visible_to(viewer, day)
    if seen is policies.EVERYBODY:
        return rows
    return rows.filter(employee__in=Employee.objects.filter(seen))


def with_managers_seen(
    viewer: Viewer, rows: QuerySet[Assignment], day: date
) -> QuerySet[Assignment]:
    """The rows, each with its manager; without one who does not exist for the viewer."""
    seen_today = policies.at_work_visible_to(viewer, viewer.today)
    if viewer.reads_everything or (day == viewer.today and seen_today is policies.EVERYBODY):
        return rows.select_related("manager")
    return rows.prefetch_related(Prefetch("manager", employees_seen_by(viewer)))


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a directory is narrowed to."""

    words: str = ""
    unit_id: int | None = None
    family: str = ""
    location: str = ""
    away: bool = False


def directory(viewer: Viewer, day: date, wanted: Wanted | None = None) -> QuerySet[Assignment]:
    """The people who work here on a day, each with post, unit and manager, `away` told."""
    wanted = wanted or Wanted()
    away = Leave.objects.on(day).filter(employee=OuterRef("employee"))
    rows = (
        with_managers_seen(viewer, assignments_seen_by(viewer, day), day)
        .select_related("employee", "position__unit", "position__job")
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
    return rows.filter(named(wanted.words, "employee__"))


def in_post_since(held: Iterable[Assignment]) -> dict[int, date]:
    """Since when a position is held without a break, by the key of each of these assignments.

    Another manager, share or pay begins a new assignment, and no new time in the post. One query.
    """
    current = list(held)
    earlier: dict[int, list[Assignment]] = {}
    rows = Assignment.objects.filter(employee__in=[one.employee_id for one in current])
    for row in rows.select_related("position").order_by("-from_on"):
        earlier.setdefault(row.employee_id, []).append(row)
    return {one.pk: _begun(one, earlier.get(one.employee_id, [])) for one in current}


def _begun(held: Assignment, latest_first: list[Assignment]) -> date:
    since = held.from_on
    for row in latest_first:
        if row.from_on >= since:
            continue
        if row.until_on != since or row.position.code != held.position.code:
            break
        since = row.from_on
    return since


def with_time_in_post(rows: Iterable[Any]) -> list[Any]:
    """The same assignments, each told since when its position is held (`in_post_since`)."""
    found = list(rows)
    since = in_post_since(found)
    for row in found:
        row.in_post_since = since[row.pk]
    return found


def named(words: str, path: str = "") -> Q:
    """Whose name, e-mail or number holds all the words; a condition on what `path` leads from."""
    condition = Q()
    for word in folded(words).split()[:6]:
        condition &= Q(**{f"{path}search_key__contains": word})
    return condition


def found_people(viewer: Viewer, words: str, limit: int = 8) -> list[Assignment]:
    """The people who work here today whose name, e-mail or number holds all the words."""
    rows = assignments_seen_by(viewer, viewer.today).filter(named(words, "employee__"))
    rows = rows.select_related("employee", "position__unit")
    return list(rows.order_by("employee__sort_key", "employee")[:limit])


@dataclass(frozen=True, slots=True)
class PersonSeen:
    """A person as one viewer may see him: what may not be known is not here."""

    employee: Employee
    file_open: bool
    may_change: bool
    since: date | None
    """The first day of the employment of that day, or of the last one."""
    until: date | None
    """The end of that employment, when it may be known."""
    current: Assignment | None
    next: Assignment | None
    is_away: bool
    back_on: date | None
    """When he is back from leave, when it may be known."""

    @property
    def leaves_on(self) -> date | None:
        """The first day without this person, when it is planned."""
        return self.until if self.current else None

    @property
    def left_on(self) -> date | None:
        """The first day without this person, when it has passed."""
        return None if self.current or self.next else self.until


def person_seen_by(viewer: Viewer, employee_id: int, day: date) -> PersonSeen | None:
    """A person on a day; None when there is no such person for the viewer."""
    found = Employee.objects.filter(pk=employee_id).annotate(**_facts(viewer, day))
    employee: Any = found.first()
    if employee is None or not (employee.is_colleague or employee.file_open or employee.is_coming):
        return None
    plans_open = employee.file_open or employee.is_coming
    horizon = FOREVER if plans_open else viewer.today
    posts = Assignment.objects.filter(employee=employee, until_on__gt=day, from_on__lte=horizon)
    rows: QuerySet[Assignment] = posts.select_related("position__unit", "position__job")
    if employee.file_open:
        rows = rows.select_related("manager")
    else:
        rows = with_managers_seen(viewer, rows, day)
    held = list(rows.order_by("from_on")[:2])
    current = held[0] if held and held[0].from_on <= day else None
    upcoming = [row for row in held if row is not current]
    return PersonSeen(
        employee=employee,
        file_open=employee.file_open,
        may_change=employee.may_change,
        since=employee.since,
        until=_known(employee.until, horizon),
        current=current,
        next=upcoming[0] if upcoming else None,
        is_away=employee.back_on is not None,
        back_on=_known(employee.back_on, horizon) if employee.file_open else None,
    )


def _facts(viewer: Viewer, day: date) -> dict[str, Any]:
    me = OuterRef("pk")
    own = Employee.objects.filter(pk=me)
    begun = Employment.objects.filter(employee=me, from_on__lte=day).order_by("-from_on")
    away = Leave.objects.on(day).filter(employee=me)
    return {
        "file_open": Exists(own.filter(policies.file_open_to(viewer))),
        "is_coming": Exists(own.filter(policies.coming_to(viewer))),
        "is_colleague": Exists(own.filter(policies.colleagues_of(viewer))),
        "may_change": Exists(own.filter(policies.in_hands_of(viewer))),
        "since": Subquery(begun.values("from_on")[:1]),
        "until": Subquery(begun.values("until_on")[:1]),
        "back_on": Subquery(away.values("until_on")[:1]),
    }


def _known(day: date | None, horizon: date) -> date | None:
    """A day that may be known: it is one, and it does not lie beyond the horizon."""
    return day if day and day != FOREVER and day <= horizon else None


def pickable(
    viewer: Viewer, words: str, limit: int = 12, *, staying: bool = False
) -> list[Employee]:
    """People to choose from, by name, number or e-mail; when `staying`, none who has left."""
    rows = employees_seen_by(viewer).filter(named(words))
    if staying:
        ended = Employment.objects.filter(employee=OuterRef("pk"), until_on__lte=viewer.today)
        rows = rows.filter(~Exists(ended) | here_or_coming(viewer.today))
    return list(rows.order_by("sort_key", "pk")[:limit])


def locations(viewer: Viewer) -> list[str]:
    """The places of work, for a filter."""
    rows = employees_seen_by(viewer).exclude(location="").order_by("location")
    return list(rows.values_list("location", flat=True).distinct())


def zones_kept(accounts: Collection[int]) -> dict[int, str]:
    """The time zones that HR keeps of the people behind these accounts, by account."""
    rows = Employee.objects.filter(account__in=accounts).exclude(time_zone="")
    return dict(rows.values_list("account_id", "time_zone"))
