"""Plans, as the viewer may see them, and what in them waits for him."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Exists,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import TruncDate

from sightline.development import policies, rules
from sightline.development.models import (
    ActionStep,
    Agreement,
    Plan,
    PlanAction,
    Revision,
    Side,
)
from sightline.foundation.core.open_ends import rows_of
from sightline.people.models import Assignment, Employee
from sightline.people.viewer import Viewer

SOON = timedelta(days=14)


def plans_seen_by(viewer: Viewer) -> QuerySet[Plan]:
    """All plans that exist for the viewer, the latest first."""
    rows = Plan.objects.filter(policies.plans_visible_to(viewer))
    return rows.select_related("employee", "drafted_by", "aspires_to")


def plans_of(viewer: Viewer, employee: Employee) -> QuerySet[Plan]:
    """The plans of a person, the latest first, with their actions."""
    return plans_seen_by(viewer).filter(employee=employee).prefetch_related("actions")


def plan_of(viewer: Viewer, employee: Employee) -> Plan | None:
    """The plan that runs: proposed or agreed; None when there is none, or none for the viewer."""
    running = [Plan.Stage.PROPOSED, Plan.Stage.AGREED]
    return plans_seen_by(viewer).filter(employee=employee, stage__in=running).first()


def plan_seen_by(viewer: Viewer, plan_id: int) -> Any:
    """A plan by its key, told whether the person has a manager today (`has_manager`)."""
    posts = Assignment.objects.on(viewer.today).filter(
        employee=OuterRef("employee"), manager__isnull=False
    )
    rows = plans_seen_by(viewer).annotate(has_manager=Exists(posts))
    return rows.filter(pk=plan_id).first()


def action_seen_by(viewer: Viewer, action_id: int) -> PlanAction | None:
    """An action of a plan that exists for the viewer."""
    rows = PlanAction.objects.filter(plan__in=plans_seen_by(viewer), pk=action_id)
    return rows.select_related("plan__employee", "plan__drafted_by", "competency").first()


@dataclass(frozen=True, slots=True)
class Accord:
    """How far the two are: the latest revision, who has agreed to that, who has yet to."""

    revision: Revision
    agreed: list[Agreement]
    missing: list[Side]

    def waits_for(self, side: Side | None) -> bool:
        """Whether this side may agree: it has yet to, or nobody is left who must."""
        return side is not None and (side in self.missing or not self.missing)


def accord_on(plan: Plan, today: date) -> Accord:
    """How far the two are in agreeing on a plan, with those who must agree on a day."""
    return accord_in(list(revisions_of(plan)), sides_needed(plan.employee, today))


def accord_in(revisions: Sequence[Revision], needed: Sequence[Side]) -> Accord:
    """The same, of what was read already: revisions, the latest first, and who must agree."""
    latest = revisions[0]
    given = list(latest.agreements.all())
    sides = {one.side for one in given}
    missing = [side for side in needed if side not in sides]
    return Accord(latest, given, missing)


def sides_needed(employee: Employee, today: date) -> list[Side]:
    """Who must agree to a plan of a person: he, and the manager where there is one."""
    posts = Assignment.objects.on(today).filter(employee=employee, manager__isnull=False)
    return [Side.EMPLOYEE, Side.MANAGER] if posts.exists() else [Side.EMPLOYEE]


def manager_of(employee: Employee, today: date) -> Employee | None:
    """The manager of a person today."""
    posts = Assignment.objects.on(today).filter(employee=employee)
    post = posts.select_related("manager__account").first()
    return post.manager if post else None


def revisions_of(plan: Plan) -> QuerySet[Revision]:
    """Every revision of a plan with who agreed to it, the latest first."""
    agreed = Agreement.objects.select_related("by")
    rows = Revision.objects.filter(plan=plan).select_related("by")
    return rows.prefetch_related(Prefetch("agreements", agreed))


@dataclass(frozen=True, slots=True)
class ActionRow:
    """An action as a page shows it."""

    action: PlanAction
    steps: list[ActionStep]
    is_overdue: bool
    may_move: bool


def actions_of(viewer: Viewer, plan: Plan) -> list[ActionRow]:
    """The actions of a plan with what was said of each: those to be done first, by day."""
    steps = ActionStep.objects.select_related("by")
    rows = PlanAction.objects.filter(plan=plan).select_related("competency", "helper", "plan")
    found = [
        ActionRow(
            action=row,
            steps=list(row.steps.all()),
            is_overdue=plan.is_running and rules.is_overdue(row.due_on, row.stage, viewer.today),
            may_move=bool(rules.ACTION_MOVES[row.stage]),
        )
        for row in rows.prefetch_related(Prefetch("steps", steps))
    ]
    return sorted(found, key=lambda row: row.action.stage in rules.ENDED)


def waiting_for(viewer: Viewer) -> QuerySet[Plan, Any]:
    """Proposed plans that the viewer has yet to agree to, with the day of their last change."""
    mine = Assignment.objects.on(viewer.today).filter(
        employee=OuterRef("employee"), manager=viewer.employee
    )
    revisions = Revision.objects.filter(plan=OuterRef("pk")).order_by("-number")
    rows = Plan.objects.filter(stage=Plan.Stage.PROPOSED).annotate(
        latest=Subquery(revisions.values("pk")[:1]),
        changed_at=Subquery(revisions.values("at")[:1]),
    )
    given = Agreement.objects.filter(revision=OuterRef("latest"))
    as_employee = Q(employee=viewer.employee) & ~Exists(given.filter(side=Side.EMPLOYEE))
    as_manager = Exists(mine) & ~Exists(given.filter(side=Side.MANAGER))
    led = Assignment.objects.on(viewer.today).filter(
        employee=OuterRef("employee"), manager__isnull=False
    )
    alone = Q(employee=viewer.employee) & ~Exists(led)
    found = rows.filter(as_employee | as_manager | alone).select_related("employee")
    return found.order_by("employee__sort_key", "pk")


def actions_due(viewer: Viewer) -> QuerySet[PlanAction]:
    """The viewer's own actions that are due soon or were due, the nearest first.

    Of plans that hold, and of those that held until a change was proposed.
    """
    agreed = Revision.objects.filter(plan=OuterRef("plan"), holds=True)
    held = Q(plan__stage=Plan.Stage.PROPOSED) & Exists(agreed)
    rows = PlanAction.objects.filter(
        Q(plan__stage=Plan.Stage.AGREED) | held,
        plan__employee=viewer.employee,
        due_on__lte=viewer.today + SOON,
    )
    return rows.exclude(stage__in=rules.ENDED).select_related("plan").order_by("due_on", "pk")


def open_ends(viewer: Viewer) -> list[QuerySet[Any]]:
    """Plans to agree to, and the viewer's own actions that are due."""
    own = When(employee=viewer.employee, then=Value("own_plan"))
    what = Case(own, default=Value("plan"), output_field=CharField())
    told: dict[str, Any] = {"who": "employee__name", "text": "aim", "on": TruncDate("changed_at")}
    return [
        rows_of(waiting_for(viewer), what, **told),
        rows_of(actions_due(viewer), "plan_action", text="what", on="due_on"),
    ]


def mark_of_plan(plan: Plan) -> tuple[Any, ...]:
    """A sign that changes whenever the plan does."""
    rows = Plan.objects.filter(pk=plan.pk).annotate(
        latest=Subquery(
            Revision.objects.filter(plan=OuterRef("pk")).order_by("-number").values("number")[:1]
        )
    )
    return tuple(rows.values_list("latest", "stage", "aim", "until_on", "aspires_to").get())
