"""Strategies as a whole: drafted, reworded, brought into force."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from sightline.foundation.access.decisions import require
from sightline.foundation.core.errors import Refused
from sightline.foundation.ledger.record import record
from sightline.foundation.ui.words import day as in_words
from sightline.people.actions.holding import hold_organisation
from sightline.people.viewer import Viewer
from sightline.strategy import policies
from sightline.strategy.actions.carrying import carry_over
from sightline.strategy.actions.objectives import add_perspective
from sightline.strategy.events import (
    StrategyBroughtIntoForce,
    StrategyDrafted,
    StrategyReworded,
)
from sightline.strategy.models import Objective, Strategy, StrategyStep, Weighing
from sightline.strategy.rules.numbers import plain
from sightline.strategy.rules.shares import intended_fault
from sightline.strategy.rules.stages import STRATEGY, can_go


@transaction.atomic
def draft_strategy(
    *,
    by: Viewer,
    name: str,
    from_on: date,
    until_on: date,
    mission: str = "",
    vision: str = "",
    perspectives: Sequence[str] = (),
) -> Strategy:
    """Begin a strategy for the days from one up to, not including, another.

    `perspectives` are the names of those with which it begins, from the top of the map.
    """
    require(policies.may_draft_strategy(by))
    _refuse_no_days(from_on, until_on)
    strategy = Strategy.objects.create(
        name=name, mission=mission, vision=vision, from_on=from_on, until_on=until_on
    )
    _note(strategy, by)
    record(StrategyDrafted(strategy.pk, name, str(from_on), str(until_on)), by=by)
    for hue, perspective in enumerate(perspectives, start=1):
        add_perspective(by=by, strategy=strategy, name=perspective, hue=hue)
    return strategy


@transaction.atomic
def reword_strategy(
    *,
    by: Viewer,
    strategy: Strategy,
    name: str,
    from_on: date,
    until_on: date,
    mission: str,
    vision: str,
) -> None:
    """Change the name, the days, mission or vision of a draft."""
    hold_organisation(strategy)
    require(policies.may_change_strategy(by, strategy))
    _refuse_no_days(from_on, until_on)
    wanted = {
        "name": name,
        "from_on": from_on,
        "until_on": until_on,
        "mission": mission,
        "vision": vision,
    }
    before = {key: str(getattr(strategy, key)) for key in wanted}
    after = {key: str(value) for key, value in wanted.items() if str(value) != before[key]}
    if not after:
        return
    for key, value in wanted.items():
        setattr(strategy, key, value)
    strategy.save()
    told = {key: before[key] for key in after}
    record(StrategyReworded(strategy.pk, name, told, after), by=by)


@transaction.atomic
def bring_into_force(*, by: Viewer, strategy: Strategy) -> None:
    """Let a draft hold from today; the strategy that held until now is superseded.

    What units took on and what was measured goes over with the objectives that stay.
    Not before its first day: whoever wants it to hold earlier writes that into it.
    """
    hold_organisation(strategy)
    require(policies.may_change_strategy(by, strategy))
    _refuse_what_is_not_ready(strategy)
    if strategy.from_on > by.today:
        words = _("It begins on %s. Change its first day if it is to hold before.")
        raise Refused(words % in_words(strategy.from_on))
    former = Strategy.objects.filter(stage=Strategy.Stage.IN_FORCE).first()
    if former:
        _go(former, Strategy.Stage.SUPERSEDED, by)
    _go(strategy, Strategy.Stage.IN_FORCE, by)
    if former:
        carry_over(by=by, former=former, strategy=strategy)
    named = (former.name, former.pk) if former else ("", 0)
    record(StrategyBroughtIntoForce(strategy.pk, strategy.name, *named), by=by)


def _refuse_no_days(from_on: date, until_on: date) -> None:
    if until_on <= from_on:
        raise Refused(_("The strategy ends after it begins."), field="until_on")


def _refuse_what_is_not_ready(strategy: Strategy) -> None:
    shares = Objective.objects.filter(strategy=strategy).values_list(
        "intended_share_percent", flat=True
    )
    if not shares:
        raise Refused(_("A strategy needs objectives before it can hold."))
    if (total := intended_fault(shares)) is not None:
        words = _("The intended shares add up to %s%%; they must add up to 100%%.")
        raise Refused(words % plain(total))
    if Weighing.objects.filter(strategy=strategy, stage=Weighing.Stage.OPEN).exists():
        raise Refused(_("People are still being asked for its shares. Close that first."))


def _go(strategy: Strategy, stage: Strategy.Stage, by: Viewer) -> None:
    if not can_go(STRATEGY, strategy.stage, stage):
        raise Refused(_("The strategy has moved on since. Look at it again."))
    strategy.stage = stage
    strategy.save(update_fields=["stage"])
    _note(strategy, by)


def _note(strategy: Strategy, by: Viewer) -> None:
    StrategyStep.objects.create(
        strategy=strategy, stage=strategy.stage, by=by.employee, on=by.today
    )
