"""What is proposed and not yet agreed: since when, by when it is to be, and who is to answer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from sightline.goals.models import Acceptance, Goal, Handover, Revision
from sightline.goals.policies import standing_on
from sightline.goals.rules import catchball as rules
from sightline.people.models import Employment


def with_talk(rows: QuerySet[Goal]) -> QuerySet[Goal]:
    """Each of these goals with `put_forward_at`: when what is on the table was first proposed.

    The revisions since the one that holds, or all when none does, are one talk.
    """
    talk = Revision.objects.filter(
        goal=OuterRef("pk"), number__gt=Coalesce(OuterRef("agreed_number"), Value(0))
    )
    first = talk.order_by("number").values("written_at")[:1]
    return rows.annotate(put_forward_at=Subquery(first))


def agree_by_of(goal: Any) -> date | None:
    """By when a proposal is to be agreed on, told by `with_talk`; None when nobody said."""
    if not goal.turn or goal.put_forward_at is None:
        return None
    return rules.agree_by(goal.period.agree_by_on, timezone.localdate(goal.put_forward_at))


def open_proposals() -> QuerySet[Goal]:
    """All proposals in periods that are open, for what the house does by itself."""
    rows = Goal.objects.filter(stage=Goal.Stage.PROPOSED, period__stage="open")
    return with_talk(rows).select_related("period", "employee", "unit").order_by("pk")


def all_proposals() -> QuerySet[Goal]:
    """All proposals there are, for what the house does when people change."""
    return Goal.objects.filter(stage=Goal.Stage.PROPOSED).order_by("pk")


def known_on(goals: Iterable[Goal]) -> dict[tuple[int, str], int]:
    """By goal and side, whom the talk knows there: who was asked, accepted or took over last."""
    goals = list(goals)
    talk = Q(number__gt=Coalesce(F("goal__agreed_number"), Value(0)), goal__in=goals)
    taken = Handover.objects.filter(talk).order_by("at", "pk")
    given = Acceptance.objects.filter(
        revision__number__gt=Coalesce(F("revision__goal__agreed_number"), Value(0)),
        revision__goal__in=goals,
        lapsed_at=None,
    )
    rows = [
        *given.values_list("accepted_at", "revision__goal", "side", "by"),
        *taken.values_list("at", "goal", "side", "to"),
    ]
    found = {(goal, side): person for _at, goal, side, person in sorted(rows)}
    return found | {(one.pk, one.turn): one.asked_id for one in goals if one.asked_id}


def have_left(goals: Iterable[Goal], day: date) -> set[int]:
    """Those of the owners who work here no more, and are not about to."""
    owners = {one.employee_id for one in goals if one.employee_id is not None}
    stay = Employment.objects.filter(employee__in=owners, until_on__gt=day)
    return owners - set(stay.values_list("employee", flat=True))


def first_on(goal: Goal, side: str, day: date) -> int | None:
    """The first of those who speak for a side of a goal; None when nobody does."""
    return next(iter(standing_on([goal], day)[goal.pk, side]), None)
