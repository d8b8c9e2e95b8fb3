"""Two who cannot agree ask a mediator: when, whom, who sees what; nobody is agreed for."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from sightline.foundation.access.decisions import Allowed
from sightline.foundation.core.errors import Refused
from sightline.foundation.core.open_ends import read_at_once
from sightline.foundation.jobs.testing import run_waiting_jobs
from sightline.foundation.ledger.models import Record
from sightline.foundation.ledger.queries import event_of
from sightline.foundation.notices.models import Notice
from sightline.goals import policies
from sightline.goals.actions import catchball, mediating
from sightline.goals.actions.closings import close_goal
from sightline.goals.actions.periods import change_period
from sightline.goals.models import Mediation
from sightline.goals.policies import is_stuck, mediator_for
from sightline.goals.queries.goals import goal_seen_by, goals_seen_by
from sightline.goals.queries.mediation import mediation_seen, open_ends
from sightline.goals.queries.talks import revisions_of
from sightline.goals.rules import catchball as rules
from sightline.goals.tests.making import a_period, a_text, agreed, fresh, proposed, to_and_fro
from sightline.goals.tests.test_document import table
from sightline.people.actions.assignments import change_manager
from sightline.people.actions.employments import end_employment

DAY = timedelta(days=1)


@pytest.mark.parametrize("row", table("catchball.md", "revisions from"))
def test_how_often_it_was_passed_back_is_as_the_table_says(row):
    assert rules.times_passed_back(row[0].split()) == int(row[1])


@pytest.mark.parametrize("row", table("catchball.md", "passed back so often"))
def test_when_somebody_may_be_asked_is_as_the_table_says(row):
    by_on = None if row[1] == "–" else date.fromisoformat(row[1])
    found = rules.is_stuck(int(row[0]), by_on, date.fromisoformat(row[2]))
    assert found is (row[3] == "yes")


@pytest.fixture
def period(db, company):
    return a_period(company)


@pytest.fixture
def stuck(company, period):
    """A goal of Mei's that went to and fro four times between her and Ana."""
    mei, ana = company.viewer("mei"), company.viewer("ana")
    return to_and_fro(proposed(mei, period, visibility="private"), mei, ana)


@pytest.fixture
def asked(company, stuck):
    """The same, with Leo asked to mediate."""
    mediating.ask_to_mediate(by=company.viewer("mei"), goal=stuck, words="We differ on the weight.")
    return stuck


def told(company, key):
    run_waiting_jobs()
    rows = Notice.objects.filter(account=company.account(key), kind="goals.changes")
    return [one.sentence for one in rows.order_by("pk")]


def test_nobody_is_asked_before_it_is_stuck(company, period):
    mei, ana = company.viewer("mei"), company.viewer("ana")
    goal = to_and_fro(proposed(mei, period), mei, ana, times=3)
    with pytest.raises(PermissionDenied, match="after 4 answers"):
        mediating.ask_to_mediate(by=mei, goal=goal, words="We differ.")
    assert "to mediate</a>" not in company.client("mei").get(f"/goals/{goal.pk}/").content.decode()


def test_somebody_may_be_asked_a_week_after_the_day(company, period):
    goal = proposed(company.viewer("mei"), period)
    assert not is_stuck(goal, company.today + 13 * DAY)
    assert is_stuck(goal, company.today + 14 * DAY)
    said = {"cadence_days": 14, "standing_percent": 30, "agree_by_on": None}
    change_period(by=company.viewer("ingrid"), period=period, **said)
    assert not is_stuck(fresh(goal), company.today + 40 * DAY)


def test_the_answers_of_an_earlier_talk_do_not_count(company, period):
    mei, ana = company.viewer("mei"), company.viewer("ana")
    goal = to_and_fro(proposed(mei, period), mei, ana)
    catchball.accept(by=mei if goal.turn == "owner" else ana, goal=goal, number=5)
    assert not is_stuck(fresh(goal), company.today)
    text = a_text(period, title="Half of it")
    catchball.revise(by=mei, goal=fresh(goal), text=text, reason="It slipped.")
    assert not is_stuck(fresh(goal), company.today)


