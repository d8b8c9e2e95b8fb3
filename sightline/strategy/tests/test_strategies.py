"""A strategy is drafted, holds, and is followed by the next; one at a time."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from sightline.foundation.core.errors import Refused
from sightline.foundation.ledger.models import Record
from sightline.strategy.actions import objectives, strategies
from sightline.strategy.models import Objective, Strategy, StrategyStep
from sightline.strategy.queries.strategies import day_of, strategy_in_force

pytestmark = pytest.mark.django_db


def reworded(draft, **other):
    said = {
        name: getattr(draft, name) for name in ("name", "from_on", "until_on", "mission", "vision")
    }
    return said | other


def test_a_draft_is_begun_and_noted(draft, head):
    assert draft.is_draft
    step = StrategyStep.objects.get(strategy=draft)
    assert (step.stage, step.by, step.on) == ("draft", head.employee, head.today)


@pytest.mark.parametrize("who", ["nkechi", "ingrid"])
def test_executives_and_hr_administrators_write_it(company, who, last_sentence):
    strategies.draft_strategy(
        by=company.viewer(who), name="X", from_on=date(2030, 1, 1), until_on=date(2031, 1, 1)
    )
    assert last_sentence() == "drafted the strategy X"


def test_nobody_else_does(company):
    with pytest.raises(PermissionDenied, match="write the strategy"):
        strategies.draft_strategy(
            by=company.viewer("leo"), name="X", from_on=date(2030, 1, 1), until_on=date(2031, 1, 1)
        )


def test_it_ends_after_it_begins(draft, head):
    with pytest.raises(Refused, match="ends after it begins"):
        strategies.draft_strategy(
            by=head, name="X", from_on=date(2030, 1, 1), until_on=date(2030, 1, 1)
        )
    with pytest.raises(Refused, match="ends after it begins"):
        strategies.reword_strategy(
            by=head, strategy=draft, **reworded(draft, until_on=draft.from_on)
        )


def test_a_draft_is_reworded_and_what_changed_is_told(draft, head, last_sentence):
    strategies.reword_strategy(by=head, strategy=draft, **reworded(draft, mission="To trade."))
    draft.refresh_from_db()
    assert draft.mission == "To trade."
    assert last_sentence() == "changed the strategy The next one: mission"


def test_rewording_to_the_same_does_nothing(draft, head):
    records = Record.objects.count()
    strategies.reword_strategy(by=head, strategy=draft, **reworded(draft))
    assert Record.objects.count() == records


def test_what_is_in_force_is_not_reworded(strategy, head):
    with pytest.raises(PermissionDenied, match="next strategy"):
        strategies.reword_strategy(by=head, strategy=strategy, **reworded(strategy, name="Y"))


def test_the_next_strategy_supersedes_the_one_in_force(strategy, draft, head, last_sentence):
    strategies.bring_into_force(by=head, strategy=draft)
    strategy.refresh_from_db()
    assert strategy.stage == Strategy.Stage.SUPERSEDED
    assert Strategy.objects.get(stage="in_force") == draft
    assert last_sentence() == (
        f"brought the strategy The next one into force; it follows {strategy.name}"
    )


def test_the_first_strategy_follows_none(company, head, last_sentence):
    Strategy.objects.update(stage="superseded")
    last = head.today + timedelta(days=365)
    one = strategies.draft_strategy(by=head, name="X", from_on=head.today, until_on=last)
    view = objectives.add_perspective(by=head, strategy=one, name="Shops", hue=1)
    made = objectives.add_objective(
        by=head, perspective=view, title="All", description="", owner=company.leo
    )
    objectives.set_shares(by=head, strategy=one, shares={made: Decimal(100)})
    strategies.bring_into_force(by=head, strategy=one)
    assert last_sentence() == "brought the strategy X into force"


def test_without_objectives_or_with_shares_short_of_a_hundred_it_does_not_hold(draft, head):
    bare = strategies.draft_strategy(
        by=head, name="X", from_on=date(2030, 1, 1), until_on=date(2031, 1, 1)
    )
    with pytest.raises(Refused, match="needs objectives"):
        strategies.bring_into_force(by=head, strategy=bare)
    Objective.objects.filter(strategy=draft, code="O1").update(intended_share_percent=40)
    with pytest.raises(Refused, match=r"add up to 90%.*100%"):
        strategies.bring_into_force(by=head, strategy=draft)
    assert Strategy.objects.get(pk=draft.pk).is_draft


def test_it_does_not_hold_before_its_first_day(strategy, draft, head):
    Strategy.objects.filter(pk=draft.pk).update(from_on=head.today + timedelta(days=1))
    early = Strategy.objects.get(pk=draft.pk)
    with pytest.raises(Refused, match="Change its first day"):
        strategies.bring_into_force(by=head, strategy=early)
    assert Strategy.objects.get(pk=strategy.pk).is_in_force
    strategies.bring_into_force(by=replace(head, today=early.from_on), strategy=early)
    assert Strategy.objects.get(pk=strategy.pk).stage == "superseded"


def test_it_is_brought_into_force_once(draft, head):
    stale = Strategy.objects.get(pk=draft.pk)
    strategies.bring_into_force(by=head, strategy=draft)
    with pytest.raises(PermissionDenied, match="no draft any more"):
        strategies.bring_into_force(by=head, strategy=stale)


def test_a_page_of_before_it_held_changes_nothing_any_more(draft, pair, head):
    stale = Objective.objects.select_related("strategy").get(pk=pair[0].pk)
    strategies.bring_into_force(by=head, strategy=draft)
    with pytest.raises(PermissionDenied, match="no draft any more"):
        objectives.remove_objective(by=head, objective=stale)


def test_what_held_on_a_day_can_be_asked(strategy, draft, head):
    begun = StrategyStep.objects.get(strategy=strategy, stage="in_force").on
    strategies.bring_into_force(by=head, strategy=draft)
    yesterday = head.today - timedelta(days=1)
    assert strategy_in_force(head) == draft
    assert strategy_in_force(head, head.today) == draft
    assert strategy_in_force(head, yesterday) == strategy
    assert strategy_in_force(head, begun) == strategy
    assert strategy_in_force(head, begun - timedelta(days=1)) is None


def test_a_strategy_that_was_followed_is_read_as_of_the_day_on_which_it_was(
    strategy, draft, head, company
):
    assert day_of(strategy, head.today) == head.today
    assert day_of(strategy, strategy.until_on) == strategy.span.last
    strategies.bring_into_force(by=head, strategy=draft)
    strategy.refresh_from_db()
    years_later = head.today + timedelta(days=300)
    assert day_of(strategy, years_later) == head.today
