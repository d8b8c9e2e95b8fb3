"""The person looking, and the facts of the organisation that decide what may be seen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Subquery
from django.http import HttpRequest

from sightline.foundation.core.dates import today as day_in
from sightline.foundation.identity.models import Account
from sightline.people.models import Assignment, Employee, Employment, Role, RoleGrant


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
    employee = (
        Employee.objects.filter(account=account).annotate(**_facts(_today_of(account))).first()
    )
    return _viewer(employee, account) if employee else None


def viewer_as(employee: Employee) -> Viewer | None:
    """The viewer that an employee is, for jobs and commands that act for a person."""
    fresh = Employee.objects.annotate(**_facts(day_in(employee.time_zone or None))).get(
        pk=employee.pk
    )
    return _viewer(fresh, None)


def _today_of(account: Account) -> date:
    return day_in(account.time_zone or None)


def _facts(day: date) -> dict[str, Exists | Subquery]:
    me = OuterRef("pk")
    held = Assignment.objects.on(day).filter(employee=me)
    return {
        "works_now": Exists(Employment.objects.on(day).filter(employee=me)),
        "worked_once": Exists(Employment.objects.filter(employee=me, until_on__lte=day)),
        "leads_people": Exists(Assignment.objects.on(day).filter(manager=me)),
        "post_title": Subquery(held.values("position__title")[:1]),
    }


def _viewer(employee: Employee, account: Account | None) -> Viewer | None:
    zone = (account.time_zone if account else "") or employee.time_zone
    day = day_in(zone or None)
    grants = list(RoleGrant.objects.on(day).filter(employee=employee).values_list("role", "unit"))
    works_now: bool = employee.works_now  # type: ignore[attr-defined]  # annotated above
    if employee.worked_once and not works_now and not grants:  # type: ignore[attr-defined]
        return None
    return Viewer(
        account=account,
        employee=employee,
        today=day,
        roles=frozenset(role for role, _unit in grants),
        units_led=tuple(unit for role, unit in grants if role == Role.UNIT_LEAD),
        units_partnered=tuple(unit for role, unit in grants if role == Role.PEOPLE_PARTNER),
        is_employed=works_now,
        has_reports=employee.leads_people,  # type: ignore[attr-defined]
        post_title=employee.post_title or "",  # type: ignore[attr-defined]
    )