def test_only_the_two_sides_ask(company, stuck, period):
    for key in ("leo", "ingrid"):
        with pytest.raises(PermissionDenied, match="The two who agree"):
            mediating.ask_to_mediate(by=company.viewer(key), goal=stuck, words="Let me in.")
    with pytest.raises(Refused, match="Say what you cannot agree on"):
        mediating.ask_to_mediate(by=company.viewer("mei"), goal=stuck, words="  ")
    assert not Mediation.objects.exists()


def test_the_manager_s_manager_is_asked_and_both_are_told(company, asked):
    assert Mediation.objects.get().mediator == company.leo
    assert told(company, "leo")[-1] == "You are asked to mediate on “Cut checkout errors”."
    assert told(company, "ana")[-1] == "Somebody was asked to mediate on “Cut checkout errors”."
    with pytest.raises(PermissionDenied, match="already"):
        mediating.ask_to_mediate(by=company.viewer("ana"), goal=asked, words="Me too.")
    entry = Record.objects.get(kind="goals.MediationAsked")
    assert entry.subject == company.mei.ref
    assert "cannot agree" in event_of(entry).sentence()
    assert "differ" not in event_of(entry).sentence()


def test_the_mediator_alone_sees_the_talk_and_only_until_it_is_agreed(company, stuck):
    others = [key for key in company.people if key not in {"mei", "ana", "rui"}]
    viewers = [company.viewer(key) for key in others if company.people[key].account]
    assert not [one for one in viewers if goal_seen_by(one, stuck.pk)]
    mediating.ask_to_mediate(by=company.viewer("mei"), goal=stuck, words="We differ on the weight.")
    for one in viewers:
        is_leo = one.employee == company.leo
        assert bool(goal_seen_by(one, stuck.pk)) == is_leo
        assert goals_seen_by(one).filter(pk=stuck.pk).exists() == is_leo
        assert bool(policies.goal_rights(one, stuck).follow_talk) == is_leo
    mei, ana = company.viewer("mei"), company.viewer("ana")
    catchball.accept(by=ana if stuck.turn == "lead" else mei, goal=stuck, number=5)
    assert goal_seen_by(company.viewer("leo"), stuck.pk) is None
    text = a_text(stuck.period, title="Half of it")
    catchball.revise(by=mei, goal=fresh(stuck), text=text, reason="It slipped.")
    assert goal_seen_by(company.viewer("leo"), stuck.pk) is None


def test_what_is_closed_is_seen_by_the_mediator_no_more(company, asked):
    close_goal(by=company.viewer("mei"), goal=asked, outcome="dropped", words="Another time.")
    assert goal_seen_by(company.viewer("leo"), asked.pk) is None


def test_a_word_is_read_by_both_and_changes_nothing(company, asked):
    leo = company.viewer("leo")
    with pytest.raises(Refused, match="Say what you recommend"):
        mediating.recommend(by=leo, goal=asked, words=" ")
    mediating.recommend(by=leo, goal=asked, words="Take 33: it is between you.")
    assert fresh(asked).latest_number == 5
    for key in ("mei", "ana"):
        assert (
            told(company, key)[-1] == "Who mediates on “Cut checkout errors” recommends something."
        )
        page = company.client(key).get(f"/goals/{asked.pk}/").content.decode()
        assert "Take 33: it is between you." in page
        assert "Chen Mei asked Leo Brandt to mediate" in page
    with pytest.raises(PermissionDenied):
        mediating.recommend(by=company.viewer("nkechi"), goal=asked, words="I, too.")
    assert (
        "recommended something" in event_of(Record.objects.get(kind="goals.Recommended")).sentence()
    )


