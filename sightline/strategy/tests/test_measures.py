"""Measures: added, given targets, recorded by whoever answers for them."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from sightline.foundation.core.errors import Refused
from sightline.foundation.ledger.models import Record
from sightline.foundation.ui.words import day
from sightline.foundation.ui.words import day as in_words
from sightline.strategy.actions import measures, strategies
from sightline.strategy.actions.measures import MeasureFacts
from sightline.strategy.models import Measure
from sightline.strategy.queries.measures import measure_seen_by, measures_of
from sightline.strategy.queries.open_ends import unmeasured_of
from sightline.strategy.queries.strategies import scores_of
from sightline.strategy.rules.measures import Status

pytestmark = pytest.mark.django_db


@pytest.fixture
def facts(strategy):
    return MeasureFacts("Lost orders", "down", "lag", strategy.from_on, "a week", Decimal(12))


@pytest.fixture
def measure(objective, head, facts, strategy):
    made = measures.add_measure(by=head, objective=objective, facts=facts)
    measures.set_targets(by=head, measure=made, targets={strategy.until_on: Decimal(2)})
    return made


@pytest.fixture
def leo(company):
    return company.viewer("leo")


def test_a_measure_stands_after_those_that_there_are(objective, head, facts, last_sentence):
    made = measures.add_measure(by=head, objective=objective, facts=facts)
    assert list(Measure.objects.filter(objective=objective))[-1] == made
    assert last_sentence() == f"added the measure Lost orders to “{objective.title}”"


def test_the_first_measure_of_an_objective_has_the_first_place(pair, head, facts):
    assert measures.add_measure(by=head, objective=pair[0], facts=facts).place == 0


def test_its_name_is_taken_once(objective, head, facts, measure):
    with pytest.raises(Refused, match="of this name"):
        measures.add_measure(by=head, objective=objective, facts=facts)


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ({"baseline": None}, "where it stands"),
        ({"band_low": Decimal(1)}, "no band"),
        ({"band_high": Decimal(1)}, "no band"),
        ({"direction": "band"}, "both ends"),
        ({"direction": "band", "band_low": Decimal(1)}, "both ends"),
        ({"direction": "band", "band_low": Decimal(3), "band_high": Decimal(3)}, "lower one first"),
    ],
)
def test_what_cannot_be_measured_is_refused(objective, head, facts, other, words):
    with pytest.raises(Refused, match=words):
        measures.add_measure(by=head, objective=objective, facts=replace(facts, **other))


def test_targets_are_set_all_at_once(measure, head, strategy, last_sentence):
    targets = {strategy.until_on: Decimal(1), strategy.from_on + timedelta(days=300): Decimal(6)}
    measures.set_targets(by=head, measure=measure, targets=targets)
    assert [row.value for row in measure.targets.all()] == [6, 1]
    first, last = (day(due_on) for due_on in sorted(targets))
    assert last_sentence() == f"set the targets of Lost orders: 6 ({first}); 1 ({last})"
    records = Record.objects.count()
    measures.set_targets(by=head, measure=measure, targets=targets)
    assert Record.objects.count() == records


def test_targets_lie_ahead_in_time_and_in_the_direction(measure, objective, head, facts, strategy):
    rising = measures.add_measure(
        by=head, objective=objective, facts=replace(facts, name="Rising", direction="up")
    )
    end = strategy.until_on
    for one, targets, words in [
        (measure, {}, "one target at least"),
        (measure, {strategy.from_on: Decimal(1)}, "after the day of the baseline"),
        (measure, {end: Decimal(12)}, "below the baseline"),
        (rising, {end: Decimal(12)}, "above the baseline"),
    ]:
        with pytest.raises(Refused, match=words):
            measures.set_targets(by=head, measure=one, targets=targets)


def test_a_band_has_no_targets(objective, head, strategy):
    band = Measure.objects.get(direction="band")
    with pytest.raises(Refused, match="the band is the aim"):
        measures.set_targets(by=head, measure=band, targets={strategy.until_on: Decimal(1)})


def test_the_owner_records_and_corrects_what_it_came_to(measure, leo, last_sentence):
    measures.record_actual(by=leo, measure=measure, on=leo.today, value=Decimal(9))
    assert last_sentence() == f"recorded Lost orders on {in_words(leo.today)}: 9"
    measures.record_actual(by=leo, measure=measure, on=leo.today, value=Decimal(8))
    assert last_sentence() == f"corrected Lost orders on {in_words(leo.today)} from 9 to 8"
    seen = measures_of(leo, measure.objective, leo.today)[-1]
    assert [point.value for point in seen.actuals] == [9, 8]
    assert [point.value for point in seen.corrected] == [8]
    assert seen.latest.value == 8


def test_values_lie_between_the_baseline_and_today(measure, leo, strategy):
    for on, words in [
        (leo.today + timedelta(days=1), "yet to come"),
        (strategy.from_on - timedelta(days=1), "measured later than that"),
    ]:
        with pytest.raises(Refused, match=words):
            measures.record_actual(by=leo, measure=measure, on=on, value=Decimal(1))


@pytest.mark.parametrize("who", ["ana", "ingrid", "tomas", "samuel"])
def test_nobody_else_records(company, measure, who):
    viewer = company.viewer(who)
    with pytest.raises(PermissionDenied, match="owner of the objective and executives"):
        measures.record_actual(by=viewer, measure=measure, on=viewer.today, value=Decimal(1))


def test_a_draft_is_not_measured(pair, head, facts):
    made = measures.add_measure(by=head, objective=pair[0], facts=facts)
    with pytest.raises(PermissionDenied, match="in force is measured"):
        measures.record_actual(by=head, measure=made, on=head.today, value=Decimal(1))


def test_a_measure_is_taken_back_while_nothing_is_recorded(measure, head, leo, last_sentence):
    recorded = measures_of(head, measure.objective, head.today)[0].measure
    with pytest.raises(Refused, match="stays with the objective"):
        measures.remove_measure(by=head, measure=recorded)
    measures.remove_measure(by=head, measure=measure)
    assert last_sentence() == f"removed the measure Lost orders from “{measure.objective.title}”"


def test_what_is_superseded_is_kept_as_it_was(measure, draft, head, facts):
    strategies.bring_into_force(by=head, strategy=draft)
    objective = measure.objective
    with pytest.raises(PermissionDenied, match="Another strategy has followed"):
        measures.add_measure(by=head, objective=objective, facts=replace(facts, name="New"))


def test_a_measure_is_seen_with_its_objective(company, measure, pair, facts, head):
    assert measure_seen_by(company.viewer("tomas"), measure.pk) == measure
    hidden = measures.add_measure(by=head, objective=pair[0], facts=facts)
    assert measure_seen_by(company.viewer("tomas"), hidden.pk) is None
    assert measure_seen_by(company.viewer("samuel"), measure.pk) is None


def test_a_measure_without_targets_or_values_has_no_status(objective, head, facts):
    made = measures.add_measure(by=head, objective=objective, facts=facts)
    seen = measures_of(head, objective, head.today)[-1]
    assert seen.measure == made
    assert (seen.standing.status, seen.goal, seen.latest) == (Status.NO_DATA, None, None)


def test_a_band_is_told_as_one(objective, head):
    seen = next(one for one in measures_of(head, objective, head.today) if one.band)
    assert seen.measure.keeps_band
    assert seen.standing.plan_percent == 100


def test_the_score_of_an_objective_counts_what_is_known(objective, head, facts):
    before = scores_of(head, [objective], head.today)[objective.pk]
    measures.add_measure(by=head, objective=objective, facts=facts)
    after = scores_of(head, [objective], head.today)[objective.pk]
    assert after.standing == before.standing
    assert (after.measures, after.measured) == (before.measures + 1, before.measured)


def test_an_owner_is_asked_for_what_nobody_has_measured_for_half_a_year(measure, leo, company):
    assert list(unmeasured_of(leo)) == [measure]
    assert not unmeasured_of(company.viewer("ana")).filter(pk=measure.pk).exists()
    measures.record_actual(by=leo, measure=measure, on=leo.today, value=Decimal(9))
    assert not unmeasured_of(leo).exists()
