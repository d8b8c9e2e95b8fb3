"""Check-ins, and what they make of the goals above."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from importlib import import_module

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied

from sightline.foundation.core.dates import now
from sightline.foundation.core.errors import Refused
from sightline.goals.actions.catchball import accept, revise
from sightline.goals.actions.check_ins import check_in, check_in_on_several, disagree
from sightline.goals.actions.closings import carry_over, close_goal
from sightline.goals.actions.contributions import confirm_contribution, remove_contribution
from sightline.goals.actions.goals import set_visibility
from sightline.goals.models import Acceptance, CheckIn, Goal, Wording
from sightline.goals.queries.goals import goals_at_hand, goals_of_person, last_heard, standing_of
from sightline.goals.rules.roll_up import Part, roll_up
from sightline.goals.rules.status import Status
from sightline.goals.tests.making import (
    a_period,
    a_text,
    agreed,
    agreed_long_ago,
    days_ago,
    drafted,
    fresh,
    proposed,
    serves,
)
from sightline.people.models import Assignment, Responsibility

pytestmark = pytest.mark.django_db
SUMS = {"kind": Wording.Kind.CHILDREN, "start_value": None, "target_value": None}


@pytest.fixture
def goal(company, period):
    """Mei's goal, agreed with Ana."""
    return agreed(company.viewer("mei"), company.viewer("ana"), period)


@pytest.fixture
def shared(company, period):
    """A goal of Platform that is what the goals below it are."""
    ana, leo = company.viewer("ana"), company.viewer("leo")
    return agreed(ana, leo, period, unit=company.units["PLAT"], title="Steady", **SUMS)


def say(company, goal, value, *, sure="0.8", on=None, key="mei"):
    return check_in(
        by=company.viewer(key),
        goal=goal,
        value=None if value is None else Decimal(value),
        confidence=Decimal(sure),
        on=on,
    )


def test_a_check_in_gives_the_goal_its_status(company, goal):
    today = company.viewer("mei").today
    for value, done, status in (("0.75", "56.25", Status.ON_TRACK), ("1.1", "12.5", Status.BEHIND)):
        say(company, goal, value)
        seen = fresh(goal)
        assert (seen.done_percent, seen.measured_on) == (Decimal(done), today)
        assert standing_of(seen, today).status == status


def test_a_word_about_an_earlier_day_does_not_push_the_later_one_away(company, goal):
    say(company, goal, "0.8")
    say(company, goal, "1.1", on=days_ago(company, 9))
    assert fresh(goal).value == Decimal("0.8")


def test_a_later_word_about_the_same_day_corrects_it(company, goal):
    say(company, goal, "0.8")
    say(company, goal, "0.9")
    assert fresh(goal).value == Decimal("0.9")


@pytest.mark.parametrize(
    ("value", "sure", "ago", "sentence"),
    [
        (None, "0.8", 0, "where it stands"),
        ("1", "1.1", 0, "between 0 and 100"),
        ("1", "0.8", -2, "between the start"),
        ("1", "0.8", 200, "between the start"),
    ],
)
def test_a_check_in_that_cannot_be_is_refused(company, goal, value, sure, ago, sentence):
    with pytest.raises(Refused, match=sentence):
        say(company, goal, value, sure=sure, on=days_ago(company, ago))
    assert not CheckIn.objects.exists()


def test_only_the_owner_checks_in_and_only_on_what_is_agreed(company, goal, period):
    with pytest.raises(PermissionDenied, match="Whose goal"):
        say(company, goal, "1", key="ana")
    with pytest.raises(PermissionDenied, match="agreed"):
        say(company, drafted(company.viewer("mei"), period), "1")


def test_a_goal_that_is_what_serves_it_follows_every_check_in(company, goal, shared):
    serves(company.viewer("mei"), goal, shared, 50)
    say(company, goal, "0.8")
    assert fresh(shared).done_percent == Decimal(50)
    say(company, goal, "0.4")
    assert fresh(shared).done_percent == Decimal(100)


def test_what_is_closed_keeps_what_it_had_come_to(company, goal, shared):
    serves(company.viewer("mei"), goal, shared, 50)
    say(company, goal, "0.8")
    close_goal(by=company.viewer("ana"), goal=fresh(shared), outcome="missed", words="Half-way.")
    say(company, goal, "0.4")
    assert fresh(shared).done_percent == Decimal(50)


def test_six_levels_follow_one_check_in(company, period, goal, shared):
    ana, leo = company.viewer("ana"), company.viewer("leo")
    below, unit = goal, company.units["PLAT"]
    for level in range(6):
        above = agreed(ana, leo, period, unit=unit, title=f"Level {level}", **SUMS)
        serves(company.viewer("mei") if below is goal else ana, below, above)
        below = above
    say(company, goal, "0.8")
    assert fresh(below).done_percent == Decimal(50)


