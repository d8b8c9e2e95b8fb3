"""Goals before they are proposed, and who may see them."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from sightline.foundation.access.decisions import require
from sightline.foundation.core.dates import now
from sightline.foundation.core.errors import Refused
from sightline.foundation.ledger.record import record
from sightline.goals import policies
from sightline.goals.actions.figures import locked_upwards, parents_of, redraw
from sightline.goals.actions.texts import about, refuse_faults, settled, write
from sightline.goals.events import DraftRemoved, DraftRewritten, GoalDrafted, VisibilitySet
from sightline.goals.models import Contribution, Goal, Period, Revision, Side
from sightline.goals.rules.texts import FIELDS, GoalText, fields_of
from sightline.people.models import Employee, Unit
from sightline.people.viewer import Viewer


@transaction.atomic
def draft_goal(
    *,
    by: Viewer,
    period: Period,
    text: GoalText,
    employee: Employee | None = None,
    unit: Unit | None = None,
    visibility: str = Goal.Visibility.EVERYONE,
    carried_from: Goal | None = None,
) -> Goal:
    """Begin a goal of a person or a unit. Until it is proposed only its author knows of it."""
    side = _refuse_strangers(by, employee, unit)
    refuse_faults(text, period)
    text = settled(text)
    goal = Goal.objects.create(
        employee=employee,
        unit=unit,
        period=period,
        visibility=visibility,
        drafted_by=by.employee,
        carried_from=carried_from,
        changed_at=now(),
        **fields_of(text),
    )
    Revision.objects.create(
        goal=goal, number=1, author=by.employee, side=side, written_at=now(), **fields_of(text)
    )
    record(GoalDrafted(goal.pk, by.employee.ref), by=by)
    return goal


def _refuse_strangers(by: Viewer, employee: Employee | None, unit: Unit | None) -> Side:
    """On which side of the goal its author stands."""
    if employee is not None:
        require(policies.may_draft_for(by, employee))
        return Side.OWNER if employee.pk == by.employee.pk else Side.LEAD
    if unit is None:
        raise Refused(_("Say whose goal it is."), field="owner")
    require(policies.may_draft_for_unit(by, unit))
    if by.today not in unit.span:
        raise Refused(_("%s does not stand today.") % unit.name, field="owner")
    return Side.OWNER if unit.pk in by.units_led else Side.LEAD


@transaction.atomic
def rewrite_draft(*, by: Viewer, goal: Goal, text: GoalText) -> None:
    """Write a draft anew; it is not a pass of the ball, since nobody else has seen it."""
    goal = locked_upwards([goal.pk])[goal.pk]
    require(policies.may_revise(by, goal))
    refuse_rewriting(goal)
    refuse_faults(text, goal.period)
    text = settled(text, goal.milestones)
    write(goal, text)
    goal.save()
    revision = Revision.objects.get(goal=goal, number=1)
    write(revision, text)
    revision.save(update_fields=FIELDS)
    record(DraftRewritten(goal.pk, by.employee.ref), by=by)


def refuse_rewriting(goal: Goal) -> None:
    """Refuse to write anew what others have seen."""
    if goal.stage != Goal.Stage.DRAFT:
        raise Refused(_("It was proposed meanwhile. Answer with a change."))


@transaction.atomic
def remove_draft(*, by: Viewer, goal: Goal) -> None:
    """Throw a draft away."""
    goal = locked_upwards([goal.pk])[goal.pk]
    require(policies.may_revise(by, goal))
    refuse_removal(goal)
    event = DraftRemoved(goal.pk, by.employee.ref)
    Contribution.objects.filter(goal=goal).delete()
    Revision.objects.filter(goal=goal).delete()
    goal.delete()
    record(event, by=by)


def refuse_removal(goal: Goal) -> None:
    """Refuse to throw away what is no draft."""
    if goal.stage != Goal.Stage.DRAFT:
        raise Refused(_("Only a draft is removed. Close it instead, with a word why."))


@transaction.atomic
def set_visibility(*, by: Viewer, goal: Goal, visibility: str) -> None:
    """Say who may see a goal. What not everyone may see leaves the roll-ups above."""
    require(policies.may_set_visibility(by, goal))
    goals = locked_upwards([goal.pk])
    goal = goals[goal.pk]
    before = goal.visibility
    if before == visibility:
        return
    goal.visibility = visibility
    goal.save(update_fields=["visibility"])
    redraw(goals, parents_of(goal))
    record(VisibilitySet(goal.pk, about(goal, by), before, visibility), by=by)
