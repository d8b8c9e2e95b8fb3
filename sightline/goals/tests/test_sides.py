"""People change in the midst of catchball: who takes a side over, and what ends with its owner."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from sightline.foundation.jobs.testing import run_waiting_jobs
from sightline.foundation.ledger.models import Record
from sightline.foundation.ledger.queries import event_of
from sightline.foundation.notices.models import Notice
from sightline.goals.actions import catchball
from sightline.goals.actions.deadlines import remind_of_proposals
from sightline.goals.actions.sides import follow_people
from sightline.goals.models import Acceptance, Closing, Handover
from sightline.goals.queries.talks import latest_text, revisions_of
from sightline.goals.tests.making import a_period, a_text, agreed, fresh, proposed
from sightline.people.actions.assignments import change_manager
from sightline.people.actions.employments import end_employment
from sightline.people.actions.roles import end_role, grant_role
from sightline.people.models import Role, RoleGrant

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def period(company):
    return a_period(company)


def give_mei_to(company, key, on=None):
    hr, manager = company.viewer("ingrid"), company.people[key]
    change_manager(by=hr, employee=company.mei, manager=manager, on=on or company.today)


def told(company, key):
    run_waiting_jobs()
    rows = Notice.objects.filter(account=company.account(key), kind="goals.changes")
    return [one.sentence for one in rows.order_by("pk")]


def leave(company, key, on=None):
    hr, person = company.viewer("ingrid"), company.people[key]
    end_employment(by=hr, employee=person, on=on or company.today)


def test_the_new_manager_takes_the_side_over_and_both_are_told(company, period):
    goal = proposed(company.viewer("mei"), period)
    give_mei_to(company, "leo")
    assert told(company, "leo")[-1] == "You take over a side of “Cut checkout errors”."
    assert "you now agree with somebody else" in told(company, "mei")[-1]
    taken = Handover.objects.get()
    assert (taken.was, taken.to, taken.side, taken.has_lapsed) == (
        company.ana, company.leo, "lead", False,
    )  # fmt: skip
    with pytest.raises(PermissionDenied):
        catchball.accept(by=company.viewer("ana"), goal=goal, number=1)
    catchball.accept(by=company.viewer("leo"), goal=goal, number=1)
    assert fresh(goal).agreed_number == 1


def test_what_the_old_manager_had_accepted_lapses_and_stays_on_record(company, period):
    goal = proposed(company.viewer("ana"), period, employee=company.mei)
    give_mei_to(company, "leo")
    assert "who has not accepted it yet" in told(company, "mei")[-1]
    assert not catchball.accept(by=company.viewer("mei"), goal=goal, number=1)
    goal = fresh(goal)
    assert (goal.stage, goal.turn, goal.asked) == ("proposed", "lead", company.leo)
    assert catchball.accept(by=company.viewer("leo"), goal=goal, number=1)
    said = [(one.side, one.by, one.lapsed_at is None) for one in Acceptance.objects.all()]
    assert said == [
        ("lead", company.ana, False),
        ("owner", company.mei, True),
        ("lead", company.leo, True),
    ]
    [seen] = revisions_of(company.viewer("mei"), fresh(goal))
    assert seen.is_agreed
    page = company.client("mei").get(f"/goals/{goal.pk}/").content.decode()
    assert "Leo Brandt took over from Ana Ribeiro" in page
    assert "What had been accepted on that side lapsed." in page


def test_nobody_is_bound_by_the_word_of_a_former_manager_even_before_the_job_ran(company, period):
    goal = proposed(company.viewer("ana"), period, employee=company.mei)
    give_mei_to(company, "leo")
    assert not catchball.accept(by=company.viewer("mei"), goal=goal, number=1)
    [seen] = revisions_of(company.viewer("mei"), fresh(goal))
    assert not seen.is_agreed
    told(company, "leo")
    assert Handover.objects.count() == 1


def test_a_change_of_manager_that_is_planned_waits_for_its_day(company, period):
    goal = proposed(company.viewer("mei"), period)
    give_mei_to(company, "leo", company.today + 3 * DAY)
    run_waiting_jobs()
    assert not Handover.objects.exists()
    assert follow_people(company.today + 3 * DAY) == 1
    assert follow_people(company.today + 3 * DAY) == 0
    assert fresh(goal).asked == company.leo


def test_who_takes_over_twice_in_one_talk_is_followed(company, period):
    proposed(company.viewer("ana"), period, employee=company.mei)
    give_mei_to(company, "leo")
    run_waiting_jobs()
    give_mei_to(company, "kofi")
    run_waiting_jobs()
    assert [one.to for one in Handover.objects.all()] == [company.leo, company.kofi]
    assert [one.has_lapsed for one in Handover.objects.all()] == [True, False]


def test_an_earlier_manager_who_comes_back_accepts_anew(company, period):
    goal = proposed(company.viewer("ana"), period, employee=company.mei)
    for key in ("leo", "ana"):
        give_mei_to(company, key)
        run_waiting_jobs()
    assert not catchball.accept(by=company.viewer("mei"), goal=goal, number=1)
    assert catchball.accept(by=company.viewer("ana"), goal=fresh(goal), number=1)


def test_the_new_lead_of_a_unit_takes_the_owner_s_side(company, period):
    plat = company.units["PLAT"]
    goal = proposed(company.viewer("ana"), period, unit=plat)
    hr = company.viewer("ingrid")
    lead = RoleGrant.objects.on(company.today).get(role=Role.UNIT_LEAD, unit=plat)
    end_role(by=hr, grant=lead, on=company.today)
    run_waiting_jobs()
    assert not Handover.objects.exists()
    grant_role(by=hr, employee=company.tomas, role=Role.UNIT_LEAD, unit=plat, on=company.today)
    run_waiting_jobs()
    sides = {(one.side, one.was, one.to, one.has_lapsed) for one in Handover.objects.all()}
    assert sides == {
        ("owner", company.ana, company.tomas, True),
        ("lead", company.leo, company.ana, False),
    }
    assert fresh(goal).turn == "lead"


def test_the_ledger_says_that_a_side_was_taken_over(company, period):
    proposed(company.viewer("ana"), period, employee=company.mei)
    give_mei_to(company, "leo")
    run_waiting_jobs()
    entry = Record.objects.get(kind="goals.SideTakenOver")
    assert (entry.actor, entry.subject) == ("house", company.mei.ref)
    assert "what was accepted there lapsed" in event_of(entry).sentence()


def test_a_proposal_ends_when_its_owner_has_left(company, period):
    goal = proposed(company.viewer("mei"), period)
    leave(company, "mei")
    assert "whose goal it was has left" in told(company, "ana")[-1]
    goal = fresh(goal)
    closing = Closing.objects.get(goal=goal)
    assert (goal.stage, goal.turn, closing.outcome, closing.by) == ("closed", "", "dropped", None)
    assert "has left" in event_of(Record.objects.get(kind="goals.ProposalEnded")).sentence()
    page = company.client("ingrid").get(f"/goals/{goal.pk}/").content.decode()
    assert "Whose goal it was left before it was agreed." in page
    assert remind_of_proposals(company.today + 8 * DAY) == 0


def test_what_was_agreed_holds_when_its_owner_leaves_and_the_change_falls(company, period):
    mei = company.viewer("mei")
    goal = agreed(mei, company.viewer("ana"), period)
    text = a_text(period, title="Cut checkout errors in half")
    catchball.revise(by=mei, goal=goal, text=text, reason="Half is what we can promise.")
    leave(company, "mei")
    assert "is not agreed: whose goal it is has left" in told(company, "ana")[-1]
    goal = fresh(goal)
    assert (goal.stage, goal.agreed_number, goal.title) == ("agreed", 1, "Cut checkout errors")
    assert latest_text(goal).title == "Cut checkout errors"
    assert goal.holds
    page = company.client("ingrid").get(f"/goals/{goal.pk}/").content.decode()
    assert "not agreed" in page
    assert "change of goal" in event_of(Record.objects.get(kind="goals.ProposalEnded")).sentence()


def test_who_is_about_to_leave_still_answers(company, period):
    goal = proposed(company.viewer("ana"), period, employee=company.mei)
    leave(company, "mei", company.today + 5 * DAY)
    run_waiting_jobs()
    assert fresh(goal).stage == "proposed"
    assert follow_people(company.today + 5 * DAY) == 1
    assert follow_people(company.today + 5 * DAY) == 0
    assert fresh(goal).stage == "closed"
