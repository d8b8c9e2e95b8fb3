"""Keeps what goals have come to, upwards from the one that changed.

The goals whose figures may change are locked in the order of their keys before anything is read,
so that any number of people can check in under one parent at once: each waits for the other for
the blink of a write, nobody reads what another is about to change, and nobody waits in a circle.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import DecimalField, F, Max, Q, Sum
from django.db.models.functions import Greatest, Least
from django.utils.translation import gettext as _

from sightline.foundation.core.errors import Refused
from sightline.goals.actions.forecasts import forecast
from sightline.goals.actions.measuring import Heard, cents, known_of, plan_percent
from sightline.goals.models import Closing, Contribution, Goal, Recalibration, Wording
from sightline.goals.queries.forecasts import recalibration
from sightline.goals.rules.roll_up import NOTHING, WHOLE, RollUp, rolled_from

EXACT = DecimalField(max_digits=24, decimal_places=4)
FIGURES = [
    "value",
    "confidence",
    "measured_on",
    "done_percent",
    "plan_percent",
    "chance_percent",
    "rolled_percent",
    "rolled_coverage_percent",
]


def locked_upwards(goals: Iterable[int], *, whole: bool = False) -> dict[int, Goal]:
    """These goals and those above whose figures rest on theirs, by key, lowest first, locked.

    `whole`: all that they lead to, be their figures concerned or not. Refused when one is gone.
    """
    start = sorted(goals)
    known: list[int] = []
    held: dict[int, Goal] = {}
    while (reach := _reach(start, whole)) != known:
        known = reach
        rows = Goal.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=known)
        held = {row.pk: row for row in rows.select_related("period").order_by("pk")}
    if not held.keys() >= set(start):
        raise Refused(_("It was removed meanwhile."))
    return {pk: held[pk] for pk in known}


def _reach(start: list[int], whole: bool) -> list[int]:
    """The goals, then level by level those they serve, each once, after all that serve it.

    Beyond a goal with a measure of its own no figure changes: the way ends there.
    """
    order: dict[int, None] = dict.fromkeys(start)
    level = start
    while level:
        rows = Contribution.objects.filter(goal__in=level, parent__isnull=False)
        above = dict(rows.order_by("parent").values_list("parent", "parent__kind"))
        for parent in above:
            order.pop(parent, None)
            order[parent] = None
        level = [pk for pk, kind in above.items() if whole or kind == Wording.Kind.CHILDREN]
    return list(order)


def redraw(goals: dict[int, Goal], dirty: Iterable[int], *, closed: bool = False) -> None:
    """Work out anew the goals whose parts changed and what lies above them.

    `goals` as `locked_upwards` gave it. What is closed keeps what it had come to, unless `closed`
    says that it is being brought from elsewhere.
    """
    waiting = set(dirty)
    above = any(goal.kind == Wording.Kind.CHILDREN for goal in goals.values())
    learned = recalibration() if above else None
    for pk, goal in goals.items():
        if pk not in waiting or (goal.is_closed and not closed):
            continue
        before = goal.done_percent
        _take(goal, *_rolled(goal), learned)
        goal.save(update_fields=FIGURES)
        if goal.kind == Wording.Kind.CHILDREN and goal.done_percent != before:
            waiting.update(parents_of(goal))


def parents_of(goal: Goal) -> list[int]:
    """The goals that a goal serves."""
    rows = Contribution.objects.filter(goal=goal, parent__isnull=False)
    return list(rows.values_list("parent", flat=True))


def _rolled(goal: Goal) -> tuple[RollUp, date | None]:
    """The roll-up of a goal, summed where its parts are; and the day of the last word about them.

    The same as rules.roll_up gives for the parts one by one, whatever their number. What not
    everyone may see is left out, whoever may see the goal itself: how far one has come would show
    through to readers of this one, and by narrowing his own goal an owner could look for it.
    """
    rows = Contribution.objects.filter(parent=goal, goal__agreed_number__isnull=False)
    rows = rows.filter(goal__visibility=Goal.Visibility.EVERYONE)
    rows = rows.exclude(goal__closing__outcome=Closing.Outcome.DROPPED)
    mass = F("share_percent") * F("goal__weight_percent")
    held = Least(Greatest(F("goal__done_percent"), NOTHING), WHOLE)
    measured = Q(goal__done_percent__isnull=False)
    sums = rows.aggregate(
        whole=Sum(mass, output_field=EXACT),
        known=Sum(mass, filter=measured, output_field=EXACT),
        reached=Sum(mass * held, filter=measured, output_field=EXACT),
        last=Max("goal__measured_on"),
    )
    whole, known, reached = (sums[name] or NOTHING for name in ("whole", "known", "reached"))
    return rolled_from(whole, known, reached), sums["last"]


def _take(goal: Goal, rolled: RollUp, last: date | None, learned: Recalibration | None) -> None:
    goal.rolled_percent = cents(rolled.done_percent)
    goal.rolled_coverage_percent = cents(rolled.coverage_percent)
    if goal.kind == Wording.Kind.CHILDREN:
        goal.done_percent = goal.rolled_percent
        goal.measured_on = last if goal.done_percent is not None else None
        goal.plan_percent = plan_percent(goal)
        forecast([(goal, known_of(goal, Heard()))], learned)
