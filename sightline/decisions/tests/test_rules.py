"""What holds of the rules whatever the numbers, and that every finding has its sentence."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from sightline.decisions.rules import checks, dossier, kinds, stages
from sightline.decisions.wording import NAMES, SENTENCES, sentence_of_finding

AMOUNTS = some.decimals(min_value=1, max_value=10**7, places=2)
DAYS = some.dates(min_value=date(1990, 1, 1), max_value=date(2100, 1, 1))
MONEY = some.builds(checks.Money, AMOUNTS, some.sampled_from(["EUR", "KES"]))


@given(AMOUNTS, AMOUNTS, AMOUNTS)
def test_inside_a_range_is_exactly_what_lies_between_its_ends(amount, one, other):
    low, high = sorted([one, other])
    around = checks.PayRange(low, high, "EUR")
    found = checks.pay(checks.Money(amount, "EUR"), None, around, 5)
    assert (found.finding == "inside") == (low <= amount <= high)


@given(AMOUNTS, AMOUNTS, some.integers(min_value=1, max_value=50))
def test_a_larger_award_never_weighs_less(amount, pay, most):
    order = [checks.PASSES, checks.WARNS, checks.BLOCKS]
    held = checks.Money(pay, "EUR")
    smaller = checks.award(checks.Money(amount, "EUR"), held, most)
    larger = checks.award(checks.Money(amount * 2, "EUR"), held, most)
    assert order.index(smaller.outcome) <= order.index(larger.outcome)


@given(DAYS, some.integers(min_value=0, max_value=4000))
def test_months_grow_with_the_days_and_never_run_ahead(since, days):
    on = since + timedelta(days=days)
    months = checks.whole_months(since, on)
    assert days // 31 - 1 <= months <= days // 28
    assert checks.whole_months(since, on + timedelta(days=1)) >= months
    assert checks.whole_months(on, since) == 0


@given(
    some.builds(
        checks.Case,
        kind=some.sampled_from(sorted(kinds.CHANGES_POST | kinds.GIVES_AWARD | {"warning"})),
        on=DAYS,
        evidence_count=some.integers(min_value=0, max_value=40),
        in_post_since=some.none() | DAYS,
        rating=some.none() | some.decimals(min_value=1, max_value=5, places=1),
        rating_of=some.just("Year"),
        money=some.none() | MONEY,
        pay_now=some.none() | MONEY,
        pay_range=some.none()
        | some.builds(
            lambda low, more, currency: checks.PayRange(low, low + more, currency),
            AMOUNTS,
            AMOUNTS,
            some.sampled_from(["EUR", "KES"]),
        ),
        post_held_by=some.sampled_from([None, "", "Mei"]),
        proposer_is_person=some.booleans(),
        proposer_is_below=some.booleans(),
        approvers=some.integers(min_value=0, max_value=5),
    )
)
def test_every_finding_has_a_name_and_a_sentence(case):
    found = checks.findings(case, kinds.Needs())
    assert checks.is_blocked(found) == any(one.outcome == "blocks" for one in found)
    for one in found:
        assert NAMES[one.code]
        assert sentence_of_finding(one.code, one.finding, one.numbers)


def test_a_range_that_begins_at_nothing_can_still_be_left():
    around = checks.PayRange(Decimal(0), Decimal(0), "EUR")
    assert checks.beyond_percent(Decimal(1), around) == 100
    assert checks.compa_ratio(Decimal(1), around) == 0


def test_every_sentence_belongs_to_a_check():
    assert {code for code, _finding in SENTENCES} == set(NAMES)


@pytest.mark.parametrize("stage", stages.NEXT)
def test_an_ended_decision_leads_nowhere(stage):
    assert bool(stages.NEXT[stage]) == (stage not in stages.ENDED)
    for following in stages.NEXT[stage]:
        assert stages.may_follow(stage, following)
    assert not stages.may_follow(stage, stage)


def test_steps_count_up_to_where_a_stopped_decision_came():
    assert stages.steps_done(stages.DRAFT) == 1
    assert stages.steps_done(stages.CARRIED_OUT) == 6
    assert stages.steps_done(stages.REJECTED, stages.REPLY) == 4


def test_what_the_house_does_not_rule_on_has_the_common_needs():
    assert kinds.needs_of_the_house("training") == kinds.Needs()


@given(some.dictionaries(some.text(max_size=5), some.text(max_size=5)))
def test_a_digest_does_not_depend_on_the_order_of_what_it_is_taken_of(content):
    turned = dict(reversed(content.items()))
    assert dossier.digest(content) == dossier.digest(turned)
    assert len(dossier.digest(content)) == 64


def test_a_short_digest_is_shown_whole():
    assert dossier.shortened("7c1eaaaaaaaaa90f") == "7c1e…a90f"
    assert dossier.shortened("7c1e") == "7c1e"
