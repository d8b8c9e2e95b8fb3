"""Goals when the strategy is changed: who is touched, who follows, who is told."""

import time
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from sightline.foundation.core.errors import Refused
from sightline.foundation.ledger.models import Record
from sightline.foundation.notices.models import Notice
from sightline.goals.actions.closings import close_goal
from sightline.goals.actions.contributions import confirm_contribution
from sightline.goals.actions.following import follow_objectives
from sightline.goals.actions.questions import answer_question
from sightline.goals.actions.telling import tell_of_strategy
from sightline.goals.models import Contribution, Goal
from sightline.goals.queries.goals import goals_at_hand
from sightline.goals.queries.questions import answer_of
from sightline.goals.queries.sight import sight_of_organisation
from sightline.goals.queries.sightlines import upwards
from sightline.goals.queries.touched import goals_touched
from sightline.goals.tests.making import a_period, agreed, drafted, fresh, serves
from sightline.strategy.actions import objectives, strategies
from sightline.strategy.actions.versions import draft_version
from sightline.strategy.models import Objective, Strategy

pytestmark = pytest.mark.django_db


@pytest.fixture
def head(company):
    return company.viewer("nkechi")


@pytest.fixture
def held(company):
    """The objectives of the strategy in force."""
    return list(Objective.objects.filter(strategy__stage="in_force").select_related("strategy"))


@pytest.fixture
def goals(company, period, held):
    """Of Mei's goals one serves what will stay, one what will change, one what will go."""
    mei, ana = company.viewer("mei"), company.viewer("ana")
    made = {}
    for name, objective in zip(("stays", "changes", "goes"), held, strict=False):
        made[name] = agreed(mei, ana, period, title=name)
        serves(mei, made[name], objective)
    return made


@pytest.fixture
def version(head, held, goals):
    """The next version: the second objective reworded, the third gone."""
    former = held[0].strategy
    said = {name: getattr(former, name) for name in ("until_on", "mission", "vision")}
    one = draft_version(by=head, name="Version two", from_on=head.today, **said)
    second, third = (Objective.objects.get(strategy=one, root=held[at]) for at in (1, 2))
    facts = {
        "perspective": second.perspective,
        "description": "",
        "theme": "",
        "owner": second.owner,
    }
    objectives.change_objective(by=head, objective=second, title="Something else", **facts)
    objectives.remove_objective(by=head, objective=third)
    rest = {row: row.intended_share_percent for row in Objective.objects.filter(strategy=one)}
    rest[second] = rest[second] + 100 - sum(rest.values())
    objectives.set_shares(by=head, strategy=one, shares=rest)
    return one


def served(goal):
    return goal.contributions.select_related("objective__strategy").get()


def test_goals_follow_what_stays_and_the_others_are_to_be_confirmed(
    company, goals, version, head, period
):
    mei = company.viewer("mei")
    strategies.bring_into_force(by=head, strategy=version)
    assert served(goals["stays"]).objective.strategy == version
    stale = {one.goal.title for one in goals_at_hand(mei).stale}
    assert stale == {"changes", "goes"}
    assert Record.objects.filter(kind="goals.GoalsFollowed").count() == 1
    shown = sight_of_organisation(company.viewer("ingrid"), period).effort.serving
    assert served(goals["stays"]).objective_id in shown


def test_a_changed_objective_is_confirmed_and_a_gone_one_taken_back(company, goals, version, head):
    mei, client = company.viewer("mei"), company.client("mei")
    strategies.bring_into_force(by=head, strategy=version)
    page = client.get(reverse("goals:goal", args=[goals["changes"].pk])).content.decode()
    assert "it is “Something else” now" in page
    link = served(goals["changes"])
    url = reverse("goals:confirm", args=[link.pk])
    asked = client.get(url).content.decode()
    assert "<ins>Something else</ins>" in asked
    assert reverse("goals:unserve", args=[link.pk]) in asked
    assert client.post(url, {"sent": "1"}).status_code == 302
    assert served(goals["changes"]).objective.title == "Something else"
    assert not upwards(mei, fresh(goals["changes"])).served[0].is_stale
    with pytest.raises(Refused, match="Take it back"):
        confirm_contribution(by=mei, contribution=served(goals["goes"]))


def test_what_serves_the_new_one_already_is_taken_back(company, goals, version, head):
    mei = company.viewer("mei")
    old = served(goals["changes"])
    Contribution.objects.filter(pk=old.pk).update(share_percent=50)
    strategies.bring_into_force(by=head, strategy=version)
    new = Objective.objects.select_related("strategy").get(strategy=version, title="Something else")
    serves(mei, goals["changes"], new, 50)
    old.refresh_from_db()
    with pytest.raises(Refused, match="already"):
        confirm_contribution(by=mei, contribution=old)


