"""How goals begin: from those of the last period, and from what a post is there for."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.urls import reverse

from sightline.foundation.core.errors import Refused
from sightline.goals.actions.check_ins import check_in
from sightline.goals.actions.closings import carry_over, carry_over_several, close_goal
from sightline.goals.actions.periods import close_period
from sightline.goals.models import Contribution, Goal, Period
from sightline.goals.tests.making import a_period, agreed, drafted, fresh, proposed, serves
from sightline.goals.tests.test_pages import words_of
from sightline.people.models import Assignment, Responsibility
from sightline.strategy.models import Objective

pytestmark = pytest.mark.django_db


@pytest.fixture
def coming(company, period):
    """The period after this one."""
    days = {"from_on": period.until_on, "until_on": company.calendar.days(270)}
    return a_period(company, name="Next half", **days)


@pytest.fixture
def goal(company, period):
    """Mei's goal, which has come from 1.2 to 0.75%, and serves an objective."""
    mei, ana = company.viewer("mei"), company.viewer("ana")
    one = agreed(mei, ana, period)
    serves(mei, one, Objective.objects.select_related("strategy")[0])
    check_in(by=mei, goal=one, value=Decimal("0.75"), confidence=Decimal("0.6"))
    return fresh(one)


def duty_of(company, key):
    post = Assignment.objects.on(company.today).get(employee=company.people[key]).position
    return Responsibility.objects.on(company.today).filter(position=post)[0]


def test_goals_of_the_last_period_become_drafts_of_the_next(company, goal, coming):
    mei, ana = company.viewer("mei"), company.viewer("ana")
    other = agreed(mei, ana, goal.period, title="Another", weight_percent=70)
    agreed(mei, ana, goal.period, title="Stays behind")
    proposed(mei, goal.period, title="Never agreed")
    client = company.client("mei")
    assert reverse("goals:copy") in client.get(reverse("goals:mine")).content.decode()
    text = client.get(reverse("goals:copy")).content.decode()
    assert "into Next half" in text
    assert "Stays behind" in text
    assert "Never agreed" not in text
    answer = client.post(reverse("goals:copy"), {"goals": [goal.pk, other.pk]})
    assert answer.status_code == 302
    copy = Goal.objects.get(carried_from=goal)
    assert (copy.stage, copy.start_value, copy.target_value) == (
        "draft",
        Decimal("0.75"),
        Decimal("0.4"),
    )
    assert (copy.period, copy.weight_percent) == (coming, 30)
    assert copy.contributions.get().objective is not None
    assert Goal.objects.get(carried_from=other).weight_percent == 70
    assert Goal.objects.filter(period=coming).count() == 2
    assert "There already" in client.get(reverse("goals:copy")).content.decode()


def test_a_second_press_and_nothing_chosen_are_told(company, goal, coming):
    client = company.client("mei")
    assert client.post(reverse("goals:copy"), {"sent": "1"}).status_code == 422
    assert client.post(reverse("goals:copy"), {"goals": [goal.pk]}).status_code == 302
    again = client.post(reverse("goals:copy"), {"goals": [goal.pk]})
    assert again.status_code == 422
    assert Goal.objects.filter(carried_from=goal).count() == 1


def test_of_several_one_that_cannot_go_on_is_named_and_none_goes(company, goal, coming):
    mei = company.viewer("mei")
    other = agreed(mei, company.viewer("ana"), goal.period, title="Another")
    carry_over(by=mei, goal=goal, period=coming)
    with pytest.raises(Refused, match="Cut checkout errors”"):
        carry_over_several(by=mei, goals=[goal, other], period=coming)
    assert not Goal.objects.filter(carried_from=other).exists()
    close_period(by=company.viewer("ingrid"), period=coming)
    with pytest.raises(Refused, match="Another"):
        carry_over_several(by=mei, goals=[other], period=Period.objects.get(pk=coming.pk))


def test_what_was_dropped_or_is_somebody_elses_is_not_offered(company, goal, coming):
    mei = company.viewer("mei")
    agreed(company.viewer("tomas"), company.viewer("ana"), goal.period, title="His own")
    close_goal(by=mei, goal=goal, outcome="dropped", words="No longer.")
    text = company.client("mei").get(reverse("goals:copy")).content.decode()
    assert "Nothing to copy" in text
    stranger = company.client("yusuf").post(reverse("goals:copy"), {"goals": [goal.pk]})
    assert stranger.status_code == 422


def test_a_managers_hidden_draft_is_not_told_to_the_owner(company, goal, coming):
    carry_over(by=company.viewer("ana"), goal=goal, period=coming)
    assert "There already" not in company.client("mei").get(reverse("goals:copy")).content.decode()


def test_without_an_open_period_the_page_says_who_opens_one(company, period):
    close_period(by=company.viewer("ingrid"), period=period)
    assert (
        "No period is open yet" in company.client("mei").get(reverse("goals:copy")).content.decode()
    )


def test_a_goal_begins_from_a_responsibility_and_serves_it(company, period):
    duty = duty_of(company, "mei")
    client = company.client("mei")
    assert "Begin from a responsibility" in client.get(reverse("goals:new")).content.decode()
    address = f"{reverse('goals:new')}?owner=me&responsibility={duty.pk}"
    form = client.get(address).context["form"]
    assert form["title"].value() == duty.title[:160]
    assert form["weight_percent"].value() == duty.weight_percent
    said = words_of(period) | {"owner": "me", "period": period.pk, "visibility": "everyone"}
    assert client.post(address, said).status_code == 302
    assert Contribution.objects.get().responsibility == duty
    assert Contribution.objects.get().share_percent == 100


def test_a_manager_begins_from_a_responsibility_of_a_report(company, period):
    duty = duty_of(company, "mei")
    client = company.client("ana")
    whose = f"person-{company.mei.pk}"
    address = f"{reverse('goals:new')}?owner={whose}&responsibility={duty.pk}"
    assert client.get(address).context["form"]["title"].value() == duty.title[:160]
    said = words_of(period) | {"owner": whose, "period": period.pk, "visibility": "everyone"}
    unit = client.post(address, said | {"owner": f"unit-{company.units['PLAT'].pk}"})
    assert "A unit holds no post." in unit.content.decode()
    mine = client.post(address, said | {"owner": "me"})
    assert "no responsibility of the owner’s post" in mine.content.decode()
    assert not Goal.objects.exists()
    assert client.post(address, said).status_code == 302
    assert Goal.objects.get().employee == company.mei


@pytest.mark.parametrize("asked", ["0", "x", "9" * 30])
def test_a_responsibility_of_nobody_at_hand_begins_nothing(company, period, asked):
    address = f"{reverse('goals:new')}?responsibility={asked}"
    assert company.client("mei").get(address).context["duty"] is None
    other = duty_of(company, "nora")
    address = f"{reverse('goals:new')}?responsibility={other.pk}"
    assert company.client("mei").get(address).context["duty"] is None
    drafted(company.viewer("mei"), period)
