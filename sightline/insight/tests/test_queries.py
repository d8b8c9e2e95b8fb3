"""What overviews say agrees with what the apps say that own the figures."""

from datetime import timedelta

import pytest
from django.urls import reverse

from sightline.conversations.actions.meetings import hold_meeting, plan_meeting
from sightline.conversations.actions.series import open_series
from sightline.conversations.queries.promises import open_promises
from sightline.conversations.queries.units import rhythm_by_unit
from sightline.development.queries.gaps import gaps_in_short
from sightline.development.queries.units import gaps_by_person
from sightline.goals.models import Period
from sightline.goals.queries.roll_ups import parts_of, rolled_up
from sightline.goals.queries.sight import sight_at_large, sight_of_organisation
from sightline.goals.tests.making import a_period, agreed, serves
from sightline.insight.queries.cycles import begun_cycle, begun_cycles, cycle_seen, managers_seen
from sightline.insight.queries.practice import gaps_of_house, rhythms
from sightline.insight.queries.strategy import progress_of_strategy
from sightline.insight.queries.team import team_of
from sightline.insight.rules import Work
from sightline.people.actions.units import open_unit
from sightline.reviews.models import Cycle
from sightline.reviews.queries.load import load_of_managers, people_to_remind
from sightline.reviews.tests.making import asked, calibrated, open_cycle, some_days, submitted
from sightline.strategy.models import Objective

pytestmark = pytest.mark.django_db


@pytest.fixture
def period(company):
    """A half-year of goals, the only one."""
    Period.objects.all().delete()
    return a_period(company)


@pytest.fixture
def objective():
    return Objective.objects.filter(strategy__stage="in_force").first()


def test_the_roll_up_of_an_objective_is_made_of_the_goals_that_are_listed(
    company, period, objective
):
    tomas, ana, boss = (company.viewer(key) for key in ("tomas", "ana", "nkechi"))
    goal = agreed(tomas, ana, period)
    serves(tomas, goal, objective, share=60)
    found = rolled_up(boss, [objective], period)[objective.pk]
    assert found.goals == 1
    assert [(one.seen.goal, one.share_percent) for one in parts_of(boss, objective, period)] == [
        (goal, 60)
    ]


def test_a_private_goal_counts_in_no_roll_up_of_an_executive(company, period, objective):
    tomas, ana = company.viewer("tomas"), company.viewer("ana")
    serves(tomas, agreed(tomas, ana, period, visibility="private"), objective)
    assert rolled_up(company.viewer("nkechi"), [objective], period)[objective.pk].goals == 0
    assert rolled_up(tomas, [objective], period)[objective.pk].goals == 1


def test_unity_is_the_same_number_as_on_the_line_of_sight(company, period, objective):
    tomas, ana, boss = (company.viewer(key) for key in ("tomas", "ana", "nkechi"))
    serves(tomas, agreed(tomas, ana, period), objective)
    known, here = sight_of_organisation(boss, period), sight_at_large(boss, period)
    assert here.unity == known.unity
    progress = progress_of_strategy(boss, period)
    assert progress.sight.unity == known.unity
    assert progress.on_time_percent is None


def test_who_may_not_count_talks_is_given_nothing(company):
    assert rhythm_by_unit(company.viewer("ana")) == {}


def test_no_division_of_fewer_than_three_people_is_told_alone(company):
    found = rhythms(company.viewer("nkechi"))
    assert all(row.rhythm.people >= 3 for row in found.rows)
    assert sum(row.rhythm.people for row in found.rows) == found.whole.rhythm.people


def test_gaps_of_the_house_are_those_of_its_top_unit(company):
    found = gaps_of_house(company.viewer("ingrid"))
    assert found is not None
    assert all(gap.missing for gap in found.gaps)


def test_gaps_of_one_are_the_same_on_his_page_and_in_the_overview(company):
    ana = company.viewer("ana")
    job = company.positions["PLAT-IMPORT"].job
    page = gaps_in_short(ana, company.tomas, job)
    found = gaps_by_person(ana, [company.tomas.pk])[company.tomas.pk]
    assert (found.asked, found.judged, found.short) == (
        len(page.gaps),
        page.judged,
        len(page.missing),
    )


def test_gaps_of_people_whose_file_is_closed_are_not_given(company):
    assert gaps_by_person(company.viewer("yusuf"), [company.tomas.pk]) == {}


def test_a_team_tells_of_each_report_what_is_under_way(company, period):
    ana, tomas = company.viewer("ana"), company.viewer("tomas")
    agreed(tomas, ana, period)
    open_cycle(company)
    team = team_of(ana)
    member = next(one for one in team.members if one.post.employee == company.tomas)
    assert sum(number for _status, number in member.goals) == 1
    assert member.review.stage == "gathering"
    assert member.gaps is not None
    assert team.forms_open == len(team.members)
    assert [one.post.employee.sort_key for one in team.members] == sorted(
        one.post.employee.sort_key for one in team.members
    )


def test_a_team_tells_the_talk_that_the_two_held_last_and_what_is_promised(company):
    ana = company.viewer("ana")
    for purpose, days in (("One-to-one", 30), ("The import", 3)):
        series = open_series(
            by=ana,
            partner=company.tomas,
            purpose=f"{purpose} by name",
            cadence_days=7,
            on=company.today - timedelta(days=60),
        )
        meeting = plan_meeting(by=ana, series=series, meets_on=company.today - timedelta(days=days))
        hold_meeting(by=ana, meeting=meeting)
    member = next(one for one in team_of(ana).members if one.post.employee == company.tomas)
    assert member.talk.silence_days <= 3
    assert open_promises(company.viewer("yusuf")) == {}


