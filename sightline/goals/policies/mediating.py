"""Who may ask somebody to mediate on a goal on which the two sides cannot agree."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from sightline.foundation.access.decisions import Allowed, Decision, Denied
from sightline.goals.models import Goal, Mediation, Revision, Side
from sightline.goals.policies.rights import goal_rights
from sightline.goals.policies.standing import mediator_for, standing_on
from sightline.goals.rules import catchball as rules
from sightline.people.models import Employee, Employment
from sightline.people.viewer import Viewer


def is_stuck(goal: Goal, day: date) -> bool:
    """Whether the two sides may ask a mediator: after many answers, or long after the day."""
    rows = Revision.objects.filter(goal=goal, number__gt=goal.agreed_number or 0)
    talk = list(rows.select_related("recommendation").order_by("number"))
    if goal.stage != Goal.Stage.PROPOSED or not talk:
        return False
    by_on = rules.agree_by(goal.period.agree_by_on, timezone.localdate(talk[0].written_at))
    return rules.is_stuck(rules.times_passed_back(_sides_in(talk)), by_on, day)


def _sides_in(talk: list[Revision]) -> list[str]:
    """From which side each revision came; what a mediator put forward is from neither."""
    return [one.side for one in talk if not hasattr(one, "recommendation")]


def mediation_in(goal: Goal) -> Mediation | None:
    """The newest request to mediate in the talk that goes on."""
    rows = Mediation.objects.filter(goal=goal, after_number=goal.agreed_number or 0)
    return rows.select_related("mediator").order_by("pk").last() if goal.turn else None


def can_mediate(goal: Goal, request: Mediation, day: date) -> bool:
    """Whether who was asked works here, and speaks for neither side by now."""
    standing = standing_on([goal], day)
    is_party = any(request.mediator_id in standing[goal.pk, side] for side in Side)
    works = Employment.objects.on(day).filter(employee=request.mediator_id)
    return not is_party and works.exists()


@dataclass(frozen=True, slots=True)
class Asking:
    """Whether a mediator may be asked, and who would be."""

    decision: Decision
    mediator: Employee | None = None


def asking_to_mediate(viewer: Viewer, goal: Goal) -> Asking:
    """Ask who stands above both sides to mediate: either side, once the talk is stuck."""
    if goal_rights(viewer, goal).side is None:
        return Asking(Denied(_("The two who agree on a goal ask somebody to mediate.")))
    if not is_stuck(goal, viewer.today):
        words = _("Somebody is asked after %d answers, or a week after the day to agree by.")
        return Asking(Denied(words % rules.PASSED_BACK_FROM))
    asked = mediation_in(goal)
    if asked is not None and can_mediate(goal, asked, viewer.today):
        return Asking(Denied(_("Somebody was asked to mediate already.")))
    mediator = mediator_for(goal, viewer.today)
    if mediator is None:
        words = _("Nobody stands above the two of you. Talk once more, or close the goal.")
        return Asking(Denied(words))
    return Asking(Allowed(), mediator)


def may_ask_to_mediate(viewer: Viewer, goal: Goal) -> Decision:
    """Whether the viewer may ask who stands above both sides to mediate."""
    return asking_to_mediate(viewer, goal).decision
