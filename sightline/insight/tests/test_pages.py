"""What people find on the pages of insight."""

import re

import pytest
from django.urls import reverse

from sightline.foundation.exchange.tables import read
from sightline.foundation.ledger.models import Record
from sightline.goals.models import Period
from sightline.goals.tests.making import a_period, agreed, serves
from sightline.people.models import Assignment
from sightline.reviews.tests.making import asked, open_cycle
from sightline.strategy.models import Objective, Strategy

pytestmark = pytest.mark.django_db


def get(company, who, name, *args, **sent):
    return company.client(who).get(reverse(f"insight:{name}", args=args), sent)


def text(answer):
    """What a page says, without its tags."""
    assert answer.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_the_menu_leads_those_to_insight_who_may_read_any_of_it(company):
    for who, there in (("ana", True), ("nkechi", True), ("tomas", False), ("ruth", False)):
        home = company.client(who).get("/").content.decode()
        assert (f'href="{reverse("insight:insight")}"' in home) == there


@pytest.mark.parametrize(
    ("who", "first"), [("nkechi", "strategy"), ("fatima", "cycles"), ("ana", "team")]
)
def test_each_comes_to_the_first_overview_that_is_his(company, who, first):
    assert get(company, who, "insight").url == reverse(f"insight:{first}")


def test_an_executive_sees_each_objective_with_share_measure_and_goals(company):
    period = a_period(company)
    objective = Objective.objects.filter(strategy__stage="in_force").first()
    tomas, ana = company.viewer("tomas"), company.viewer("ana")
    serves(tomas, agreed(tomas, ana, period), objective)
    said = text(get(company, "nkechi", "strategy", period=period.pk))
    for one in Objective.objects.filter(strategy__stage="in_force"):
        assert one.title in said
    assert "1 goal" in said
    assert "Unity of goals" in said
    assert "no goal of the period has ended yet" in said
    explained = text(get(company, "nkechi", "objective", objective.pk, period=period.pk))
    assert "Cut checkout errors" in explained
    assert "each counts by share × weight" in explained


def test_an_objective_that_no_goal_serves_says_so(company):
    period = a_period(company)
    objective = Objective.objects.filter(strategy__stage="in_force").last()
    said = text(get(company, "ingrid", "objective", objective.pk, period=period.pk))
    assert "No goal serves this objective" in said


def test_before_the_first_period_the_page_says_what_comes(company):
    Period.objects.all().delete()
    assert "No period yet" in text(get(company, "nkechi", "strategy"))
    objective = Objective.objects.filter(strategy__stage="in_force").first()
    assert "No period yet" in text(get(company, "nkechi", "objective", objective.pk))


def test_without_a_strategy_there_are_goals_all_the_same(company):
    Strategy.objects.update(stage="draft")
    said = text(get(company, "nkechi", "strategy", period=a_period(company).pk))
    assert "No strategy is in force yet" in said


def test_an_objective_that_does_not_exist_is_not_found(company):
    assert get(company, "nkechi", "objective", 0).status_code == 404


def test_talks_decisions_and_gaps_are_counted_and_nobody_is_named(company):
    answer = get(company, "nkechi", "practice")
    said = text(answer)
    for title in ("Rhythm of talks", "Decisions"):
        assert title in said
    gaps = text(get(company, "nkechi", "competencies"))
    assert "Competencies that are missing" in gaps
    assert company.tomas.name not in gaps
    assert company.tomas.name not in said
    assert reverse("decisions:outcomes") in answer.content.decode()


def test_where_nobody_reports_to_anybody_the_page_says_so(company):
    Assignment.objects.update(manager=None)
    assert "Nobody reports to anybody yet" in text(get(company, "nkechi", "practice"))


def test_a_manager_sees_the_team_by_name_with_what_is_under_way(company):
    open_cycle(company)
    said = text(get(company, "ana", "team"))
    assert "Tomás Silva" in said
    assert "not an order of merit" in said
    assert "Gathering" in said
    assert company.yusuf.name not in said


def test_before_the_first_cycle_the_page_says_so(company):
    assert "No review cycle has begun" in text(get(company, "ingrid", "cycles"))


def test_hr_sees_who_is_waited_for_and_can_remind_them(company):
    cycle = open_cycle(company)
    assert get(company, "ingrid", "cycles").url == reverse("insight:cycle", args=[cycle.pk])
    figures = get(company, "ingrid", "cycle", cycle.pk).content.decode()
    assert reverse("insight:cycle_people", args=[cycle.pk]) in figures
    answer = get(company, "ingrid", "cycle_people", cycle.pk)
    said = text(answer)
    assert "Waiting for" in said
    assert "By manager" in said
    assert reverse("reviews:reminders", args=[cycle.pk]) in answer.content.decode()
    partner = get(company, "fatima", "cycle_people", cycle.pk).content.decode()
    assert "Waiting for" in partner
    assert reverse("reviews:reminders", args=[cycle.pk]) not in partner


def test_an_executive_sees_a_cycle_in_figures_only(company):
    cycle = open_cycle(company)
    answer = get(company, "nkechi", "cycle", cycle.pk)
    said = text(answer)
    assert "By unit" in said
    assert reverse("insight:cycle_people", args=[cycle.pk]) not in answer.content.decode()
    assert get(company, "nkechi", "cycle_people", cycle.pk).status_code == 403
    assert company.tomas.name not in said
    assert "A unit of fewer than three people is not told by itself." in said


def test_a_cycle_that_has_not_begun_is_not_found(company):
    assert get(company, "ingrid", "cycle", 0).status_code == 404


def test_of_peers_the_page_says_that_they_are_held_back(company):
    cycle = open_cycle(company)
    asked(company, cycle, "tomas", ["mei", "kofi", "sara"])
    assert "held back" in text(get(company, "ingrid", "cycle", cycle.pk))


def file_of(company, who, cycle):
    return company.client(who).post(reverse("insight:cycle_file", args=[cycle.pk]))


def sheet(data, name):
    """What stands in the first column of a sheet."""
    return [row.cells[0] for row in read(data, "cycle.xlsx", sheet=name).rows]


def test_the_file_holds_what_the_page_shows_and_leaves_a_record(company):
    cycle = open_cycle(company)
    data = file_of(company, "ingrid", cycle).content
    assert company.ana.name in sheet(data, "Managers")
    assert company.tomas.name in sheet(data, "To remind")
    assert "Technology" in sheet(data, "Units")
    assert "Peers" in sheet(data, "Parts")
    record = Record.objects.latest("pk")
    assert record.kind == "insight.CycleExported"
    assert record.actor == company.ingrid.ref


def test_an_executive_is_given_no_file_of_names(company):
    cycle = open_cycle(company)
    before = Record.objects.count()
    assert file_of(company, "nkechi", cycle).status_code == 403
    assert Record.objects.count() == before
