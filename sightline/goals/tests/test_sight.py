"""The line of sight: against which strategy, of whom, and of how few it never tells."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as some

from sightline.foundation.exchange.tables import XLSX, open_book
from sightline.goals.actions.closings import close_goal
from sightline.goals.queries import sight
from sightline.goals.queries.deviations import deviations
from sightline.goals.queries.effort import efforts_in, summed
from sightline.goals.rules.fewest import FEWEST, told_parts, told_under
from sightline.goals.rules.voices import share_percent
from sightline.goals.tests.making import a_period, agreed, fresh, serves
from sightline.people.actions import units
from sightline.people.actions.employments import end_employment
from sightline.people.models import Position
from sightline.strategy.actions import objectives, strategies
from sightline.strategy.models import Objective, Strategy

pytestmark = pytest.mark.django_db


@pytest.fixture
def next_strategy(company):
    """Another strategy, in force from today."""
    head, year = company.viewer("nkechi"), company.today.year
    one = strategies.draft_strategy(
        by=head, name="The next one", from_on=date(year, 1, 1), until_on=date(year + 3, 1, 1)
    )
    view = objectives.add_perspective(by=head, strategy=one, name="Us", hue=1)
    said = {"title": "Only this", "description": "", "owner": company.leo}
    only = objectives.add_objective(by=head, perspective=view, **said)
    objectives.set_shares(by=head, strategy=one, shares={only: Decimal(100)})
    strategies.bring_into_force(by=head, strategy=one)
    return one


def read_against(company, period):
    found = sight.objectives_for(company.viewer("mei"), period)
    return {one.strategy for one in found}


def test_a_period_that_ended_is_read_against_the_strategy_of_its_last_day(
    company, next_strategy, period
):
    former = Strategy.objects.get(stage="superseded")
    ended = {"from_on": company.today - timedelta(days=90), "until_on": company.today}
    assert read_against(company, a_period(company, name="Ended", **ended)) == {former}
    assert read_against(company, period) == {next_strategy}
    before = {"from_on": date(1999, 1, 1), "until_on": date(2000, 1, 1)}
    assert read_against(company, a_period(company, name="Before", **before)) == {next_strategy}


@given(some.lists(some.integers(0, 12), max_size=8), some.integers(0, 6))
def test_what_is_told_of_parts_leaves_nobody_or_at_least_five(sizes, own):
    people, whole = dict(enumerate(sizes)), sum(sizes) + own
    told = told_parts(people, whole)
    assert all(people[part] >= FEWEST for part in told)
    rest = whole - sum(people[part] for part in told)
    assert not told or rest == 0 or rest >= FEWEST


def test_a_part_that_is_known_anyway_is_not_held_back():
    assert told_parts({1: 5}, 6) == set()
    assert told_parts({1: 5}, 6, known=[1]) == {1}
    assert told_parts({1: 7, 2: 5}, 13) == {1}
    assert told_parts({1: 7, 2: 5}, 12) == {1, 2}
    assert told_parts({1: 7, 2: 4}, 11, known=[2]) == {1, 2}


@given(some.lists(some.tuples(some.integers(0, 9), some.integers(0, 7)), max_size=12))
def test_no_sum_of_what_is_told_in_a_tree_leaves_fewer_than_five(rows):
    """The first of each pair says under which of the earlier ones it stands; 0 is the top."""
    parents = {unit: above % unit for unit, (above, _own) in enumerate(rows, 1)}
    people = dict.fromkeys(range(len(rows) + 1), 0)
    for unit, (_above, own) in enumerate(rows, 1):
        while unit:
            people[unit] += own
            unit = parents[unit]
        people[0] += own
    told = told_under(parents, people, 0)
    for whole in {0, *told}:
        below = [unit for unit in told if parents[unit] == whole]
        rest = people[whole] - sum(people[unit] for unit in below)
        assert not below or rest == 0 or rest >= FEWEST
    assert all(parents[unit] in {0, *told} for unit in told)


def test_what_stands_under_a_held_back_unit_is_held_back_unless_it_is_known():
    parents, people = {1: 0, 2: 1, 3: 2}, {0: 20, 1: 10, 2: 7, 3: 7}
    assert told_under(parents, people, 0) == {1}
    assert told_under(parents, people, 0, known=[3]) == {1, 3}
    assert told_under(parents, people | {1: 12}, 0) == {1, 2, 3}


def test_a_held_back_unit_does_not_come_out_through_its_only_part(company, period):
    hr, plat = company.viewer("ingrid"), company.units["PLAT"]
    only = units.open_unit(
        by=hr, code="PLATX", name="Platform X", kind="team", parent=plat, on=company.today
    )
    Position.objects.filter(unit=plat).update(unit=only)
    address = reverse("goals:sight_of_unit", args=[only.pk])
    assert company.client("mei").get(address).status_code == 403
    assert company.client("ana").get(address).status_code == 200
    for unit in (plat, only):
        assert only.pk not in sight.sight_of_unit(company.viewer("mei"), unit, period).told


def test_of_units_that_serve_an_objective_those_alone_are_counted_that_are_told(company, period):
    mei, ana = company.viewer("mei"), company.viewer("ana")
    objective = Objective.objects.select_related("strategy")[0]
    serves(mei, agreed(mei, ana, period, weight_percent=100), objective)
    for viewer, count in ((mei, 0), (ana, 1)):
        found = sight.sight_of_unit(viewer, company.units["TECH"], period)
        assert [row.units for row in found.objectives if row.objective == objective] == [count]


def test_the_figures_of_one_person_do_not_come_out_by_subtraction(company, period):
    """Technology is Platform and the one who leads it."""
    tech, plat = company.units["TECH"], company.units["PLAT"]
    for key, is_told in (("mei", False), ("ana", True), ("nkechi", True)):
        viewer = company.viewer(key)
        seen = sight.sight_of_unit(viewer, tech, period)
        assert (plat in [one.unit for one in seen.shown]) == is_told
        assert (plat.pk in sight.sight_of_unit(viewer, plat, period).told) == is_told
    address = reverse("goals:sight_of_unit", args=[plat.pk])
    assert company.client("mei").get(address).status_code == 403
    assert company.client("ana").get(address).status_code == 200
    lark = company.units["LARK"]
    assert lark.pk in sight.sight_of_unit(company.viewer("mei"), lark, period).told


def test_figures_are_those_of_a_house_without_who_has_left(company, period):
    ana = company.viewer("ana")
    agreed(company.viewer("mei"), ana, period)
    before = summed(efforts_in(period, company.today).values()).people
    end_employment(by=company.viewer("ingrid"), employee=company.mei, on=company.today)
    assert summed(efforts_in(period, company.today).values()).people == before - 1


def test_what_hangs_on_one_person_is_told_and_who_shaped_the_goals(company, period):
    mei, ana = company.viewer("mei"), company.viewer("ana")
    rows = Objective.objects.filter(strategy__stage="in_force", intended_share_percent__gt=0)
    objective = rows.order_by("intended_share_percent")[0]
    rows.filter(pk=objective.pk).update(intended_share_percent=5)
    own = agreed(mei, ana, period, weight_percent=60)
    serves(mei, own, objective)
    agreed(ana, mei, period, employee=company.mei, weight_percent=40)
    seen = sight.sight_of_organisation(company.viewer("nkechi"), period)
    assert share_percent(seen.effort.voices, "shaped") == pytest.approx(60)
    head = company.viewer("nkechi")
    found = [one for one in deviations(head, seen, None, 99) if one.kind == "concentrated"]
    text = render_to_string("goals/deviations.html", {"deviations": found, "sight": seen})
    assert "hangs on a few people" in text
    assert "1 person serves it" in text
    within = sight.sight_of_unit(head, company.units["PLAT"], period)
    of_unit = deviations(head, within, company.units["PLAT"], 99)
    assert "concentrated" not in [one.kind for one in of_unit]
    address = reverse("goals:sight_of_unit", args=[company.units["PLAT"].pk])
    assert "60%" in company.client("nkechi").get(address).content.decode()


def test_the_line_of_sight_comes_as_a_file_with_the_units_that_are_told(company, period):
    mei, ana = company.viewer("mei"), company.viewer("ana")
    serves(mei, agreed(mei, ana, period), Objective.objects.filter(strategy__stage="in_force")[0])
    address = reverse("goals:sight")
    for key in ("mei", "nkechi"):
        answer = company.client(key).get(address, {"as": "file", "period": period.pk})
        assert answer["Content-Type"] == XLSX
        book = open_book(answer.content, "line-of-sight.xlsx")
        objectives, units = (book.sheet(name) for name in book.names)
        seen = sight.sight_of_organisation(company.viewer(key), period)
        assert [row.cells[1] for row in objectives.rows] == [
            one.objective.title for one in seen.objectives
        ]
        assert float(objectives.rows[0].cells[4]) > 0
        assert [row.cells[0] for row in units.rows] == [one.unit.name for one in seen.shown]
    unit = reverse("goals:sight_of_unit", args=[company.units["PLAT"].pk])
    assert company.client("mei").get(unit, {"as": "file"}).status_code == 403


def test_nothing_leads_through_a_goal_that_was_dropped(company, period):
    mei, ana = company.viewer("mei"), company.viewer("ana")
    above = agreed(ana, company.viewer("leo"), period, title="The team's")
    serves(ana, above, Objective.objects.filter(strategy__stage="in_force")[0])
    serves(mei, agreed(mei, ana, period), above)
    head = company.viewer("nkechi")
    assert sight.sight_of_person(head, company.mei, period).unity.aligned == 1
    assert sight.sight_of_organisation(head, period).unity.aligned > 0
    close_goal(by=ana, goal=fresh(above), outcome="dropped", words="Nobody asks for it.")
    assert sight.sight_of_person(head, company.mei, period).unity.aligned == 0
    assert sight.sight_of_organisation(head, period).unity.aligned == 0


def test_without_a_period_hr_is_led_to_open_one_and_others_learn_who_does(company):
    address, opens = reverse("goals:sight"), reverse("goals:open_period")
    assert opens in company.client("ingrid").get(address).content.decode()
    page = company.client("mei").get(address).content.decode()
    assert opens not in page
    assert "HR opens a quarter" in page
