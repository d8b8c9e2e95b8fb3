"""The demo company as a benchmark meets it: people found by what they are, not by name."""

from __future__ import annotations

from functools import cached_property

from django.db.models import Count, Q
from django.test import Client

from sightline.foundation.core.dates import today
from sightline.foundation.identity.models import Account
from sightline.goals.models import Goal
from sightline.people.models import Assignment, Employee, Role, RoleGrant
from sightline.reviews.models import Cycle, Form
from sightline.strategy.models import Objective


class Company:
    """Who visits, and whom they visit: those with most to show, so that the worst is seen."""

    def client(self, visitor: str) -> Client:
        """Somebody's browser, signed in."""
        client = Client(SERVER_NAME="127.0.0.1")
        client.force_login(getattr(self, visitor))
        return client

    @cached_property
    def administrator(self) -> Account:
        """Who sees everybody."""
        return self._with_role(Role.HR_ADMINISTRATOR)

    @cached_property
    def executive(self) -> Account:
        """Who sees the whole picture."""
        return self._with_role(Role.EXECUTIVE)

    @cached_property
    def manager(self) -> Account:
        """The account with most direct reports that sees no more than a manager and lead does."""
        wider = RoleGrant.objects.exclude(role=Role.UNIT_LEAD)
        return self._account(self._by_reports().exclude(role_grants__in=wider))

    @cached_property
    def employee(self) -> Account:
        """Somebody without reports or roles."""
        return self._account(self._by_reports().filter(reports=0, role_grants__isnull=True))

    @cached_property
    def self(self) -> int:
        """The employee who visits as `employee`."""
        return Employee.objects.get(account=self.employee).pk

    @cached_property
    def report(self) -> int:
        """A report of the manager."""
        return self.now().filter(manager__account=self.manager).order_by("pk")[0].employee_id

    @cached_property
    def somebody(self) -> int:
        """An employee with the longest past."""
        longest = self.now().values("employee").annotate(past=Count("employee__assignments"))
        return int(longest.order_by("-past", "employee")[0]["employee"])

    @cached_property
    def position(self) -> int:
        """The manager's position."""
        return self.now().filter(employee__account=self.manager)[0].position_id

    @cached_property
    def goal(self) -> int:
        """The employee's goal about which most was said."""
        own = Goal.objects.filter(employee=self.self).exclude(stage=Goal.Stage.CLOSED)
        said = own.annotate(said=Count("check_ins")).order_by("-said", "pk")
        return said[0].pk

    @cached_property
    def objective(self) -> int:
        """The strategic objective that most goals serve directly."""
        served = Objective.objects.filter(strategy__stage="in_force")
        return served.annotate(goals=Count("served_by")).order_by("-goals", "pk")[0].pk

    @cached_property
    def open_cycle(self) -> int:
        """The review cycle that is half done."""
        return Cycle.objects.get(stage=Cycle.Stage.OPEN).pk

    @cached_property
    def closed_cycle(self) -> int:
        """The review cycle of a year ago."""
        return Cycle.objects.get(stage=Cycle.Stage.CLOSED).pk

    @cached_property
    def review_form(self) -> int:
        """A form that the manager has yet to send."""
        waiting = Form.objects.filter(rater__account=self.manager, role=Form.Role.MANAGER)
        return waiting.exclude(state=Form.State.SUBMITTED).order_by("pk")[0].pk

    @cached_property
    def top(self) -> int:
        """Who has most direct reports of all."""
        return self._by_reports()[0].pk

    def _with_role(self, role: Role) -> Account:
        grant = RoleGrant.objects.on(today()).filter(role=role, employee__account__is_active=True)
        return self._account(Employee.objects.filter(role_grants__in=grant))

    def _account(self, employees: object) -> Account:
        found = employees.filter(account__isnull=False).select_related("account").first()
        assert found is not None, "the demo company has nobody of this kind who can sign in"
        return found.account

    def now(self):
        """The assignments of today."""
        return Assignment.objects.on(today())

    def _by_reports(self):
        day = today()
        now = Q(report_assignments__from_on__lte=day, report_assignments__until_on__gt=day)
        working = self.now().values("employee")
        return (
            Employee.objects.filter(pk__in=working)
            .annotate(reports=Count("report_assignments", filter=now))
            .order_by("-reports", "pk")
        )
