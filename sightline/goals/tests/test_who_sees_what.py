"""Who sees which goal, and follows how it was agreed."""

from __future__ import annotations

import pytest

from sightline.goals import policies
from sightline.goals.actions.closings import close_goal
from sightline.goals.models import Goal
from sightline.goals.queries.goals import goal_seen_by, goals_seen_by
from sightline.goals.tests.making import a_period, agreed, drafted, fresh, proposed
from sightline.people.actions import employments

pytestmark = pytest.mark.django_db
EVERYBODY_HERE = [
    "yusuf",
    "ruth",
    "mei",
    "joao",
    "tomas",
    "ana",
    "leo",
    "nkechi",
    "fatima",
    "ingrid",
]
CAST = [*EVERYBODY_HERE, "samuel", "priya"]


def who_sees(company, goal, among=CAST):
    """Told by the short look and by the whole condition, which never differ."""
    viewers = {key: company.viewer(key) for key in among}
    seen = {key for key, viewer in viewers.items() if goal_seen_by(viewer, goal.pk)}
    rows = {key: goals_seen_by(viewer) for key, viewer in viewers.items()}
    assert seen == {key for key in rows if rows[key].filter(pk=goal.pk).exists()}
    return seen


@pytest.mark.parametrize(
    ("visibility", "seen_by"),
    [
        ("everyone", EVERYBODY_HERE),
        ("unit", ["mei", "joao", "tomas", "ana", "leo", "nkechi", "fatima", "ingrid"]),
        ("line", ["tomas", "ana", "leo", "nkechi", "fatima", "ingrid"]),
        ("private", ["tomas", "ana"]),
    ],
)
def test_an_agreed_goal_is_seen_by_those_whom_it_names(company, visibility, seen_by):
    tomas, ana = company.viewer("tomas"), company.viewer("ana")
    goal = agreed(tomas, ana, a_period(company), visibility=visibility)
    assert who_sees(company, goal) == set(seen_by)


@pytest.mark.parametrize(
    ("visibility", "seen_by"),
    [
        ("everyone", EVERYBODY_HERE),
        ("unit", ["mei", "joao", "tomas", "ana", "leo", "nkechi", "fatima", "ingrid"]),
        ("line", ["ana", "leo", "nkechi", "fatima", "ingrid"]),
        ("private", ["ana", "leo"]),
    ],
)
def test_the_goal_of_a_unit_too(company, visibility, seen_by):
    ana, leo = company.viewer("ana"), company.viewer("leo")
    unit = company.units["PLAT"]
    goal = agreed(ana, leo, a_period(company), unit=unit, visibility=visibility)
    assert who_sees(company, goal) == set(seen_by)


def test_the_goal_of_a_leaver_is_for_those_who_open_his_file(company):
    goal = agreed(company.viewer("tomas"), company.viewer("ana"), a_period(company))
    employments.end_employment(
        by=company.viewer("ingrid"), employee=company.tomas, on=company.today, reason="Moves away"
    )
    others = [key for key in CAST if key != "tomas"]
    assert who_sees(company, goal, others) == {"ana", "leo", "nkechi", "fatima", "ingrid"}


def test_what_is_not_agreed_yet_is_for_the_two_sides_the_line_and_hr(company):
    goal = proposed(company.viewer("tomas"), a_period(company))
    assert who_sees(company, goal) == {"tomas", "ana", "leo", "nkechi", "fatima", "ingrid"}


def test_how_it_was_agreed_is_followed_by_fewer_than_see_it(company):
    goal = agreed(company.viewer("tomas"), company.viewer("ana"), a_period(company))
    follow = {key for key in CAST if policies.goal_rights(company.viewer(key), goal).follow_talk}
    assert follow == {"tomas", "ana", "leo", "nkechi", "fatima", "ingrid"}


def test_the_rights_of_many_are_those_of_each(company):
    period = a_period(company)
    mei, ana = company.viewer("mei"), company.viewer("ana")
    goals = [agreed(mei, ana, period), proposed(mei, period), proposed(ana, period)]
    for key in CAST:
        viewer = company.viewer(key)
        many = policies.rights_of_many(viewer, goals)
        assert many == {goal.pk: policies.goal_rights(viewer, goal) for goal in goals}


