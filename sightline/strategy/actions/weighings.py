"""People are asked how much each objective is to get; what came of it is taken over, or not."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from sightline.foundation.access.decisions import require
from sightline.foundation.core.dates import now
from sightline.foundation.core.errors import Refused
from sightline.foundation.ledger.record import record
from sightline.foundation.notices.actions import settle
from sightline.people.actions.holding import hold_organisation
from sightline.people.models import Employee, Employment
from sightline.people.viewer import Viewer
from sightline.strategy import policies
from sightline.strategy.actions.objectives import set_shares
from sightline.strategy.events import (
    WeighingAsked,
    WeighingBegun,
    WeighingClosed,
    WeightsGiven,
    WeightsTakenOver,
)
from sightline.strategy.models import Objective, Strategy, Weighing, WeighingAnswer
from sightline.strategy.queries.weighings import outcome_of
from sightline.strategy.rules import pairwise
from sightline.strategy.rules.numbers import plain
from sightline.strategy.rules.shares import intended_fault

Stage = Weighing.Stage


@transaction.atomic
def ask_for_weights(*, by: Viewer, strategy: Strategy, way: str, person: Employee) -> Weighing:
    """Ask somebody, the viewer perhaps, how much each objective of a draft is to get."""
    hold_organisation(strategy)
    require(policies.may_change_strategy(by, strategy))
    if Weighing.objects.filter(strategy=strategy, stage=Stage.OPEN).exists():
        raise Refused(_("People are being asked already. Close that first."))
    asked = list(
        Objective.objects.filter(strategy=strategy).values("id", "code", "title", "description")
    )
    _refuse_number(len(asked), way)
    weighing = Weighing.objects.create(
        strategy=strategy, way=way, asked=asked, by=by.employee, on=by.today
    )
    record(WeighingBegun(weighing.pk, strategy.name, way), by=by)
    ask_another(by=by, weighing=weighing, person=person)
    return weighing


@transaction.atomic
def ask_another(*, by: Viewer, weighing: Weighing, person: Employee) -> WeighingAnswer:
    """Ask one more, while it is open."""
    hold_organisation(weighing)
    require(policies.may_change_strategy(by, weighing.strategy))
    _refuse_closed(weighing)
    if not Employment.objects.filter(employee=person, until_on__gt=by.today).exists():
        words = _("%s does not work here any more.")
        raise Refused(words % person.name, field="person")
    answer, is_new = WeighingAnswer.objects.get_or_create(weighing=weighing, employee=person)
    if not is_new:
        raise Refused(_("%s is asked already.") % person.name, field="person")
    record(WeighingAsked(weighing.pk, weighing.strategy.name, person.pk), by=by)
    return answer


@transaction.atomic
def give_points(*, by: Viewer, weighing: Weighing, points: Mapping[int, Decimal]) -> None:
    """Share 100 points out, or otherwise than before; seen by nobody else until it is closed."""
    hold_organisation(weighing)
    require(policies.may_weigh(by, weighing))
    _refuse_other_question(weighing, Weighing.Way.POINTS, set(points) == set(weighing.keys))
    if any(not 0 <= one <= 100 for one in points.values()):
        raise Refused(_("Give each from 0 to 100 points."))
    if (total := intended_fault(points.values())) is not None:
        raise Refused(_("The points add up to %s; they must add up to 100.") % plain(total))
    _give(by, weighing, {str(key): plain(value) for key, value in points.items()})


@transaction.atomic
def give_judgements(
    *, by: Viewer, weighing: Weighing, steps: Mapping[tuple[int, int], int]
) -> None:
    """Judge every pair; above the accepted inconsistency too: that is told, never refused."""
    hold_organisation(weighing)
    require(policies.may_weigh(by, weighing))
    keys = weighing.keys
    wanted = {(keys[first], keys[second]) for first, second in pairwise.pairs(len(keys))}
    _refuse_other_question(weighing, Weighing.Way.PAIRS, set(steps) == wanted)
    try:
        for step in steps.values():
            pairwise.ratio_of(step)
    except ValueError as wrong:
        raise Refused(_("Judge with the words that are offered.")) from wrong
    _give(by, weighing, {f"{first}-{second}": step for (first, second), step in steps.items()})


@transaction.atomic
def close_weighing(*, by: Viewer, weighing: Weighing) -> None:
    """Let nobody answer any more; from now on those asked and the writers read what came of it."""
    hold_organisation(weighing)
    require(policies.may_change_strategy(by, weighing.strategy))
    _refuse_closed(weighing)
    weighing.stage = Stage.CLOSED
    weighing.save(update_fields=["stage"])
    settle(keys=[asked_by(weighing.pk)])
    outcome = outcome_of(weighing)
    told = {row.asked.code: plain(row.share_percent) for row in outcome.rows}
    name = weighing.strategy.name
    record(WeighingClosed(weighing.pk, name, outcome.answered, outcome.number_asked, told), by=by)


@transaction.atomic
def take_over_weights(*, by: Viewer, weighing: Weighing) -> None:
    """Make what people said the intended shares of the draft."""
    hold_organisation(weighing)
    strategy = weighing.strategy
    require(policies.may_change_strategy(by, strategy))
    if weighing.is_open:
        raise Refused(_("It is still open. Close it first."))
    outcome = outcome_of(weighing)
    objectives = {one.pk: one for one in Objective.objects.filter(strategy=strategy)}
    if not outcome.rows:
        raise Refused(_("Nobody has answered."))
    if set(objectives) != set(weighing.keys):
        raise Refused(_("Objectives have come or gone since people were asked. Ask anew."))
    weighing.stage = Stage.TAKEN_OVER
    weighing.save(update_fields=["stage"])
    shares = {objectives[row.asked.key]: row.share_percent for row in outcome.rows}
    set_shares(by=by, strategy=strategy, shares=shares)
    record(WeightsTakenOver(weighing.pk, strategy.name), by=by)


def asked_by(weighing_id: int) -> str:
    """The key of notices that ask somebody to answer a question about shares."""
    return f"weighing:{weighing_id}:answer"


def _give(by: Viewer, weighing: Weighing, said: dict[str, Any]) -> None:
    WeighingAnswer.objects.filter(weighing=weighing, employee=by.employee).update(
        said=said, sent_at=now()
    )
    if by.account is not None:
        settle(keys=[asked_by(weighing.pk)], accounts=[by.account])
    record(WeightsGiven(weighing.pk, weighing.strategy.name, by.employee.pk), by=by)


def _refuse_closed(weighing: Weighing) -> None:
    if not weighing.is_open:
        raise Refused(_("It is closed."))


def _refuse_other_question(weighing: Weighing, way: str, is_whole: bool) -> None:
    if weighing.way != way or not is_whole:
        raise Refused(_("That does not answer what is asked. Look at the page again."))


def _refuse_number(number: int, way: str) -> None:
    if number < pairwise.FEWEST:
        raise Refused(_("There are fewer than two objectives; there is nothing to share out."))
    if way == Weighing.Way.PAIRS and number > pairwise.MOST:
        words = _("Nine objectives at most can be compared in pairs. Let people share out points.")
        raise Refused(words, field="way")