def test_what_is_not_in_is_open_until_its_days_are_over_and_late_after(company):
    running = open_cycle(company, days=some_days(company, start=-1))
    submitted(company, running, "tomas", "self", 3)
    seen = cycle_seen(company.viewer("ingrid"), running)
    assert (seen.own.done, seen.own.late) == (1, 0)
    assert seen.own.of == seen.state.people
    over = open_cycle(company, name="Another", version=running.version,
                      days=some_days(company, start=-60))  # fmt: skip
    assert cycle_seen(company.viewer("ingrid"), over).own.late == seen.own.of


def test_a_part_that_was_done_before_its_days_has_begun(company):
    cycle = open_cycle(company, days=some_days(company, start=1))
    hr = company.viewer("ingrid")

    def begun():
        return {row.stage.kind for row in cycle_seen(hr, cycle).stages if row.has_begun}

    assert begun() == set()
    submitted(company, cycle, "tomas", "manager", 3)
    assert begun() == {"manager"}
    cycle = calibrated(company, cycle)
    assert begun() == {"manager", "calibrate", "share"}


def test_of_peers_no_count_is_told(company):
    cycle = open_cycle(company)
    asked(company, cycle, "tomas", ["mei", "kofi", "sara"])
    seen = cycle_seen(company.viewer("ingrid"), cycle)
    peers = next(row for row in seen.stages if row.stage.kind == "peers")
    assert peers.work is None
    assert peers.percent is None
    named = {one.pk for one in people_to_remind(company.viewer("ingrid"), cycle)}
    submitted(company, cycle, "mei", "self", 3)
    left = {one.pk for one in people_to_remind(company.viewer("ingrid"), cycle)}
    assert named - left == {company.mei.pk}


def test_executives_read_a_cycle_without_names_and_without_small_units(company):
    cycle = open_cycle(company)
    boss = company.viewer("nkechi")
    seen = cycle_seen(boss, cycle)
    assert managers_seen(boss, cycle) == []
    assert load_of_managers(boss, cycle) == []
    assert not people_to_remind(boss, cycle).exists()
    assert all(row.people >= 3 for row in seen.units)
    assert sum(row.people for row in seen.units) == seen.state.people


def test_a_partner_reads_of_managers_only_what_concerns_her_units(company):
    cycle = open_cycle(company)
    partner, hr = company.viewer("fatima"), company.viewer("ingrid")
    some = {one.manager_id for one in load_of_managers(partner, cycle)}
    everybody = {one.manager_id for one in load_of_managers(hr, cycle)}
    assert company.ana.pk in some < everybody
    assert company.amara.pk in everybody - some


def test_nobody_is_reminded_when_nothing_is_written_any_more(company):
    cycle = open_cycle(company)
    submitted(company, cycle, "tomas", "manager", 3)
    assert not people_to_remind(company.viewer("ingrid"), calibrated(company, cycle)).exists()


def test_goals_behind_are_as_many_as_the_list_behind_the_figure_shows(company, period):
    ana = company.viewer("ana")
    goal = agreed(company.viewer("tomas"), ana, period)
    said = {"plan_percent": 80, "done_percent": 10, "measured_on": company.today}
    type(goal).objects.filter(pk=goal.pk).update(**said)
    listed = company.client("ana").get(reverse("goals:team"), {"state": "behind"}).context["total"]
    assert team_of(ana).goals_behind == listed == 1


def test_goals_behind_that_stand_in_no_row_are_told_as_those_of_units(company, period):
    goal = agreed(company.viewer("tomas"), company.viewer("ana"), period)
    said = {"plan_percent": 80, "done_percent": 10, "measured_on": company.today}
    of_unit = {"employee": None, "unit": company.units["PLAT"]}
    type(goal).objects.filter(pk=goal.pk).update(**said, **of_unit)
    team = team_of(company.viewer("leo"))
    assert (team.goals_behind, team.behind_of_units) == (1, 1)
    assert not any(one.goals for one in team.members)
    shown = company.client("leo").get(reverse("insight:team")).content.decode()
    assert "1 of them of the units they lead" in shown


def test_any_unit_at_the_top_is_chosen_and_the_first_without_a_choice(company):
    boss = company.viewer("nkechi")
    other = open_unit(
        by=company.viewer("ingrid"),
        code="ZZZ",
        name="Zoo",
        kind="company",
        parent=None,
        on=company.today,
    )
    assert gaps_of_house(boss).unit != other
    assert gaps_of_house(boss, str(other.pk)).unit == other
    assert gaps_of_house(boss, "no number").unit == gaps_of_house(boss).unit
    assert other in gaps_of_house(boss).units


def test_a_cycle_that_is_not_among_the_latest_is_still_there(company):
    hr, old = company.viewer("ingrid"), open_cycle(company)
    for number in range(20):
        later = Cycle.objects.get(pk=old.pk)
        later.pk, later.name = None, f"Cycle {number}"
        later.save()
    assert old not in begun_cycles(hr)
    assert begun_cycle(hr, old.pk) == old


def test_only_cycles_that_have_begun_are_chosen_from(company):
    assert begun_cycles(company.viewer("ingrid")) == []
    cycle = open_cycle(company)
    assert begun_cycles(company.viewer("ingrid")) == [cycle]


def test_the_parts_that_units_share_are_whole(company):
    seen = cycle_seen(company.viewer("ingrid"), open_cycle(company))
    assert sum(row.own.of for row in seen.units) == seen.own.of
    assert seen.units[0].shared == Work(0, 0, seen.units[0].people) or seen.units[0].shared.open
