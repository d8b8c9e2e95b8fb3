"""The person looking, and the facts of the organisation that decide what may be seen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, FilteredRelation, OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest

from sightline.foundation.core.dates import today as day_in
from sightline.foundation.identity.models import Account
from sightline.people.models import Assignment, Employee, Employment, Role


@dataclass(frozen=True, slots=True)
class Viewer:
    """On whose behalf something is read or changed, on the day that it is for that person."""

    account: Account | None
    employee: Employee
    today: date
    roles: frozenset[str]
    units_led: tuple[int, ...]
    units_partnered: tuple[int, ...]
    is_employed: bool
    has_reports: bool
    post_title: str = ""
    """What the post held today is called; "" when there is none."""

    @property
    def actor_ref(self) -> str:
        """How the ledger names the one who acts."""
        return self.employee.ref

    def has_role(self, *roles: Role) -> bool:
        """Whether one of these roles is held today."""
        return any(role in self.roles for role in roles)

    @property
    def is_hr_administrator(self) -> bool:
        return Role.HR_ADMINISTRATOR in self.roles

    @property
    def reads_everything(self) -> bool:
        """HR administrators and executives see everybody, leavers and plans included."""
        return self.has_role(Role.HR_ADMINISTRATOR, Role.EXECUTIVE)


class ViewerRequest(HttpRequest):
    """A signed-in request, after the middleware has found out who is looking."""

    viewer: Viewer
    user: Account


def viewer_of(account: Account) -> Viewer | None:
    """The viewer behind an account; None when no person is, or the person has left for good."""
    employee = Employee.objects.filter(account=account).first()
    return _viewer(employee, account) if employee else None


def viewer_as(employee: Employee) -> Viewer | None:
    """The viewer that an employee is, for jobs and commands that act for a person."""
    return _viewer(employee, None)


def _viewer(employee: Employee, account: Account | None) -> Viewer | None:
    """The day is that of the time zone which HR keeps of the person, or of the house.

    Never that of the account's own settings: nobody brings forward what he may do by a setting.
    """
    day = day_in(employee.time_zone or None)
    rows = list(_facts(employee, day))
    works_now, worked_once, leads_people, post_title, *_grant = rows[0]
    grants = [(role, unit) for *_facts_told, role, unit in rows if role]
    if worked_once and not works_now and not grants:
        return None
    return Viewer(
        account=account,
        employee=employee,
        today=day,
        roles=frozenset(role for role, _unit in grants),
        units_led=tuple(unit for role, unit in grants if role == Role.UNIT_LEAD),
        units_partnered=tuple(unit for role, unit in grants if role == Role.PEOPLE_PARTNER),
        is_employed=works_now,
        has_reports=leads_people,
        post_title=post_title or "",
    )


def _facts(employee: Employee, day: date) -> QuerySet[Employee, Any]:
    """The facts of a person on a day with each role held, in one read; one row when none is."""
    me = OuterRef("pk")
    post = Assignment.objects.on(day).filter(employee=me)
    on_that_day = Q(role_grants__from_on__lte=day, role_grants__until_on__gt=day)
    return (
        Employee.objects.filter(pk=employee.pk)
        .annotate(
            works_now=Exists(Employment.objects.on(day).filter(employee=me)),
            worked_once=Exists(Employment.objects.filter(employee=me, until_on__lte=day)),
            leads_people=Exists(Assignment.objects.on(day).filter(manager=me)),
            post_title=Subquery(post.values("position__title")[:1]),
            held=FilteredRelation("role_grants", condition=on_that_day),
        )
        .values_list(
            *("works_now", "worked_once", "leads_people", "post_title", "held__role", "held__unit")
        )
    )