def test_what_is_closed_is_neither_changed_nor_closed_again(company):
    mei = company.viewer("mei")
    goal = agreed(mei, company.viewer("ana"), a_period(company))
    close_goal(by=mei, goal=goal, outcome="done")
    rights = policies.goal_rights(mei, fresh(goal))
    assert not any([rights.revise, rights.accept, rights.check_in, rights.contribute, rights.close])
    assert rights.carry_over


def test_a_stranger_may_do_nothing_and_is_told_why(company):
    goal = agreed(company.viewer("mei"), company.viewer("ana"), a_period(company))
    rights = policies.goal_rights(company.viewer("yusuf"), goal)
    denied = [
        rights.revise, rights.accept, rights.check_in, rights.contribute, rights.close,
        rights.set_visibility, rights.carry_over, rights.follow_talk,
    ]  # fmt: skip
    assert not any(denied)
    assert all(one.reason for one in denied)


def test_who_is_not_from_here_sees_no_goal_and_drafts_none(company):
    agreed(company.viewer("mei"), company.viewer("ana"), a_period(company))
    samuel = company.viewer("samuel")
    assert not goals_seen_by(samuel).exists()
    assert not policies.may_draft_for(samuel, company.mei)
    assert not policies.may_read_goals(samuel)


def test_a_goal_is_drafted_by_the_person_or_the_manager(company):
    assert policies.may_draft_for(company.viewer("mei"), company.mei)
    assert policies.may_draft_for(company.viewer("ana"), company.mei)
    assert not policies.may_draft_for(company.viewer("leo"), company.mei)
    unit = company.units["PLAT"]
    assert policies.may_draft_for_unit(company.viewer("ana"), unit)
    assert policies.may_draft_for_unit(company.viewer("leo"), unit)
    assert not policies.may_draft_for_unit(company.viewer("mei"), unit)


def test_periods_and_what_is_brought_are_for_hr(company):
    assert policies.may_change_periods(company.viewer("ingrid"))
    assert not policies.may_change_periods(company.viewer("nkechi"))
    assert policies.may_bring_goals(company.viewer("ingrid"))
    assert not policies.may_bring_goals(company.viewer("ana"))


def test_the_effort_of_a_small_unit_is_for_those_who_lead_it(company):
    unit = company.units["DATA"]
    seen = {key for key in CAST if policies.may_read_effort_of_unit(company.viewer(key), unit)}
    assert seen == {"leo", "nkechi", "fatima", "ingrid"}


def test_the_effort_of_a_person_is_for_the_person_the_line_and_hr(company):
    seen = {key for key in CAST if policies.may_read_effort_of(company.viewer(key), company.tomas)}
    assert seen == {"tomas", "ana", "leo", "nkechi", "fatima", "ingrid"}


def test_a_draft_is_its_author_s_alone_to_change(company):
    goal = drafted(company.viewer("ana"), a_period(company), employee=company.mei)
    assert policies.goal_rights(company.viewer("ana"), goal).set_visibility
    assert not policies.goal_rights(company.viewer("mei"), goal).revise
    assert not policies.goal_rights(company.viewer("ana"), goal).close
    assert Goal.objects.filter(policies.drafts_of(company.viewer("ana"))).exists()
    assert not policies.goal_rights(company.viewer("ana"), goal).carry_over


def test_whose_talk_one_follows_is_the_same_asked_of_one_and_of_all(company):
    period = a_period(company)
    mei, ana = company.viewer("mei"), company.viewer("ana")
    goals = [
        agreed(mei, ana, period),
        agreed(mei, ana, period, visibility="private"),
        proposed(ana, period, employee=company.tomas),
        drafted(ana, period, employee=company.mei),
        agreed(ana, company.viewer("leo"), period, unit=company.units["PLAT"]),
    ]
    for key in CAST:
        viewer = company.viewer(key)
        followed = set(Goal.objects.filter(policies.talks_open_to(viewer)))
        rights = policies.rights_of_many(viewer, goals)
        assert {goal for goal in goals if rights[goal.pk].follow_talk} == followed