def test_a_goal_with_a_measure_of_its_own_keeps_it_and_is_told_apart(company, period, goal):
    parent = agreed(company.viewer("ana"), company.viewer("leo"), period, title="Own number")
    serves(company.viewer("mei"), goal, parent)
    say(company, goal, "0.4")
    seen = fresh(parent)
    assert (seen.done_percent, seen.rolled_percent) == (None, Decimal(100))


def test_what_is_dropped_leaves_the_roll_up_and_what_is_taken_back_too(
    company, goal, shared, period
):
    mei = company.viewer("mei")
    other = agreed(mei, company.viewer("ana"), period, title="Another")
    serves(mei, goal, shared)
    serves(mei, other, shared)
    say(company, goal, "0.8")
    say(company, other, "0.4")
    assert fresh(shared).done_percent == Decimal(75)
    close_goal(by=mei, goal=other, outcome="dropped", words="Overtaken.")
    assert fresh(shared).done_percent == Decimal(50)
    remove_contribution(by=mei, contribution=goal.contributions.get())
    assert fresh(shared).done_percent is None


@pytest.mark.parametrize("visibility", ["unit", "line", "private"])
def test_what_not_everyone_may_see_does_not_show_through_the_roll_up(
    company, goal, shared, visibility
):
    mei, ana = company.viewer("mei"), company.viewer("ana")
    serves(mei, goal, shared)
    say(company, goal, "0.8")
    set_visibility(by=mei, goal=fresh(goal), visibility=visibility)
    assert fresh(shared).done_percent is None
    say(company, goal, "0.4")
    set_visibility(by=ana, goal=fresh(shared), visibility=visibility)
    assert fresh(shared).done_percent is None
    set_visibility(by=mei, goal=fresh(goal), visibility="everyone")
    assert fresh(shared).done_percent == Decimal(100)


def test_figures_of_before_are_drawn_anew_without_what_not_everyone_may_see(
    company, goal, shared, period
):
    mei, ana, leo = (company.viewer(key) for key in ("mei", "ana", "leo"))
    top = agreed(ana, leo, period, unit=company.units["PLAT"], title="Above", **SUMS)
    other = agreed(mei, ana, period, title="Another", visibility="line")
    serves(ana, shared, top)
    for one, value in ((goal, "0.8"), (other, "0.4")):
        serves(mei, one, shared)
        say(company, one, value)
    right = [
        (one.done_percent, one.measured_on, one.plan_percent) for one in map(fresh, (shared, top))
    ]
    Goal.objects.filter(pk__in=[shared.pk, top.pk]).update(
        done_percent=75, rolled_percent=75, measured_on=days_ago(company, 1), plan_percent=1
    )
    import_module("sightline.goals.migrations.0002_leave_narrow_goals_out_of_roll_ups").redraw(
        apps, None
    )
    found = [
        (one.done_percent, one.measured_on, one.plan_percent) for one in map(fresh, (shared, top))
    ]
    assert found == right
    assert found[0][0] == Decimal(50)


def test_the_author_disagrees_in_words_until_the_next_check_in(company, goal):
    mei = company.viewer("mei")
    with pytest.raises(Refused, match="Check in first"):
        disagree(by=mei, goal=goal, words="No")
    said = say(company, goal, "1.1")
    disagree(by=mei, goal=goal, words="The last step moves the number.")
    assert said.disagreement.status == Status.BEHIND
    with pytest.raises(Refused, match="what the status"):
        disagree(by=mei, goal=goal, words=" ")


def test_several_are_said_at_once_or_none(company, goal, period):
    mei = company.viewer("mei")
    other = agreed(mei, company.viewer("ana"), period, title="Another")
    good = {"value": Decimal(1), "confidence": Decimal("0.5"), "note": ""}
    with pytest.raises(Refused, match="Another"):
        check_in_on_several(by=mei, said=[(goal, good), (other, good | {"value": None})])
    assert fresh(goal).value in {None, Decimal(1)}
    with pytest.raises(Refused, match="Nothing was said"):
        check_in_on_several(by=mei, said=[])


def test_who_says_nothing_for_a_cadence_is_asked(company, goal):
    mei = company.viewer("mei")
    agreed_long_ago(goal)
    assert [one.goal for one in goals_at_hand(mei).silent] == [goal]
    say(company, goal, "1")
    assert goals_at_hand(mei).silent == []