def test_a_wording_between_the_two_is_accepted_by_both_or_by_none(company, asked):
    leo, mei, ana = (company.viewer(key) for key in ("leo", "mei", "ana"))
    same = a_text(asked.period, weight_percent=34)
    with pytest.raises(Refused, match="Nothing is changed"):
        mediating.put_forward(by=leo, goal=asked, text=same, words="So it stays.")
    text = a_text(asked.period, weight_percent=33)
    with pytest.raises(Refused, match="what you recommend"):
        mediating.put_forward(by=leo, goal=asked, text=text, words="")
    mediating.put_forward(by=leo, goal=asked, text=text, words="Between you.")
    goal = fresh(asked)
    assert (goal.turn, goal.latest_number, goal.asked) == ("owner", 6, company.mei)
    with pytest.raises(PermissionDenied):
        catchball.accept(by=leo, goal=goal, number=6)
    assert [one.revision.is_between for one in revisions_of(mei, goal)][:2] == [True, False]
    assert not catchball.accept(by=mei, goal=goal, number=6)
    assert fresh(goal).turn == "lead"
    assert catchball.accept(by=ana, goal=fresh(goal), number=6)
    assert fresh(goal).weight_percent == 33
    said = event_of(Record.objects.get(kind="goals.Recommended")).sentence()
    assert "put revision 6 between the two" in said


def test_a_wording_between_the_two_may_be_answered_with_a_change(company, asked):
    leo, ana = company.viewer("leo"), company.viewer("ana")
    text = a_text(asked.period, weight_percent=33)
    mediating.put_forward(by=leo, goal=asked, text=text, words="Between you.")
    to_and_fro(asked, ana, company.viewer("mei"), times=1, first=35)
    assert fresh(asked).turn == "lead"
    assert is_stuck(fresh(asked), company.today)


def test_of_a_unit_the_head_of_a_unit_above_who_is_no_party_is_asked(company, period):
    ana, leo = company.viewer("ana"), company.viewer("leo")
    goal = to_and_fro(proposed(ana, period, unit=company.units["PLAT"]), ana, leo)
    assert mediator_for(goal, company.today) == company.nkechi
    mediating.ask_to_mediate(by=leo, goal=goal, words="We differ on the weight.")
    mediating.recommend(by=company.viewer("nkechi"), goal=goal, words="Half and half.")


def test_where_nobody_stands_above_nobody_is_asked_and_the_page_says_so(company, period):
    leo, nkechi = company.viewer("leo"), company.viewer("nkechi")
    goal = to_and_fro(proposed(leo, period), leo, nkechi)
    with pytest.raises(PermissionDenied, match="Nobody stands above"):
        mediating.ask_to_mediate(by=leo, goal=goal, words="We differ.")
    page = company.client("leo").get(f"/goals/{goal.pk}/").content.decode()
    assert "Nobody stands above the two of you." in page


def test_when_the_mediator_becomes_a_side_the_next_above_is_asked(company, asked):
    hr = company.viewer("ingrid")
    change_manager(by=hr, employee=company.mei, manager=company.leo, on=company.today)
    leo, mei = company.viewer("leo"), company.viewer("mei")
    with pytest.raises(PermissionDenied):
        mediating.recommend(by=leo, goal=asked, words="As I say.")
    assert not mediation_seen(mei, fresh(asked)).is_open
    assert policies.may_ask_to_mediate(mei, fresh(asked))
    mediating.ask_to_mediate(by=mei, goal=fresh(asked), words="Now with Leo.")
    assert Mediation.objects.latest("pk").mediator == company.nkechi


def test_when_the_mediator_has_left_either_side_may_ask_anew(company, asked):
    end_employment(by=company.viewer("ingrid"), employee=company.leo, on=company.today)
    ana = company.viewer("ana")
    assert not mediation_seen(ana, asked).is_open
    page = company.client("ana").get(f"/goals/{asked.pk}/").content.decode()
    assert "Who was asked can no longer mediate." in page
    mediating.ask_to_mediate(by=ana, goal=asked, words="Leo has left.")
    assert Mediation.objects.latest("pk").mediator == company.nkechi


