"""A goal shared out: a proposal for each of several people, all of them or none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from sightline.foundation.access.decisions import require
from sightline.foundation.core.errors import Refused
from sightline.goals import policies
from sightline.goals.actions.catchball import propose_draft
from sightline.goals.actions.contributions import set_contribution
from sightline.goals.actions.figures import locked_upwards
from sightline.goals.actions.goals import draft_goal
from sightline.goals.models import Contribution, Goal
from sightline.goals.rules.texts import GoalText
from sightline.people.models import Employee
from sightline.people.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Part:
    """What one person is asked to take on; it serves the goal with this share of itself."""

    employee: Employee
    text: GoalText
    share_percent: Decimal


@transaction.atomic
def share_out(*, by: Viewer, goal: Goal, parts: Sequence[Part], reason: str = "") -> list[Goal]:
    """Propose a goal to each of several reports; each answers in the ordinary way.

    All are proposed or none is: what is refused is told of each person, the field named
    `p<key of the person>-<field>`.
    """
    require(policies.may_share_out(by, goal))
    if not parts:
        raise Refused(_("Choose at least one person."))
    goal = locked_upwards([goal.pk], whole=True)[goal.pk]
    if not goal.holds:
        raise Refused(_("The goal was closed meanwhile."))
    made: list[Goal] = []
    faults: list[tuple[str, str]] = []
    for part in parts:
        try:
            with transaction.atomic():
                made.append(_asked(by, goal, part, reason))
        except Refused as refusal:
            faults += [(f"p{part.employee.pk}-{name}", said) for name, said in refusal.reasons]
    if faults:
        raise Refused.all(faults)
    return made


def _asked(by: Viewer, goal: Goal, part: Part, reason: str) -> Goal:
    if not policies.may_draft_for(by, part.employee):
        raise Refused(_("%s reports to you no longer.") % part.employee.name)
    serving = Contribution.objects.filter(parent=goal, goal__employee=part.employee)
    serving = serving.exclude(goal__stage__in=[Goal.Stage.DRAFT, Goal.Stage.CLOSED])
    if serving.filter(goal__title=part.text.title.strip()).exists():
        words = _("%s has a goal of these words that serves this one already.")
        raise Refused(words % part.employee.name, field="title")
    one = draft_goal(
        by=by,
        period=goal.period,
        text=part.text,
        employee=part.employee,
        visibility=goal.visibility,
    )
    set_contribution(by=by, goal=one, serves=goal, share_percent=part.share_percent)
    propose_draft(by=by, goal=one, reason=reason)
    return one
