"""What a viewer may do with a goal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q
from django.utils.translation import gettext as _

from sightline.foundation.access.decisions import Allowed, Decision, Denied
from sightline.goals.models import Goal, Revision, Side
from sightline.goals.policies.periods import may_read_goals
from sightline.goals.policies.seeing import files_open_to, led_by, mediated_by, owned_by
from sightline.people.models import Assignment, Employee, ReportingLine, Role, RoleGrant, Unit
from sightline.people.viewer import Viewer

Stage = Goal.Stage
TOLD = ("owns", "leads", "oversees", "wrote", "mediates")


@dataclass(frozen=True, slots=True)
class GoalRights:
    """What the viewer may do with a goal, and on which side of it he stands."""

    side: Side | None
    follow_talk: Decision
    mediate: Decision
    revise: Decision
    accept: Decision
    check_in: Decision
    contribute: Decision
    close: Decision
    set_visibility: Decision
    carry_over: Decision
    share_out: Decision


@dataclass(frozen=True, slots=True)
class _Ties:
    owns: bool
    leads: bool
    oversees: bool
    follows: bool
    drafted: bool
    wrote: bool
    """Whether the viewer wrote the revision on the table, from the side that does not answer."""

    mediates: bool
    """Whether the viewer was asked to mediate between the two sides, and they have not agreed."""

    has_reports: bool

    @property
    def side(self) -> Side | None:
        if self.owns:
            return Side.OWNER
        return Side.LEAD if self.leads else None


def goal_rights(viewer: Viewer, goal: Goal) -> GoalRights:
    """What the viewer may do with a goal, found out in one read."""
    return rights_of_many(viewer, [goal])[goal.pk]


def rights_of_many(viewer: Viewer, goals: Iterable[Goal]) -> dict[int, GoalRights]:
    """What the viewer may do with each of these goals, found out in one read."""
    goals = list(goals)
    found = (
        owned_by(viewer),
        led_by(viewer),
        files_open_to(viewer),
        _wrote_the_latest(viewer),
        mediated_by(viewer),
    )
    told = {name: ExpressionWrapper(q, BooleanField()) for name, q in zip(TOLD, found, strict=True)}
    rows = Goal.objects.filter(pk__in=[goal.pk for goal in goals]).annotate(**told)
    known = {row["pk"]: row for row in rows.values("pk", *told)}
    return {goal.pk: _rights(goal, _ties(viewer, goal, known[goal.pk])) for goal in goals}


def _wrote_the_latest(viewer: Viewer) -> Q:
    latest = Revision.objects.filter(goal=OuterRef("pk"), number=OuterRef("latest_number"))
    mine = latest.filter(author=viewer.employee).exclude(side=OuterRef("turn"))
    return Q(Exists(mine))


def _ties(viewer: Viewer, goal: Goal, row: dict[str, bool]) -> _Ties:
    owns, leads, oversees, wrote, mediates = (bool(row[name]) for name in TOLD)
    drafted = goal.drafted_by_id == viewer.employee.pk
    above = oversees and goal.visibility != Goal.Visibility.PRIVATE
    follows = drafted if goal.stage == Stage.DRAFT else owns or leads or above or mediates
    return _Ties(owns, leads, above, follows, drafted, wrote, mediates, viewer.has_reports)


def _rights(goal: Goal, ties: _Ties) -> GoalRights:
    return GoalRights(
        side=ties.side,
        follow_talk=_follow(ties),
        mediate=_mediate(ties),
        revise=_revise(goal, ties),
        accept=_accept(goal, ties),
        check_in=_check_in(goal, ties),
        contribute=_contribute(goal, ties),
        close=_close(goal, ties),
        set_visibility=_set_visibility(goal, ties),
        carry_over=_carry_over(goal, ties),
        share_out=_share_out(goal, ties),
    )


def _follow(ties: _Ties) -> Decision:
    if ties.follows:
        return Allowed()
    return Denied(_("How it was agreed is seen by the two who agreed, those above and HR."))


def _mediate(ties: _Ties) -> Decision:
    if ties.mediates:
        return Allowed()
    return Denied(_("Who was asked to mediate recommends, until the two agree."))


def _revise(goal: Goal, ties: _Ties) -> Decision:
    if goal.is_closed:
        return Denied(_("The goal is closed; it stays as it was."))
    if goal.stage == Stage.DRAFT:
        return Allowed() if ties.drafted else Denied(_("It is somebody else's draft."))
    if ties.side:
        return Allowed()
    return Denied(_("The owner and whoever leads the owner write a goal."))


def _accept(goal: Goal, ties: _Ties) -> Decision:
    if goal.stage != Stage.PROPOSED:
        return Denied(_("Nothing is proposed at the moment."))
    if ties.side == goal.turn and ties.wrote:
        return Denied(_("You wrote it on the other side. Pass it to whoever stands there now."))
    if ties.side == goal.turn:
        return Allowed()
    if ties.side:
        return Denied(_("You have accepted it; it is the other side's turn."))
    return Denied(_("The owner and whoever leads the owner agree on a goal."))


def _check_in(goal: Goal, ties: _Ties) -> Decision:
    if not goal.holds:
        return Denied(_("Only a goal that is agreed and runs is checked in on."))
    if not ties.owns:
        return Denied(_("Whose goal it is, checks in."))
    return Allowed()


def _contribute(goal: Goal, ties: _Ties) -> Decision:
    if goal.is_closed:
        return Denied(_("The goal is closed; it stays as it was."))
    if goal.stage == Stage.DRAFT and ties.drafted:
        return Allowed()
    if ties.side:
        return Allowed()
    return Denied(_("The owner and whoever leads the owner say what a goal serves."))


def _close(goal: Goal, ties: _Ties) -> Decision:
    if goal.is_closed:
        return Denied(_("The goal is closed already."))
    if goal.stage == Stage.DRAFT:
        return Denied(_("A draft is not closed; it is removed."))
    if ties.side or ties.oversees:
        return Allowed()
    return Denied(_("The owner, the line above and HR close a goal."))


def _set_visibility(goal: Goal, ties: _Ties) -> Decision:
    if ties.owns or (goal.stage == Stage.DRAFT and ties.drafted):
        return Allowed()
    return Denied(_("Whose goal it is, says who may see it."))


def _carry_over(goal: Goal, ties: _Ties) -> Decision:
    if goal.agreed_number is None:
        return Denied(_("It was never agreed; there is nothing to carry over."))
    if ties.side:
        return Allowed()
    return Denied(_("The owner and whoever leads the owner carry a goal over."))


def _share_out(goal: Goal, ties: _Ties) -> Decision:
    if not ties.owns:
        return Denied(_("Whose goal it is, shares it out."))
    if not ties.has_reports:
        return Denied(_("Nobody reports to you."))
    if not goal.holds:
        return Denied(_("Only a goal that is agreed and runs is shared out."))
    if goal.visibility not in {Goal.Visibility.EVERYONE, Goal.Visibility.UNIT}:
        return Denied(_("Those whom you would ask do not see it. Open it to the unit first."))
    return Allowed()


def may_revise(viewer: Viewer, goal: Goal) -> Decision:
    """Write what a goal should say: the author of a draft, then either side."""
    return goal_rights(viewer, goal).revise


def may_mediate(viewer: Viewer, goal: Goal) -> Decision:
    """Recommend something to the two sides: who was asked to, until they agree."""
    return goal_rights(viewer, goal).mediate


def may_accept(viewer: Viewer, goal: Goal) -> Decision:
    """Accept what is proposed: the side whose turn it is."""
    return goal_rights(viewer, goal).accept


def may_check_in(viewer: Viewer, goal: Goal) -> Decision:
    """Say how a goal stands: its owner, or the lead of the unit that owns it."""
    return goal_rights(viewer, goal).check_in


def may_contribute(viewer: Viewer, goal: Goal) -> Decision:
    """Say what a goal serves, and confirm it after what it serves has changed."""
    return goal_rights(viewer, goal).contribute


def may_close(viewer: Viewer, goal: Goal) -> Decision:
    """Say how a goal ended."""
    return goal_rights(viewer, goal).close


def may_set_visibility(viewer: Viewer, goal: Goal) -> Decision:
    """Say who may see a goal."""
    return goal_rights(viewer, goal).set_visibility


def may_carry_over(viewer: Viewer, goal: Goal) -> Decision:
    """Begin a goal of the next period from this one."""
    return goal_rights(viewer, goal).carry_over


def may_share_out(viewer: Viewer, goal: Goal) -> Decision:
    """Ask several reports at once to take on parts of a goal: its owner."""
    return goal_rights(viewer, goal).share_out


def may_draft_for(viewer: Viewer, employee: Employee) -> Decision:
    """Draft a goal of a person: the person, and the manager of today."""
    if not may_read_goals(viewer):
        return may_read_goals(viewer)
    own = employee.pk == viewer.employee.pk
    if own and viewer.is_employed:
        return Allowed()
    posts = Assignment.objects.on(viewer.today).filter(employee=employee)
    if not own and posts.filter(manager=viewer.employee).exists():
        return Allowed()
    return Denied(_("A goal is drafted by the person or by the manager."))


def may_draft_for_unit(viewer: Viewer, unit: Unit) -> Decision:
    """Draft a goal of a unit: its lead, and the manager of its lead."""
    if unit.pk in viewer.units_led:
        return Allowed()
    leads = RoleGrant.objects.on(viewer.today).filter(role=Role.UNIT_LEAD, unit=unit)
    lines = ReportingLine.objects.on(viewer.today).filter(manager=viewer.employee, depth=1)
    if leads.filter(employee__in=lines.values("employee")).exists():
        return Allowed()
    return Denied(_("A goal of a unit is drafted by its lead or by the lead's manager."))


def sides_of(viewer: Viewer) -> Q:
    """Goals in which it is the viewer's turn to answer."""
    mine = Q(turn=Side.OWNER) & owned_by(viewer)
    return mine | (Q(turn=Side.LEAD) & led_by(viewer) & ~owned_by(viewer))


def has_other_side(goal: Goal, side: Side, day: date) -> bool:
    """Whether somebody stands on the side across: whoever has no manager agrees with himself."""
    if side == Side.LEAD:
        return True
    if goal.employee_id is not None:
        owners = Assignment.objects.on(day).filter(employee=goal.employee_id)
    else:
        leads = RoleGrant.objects.on(day).filter(role=Role.UNIT_LEAD, unit=goal.unit_id)
        owners = Assignment.objects.on(day).filter(employee__in=leads.values("employee"))
    return owners.filter(manager__isnull=False).exists()
