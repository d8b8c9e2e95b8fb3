"""Check-ins: how a goal stands, in twenty seconds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from sightline.foundation.access.decisions import require
from sightline.foundation.core.dates import now
from sightline.foundation.core.errors import Refused
from sightline.foundation.ledger.record import record
from sightline.goals import policies
from sightline.goals.actions.figures import FIGURES, locked_upwards, parents_of, redraw
from sightline.goals.actions.forecasts import measure
from sightline.goals.actions.help import HelpWanted, ask_for_help
from sightline.goals.actions.texts import about, told
from sightline.goals.events import CheckedIn, StatusDisputed
from sightline.goals.models import CheckIn, Disagreement, Goal, Tick, Wording
from sightline.goals.queries.goals import standing_of
from sightline.goals.queries.milestones import done_days
from sightline.people.viewer import Viewer

UNDATED = {Wording.Kind.CHILDREN, Wording.Kind.MILESTONES}
"""Kinds that a check-in gives no value of that day for: it follows from others, or from ticks."""


@dataclass(frozen=True, slots=True)
class Ticked:
    """Which milestones, by number, are done since a day (today), and which are not after all."""

    done: frozenset[int] = frozenset()
    undone: frozenset[int] = frozenset()
    on: date | None = None


@transaction.atomic
def check_in(
    *,
    by: Viewer,
    goal: Goal,
    value: Decimal | None,
    confidence: Decimal,
    note: str = "",
    on: date | None = None,
    ticked: Ticked | None = None,
    wanted: HelpWanted | None = None,
) -> CheckIn:
    """Say how a goal stands on a day (today), and how sure one is to get there, from 0 to 1.

    Of milestones `ticked` says which are done now, and which are not after all; `wanted` whose
    help is needed: a request to that person.

    A later word about the same day corrects the earlier one. All goals above whose figures rest on
    this one are right when it is over, however many check in at the same moment.
    """
    require(policies.may_check_in(by, goal))
    day = on or by.today
    goals = locked_upwards([goal.pk])
    goal = goals[goal.pk]
    _refuse_faults(goal, by, day, value, confidence)
    ticks = _ticks(goal, by, ticked or Ticked())
    said = CheckIn.objects.create(
        goal=goal,
        author=by.employee,
        on=day,
        value=value,
        confidence=confidence,
        note=note,
        recorded_at=now(),
    )
    for tick in ticks:
        tick.check_in = said
    Tick.objects.bulk_create(ticks)
    if goal.measured_on is None or day >= goal.measured_on or goal.kind in UNDATED:
        _take(goal, confidence)
        redraw(goals, parents_of(goal))
    spoken = "" if value is None else str(value)
    words = (str(day), spoken, str(confidence), note, told(tuple(ticks)))
    record(CheckedIn(goal.pk, about(goal, by), said.pk, *words), by=by)
    if wanted:
        _ask(by, said, wanted)
    return said


def _ask(by: Viewer, said: CheckIn, wanted: HelpWanted) -> None:
    whom = wanted.asked
    ask_for_help(by=by, goal=said.goal, asked=whom, words=wanted.words, check_in=said)


def _ticks(goal: Goal, by: Viewer, said: Ticked) -> list[Tick]:
    """What changes by that; who ticks what a colleague has ticked before changes nothing."""
    steps = {one.number: one for one in goal.milestones}
    if not steps.keys() >= {*said.done, *said.undone}:
        words = _("The milestones were changed meanwhile. Look at the list again.")
        raise Refused(words, field="done")
    on = said.on or by.today
    if said.done and not goal.from_on <= on <= by.today:
        raise Refused(_("Give a day between the start of the goal and today."), field="done_on")
    before = done_days([goal]).get(goal.pk, {})
    days: dict[int, date | None] = dict.fromkeys(said.done - before.keys(), on)
    days |= dict.fromkeys(said.undone & before.keys())
    return [
        Tick(number=number, title=steps[number].title, done_on=day)
        for number, day in sorted(days.items())
    ]


def _take(goal: Goal, confidence: Decimal) -> None:
    if goal.kind == Wording.Kind.CHILDREN:
        goal.confidence = confidence
    else:
        measure(goal)
    goal.save(update_fields=FIGURES)


def _refuse_faults(
    goal: Goal, by: Viewer, day: date, value: Decimal | None, confidence: Decimal
) -> None:
    if goal.is_closed:
        raise Refused(_("The goal was closed meanwhile."))
    if not goal.from_on <= day <= by.today:
        raise Refused(_("Give a day between the start of the goal and today."), field="on")
    if not 0 <= confidence <= 1:
        raise Refused(_("Confidence lies between 0 and 100%."), field="confidence")
    if value is None and goal.kind not in UNDATED:
        raise Refused(_("Say where it stands."), field="value")


@transaction.atomic
def disagree(*, by: Viewer, goal: Goal, words: str) -> Disagreement:
    """Say what a computed status does not tell; both are shown until the next check-in."""
    require(policies.may_check_in(by, goal))
    if not words.strip():
        raise Refused(_("Say what the status does not tell."), field="words")
    goal = Goal.objects.select_related("period", "employee", "closing").get(pk=goal.pk)
    last = CheckIn.objects.filter(goal=goal).order_by("-on", "-pk").first()
    if last is None:
        raise Refused(_("Check in first; then there is a status to disagree with."))
    status = standing_of(goal, by.today).status
    said, _made = Disagreement.objects.update_or_create(
        check_in=last,
        defaults={"status": status, "words": words, "by": by.employee, "on": by.today},
    )
    record(StatusDisputed(goal.pk, about(goal, by), status, words), by=by)
    return said


@transaction.atomic
def check_in_on_several(*, by: Viewer, said: Sequence[tuple[Goal, Mapping[str, Any]]]) -> None:
    """Check in on several goals at once: all are kept, or none.

    All that any of them concerns is locked first, in one order.
    """
    if not said:
        raise Refused(_("Nothing was said. Give a value or a note for one of the goals."))
    locked_upwards(goal.pk for goal, _words in said)
    for goal, words in said:
        try:
            check_in(by=by, goal=goal, **words)
        except Refused as refusal:
            told = {"goal": goal.title, "sentence": refusal.reasons[0][1]}
            raise Refused(_("%(goal)s: %(sentence)s") % told) from refusal
