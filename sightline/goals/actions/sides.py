"""When people change in the midst of catchball: who takes a side over, what ends with its owner.

The house does it, by the calendar and whenever somebody acts; what was said before stays as it was.
"""

from __future__ import annotations

from datetime import date

from django.db import transaction

from sightline.foundation.core.dates import now
from sightline.foundation.ledger.events import House
from sightline.foundation.ledger.record import record
from sightline.goals.actions.figures import locked_upwards, parents_of, redraw
from sightline.goals.events import ProposalEnded, SideTakenOver
from sightline.goals.models import Acceptance, Closing, Goal, Handover, Side
from sightline.goals.policies import Standing, standing_on
from sightline.goals.queries.proposals import all_proposals, have_left, known_on
from sightline.people.models import Employee


def follow_people(today: date) -> int:
    """Look at all proposals: who stands there no more, who has left; tells how many changed.

    Safe to do twice, and each proposal by itself.
    """
    goals = list(all_proposals())
    standing, known = standing_on(goals, today), known_on(goals)
    gone = have_left(goals, today)
    left = [goal for goal in goals if goal.employee_id in gone]
    moved = [goal for goal in goals if goal not in left and _has_moved(goal, standing, known)]
    for goal in left:
        _end(goal.pk, today)
    for goal in moved:
        _settle_anew(goal.pk, today)
    return len(left) + len(moved)


def _has_moved(goal: Goal, standing: Standing, known: dict[tuple[int, str], int]) -> bool:
    return any(_successor(goal, side, standing, known) for side in Side)


def _successor(
    goal: Goal, side: Side, standing: Standing, known: dict[tuple[int, str], int]
) -> int | None:
    """Who speaks for a side now, where whom the talk knows there does so no more."""
    was, there = known.get((goal.pk, side)), standing[goal.pk, side]
    return None if was is None or was in there or not there else there[0]


@transaction.atomic
def _settle_anew(goal_id: int, today: date) -> None:
    goal = Goal.objects.select_for_update(of=("self",), no_key=True).get(pk=goal_id)
    if goal.stage == Goal.Stage.PROPOSED:
        settle_sides(goal, today)


def settle_sides(goal: Goal, today: date) -> None:
    """Let whoever stands on a side of a proposal now take over from whom the talk knows there.

    What the other had accepted lapses: nobody is bound by a word of somebody else. The goal is
    held by whoever calls.
    """
    standing, known = standing_on([goal], today), known_on([goal])
    for side in Side:
        successor = _successor(goal, side, standing, known)
        if successor is not None:
            _take_over(goal, side, known[goal.pk, side], successor, standing[goal.pk, side])


def _take_over(goal: Goal, side: Side, was: int, to: int, standing: list[int]) -> None:
    given = Acceptance.objects.filter(
        revision__goal=goal, revision__number=goal.latest_number, side=side, lapsed_at=None
    )
    lapsed = given.exclude(by__in=standing).update(lapsed_at=now())
    if goal.turn == side:
        goal.asked_id = to
        goal.save(update_fields=["asked"])
    people = Employee.objects.in_bulk([was, to])
    Handover.objects.create(
        goal=goal,
        side=side,
        number=goal.latest_number,
        was=people[was],
        to=people[to],
        at=now(),
        has_lapsed=bool(lapsed),
    )
    subject = goal.employee.ref if goal.employee else people[to].ref
    told = (side, people[was].ref, people[to].ref, bool(lapsed))
    record(SideTakenOver(goal.pk, subject, *told), by=House())


@transaction.atomic
def _end(goal_id: int, today: date) -> None:
    """The owner has left: a change falls and what was agreed holds; what never was, is dropped."""
    goals = locked_upwards([goal_id])
    goal = goals[goal_id]
    if goal.stage != Goal.Stage.PROPOSED or goal.employee is None:
        return
    goal.turn, goal.asked, goal.changed_at = "", None, now()
    if goal.agreed_number is not None:
        goal.stage = Goal.Stage.AGREED
        goal.save()
    else:
        goal.stage = Goal.Stage.CLOSED
        goal.version += 1
        goal.save()
        Closing.objects.create(goal=goal, outcome=Closing.Outcome.DROPPED, on=today)
        redraw(goals, parents_of(goal))
    record(ProposalEnded(goal.pk, goal.employee.ref, goal.agreed_number is not None), by=House())
