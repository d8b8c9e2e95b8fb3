"""Who may see how people grow, judge levels, and work on plans.

Levels and plans stand in a person's file: they are open to the person, the managers above, the
people partners of the unit and HR administrators. Executives see counts, without names.
"""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from sightline.development.models import Plan, PlanAction, ShownLevel, Side
from sightline.foundation.access.decisions import Allowed, Decision, Denied
from sightline.people.models import Assignment, Employee, ReportingLine, Role, Unit, UnitLine
from sightline.people.policies import file_open_to, in_hands_of
from sightline.people.viewer import Viewer


def development_open_to(viewer: Viewer) -> Q:
    """People whose levels and plans are open to the viewer. A condition on Employee."""
    return file_open_to(viewer)


def levels_visible_to(viewer: Viewer) -> Q:
    """Judgements that exist for the viewer. A condition on ShownLevel and on StandingLevel."""
    return Q(employee__in=Employee.objects.filter(development_open_to(viewer)))


def plans_visible_to(viewer: Viewer) -> Q:
    """Plans that exist for the viewer; a draft is its writer's alone. A condition on Plan."""
    drafted = Q(stage=Plan.Stage.DRAFT)
    open_to_me = Q(employee__in=Employee.objects.filter(development_open_to(viewer)))
    return open_to_me & (~drafted | Q(drafted_by=viewer.employee))


def may_read_development(viewer: Viewer, employee: Employee) -> Decision:
    """Read a person's levels and plans."""
    if Employee.objects.filter(development_open_to(viewer), pk=employee.pk).exists():
        return Allowed()
    return Denied(_("Levels and plans are open to the person, the managers above and HR."))


def judged_by(viewer: Viewer) -> Q:
    """People whose levels the viewer judges on a page: his own and those of all under him."""
    lines = ReportingLine.objects.on(viewer.today).filter(manager=viewer.employee)
    return Q(pk=viewer.employee.pk) | Q(Exists(lines.filter(employee=OuterRef("pk"))))


def may_judge(viewer: Viewer, employee: Employee, source: str) -> Decision:
    """Say which levels a person shows, from a source."""
    if source == ShownLevel.Source.SELF:
        return _may_judge_oneself(viewer, employee)
    if _is_above(viewer, employee):
        return Allowed()
    if source == ShownLevel.Source.REVIEW and _looks_after(viewer, employee):
        return Allowed()
    return Denied(_("The managers above judge which levels a person shows."))


def may_enter_levels(viewer: Viewer) -> Decision:
    """Bring judgements and plans of many people, each by whoever made it: when they are taken over
    from elsewhere, or when a whole cycle of reviews is shared."""
    if viewer.is_hr_administrator:
        return Allowed()
    return Denied(_("Only HR administrators bring levels and plans of many people."))


def source_for(viewer: Viewer, employee: Employee) -> str:
    """As what the viewer judges on a page: of himself, or as a manager."""
    own = employee.pk == viewer.employee.pk
    return ShownLevel.Source.SELF if own else ShownLevel.Source.MANAGER


def may_draft_plan(viewer: Viewer, employee: Employee) -> Decision:
    """Begin a plan: the person himself, or his manager of today."""
    if _side(viewer, employee):
        return Allowed()
    return Denied(_("The person and the manager write the plan."))


def side_of(viewer: Viewer, plan: Plan) -> Side | None:
    """On which side of a plan the viewer stands today; None for whoever only reads."""
    return _side(viewer, plan.employee)


def may_change_plan(viewer: Viewer, plan: Plan) -> Decision:
    """Change what a plan says."""
    if plan.stage == Plan.Stage.CLOSED:
        return Denied(_("The plan is closed; draft a new one."))
    if plan.stage == Plan.Stage.DRAFT and plan.drafted_by_id != viewer.employee.pk:
        return Denied(_("A draft is its writer’s until it is proposed."))
    return may_draft_plan(viewer, plan.employee)


def may_propose(viewer: Viewer, plan: Plan) -> Decision:
    """Put a draft before the other side."""
    if plan.stage != Plan.Stage.DRAFT:
        return Denied(_("The plan is proposed already."))
    return may_change_plan(viewer, plan)


def may_agree(viewer: Viewer, plan: Plan) -> Decision:
    """Agree to a plan as it stands."""
    if plan.stage != Plan.Stage.PROPOSED:
        return Denied(_("Nothing waits for agreement."))
    return may_change_plan(viewer, plan)


def may_discard(viewer: Viewer, plan: Plan) -> Decision:
    """Throw a draft away."""
    return may_propose(viewer, plan)


def may_close_plan(viewer: Viewer, plan: Plan) -> Decision:
    """End a plan that was proposed."""
    if plan.stage == Plan.Stage.DRAFT:
        return Denied(_("A draft is thrown away, not closed."))
    return may_change_plan(viewer, plan)


def may_move_action(viewer: Viewer, action: PlanAction) -> Decision:
    """Say how far an action is."""
    if action.plan.stage == Plan.Stage.DRAFT:
        return Denied(_("Propose the plan first."))
    return may_change_plan(viewer, action.plan)


def may_read_team_gaps(viewer: Viewer) -> Decision:
    """Read gaps of many at all: of those who report to the viewer, or of units."""
    roles = (Role.HR_ADMINISTRATOR, Role.EXECUTIVE, Role.PEOPLE_PARTNER, Role.UNIT_LEAD)
    if viewer.has_reports or viewer.has_role(*roles):
        return Allowed()
    return Denied(_("Gaps of many are read by managers, HR and executives."))


def may_read_unit_gaps(viewer: Viewer, unit: Unit) -> Decision:
    """Read the gaps of a unit: HR, the leads of the unit and above, executives."""
    if viewer.has_role(Role.HR_ADMINISTRATOR, Role.EXECUTIVE):
        return Allowed()
    units = [*viewer.units_partnered, *viewer.units_led]
    if units and UnitLine.objects.on(viewer.today).filter(unit=unit, above__in=units).exists():
        return Allowed()
    return Denied(_("The gaps of a unit are read by its leads, HR and executives."))


def people_counted_for(viewer: Viewer) -> Q:
    """People who count in the gaps of a unit: executives count everybody. On Employee."""
    return Q() if viewer.reads_everything else development_open_to(viewer)


def _may_judge_oneself(viewer: Viewer, employee: Employee) -> Decision:
    if employee.pk == viewer.employee.pk:
        return Allowed()
    return Denied(_("Everybody assesses themselves."))


def _looks_after(viewer: Viewer, employee: Employee) -> bool:
    if viewer.is_hr_administrator:
        return True
    return Employee.objects.filter(in_hands_of(viewer), pk=employee.pk).exists()


def _is_above(viewer: Viewer, employee: Employee) -> bool:
    others = ~Q(pk=viewer.employee.pk)
    return Employee.objects.filter(judged_by(viewer) & others, pk=employee.pk).exists()


def _side(viewer: Viewer, employee: Employee) -> Side | None:
    if employee.pk == viewer.employee.pk:
        return Side.EMPLOYEE
    posts = Assignment.objects.on(viewer.today).filter(employee=employee)
    return Side.MANAGER if posts.filter(manager=viewer.employee).exists() else None
