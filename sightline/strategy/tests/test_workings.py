"""A status says how it came about, in the numbers that the rules give."""

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from sightline.strategy import workings
from sightline.strategy.models import Measure
from sightline.strategy.queries.measures import MeasureSeen
from sightline.strategy.rules import measures as rules
from sightline.strategy.rules.measures import Point, score

DAY = date(2026, 7, 2)
BASELINE = Point(date(2026, 1, 1), Decimal(46))
TARGETS = [Point(date(2027, 1, 1), Decimal(40)), Point(date(2028, 1, 1), Decimal(30))]


def on_the_way(value, targets=TARGETS, baseline=BASELINE, day=DAY):
    actuals = [Point(DAY, Decimal(value))] if value is not None else []
    standing = rules.standing_on_the_way(baseline, targets, actuals, day)
    measure = Measure(name="Questions", unit="%", baseline=baseline.value)
    last = actuals[0] if actuals else None
    return MeasureSeen(measure, baseline, targets, actuals, last, standing)


def in_band(value):
    measure = Measure(name="Stock", unit="weeks", band_low=Decimal(2), band_high=Decimal(4))
    actuals = [Point(DAY, Decimal(value))]
    band = rules.Band(Decimal(2), Decimal(4))
    standing = rules.standing_in_the_band(band, actuals, DAY)
    return MeasureSeen(measure, None, [], actuals, actuals[0], standing)


def told(seen, day=DAY):
    return " ".join(workings.of_measure(seen, day))


def test_a_measure_on_its_way_tells_done_plan_and_what_lies_between():
    said = told(on_the_way(45))
    assert "45% on 2 July 2026, on the way from 46% to 30%, is 6.2% of it." in said
    assert "The plan wanted 43.01% on that day: 18.7%." in said
    assert "Done lies 12.4 points below plan: At risk." in said
    assert "above plan: Ahead." in told(on_the_way(40))


def test_what_is_not_known_says_why():
    assert "Nothing has been measured yet" in told(on_the_way(None))
    assert "After 184 days" in told(on_the_way(45), DAY + timedelta(days=185))
    assert "There is no target yet" in told(on_the_way(45, targets=[]))
    level = [Point(date(2027, 1, 1), Decimal(46))]
    assert "no way to go" in told(on_the_way(45, targets=level))


def test_a_measure_in_a_band_tells_by_how_much_it_is_off():
    said = told(in_band("3"))
    assert "3 weeks on 2 July 2026 lies within 2 weeks to 4 weeks: 100%, on track." in said
    said = told(in_band("4.2"))
    assert "lies 0.2 weeks outside 2 weeks to 4 weeks, a band 2 weeks wide" in said
    assert "is 90.0%. Done lies 10.0 points below plan: At risk." in said


def test_an_objective_tells_the_mean_over_what_is_known_each_held_between_0_and_100():
    seen = [on_the_way(45), on_the_way(10), on_the_way(None)]
    scored = score([one.standing for one in seen])
    said = " ".join(workings.of_objective(scored, seen))
    assert "Done: (6.2 + 100.0) ÷ 2 = 53.1%." in said
    assert "Plan: (18.7 + 18.7) ÷ 2 = 18.7%." in said
    assert "Ahead" in said
    unknown = [on_the_way(None)]
    nothing = workings.of_objective(score([one.standing for one in unknown]), unknown)
    assert nothing == ["None of its measures is known, so there is no score."]


@pytest.mark.django_db
def test_the_page_of_an_objective_shows_the_working(company, objective):
    url = reverse("strategy:objective", args=[objective.pk])
    page = company.client("tomas").get(url).content.decode()
    said = " ".join(re.sub(r"<[^>]+>", " ", page).split())
    assert "How this is computed" in said
    assert "The plan wanted" in said
    goals = f"{reverse('goals:all')}?objective={objective.pk}"
    assert goals in page
    assert company.client("tomas").get(goals).status_code == 200
