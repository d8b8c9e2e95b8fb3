"""How goals end, and how they go on in the next period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from sightline.foundation.access.decisions import require
from sightline.foundation.core.dates import now
from sightline.foundation.core.errors import Refused
from sightline.foundation.ledger.record import record
from sightline.goals import policies
from sightline.goals.actions.contributions import set_contribution
from sightline.goals.actions.figures import locked_upwards, parents_of, redraw
from sightline.goals.actions.goals import draft_goal
from sightline.goals.actions.help import let_help_lapse
from sightline.goals.actions.measuring import Heard, take_word
from sightline.goals.actions.texts import about
from sightline.goals.events import GoalCarriedOver, GoalClosed
from sightline.goals.models import Closing, Contribution, Goal, Period, Wording
from sightline.goals.queries.milestones import done_days
from sightline.goals.queries.sightlines import responsibilities_to_serve
from sightline.goals.rules.milestones import Milestone
from sightline.goals.rules.texts import GoalText, text_of
from sightline.people.viewer import Viewer
from sightline.strategy.models import Objective

Outcome = Closing.Outcome


@transaction.atomic
def close_goal(*, by: Viewer, goal: Goal, outcome: str, words: str = "") -> Closing:
    """Say how a goal ended. What it has come to stays as its score; what serves it is told.

    Missed and dropped need words. What was never agreed can only be dropped.
    """
    require(policies.may_close(by, goal))
    goals = locked_upwards([goal.pk])
    goal = goals[goal.pk]
    _refuse_end(goal, outcome, words)
    if goal.kind == Wording.Kind.YES_NO and outcome != Outcome.DROPPED:
        word = (by.today, Decimal(outcome == Outcome.DONE), Decimal(1))
        take_word(goal, Heard([word]))
    goal.stage, goal.turn, goal.asked = Goal.Stage.CLOSED, "", None
    goal.version += 1
    goal.changed_at = now()
    goal.save()
    closing = Closing.objects.create(
        goal=goal, outcome=outcome, words=words, by=by.employee, on=by.today
    )
    redraw(goals, parents_of(goal))
    let_help_lapse(by=by, goal=goal)
    done = "" if goal.done_percent is None else str(goal.done_percent)
    record(GoalClosed(goal.pk, about(goal, by), outcome, done, words), by=by)
    return closing


def _refuse_end(goal: Goal, outcome: str, words: str) -> None:
    if goal.is_closed:
        raise Refused(_("It was closed meanwhile."))
    if outcome not in Outcome.values:
        raise Refused(_("Say how it ended."), field="outcome")
    if goal.agreed_number is None and outcome != Outcome.DROPPED:
        raise Refused(_("It was never agreed; it can only be dropped."), field="outcome")
    if outcome != Outcome.DONE and not words.strip():
        raise Refused(_("Say in a sentence what happened."), field="words")


@transaction.atomic
def carry_over(*, by: Viewer, goal: Goal, period: Period) -> Goal:
    """Begin the next period's goal from one of this: a draft, with the same words and parents.

    It starts from the value reached, with the milestones that are left. Parents that have closed
    meanwhile are left out, and so are responsibilities of a post that the owner has left.
    """
    require(policies.may_carry_over(by, goal))
    text = replace(text_of(goal), from_on=period.from_on, due_on=period.span.last)
    text = replace(text, milestones=_left_to_do(goal, text))
    if goal.value is not None and goal.value not in {goal.target_value, goal.start_value}:
        text = replace(text, start_value=goal.value)
    new = draft_goal(
        by=by,
        period=period,
        text=text,
        employee=goal.employee,
        unit=goal.unit,
        visibility=goal.visibility,
        carried_from=goal,
    )
    for link in Contribution.objects.filter(goal=goal):
        _carry_link(by, new, link)
    record(GoalCarriedOver(goal.pk, by.employee.ref, new.pk, period.name), by=by)
    return new


@transaction.atomic
def carry_over_several(*, by: Viewer, goals: Sequence[Goal], period: Period) -> list[Goal]:
    """Begin the next period's goals from several of an earlier one: all of them or none.

    What was carried into that period before is refused; each refusal names its goal.
    """
    if not goals:
        raise Refused(_("Choose at least one goal."), field="goals")
    seen = Goal.objects.filter(policies.goals_visible_to(by), period=period)
    before = set(seen.filter(carried_from__in=goals).values_list("carried_from", flat=True))
    made: list[Goal] = []
    faults: list[tuple[str, str]] = []
    for goal in goals:
        if goal.pk in before:
            faults.append(("goals", _("“%s” was carried over already.") % goal.title))
            continue
        try:
            with transaction.atomic():
                made.append(carry_over(by=by, goal=goal, period=period))
        except Refused as refusal:
            faults += [("goals", f"“{goal.title}”: {said}") for _f, said in refusal.reasons]
    if faults:
        raise Refused.all(faults)
    return made


def _left_to_do(goal: Goal, text: GoalText) -> tuple[Milestone, ...]:
    """The milestones that are not done, or all when all are, as long after the start as before."""
    done = done_days([goal]).get(goal.pk, {})
    left = [one for one in goal.milestones if one.number not in done] or goal.milestones
    later, first = text.from_on - goal.from_on, text.from_on + timedelta(days=1)
    return tuple(
        replace(one, due_on=one.due_on and min(text.due_on, max(first, one.due_on + later)))
        for one in left
    )


def _carry_link(by: Viewer, new: Goal, link: Contribution) -> None:
    serves = link.target
    if isinstance(serves, Goal):
        holds = serves.stage in {Goal.Stage.PROPOSED, Goal.Stage.AGREED}
    elif isinstance(serves, Objective):
        holds = serves.strategy.is_in_force
    else:
        holds = responsibilities_to_serve(by, new).filter(pk=serves.pk).exists()
    if holds:
        set_contribution(by=by, goal=new, serves=serves, share_percent=link.share_percent)