def test_what_ended_in_a_running_period_follows_like_a_draft_and_what_is_long_over_stays(
    company, period, goals, version, held, head
):
    mei, ana, day = company.viewer("mei"), company.viewer("ana"), company.today
    draft = drafted(mei, period, title="Draft")
    serves(mei, draft, held[0])
    close_goal(by=mei, goal=fresh(goals["stays"]), outcome="done", words="")
    over = agreed(mei, ana, period, title="Long over")
    serves(mei, over, held[0])
    span = {"from_on": day - timedelta(days=99), "until_on": day}
    Goal.objects.filter(pk=over.pk).update(period=a_period(company, name="Before", **span))
    strategies.bring_into_force(by=head, strategy=version)
    assert served(goals["stays"]).objective.strategy == version
    assert served(draft).objective.strategy == version
    assert served(over).objective == held[0]


def test_what_people_answered_about_their_work_follows_what_stays(
    company, period, goals, version, held, head
):
    period.asked_from = period.from_on
    period.save()
    mei = company.viewer("mei")
    answer_question(by=mei, period=period, shares={held[0]: 60, held[1]: 40}, none_percent=0)
    strategies.bring_into_force(by=head, strategy=version)
    told = {one.percent: one.objective.strategy for one in answer_of(mei, period).shares.all()}
    assert told == {60: version, 40: held[0].strategy}


def test_owners_of_what_changed_are_told_once(company, goals, version, head):
    strategies.bring_into_force(by=head, strategy=version)
    record = Record.objects.filter(kind="strategy.StrategyBroughtIntoForce").latest("pk")
    assert tell_of_strategy(record.pk) == 1
    assert tell_of_strategy(record.pk) == 0
    assert tell_of_strategy(0) == 0
    (notice,) = Notice.objects.filter(kind="goals.changes", sentence__contains="Version two")
    assert notice.account == company.mei.account
    assert notice.url.endswith("?state=stale")


def test_before_it_is_brought_into_force_the_touched_are_counted(
    company, goals, version, held, head, period
):
    mei, ana = company.viewer("mei"), company.viewer("ana")
    hidden = agreed(mei, ana, period, title="Hidden", visibility="private")
    serves(mei, hidden, held[1])
    found = goals_touched(head, [held[1].pk, held[2].pk])
    assert (found.number, found.units, found.elsewhere) == (2, [], 2)
    assert found.by_objective == {held[1].pk: 1, held[2].pk: 1}
    url = reverse("goals:touched", args=[version.pk])
    page = company.client("nkechi").get(url).content.decode()
    assert "2 running goals serve what changes or goes" in page
    part = company.client("nkechi").get(url, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert company.client("tomas").get(url).status_code == 404


def test_where_nothing_changes_nothing_is_counted_and_a_first_strategy_moves_nothing(
    company, goals, held, head
):
    former = held[0].strategy
    said = {name: getattr(former, name) for name in ("until_on", "mission", "vision")}
    same = draft_version(by=head, name="Same", from_on=head.today, **said)
    url = reverse("goals:touched", args=[same.pk])
    assert "No goal that everybody may see" in company.client("nkechi").get(url).content.decode()
    bare = Strategy.objects.create(name="B", from_on=head.today, until_on=former.until_on)
    assert follow_objectives(strategy_id=bare.pk, former_id=former.pk) == 0


def test_two_thousand_goals_are_counted_moved_and_told_of_in_few_statements(
    company, goals, version, held, head
):
    pattern = goals["stays"]
    people = [company.mei, company.tomas, company.ana, company.leo, company.yusuf, company.nora]
    copied = [field.name for field in Goal._meta.concrete_fields if field.name != "id"]
    said = {name: getattr(pattern, name) for name in copied} | {"changed_at": timezone.now()}
    many = Goal.objects.bulk_create(
        Goal(**said | {"employee": people[number % len(people)]}) for number in range(2000)
    )
    Contribution.objects.bulk_create(
        Contribution(
            goal=goal,
            objective=held[number % 3],
            share_percent=100,
            confirmed_by=company.mei,
            confirmed_on=head.today,
        )
        for number, goal in enumerate(many)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as the database does by itself after so many rows
    begun = time.perf_counter()
    with CaptureQueriesContext(connection) as counted:
        found = goals_touched(head, [held[1].pk, held[2].pk])
    assert found.number == 2 + 1333
    assert len(counted) <= 6
    with CaptureQueriesContext(connection) as moved:
        strategies.bring_into_force(by=head, strategy=version)
    assert Contribution.objects.filter(objective__strategy=version).count() == 667 + 1
    record = Record.objects.filter(kind="strategy.StrategyBroughtIntoForce").latest("pk")
    with CaptureQueriesContext(connection) as told:
        assert tell_of_strategy(record.pk) >= 5
    assert len(told) <= 20
    assert len(moved) <= 200
    assert time.perf_counter() - begun < 60
