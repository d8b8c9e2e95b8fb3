"""Mediation where two cannot agree: asked of who stands above both, in words or as a revision.

Nobody is agreed for: whatever a mediator recommends, both sides still accept or answer.
"""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from sightline.foundation.access.decisions import require
from sightline.foundation.core.dates import now
from sightline.foundation.core.errors import Refused
from sightline.foundation.ledger.record import record
from sightline.goals import policies
from sightline.goals.actions.catchball import highest_number
from sightline.goals.actions.figures import locked_upwards
from sightline.goals.actions.sides import settle_sides
from sightline.goals.actions.texts import about, refuse_faults, settled, told, write
from sightline.goals.events import GoalProposed, MediationAsked, Recommended
from sightline.goals.models import Goal, Mediation, Recommendation, Revision, Side
from sightline.goals.queries.proposals import first_on
from sightline.goals.queries.talks import on_the_table
from sightline.goals.rules.texts import GoalText, changed_fields, fields_of, text_of
from sightline.people.viewer import Viewer


@transaction.atomic
def ask_to_mediate(*, by: Viewer, goal: Goal, words: str) -> Mediation:
    """Ask who stands above both sides to mediate; that person sees the talk from now on."""
    goal = _held(goal)
    asking = policies.asking_to_mediate(by, goal)
    require(asking.decision)
    if not words.strip():
        raise Refused(_("Say what you cannot agree on."), field="words")
    mediator, side = asking.mediator, policies.goal_rights(by, goal).side
    if mediator is None or side is None:
        raise Refused(_("It is no longer as it was. Look at the page again."))
    asked = Mediation.objects.create(
        goal=goal,
        after_number=goal.agreed_number or 0,
        side=side,
        by=by.employee,
        words=words,
        mediator=mediator,
        at=now(),
    )
    record(MediationAsked(goal.pk, about(goal, by), str(side), mediator.ref, words), by=by)
    return asked


@transaction.atomic
def recommend(*, by: Viewer, goal: Goal, words: str) -> Recommendation:
    """Say in words what one who was asked to mediate recommends to both sides."""
    goal = _held(goal)
    require(policies.may_mediate(by, goal))
    return _say(by, goal, words)


@transaction.atomic
def put_forward(*, by: Viewer, goal: Goal, text: GoalText, words: str) -> Revision:
    """Put a wording between the two forward: the owner answers first, then the other side."""
    goals = locked_upwards([goal.pk])
    goal = goals[goal.pk]
    require(policies.may_mediate(by, goal))
    refuse_faults(text, goal.period)
    last = on_the_table(goal)
    text = settled(text, last.milestones, highest_number(goal))
    if not changed_fields(text_of(last), text):
        raise Refused(_("Nothing is changed. To recommend what stands there, say so in words."))
    settle_sides(goal, by.today)
    if goal.agreed_number is None:
        write(goal, text)
    goal.latest_number += 1
    goal.turn, goal.changed_at = Side.OWNER, now()
    goal.asked_id = first_on(goal, Side.OWNER, by.today)
    goal.save()
    revision = Revision.objects.create(
        goal=goal,
        number=goal.latest_number,
        author=by.employee,
        side=Side.LEAD,
        reason=words,
        written_at=now(),
        **fields_of(text),
    )
    said = {name: told(value) for name, value in fields_of(text).items()}
    event = GoalProposed(goal.pk, about(goal, by), revision.number, Side.LEAD, said, words)
    record(event, by=by)
    _say(by, goal, words, revision)
    return revision


def _held(goal: Goal) -> Goal:
    rows = Goal.objects.select_for_update(of=("self",), no_key=True)
    held = rows.select_related("period", "employee", "unit").filter(pk=goal.pk).first()
    if held is None:
        raise Refused(_("It was removed meanwhile."))
    return held


def _say(by: Viewer, goal: Goal, words: str, revision: Revision | None = None) -> Recommendation:
    if not words.strip():
        raise Refused(_("Say what you recommend, and why."), field="words")
    asked = Mediation.objects.filter(goal=goal, after_number=goal.agreed_number or 0)
    mediation = asked.filter(mediator=by.employee).latest("pk")
    said = Recommendation.objects.create(
        mediation=mediation, words=words, revision=revision, at=now()
    )
    number = revision.number if revision else 0
    record(Recommended(goal.pk, about(goal, by), number, words), by=by)
    return said
