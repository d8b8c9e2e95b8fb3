"""Who had a hand in what goals say, and of how few people that is not told."""

from __future__ import annotations

import pytest

from sightline.foundation.ledger.models import Record
from sightline.foundation.ledger.queries import event_of
from sightline.goals.actions import catchball, mediating
from sightline.goals.models import Acceptance, Goal
from sightline.goals.queries.sight import sight_of_organisation, sight_of_unit
from sightline.goals.queries.voices import acts_in
from sightline.goals.rules.voices import share_percent, voices
from sightline.goals.tests.making import a_period, a_text, agreed, fresh, proposed, to_and_fro
from sightline.goals.tests.test_document import table

SIDES = {"o": "owner", "l": "lead"}


def told(goals):
    for goal in goals.split(";"):
        weight, *acts = goal.split()
        pairs = [one.split(":") for one in acts]
        yield float(weight), {f"{act}:{SIDES[side]}" for act, side in pairs}


@pytest.mark.parametrize("row", table("catchball.md", "goals", "drafted by owner %"))
def test_the_shares_are_as_the_table_says(row):
    found = voices(told(row[0]))
    acts = ("drafted:owner", "answered:lead", "commented:owner", "shaped")
    assert [share_percent(found, act) for act in acts] == pytest.approx(list(map(float, row[1:])))


def test_without_work_nothing_is_told():
    assert share_percent(voices([]), "shaped") is None


@pytest.fixture
def period(db, company):
    return a_period(company)


def acts_of(goal):
    return acts_in(Goal.objects.filter(pk=goal.pk)).get(goal.pk)


def test_each_side_is_heard_in_what_it_did(company, period):
    mei, ana = company.viewer("mei"), company.viewer("ana")
    goal = proposed(mei, period)
    text = a_text(period, weight_percent=40)
    catchball.revise(by=ana, goal=goal, text=text, reason="It is more work.")
    catchball.accept(by=mei, goal=fresh(goal), number=2, words=" If Support helps. ")
    assert acts_of(goal) == {"drafted:owner", "answered:lead", "commented:owner"}
    assert Acceptance.objects.latest("pk").words == "If Support helps."
    said = event_of(Record.objects.get(kind="goals.GoalAgreed"))
    assert "Support" not in said.sentence()
    page = company.client("ana").get(f"/goals/{goal.pk}/").content.decode()
    assert "If Support helps." in page


def test_a_word_is_typed_when_one_accepts(company, period):
    goal = proposed(company.viewer("mei"), period)
    page = f"/goals/{goal.pk}/acceptance/"
    assert "A word to go with it" in company.client("ana").get(page).content.decode()
    assert company.client("ana").post(page, {"words": "Gladly."}).status_code == 302
    assert acts_of(goal) == {"drafted:owner", "commented:lead"}


def test_what_a_mediator_put_forward_and_what_few_may_see_is_nobody_s(company, period):
    mei, ana, leo = (company.viewer(key) for key in ("mei", "ana", "leo"))
    goal = proposed(mei, period)
    goal = to_and_fro(goal, mei, ana)
    mediating.ask_to_mediate(by=ana, goal=goal, words="We differ.")
    Goal.objects.filter(pk=goal.pk).update(latest_number=5)
    before = acts_of(goal)
    text = a_text(period, weight_percent=33)
    mediating.put_forward(by=leo, goal=fresh(goal), text=text, words="Between you.")
    assert acts_of(goal) == before == {"drafted:owner", "answered:lead", "answered:owner"}
    hidden = agreed(mei, ana, period, visibility="unit")
    assert acts_of(hidden) is None


def test_a_few_people_are_told_to_those_only_who_read_the_unit_in_any_case(company, period):
    agreed(company.viewer("mei"), company.viewer("ana"), period)
    plat = company.units["PLAT"]
    assert sight_of_unit(company.viewer("ana"), plat, period).tells_voices
    assert not sight_of_unit(company.viewer("kofi"), plat, period).tells_voices
    assert sight_of_organisation(company.viewer("nkechi"), period).tells_voices
    assert not sight_of_organisation(company.viewer("mei"), period).tells_voices
    page = company.client("mei").get("/line-of-sight/").content.decode()
    assert "Not told of a few people" in page
    assert (
        "Answered with a change" in company.client("nkechi").get("/line-of-sight/").content.decode()
    )


def test_five_people_are_told_to_everybody(company, period):
    pairs = [("mei", "ana"), ("tomas", "ana"), ("ana", "leo"), ("leo", "nkechi"), ("kofi", "ana")]
    for one, other in pairs[:4]:
        agreed(company.viewer(one), company.viewer(other), period)
    assert not sight_of_organisation(company.viewer("mei"), period).tells_voices
    agreed(company.viewer("kofi"), company.viewer("ana"), period)
    seen = sight_of_organisation(company.viewer("mei"), period)
    assert seen.tells_voices
    assert seen.effort.voiced == 5
