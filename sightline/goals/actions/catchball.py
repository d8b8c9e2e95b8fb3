"""Catchball: a goal goes to and fro until both sides accept the same revision."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from sightline.foundation.access.decisions import require
from sightline.foundation.core.dates import now
from sightline.foundation.core.errors import Refused
from sightline.foundation.ledger.record import record
from sightline.goals import policies
from sightline.goals.actions.figures import locked_upwards, parents_of, redraw
from sightline.goals.actions.forecasts import measure
from sightline.goals.actions.sides import settle_sides
from sightline.goals.actions.texts import about, refuse_faults, settled, told, write
from sightline.goals.events import GoalAccepted, GoalAgreed, GoalProposed
from sightline.goals.models import Acceptance, Goal, Revision, Side, Wording
from sightline.goals.queries.proposals import first_on
from sightline.goals.queries.talks import on_the_table
from sightline.goals.rules.stages import GOAL, can_go
from sightline.goals.rules.texts import (
    GoalText,
    changed_fields,
    concerns_children,
    fields_of,
    text_of,
)
from sightline.people.viewer import Viewer

Stage = Goal.Stage


@transaction.atomic
def propose_draft(*, by: Viewer, goal: Goal, reason: str = "") -> None:
    """Show a draft to the other side and ask for its word."""
    require(policies.may_revise(by, goal))
    goals = locked_upwards([goal.pk])
    goal = goals[goal.pk]
    refuse_proposal(goal)
    refuse_faults(text_of(goal), goal.period)
    revision = Revision.objects.get(goal=goal, number=1)
    revision.reason = reason
    revision.written_at = now()
    revision.save(update_fields=["reason", "written_at"])
    _pass(goals, revision, by)


def refuse_proposal(goal: Goal) -> None:
    """Refuse to propose what is no draft any more."""
    if goal.stage != Stage.DRAFT:
        raise Refused(_("It was proposed before. Look at the page again."))


@transaction.atomic
def revise(*, by: Viewer, goal: Goal, text: GoalText, reason: str) -> Revision:
    """Answer a proposal with a change, or propose to change what was agreed.

    What was agreed before holds until both sides have accepted the new revision. Whoever wrote the
    last one on the other side, where somebody else stands now, may pass it there as it is.
    """
    rights = policies.goal_rights(by, goal)
    require(rights.revise)
    goals = locked_upwards([goal.pk])
    goal = goals[goal.pk]
    if not can_go(GOAL, goal.stage, Stage.PROPOSED) or rights.side is None:
        raise Refused(_("It is a draft, or closed. Look at the page again."))
    refuse_faults(text, goal.period)
    settle_sides(goal, by.today)
    last = on_the_table(goal)
    text = settled(text, last.milestones, highest_number(goal))
    is_passed_on = last.author_id == by.employee.pk and last.side != rights.side
    if not changed_fields(text_of(last), text) and not is_passed_on:
        raise Refused(_("Nothing is changed. To agree as it stands, accept it."))
    if not reason.strip():
        raise Refused(_("Say why, so that the other side can follow."), field="reason")
    goal.latest_number += 1
    revision = Revision.objects.create(
        goal=goal,
        number=goal.latest_number,
        author=by.employee,
        side=rights.side,
        reason=reason,
        written_at=now(),
        **fields_of(text),
    )
    _pass(goals, revision, by)
    return revision


@transaction.atomic
def accept(*, by: Viewer, goal: Goal, number: int, words: str = "") -> bool:
    """Accept a revision for one's side; once both sides have, it is agreed, and holds.

    What came from neither side, such as a file of HR's, goes on to the other side first; so does
    what somebody accepted there who speaks for that side no more. Tells whether it is agreed.
    """
    require(policies.may_accept(by, goal))
    goals = locked_upwards([goal.pk])
    goal = goals[goal.pk]
    if goal.latest_number != number or goal.stage != Stage.PROPOSED:
        raise Refused(_("Another revision has come meanwhile. Read it before you accept."))
    revision = Revision.objects.get(goal=goal, number=number)
    settle_sides(goal, by.today)
    if policies.goal_rights(by, goal).side != goal.turn:
        raise Refused(_("It is not your turn any more. Look at the page again."))
    side = Side(goal.turn)
    _sign(revision, side, by, words)
    given = Acceptance.objects.filter(revision=revision, side=side.other, lapsed_at=None)
    is_signed = given.exists()
    if is_signed or not policies.has_other_side(goal, side, by.today):
        _hold(goals, revision, by, words)
        return True
    goal.turn, goal.changed_at = side.other, now()
    goal.asked_id = first_on(goal, side.other, by.today)
    goal.save(update_fields=["turn", "asked", "changed_at"])
    record(GoalAccepted(goal.pk, about(goal, by), revision.number, side, words), by=by)
    return False


def _pass(goals: dict[int, Goal], revision: Revision, by: Viewer) -> None:
    """Hand the ball over; where nobody stands on the other side, it is agreed at once."""
    text, goal = text_of(revision), goals[revision.goal_id]
    if goal.agreed_number is None:
        write(goal, text)
    side = Side(revision.side)
    goal.stage, goal.turn, goal.changed_at = Stage.PROPOSED, side.other, now()
    goal.asked_id = first_on(goal, side.other, by.today)
    goal.save()
    _sign(revision, side, by)
    said = {name: told(value) for name, value in fields_of(text).items()}
    record(
        GoalProposed(goal.pk, about(goal, by), revision.number, side, said, revision.reason), by=by
    )
    if not policies.has_other_side(goal, side, by.today):
        _hold(goals, revision, by)


def highest_number(goal: Goal) -> int:
    """The highest number that a milestone of the goal ever had."""
    rows = Revision.objects.filter(goal=goal).values_list("milestones", flat=True)
    return max((one.number for milestones in rows for one in milestones), default=0)


def _sign(revision: Revision, side: Side, by: Viewer, words: str = "") -> None:
    said = {"words": words.strip(), "accepted_at": now()}
    Acceptance.objects.create(revision=revision, side=side, by=by.employee, **said)


def _hold(goals: dict[int, Goal], revision: Revision, by: Viewer, words: str = "") -> None:
    """From now on the goal is what this revision says; what serves it must be confirmed."""
    goal = goals[revision.goal_id]
    text, before = text_of(revision), text_of(goal)
    if goal.agreed_number is not None and concerns_children(before, text):
        goal.version += 1
    side = goal.turn
    write(goal, text)
    goal.stage, goal.turn, goal.agreed_number = Stage.AGREED, "", revision.number
    goal.asked = None
    if goal.kind != Wording.Kind.CHILDREN:
        measure(goal)
    goal.save()
    redraw(goals, [goal.pk, *parents_of(goal)])
    record(GoalAgreed(goal.pk, about(goal, by), revision.number, side, words), by=by)
