"""Targets shared out over units and quarters, and what came of the parts."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from sightline.foundation.core.errors import Refused
from sightline.foundation.ledger.models import Record
from sightline.foundation.notices.models import Notice
from sightline.foundation.ui.words import day as in_words
from sightline.strategy.actions import measures, objectives, strategies
from sightline.strategy.actions.measures import MeasureFacts
from sightline.strategy.actions.target_shares import UnitPart, record_share_actual, split_target
from sightline.strategy.actions.telling import STALE, tell_of_shares
from sightline.strategy.models import Measure, Objective, ShareActual, TargetShare
from sightline.strategy.queries.former_shares import Source, filled, seed_for
from sightline.strategy.queries.measures import measures_of
from sightline.strategy.queries.target_shares import (
    parts_of_unit,
    share_seen_by,
    splits_of,
    target_asked_for,
)
from sightline.strategy.rules.proportions import Fault

pytestmark = pytest.mark.django_db


@pytest.fixture
def facts(strategy):
    return MeasureFacts("Orders", "up", "lag", strategy.from_on, "", Decimal(0))


@pytest.fixture
def days(company):
    """When the target of this year and that of the next are due."""
    return company.today + timedelta(days=90), company.today + timedelta(days=455)


@pytest.fixture
def measure(objective, head, facts, days):
    made = measures.add_measure(by=head, objective=objective, facts=facts)
    targets = {days[0]: Decimal(1200), days[1]: Decimal(2400)}
    measures.set_targets(by=head, measure=made, targets=targets)
    return made


@pytest.fixture
def leo(company):
    return company.viewer("leo")


@pytest.fixture
def units(company):
    return company.units["PLAT"], company.units["TECH"]


def part(unit, *values, weight=1):
    return UnitPart(unit, [Decimal(one) for one in values], Decimal(weight))


@pytest.fixture
def shared(measure, leo, units, days):
    parts = [part(units[0], 100, 200, 300, 200), part(units[1], 100, 100, 100, 100)]
    split_target(by=leo, measure=measure, due_on=days[0], way="additive", parts=parts)
    return measure


def test_the_owner_shares_a_target_out(shared, leo, days, last_sentence):
    (seen, later) = splits_of(leo, shared)
    assert (seen.target.value, later.rows) == (1200, [])
    assert seen.sheet.closure.closes
    assert [row.comes_to for row in seen.rows] == [800, 400]
    assert seen.sheet.quarters == [200, 300, 400, 300]
    assert seen.quarters[3] == days[0]
    assert last_sentence() == f"shared out the target of Orders due {in_words(days[0])} in 8 parts"
    assert measures_of(leo, shared.objective, leo.today)[-1].measure.is_shared_out


def test_what_stays_as_it_was_is_no_event(shared, leo, units, days):
    records = Record.objects.count()
    parts = [part(units[0], 100, 200, 300, 200), part(units[1], 100, 100, 100, 100)]
    split_target(by=leo, measure=shared, due_on=days[0], way="additive", parts=parts)
    assert Record.objects.count() == records


def test_another_way_alone_is_one(shared, leo, units, days):
    records = Record.objects.count()
    parts = [part(units[0], 100, 200, 300, 200), part(units[1], 100, 100, 100, 100)]
    split_target(by=leo, measure=shared, due_on=days[0], way="minimum", parts=parts)
    assert Record.objects.count() == records + 1
    assert splits_of(leo, shared)[0].sheet.closure.gap == -1100


def test_parts_that_do_not_make_the_whole_are_kept_with_their_gap(measure, leo, units, days):
    parts = [part(units[0], 500)]
    split_target(by=leo, measure=measure, due_on=days[0], way="additive", parts=parts)
    seen = splits_of(leo, measure)[0]
    assert (seen.quarters, seen.sheet.closure.gap) == ([], -700)


def test_without_parts_it_is_no_longer_shared_out(shared, leo, days, last_sentence):
    split_target(by=leo, measure=shared, due_on=days[0], way="additive", parts=[])
    assert not TargetShare.objects.exists()
    assert last_sentence().startswith("took back how the target of Orders")


@pytest.mark.parametrize(
    ("way", "parts", "words"),
    [
        ("magic", [(0, (1,), 1)], "Choose how"),
        ("additive", [(0, (1,), 1), (0, (2,), 1)], "once"),
        ("additive", [(0, (1,), 1), (1, (1, 2, 3, 4), 1)], "all of them one a quarter"),
        ("additive", [(0, (1, 2), 1)], "each of the four quarters"),
        ("additive", [(0, (), 1)], "each of the four quarters"),
        ("additive", [(0, (1,), -1)], "not below 0"),
        ("weighted_mean", [(0, (1,), 0)], "weight above 0"),
    ],
)
def test_what_is_no_split_is_refused(measure, leo, units, days, way, parts, words):
    said = [part(units[one], *values, weight=weight) for one, values, weight in parts]
    with pytest.raises(Refused, match=words):
        split_target(by=leo, measure=measure, due_on=days[0], way=way, parts=said)
    assert not TargetShare.objects.exists()


def test_a_unit_that_no_longer_stands_gets_no_part_but_keeps_one(shared, leo, units, days):
    unit = units[0]
    type(unit).objects.filter(pk=unit.pk).update(until_on=leo.today)
    unit.refresh_from_db()
    split_target(
        by=leo, measure=shared, due_on=days[0], way="additive", parts=[part(unit, 1, 1, 1, 1)]
    )
    with pytest.raises(Refused, match="does not stand"):
        split_target(by=leo, measure=shared, due_on=days[1], way="additive", parts=[part(unit, 1)])


def test_a_day_without_a_target_is_refused(measure, leo, units):
    with pytest.raises(Refused, match="No target is due"):
        split_target(
            by=leo, measure=measure, due_on=leo.today, way="none", parts=[part(units[0], 1)]
        )


@pytest.mark.parametrize("who", ["nkechi", "ingrid"])
def test_those_who_write_the_strategy_share_out_too(company, measure, units, days, who):
    by = company.viewer(who)
    split_target(by=by, measure=measure, due_on=days[0], way="none", parts=[part(units[0], 1)])
    assert TargetShare.objects.count() == 1


@pytest.mark.parametrize("who", ["ana", "tomas", "samuel"])
def test_nobody_else_does(company, measure, units, days, who):
    with pytest.raises(PermissionDenied, match="share a target out"):
        split_target(by=company.viewer(who), measure=measure, due_on=days[0], way="none", parts=[])


def test_a_band_has_nothing_to_share_out(head, days):
    band = Measure.objects.get(direction="band")
    with pytest.raises(PermissionDenied, match="no target to share out"):
        split_target(by=head, measure=band, due_on=days[0], way="none", parts=[])


def test_what_is_superseded_is_kept_as_it_was(shared, draft, head, leo, days):
    share = TargetShare.objects.first()
    strategies.bring_into_force(by=head, strategy=draft)
    shared.refresh_from_db()
    with pytest.raises(PermissionDenied, match="Another strategy has followed"):
        split_target(by=head, measure=shared, due_on=days[0], way="none", parts=[])
    with pytest.raises(PermissionDenied, match="in force is measured"):
        record_share_actual(by=leo, share=share, value=Decimal(1))


@pytest.mark.parametrize("who", ["ana", "leo", "nkechi"])
def test_what_came_of_a_part_is_recorded_and_corrected(company, shared, units, who, last_sentence):
    by = company.viewer(who)
    share = TargetShare.objects.get(unit=units[0], quarter=1)
    record_share_actual(by=by, share=share, value=Decimal(90))
    assert last_sentence() == "recorded what came of Orders, Platform Q1: 90"
    record_share_actual(by=by, share=share, value=Decimal(95))
    assert last_sentence() == "corrected what came of Orders, Platform Q1: 90 is 95"
    assert share_seen_by(by, share.pk).came_to == 95


@pytest.mark.parametrize("who", ["tomas", "ingrid", "samuel"])
def test_others_do_not_record(company, shared, units, who):
    share = TargetShare.objects.get(unit=units[0], quarter=1)
    with pytest.raises(PermissionDenied, match="lead of the unit"):
        record_share_actual(by=company.viewer(who), share=share, value=Decimal(1))


def test_a_part_of_which_something_came_stays(shared, leo, head, units, days):
    share = TargetShare.objects.get(unit=units[0], quarter=1)
    record_share_actual(by=leo, share=share, value=Decimal(90))
    for parts in ([], [part(units[0], 5)], [part(units[1], 1, 1, 1, 1)]):
        with pytest.raises(Refused, match="recorded for Platform"):
            split_target(by=leo, measure=shared, due_on=days[0], way="none", parts=parts)
    with pytest.raises(Refused, match="stays with the objective"):
        measures.remove_measure(by=head, measure=shared)
    others = [part(units[0], 7, 7, 7, 7)]
    split_target(by=leo, measure=shared, due_on=days[0], way="none", parts=others)
    assert ShareActual.objects.get().share.value == 7


def test_a_target_that_is_shared_out_keeps_its_day_and_may_change(shared, head, leo, days):
    with pytest.raises(Refused, match="shared out over units"):
        measures.set_targets(by=head, measure=shared, targets={days[1]: Decimal(2400)})
    measures.set_targets(by=head, measure=shared, targets={days[0]: Decimal(1500)})
    (seen,) = splits_of(leo, shared)
    assert seen.sheet.closure.gap == -300


def test_a_measure_goes_with_its_parts(shared, head):
    measures.remove_measure(by=head, measure=shared)
    assert not TargetShare.objects.exists()


def test_so_does_an_objective_of_a_draft(pair, head, facts, units, days):
    made = measures.add_measure(by=head, objective=pair[0], facts=facts)
    measures.set_targets(by=head, measure=made, targets={days[1]: Decimal(5)})
    split_target(by=head, measure=made, due_on=days[1], way="none", parts=[part(units[0], 1)])
    Notice.objects.all().delete()
    assert tell_of_shares(Record.objects.latest("pk").pk) == 0
    objectives.remove_objective(by=head, objective=Objective.objects.get(pk=pair[0].pk))
    assert not TargetShare.objects.exists()


def test_the_leads_are_told_once_and_not_who_did_it(shared, leo):
    pk = Record.objects.latest("pk").pk
    Notice.objects.all().delete()
    tell_of_shares(pk)
    assert tell_of_shares(pk) == 0
    told = [(one.account.employee.first_name, str(one.sentence)) for one in Notice.objects.all()]
    assert told == [("Ana", "The part of Platform in the target of “Orders” was set anew")]


def test_of_other_records_and_of_targets_past_nobody_is_told(measure, head, units, strategy):
    pk = Record.objects.latest("pk").pk
    assert tell_of_shares(pk) == 0
    assert tell_of_shares(pk + 1000) == 0
    past = head.today - timedelta(days=20)
    measures.set_targets(by=head, measure=measure, targets={past: Decimal(5)})
    split_target(by=head, measure=measure, due_on=past, way="none", parts=[part(units[0], 1)])
    assert tell_of_shares(Record.objects.latest("pk").pk) == 0


def test_of_what_was_shared_out_long_ago_nobody_is_told(measure, leo, units, days):
    long_ago = replace(leo, today=leo.today - 2 * STALE)
    split_target(
        by=long_ago, measure=measure, due_on=days[0], way="none", parts=[part(units[0], 1)]
    )
    assert tell_of_shares(Record.objects.latest("pk").pk) == 0


def test_a_unit_sees_its_parts_of_the_target_that_is_due_next(shared, leo, units, days, strategy):
    split_target(by=leo, measure=shared, due_on=days[1], way="additive", parts=[part(units[0], 9)])
    found = parts_of_unit(leo, units[0], strategy)
    assert [one.share.value for one in found] == [100, 200, 300, 200]
    assert [one.due_on for one in found][-1] == days[0]
    assert found[0].may_record


def test_a_part_is_seen_with_its_objective(company, shared):
    share = TargetShare.objects.first()
    assert share_seen_by(company.viewer("tomas"), share.pk) == share
    assert share_seen_by(company.viewer("samuel"), share.pk) is None


def test_the_target_asked_for_is_the_next_or_the_last(measure, days):
    ask = lambda day, today: target_asked_for(measure, day, today)  # noqa: E731
    assert ask("", days[0]).due_on == days[0]
    assert ask("", days[0] + timedelta(days=1)).due_on == days[1]
    assert ask("", days[1] + timedelta(days=1)).due_on == days[1]
    assert ask(str(days[1]), days[0]).due_on == days[1]
    assert ask("2001-01-01", days[0]) is None
    assert ask("tomorrow", days[0]) is None


def seed(leo, measure, days, units, columns=4):
    return seed_for(leo, measure, days[1], [one.pk for one in units], columns)


def test_the_proportions_are_those_of_the_parts_due_before(shared, leo, units, days):
    found = seed(leo, shared, days, units)
    assert (found.source, found.due_on, found.averaged) == (Source.TARGETS, days[0], 0)
    assert found.rows == [[100, 200, 300, 200], [100, 100, 100, 100]]
    assert seed(leo, shared, days, units, columns=1).rows == [[800], [400]]
    table = filled(found, Decimal(2400), [None, None], [None] * 4)
    assert table.rows == [[200, 400, 600, 400], [200, 200, 200, 200]]


def test_what_came_of_the_parts_goes_before_them_once_all_is_known(shared, leo, units, days):
    for share in TargetShare.objects.filter(unit=units[0]):
        record_share_actual(by=leo, share=share, value=Decimal(50))
    assert seed(leo, shared, days, units).source == Source.TARGETS
    known = seed(leo, shared, days, units[:1])
    assert (known.source, known.rows) == (Source.ACTUALS, [[50, 50, 50, 50]])


def test_a_unit_without_a_part_then_gets_the_mean(company, shared, leo, units, days):
    found = seed(leo, shared, days, [*units, company.units["LARK"]])
    assert found.averaged == 1
    assert found.rows[2] == [100, 150, 200, 150]


def test_a_year_is_four_equal_quarters(measure, leo, units, days):
    split_target(by=leo, measure=measure, due_on=days[0], way="additive", parts=[part(units[0], 8)])
    assert seed(leo, measure, days, units[:1]).rows == [[2, 2, 2, 2]]


@pytest.mark.parametrize("values", [(0, 0, 0, 0), (5, 5, -1, 5)])
def test_without_anything_above_nothing_all_is_equal(measure, leo, units, days, values):
    parts = [part(units[0], *values)]
    split_target(by=leo, measure=measure, due_on=days[0], way="additive", parts=parts)
    for one in (days, (days[0], days[0])):
        found = seed_for(leo, measure, one[1], [units[0].pk], 4)
        assert (found.source, found.rows) == (Source.NOTHING, [[1, 1, 1, 1]])


def test_a_namesake_of_a_former_strategy_gives_proportions(shared, draft, head, leo, units, days):
    facts = MeasureFacts("Orders", "up", "lag", draft.from_on, "", Decimal(0))
    objective = Objective.objects.filter(strategy=draft).first()
    made = measures.add_measure(by=head, objective=objective, facts=facts)
    assert seed(leo, made, (days[0], days[1]), units).rows[0] == [100, 200, 300, 200]


def test_totals_that_are_given_hold_and_what_cannot_be_is_told(shared, leo, units, days):
    found, none = seed(leo, shared, days, units), [None] * 4
    table = filled(found, Decimal(2400), [Decimal(1000), None], none)
    assert [sum(row) for row in table.rows] == [1000, 1400]
    both = filled(found, Decimal(2400), [Decimal(1000), None], [None, None, None, Decimal(300)])
    assert sum(map(sum, both.rows)) == 2400
    assert abs(sum(row[3] for row in both.rows) - 300) <= 2
    assert filled(found, Decimal(-1), [None, None], none).fault == Fault.NEGATIVE
    assert filled(found, Decimal(5), [Decimal(-1), None], none).fault == Fault.NEGATIVE
    assert filled(found, Decimal(5), [Decimal(6), None], none).fault == Fault.TOTALS_DIFFER
    assert filled(found, Decimal(5), [None, None], [Decimal(6), *none[1:]]).fault
    empty = filled(found, Decimal(5), [Decimal(0), None], none)
    assert empty.rows[0] == [0, 0, 0, 0]