def test_home_asks_the_mediator_until_there_is_a_word(company, asked):
    leo = company.viewer("leo")
    [end] = [one for one in read_at_once(open_ends(leo)) if one.what == "mediate"]
    assert (end.key, end.who, end.text) == (asked.pk, "Chen Mei", "Cut checkout errors")
    assert open_ends(company.viewer("mei")) == []
    assert read_at_once(open_ends(company.viewer("nkechi"))) == []
    mediating.recommend(by=leo, goal=asked, words="Take 33.")
    assert read_at_once(open_ends(leo)) == []


def test_the_pages_ask_recommend_and_put_a_wording_forward(company, stuck):
    page = f"/goals/{stuck.pk}/"
    mei, leo = company.client("mei"), company.client("leo")
    assert "Ask Leo Brandt to mediate" in mei.get(page).content.decode()
    assert leo.get(page).status_code == 404
    assert mei.get(page + "mediation/").status_code == 200
    assert mei.post(page + "mediation/", {"words": ""}).status_code == 422
    assert mei.post(page + "mediation/", {"words": "We differ."}).status_code == 302
    assert "We differ." in leo.get(page).content.decode()
    assert leo.post(page + "recommendation/", {"words": "Take 33."}).status_code == 302
    assert mei.get(page + "recommendation/").status_code == 403
    assert company.client("tomas").get(page + "recommendation/").status_code == 404
    form = leo.get(page + "recommendation/wording/").context["form"]
    said = {key: value for key, value in form.initial.items() if value is not None}
    said |= {"weight_percent": 33, "reason": "Between you.", "milestones": ""}
    assert leo.post(page + "recommendation/wording/", said | {"reason": ""}).status_code == 422
    assert leo.post(page + "recommendation/wording/", said).status_code == 302
    assert "Put between the two" in mei.get(page).content.decode()


def test_what_holds_is_told_of_nobody_s_talk_when_nothing_is_proposed(company, period):
    goal = agreed(company.viewer("mei"), company.viewer("ana"), period)
    assert mediation_seen(company.viewer("mei"), goal) is None
    assert not policies.may_mediate(company.viewer("leo"), goal)
    with pytest.raises(PermissionDenied):
        mediating.ask_to_mediate(by=company.viewer("mei"), goal=goal, words="Nothing.")


def test_asking_a_mediator_answers_nothing_and_each_recommendation_is_its_givers(company, stuck):
    run_waiting_jobs()
    turn = "ana" if stuck.turn == "lead" else "mei"
    other = "mei" if turn == "ana" else "ana"
    waits = Notice.objects.filter(account=company.account(turn), sentence__contains="waits for")
    assert waits.filter(read_at=None).exists()
    mediating.ask_to_mediate(by=company.viewer(other), goal=stuck, words="We differ.")
    run_waiting_jobs()
    assert waits.filter(read_at=None).exists(), "nothing was answered"
    mediating.recommend(by=company.viewer("leo"), goal=stuck, words="Take thirty three.")
    change_manager(
        by=company.viewer("ingrid"), employee=company.mei, manager=company.leo, on=company.today
    )
    mediating.ask_to_mediate(by=company.viewer("mei"), goal=fresh(stuck), words="Once more.")
    seen = mediation_seen(company.viewer("mei"), fresh(stuck))
    assert seen.mediator == "Nkechi Obi"
    assert [(one.words, name) for one, name in seen.recommendations] == [
        ("Take thirty three.", "Leo Brandt")
    ]


def test_a_second_press_accepts_for_nobody_else(company, asked, period, monkeypatch):
    text = a_text(period, weight_percent=33)
    mediating.put_forward(by=company.viewer("leo"), goal=asked, text=text, words="In the middle.")
    goal = fresh(asked)
    mei = company.viewer("mei")
    assert not catchball.accept(by=mei, goal=goal, number=goal.latest_number)
    monkeypatch.setattr(policies, "may_accept", lambda by, goal: Allowed())  # asked too early
    with pytest.raises(Refused, match="not your turn any more"):
        catchball.accept(by=mei, goal=goal, number=goal.latest_number)
    assert fresh(goal).stage == "proposed"