def test_a_goal_agreed_today_is_not_late_however_long_ago_it_began(company, goal):
    mei = company.viewer("mei")
    assert goals_at_hand(mei).silent == []
    since = timedelta(days=goal.period.cadence_days + 3)
    Acceptance.objects.update(accepted_at=now() - since)
    [seen] = goals_at_hand(mei).silent
    assert last_heard(seen.goal) == days_ago(company, goal.period.cadence_days + 3)


def test_a_goal_that_ended_keeps_its_score(company, goal):
    say(company, goal, "0.6")
    with pytest.raises(Refused, match="in a sentence"):
        close_goal(by=company.viewer("ana"), goal=goal, outcome="missed")
    close_goal(by=company.viewer("ana"), goal=goal, outcome="missed", words="Two left the team.")
    span = fresh(goal).period.span
    [seen] = goals_of_person(company.viewer("mei"), company.mei, span)
    assert (seen.status, seen.score_percent, seen.is_on_time) == ("missed", Decimal(75), False)
    with pytest.raises(PermissionDenied):
        say(company, fresh(goal), "0.5")


def test_done_or_not_is_settled_by_closing(company, period):
    yes_no = {"kind": Wording.Kind.YES_NO, "start_value": None, "target_value": None}
    goal = agreed(company.viewer("mei"), company.viewer("ana"), period, **yes_no)
    close_goal(by=company.viewer("mei"), goal=goal, outcome="done")
    assert fresh(goal).done_percent == Decimal(100)


def test_a_goal_never_agreed_can_only_be_dropped(company, period):
    goal = proposed(company.viewer("mei"), period)
    with pytest.raises(Refused, match="never agreed"):
        close_goal(by=company.viewer("mei"), goal=goal, outcome="done")
    close_goal(by=company.viewer("mei"), goal=goal, outcome="dropped", words="Not now.")
    assert fresh(goal).is_closed


def test_what_is_carried_over_begins_where_it_stood(company, goal, shared):
    mei = company.viewer("mei")
    serves(mei, goal, shared, 70)
    say(company, goal, "0.6")
    later = a_period(
        company,
        name="Next half",
        from_on=goal.period.until_on,
        until_on=goal.period.until_on + timedelta(days=180),
    )
    new = carry_over(by=mei, goal=fresh(goal), period=later)
    assert (new.start_value, new.carried_from, new.stage) == (Decimal("0.6"), goal, "draft")
    assert new.contributions.get().share_percent == Decimal(70)


def test_what_is_carried_over_leaves_the_duties_of_a_former_post_behind(company, period):
    tomas, ana = company.viewer("tomas"), company.viewer("ana")
    goal = agreed(tomas, ana, period)
    post = company.positions["PLAT-IMPORT"]
    serves(tomas, goal, Responsibility.objects.on(company.today).filter(position=post)[0], 50)
    Assignment.objects.on(company.today).filter(employee=company.tomas).update(
        position=company.positions["PLAT-FEED"]
    )
    ahead = {"from_on": period.until_on, "until_on": period.until_on + timedelta(days=90)}
    later = a_period(company, name="Next half", **ahead)
    new = carry_over(by=tomas, goal=fresh(goal), period=later)
    assert not new.contributions.exists()


def test_what_moves_above_is_confirmed_below(company, goal, shared, period):
    mei, ana, leo = (company.viewer(key) for key in ("mei", "ana", "leo"))
    serves(mei, goal, shared)
    assert goals_at_hand(mei).stale == []
    text = a_text(period, title="Steadier still", **SUMS, value_unit="")
    revise(by=ana, goal=shared, text=text, reason="It says more.")
    accept(by=leo, goal=fresh(shared), number=2)
    assert [one.goal for one in goals_at_hand(mei).stale] == [goal]
    confirm_contribution(by=mei, contribution=goal.contributions.select_related("goal").get())
    assert goals_at_hand(mei).stale == []


def test_the_sums_of_the_database_are_those_of_the_rule(company, goal, shared, period):
    mei, ana = company.viewer("mei"), company.viewer("ana")
    goals = [
        goal,
        *(agreed(mei, ana, period, title=f"Part {n}", weight_percent=n) for n in (7, 13)),
    ]
    for number, one in enumerate(goals):
        serves(mei, one, shared, 33 + number)
    say(company, goals[0], "0.77")
    say(company, goals[1], "-3")
    rows = shared.served_by.values_list(
        "share_percent", "goal__weight_percent", "goal__done_percent"
    )
    rule = roll_up(Part(*one) for one in rows)
    seen = fresh(shared)
    assert seen.rolled_percent == rule.done_percent.quantize(Decimal("0.01"))
    assert seen.rolled_coverage_percent == rule.coverage_percent.quantize(Decimal("0.01"))
