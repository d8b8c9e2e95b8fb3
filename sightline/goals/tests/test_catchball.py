"""A goal goes to and fro until both sides accept the same revision."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from sightline.foundation.core.errors import Refused
from sightline.foundation.ledger.models import Record
from sightline.goals.actions import catchball
from sightline.goals.actions import goals as drafts
from sightline.goals.models import Goal, Revision
from sightline.goals.queries.goals import goal_seen_by
from sightline.goals.queries.talks import proposed_change, revisions_of
from sightline.goals.tests.making import a_period, a_text, agreed, drafted, fresh, proposed
from sightline.people.actions.roles import end_role, grant_role
from sightline.people.models import Role, RoleGrant

pytestmark = pytest.mark.django_db


def test_a_draft_is_known_to_its_author_only(company):
    period = a_period(company)
    goal = drafted(company.viewer("ana"), period, employee=company.mei)
    assert goal_seen_by(company.viewer("ana"), goal.pk)
    for key in ("mei", "leo", "ingrid", "nkechi"):
        assert goal_seen_by(company.viewer(key), goal.pk) is None


def test_the_record_of_a_draft_is_about_its_author_and_tells_nothing_of_it(company):
    goal = drafted(company.viewer("ana"), a_period(company), employee=company.mei)
    said = Record.objects.get(kind="goals.GoalDrafted")
    assert said.subject == company.ana.ref
    assert goal.employee == company.mei


def test_a_proposal_of_the_employee_waits_for_the_manager(company):
    goal = proposed(company.viewer("mei"), a_period(company))
    assert (goal.stage, goal.turn) == ("proposed", "lead")
    assert goal_seen_by(company.viewer("ana"), goal.pk)
    assert goal_seen_by(company.viewer("kofi"), goal.pk) is None


def test_both_sides_accept_the_same_revision_and_it_is_agreed(company):
    goal = agreed(company.viewer("mei"), company.viewer("ana"), a_period(company))
    assert (goal.stage, goal.turn, goal.agreed_number) == ("agreed", "", 1)
    assert goal_seen_by(company.viewer("kofi"), goal.pk)


def test_nobody_accepts_what_he_wrote_himself(company):
    goal = proposed(company.viewer("mei"), a_period(company))
    with pytest.raises(PermissionDenied, match="other side"):
        catchball.accept(by=company.viewer("mei"), goal=goal, number=1)


def test_who_changed_sides_does_not_accept_his_own_words_but_passes_them_on(company):
    period, plat = a_period(company), company.units["PLAT"]
    goal = proposed(company.viewer("ana"), period, unit=plat)
    ingrid = company.viewer("ingrid")
    lead = RoleGrant.objects.on(company.today).get(role=Role.UNIT_LEAD, unit=plat)
    end_role(by=ingrid, grant=lead, on=company.today)
    grant_role(by=ingrid, employee=company.tomas, role=Role.UNIT_LEAD, unit=plat, on=company.today)
    ana, tomas = company.viewer("ana"), company.viewer("tomas")
    with pytest.raises(PermissionDenied, match="other side"):
        catchball.accept(by=ana, goal=fresh(goal), number=1)
    catchball.revise(by=ana, goal=fresh(goal), text=a_text(period), reason="Tomas leads it now.")
    catchball.accept(by=tomas, goal=fresh(goal), number=2)
    assert fresh(goal).agreed_number == 2


def test_an_answer_with_a_change_turns_the_table(company):
    period = a_period(company)
    goal = proposed(company.viewer("mei"), period)
    catchball.revise(
        by=company.viewer("ana"),
        goal=goal,
        text=a_text(period, target_value=Decimal("0.6")),
        reason="The payments move slipped.",
    )
    goal = fresh(goal)
    assert (goal.turn, goal.latest_number) == ("owner", 2)
    catchball.accept(by=company.viewer("mei"), goal=goal, number=2)
    assert fresh(goal).target_value == Decimal("0.6")


def test_a_revision_that_came_meanwhile_is_not_accepted_unread(company):
    period = a_period(company)
    goal = proposed(company.viewer("mei"), period)
    text = a_text(period, weight_percent=40)
    catchball.revise(by=company.viewer("mei"), goal=goal, text=text, reason="It is more work.")
    with pytest.raises(Refused, match="Another revision"):
        catchball.accept(by=company.viewer("ana"), goal=goal, number=1)


def test_the_agreed_text_holds_while_a_change_is_proposed(company):
    period = a_period(company)
    mei, ana = company.viewer("mei"), company.viewer("ana")
    goal = agreed(mei, ana, period)
    text = a_text(period, title="Cut checkout errors in half")
    catchball.revise(by=mei, goal=goal, text=text, reason="Half is what we can promise.")
    goal = fresh(goal)
    assert (goal.title, goal.stage, goal.agreed_number) == ("Cut checkout errors", "proposed", 1)
    assert goal.holds
    [change] = proposed_change(goal, revisions_of(ana, goal))
    assert change.runs == [("same", "Cut checkout "), ("gone", "errors"), ("new", "errors in half")]
    catchball.accept(by=ana, goal=goal, number=2)
    assert fresh(goal).title == "Cut checkout errors in half"
    assert [one.is_agreed for one in revisions_of(ana, fresh(goal))] == [True, True]


@pytest.mark.parametrize(
    ("said", "reason", "sentence"),
    [
        ({}, "Because", "Nothing is changed"),
        ({"weight_percent": 50}, " ", "Say why"),
        ({"target_value": Decimal("1.2")}, "Because", "nothing would have to move"),
        ({"title": " "}, "Because", "what is to be achieved"),
        ({"value_unit": ""}, "Because", "what the number counts"),
    ],
)
def test_an_answer_that_says_nothing_is_refused(company, said, reason, sentence):
    period = a_period(company)
    goal = proposed(company.viewer("mei"), period)
    with pytest.raises(Refused, match=sentence):
        catchball.revise(
            by=company.viewer("ana"), goal=goal, text=a_text(period, **said), reason=reason
        )
    assert Revision.objects.filter(goal=goal).count() == 1


def test_a_goal_stays_within_its_period(company):
    period = a_period(company)
    with pytest.raises(Refused, match="runs from") as refusal:
        drafted(company.viewer("mei"), period, due_on=period.until_on)
    assert refusal.value.reasons[0][0] == "due_on"


def test_whoever_has_no_manager_agrees_with_himself(company):
    goal = proposed(company.viewer("nkechi"), a_period(company))
    assert (goal.stage, goal.agreed_number) == ("agreed", 1)


def test_the_goal_of_a_unit_is_agreed_by_its_lead_and_the_lead_s_manager(company):
    period = a_period(company)
    unit = company.units["PLAT"]
    goal = agreed(company.viewer("ana"), company.viewer("leo"), period, unit=unit)
    assert goal.owner == unit
    with pytest.raises(PermissionDenied):
        drafted(company.viewer("mei"), period, unit=unit)


def test_a_draft_is_written_anew_and_thrown_away_by_its_author(company):
    period = a_period(company)
    goal = drafted(company.viewer("mei"), period)
    drafts.rewrite_draft(
        by=company.viewer("mei"), goal=goal, text=a_text(period, title="Another thing")
    )
    assert Revision.objects.get(goal=goal).title == "Another thing"
    with pytest.raises(PermissionDenied):
        drafts.remove_draft(by=company.viewer("ana"), goal=goal)
    drafts.remove_draft(by=company.viewer("mei"), goal=goal)
    assert not Goal.objects.exists()


def test_a_draft_that_moved_on_meanwhile_is_neither_rewritten_nor_removed(company):
    period, mei = a_period(company), company.viewer("mei")
    known = drafted(mei, period)
    catchball.propose_draft(by=mei, goal=known)
    with pytest.raises(Refused, match="proposed meanwhile"):
        drafts.rewrite_draft(by=mei, goal=known, text=a_text(period, title="Another thing"))
    with pytest.raises(Refused, match="Only a draft"):
        drafts.remove_draft(by=mei, goal=known)
    gone = drafted(mei, period)
    drafts.remove_draft(by=mei, goal=gone)
    with pytest.raises(Refused, match="removed meanwhile"):
        drafts.rewrite_draft(by=mei, goal=gone, text=a_text(period))


def test_who_may_see_it_is_said_by_its_owner(company):
    goal = agreed(company.viewer("mei"), company.viewer("ana"), a_period(company))
    with pytest.raises(PermissionDenied):
        drafts.set_visibility(by=company.viewer("ana"), goal=goal, visibility="private")
    drafts.set_visibility(by=company.viewer("mei"), goal=goal, visibility="private")
    assert goal_seen_by(company.viewer("ana"), goal.pk)
    for key in ("kofi", "leo", "nkechi", "ingrid"):
        assert goal_seen_by(company.viewer(key), goal.pk) is None
