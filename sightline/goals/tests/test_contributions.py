"""What goals serve: shares within the whole, no circles, nothing of others."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import translation

from sightline.foundation.core.errors import Refused
from sightline.foundation.ledger.models import Record
from sightline.foundation.ledger.queries import event_of
from sightline.goals.actions.check_ins import check_in
from sightline.goals.actions.closings import close_goal
from sightline.goals.actions.contributions import confirm_contribution
from sightline.goals.models import Contribution, Goal
from sightline.goals.queries.goals import goals_at_hand
from sightline.goals.queries.lists import Wanted, goals_wanted
from sightline.goals.queries.sightlines import (
    MOST_SHOWN,
    local_share_percent,
    serving,
    upwards,
)
from sightline.goals.tests.making import agreed, drafted, fresh, proposed, serves
from sightline.people.actions import posts
from sightline.people.actions.imports import Summary, Writes, carry_out
from sightline.people.actions.posts import Duty
from sightline.people.models import Responsibility
from sightline.strategy.models import Objective, Strategy

pytestmark = pytest.mark.django_db
NO_VALUES = {"start_value": None, "target_value": None}


@pytest.fixture
def chain(company, period):
    """Mei's goal and two of Ana's, by title."""
    mei, ana, leo = (company.viewer(key) for key in ("mei", "ana", "leo"))
    return {
        "low": agreed(mei, ana, period, title="Low"),
        "middle": agreed(ana, leo, period, title="Middle"),
        "high": agreed(ana, leo, period, title="High"),
    }


def objective():
    return Objective.objects.select_related("strategy")[0]


def test_the_thread_leads_from_the_strategy_down_to_the_goal(company, chain):
    mei, ana = company.viewer("mei"), company.viewer("ana")
    serves(mei, chain["low"], chain["middle"], 70)
    serves(ana, chain["middle"], chain["high"])
    serves(ana, chain["high"], objective())
    above = upwards(mei, chain["low"])
    assert above.thread[0].objective == objective()
    assert [step.goal.title for step in above.thread[1:]] == ["High", "Middle", "Low"]
    assert local_share_percent(above.served) == Decimal(30)
    below, more = serving(mei, chain["middle"])
    assert ([one.seen.goal.title for one in below], more) == (["Low"], 0)


def test_what_the_roll_up_leaves_out_says_so_where_it_stands(company, period):
    mei, ana = company.viewer("mei"), company.viewer("ana")
    high = agreed(
        ana, company.viewer("leo"), period, unit=company.units["PLAT"], kind="children", **NO_VALUES
    )
    below = {
        "": agreed(mei, ana, period, title="Counts"),
        "it was dropped": agreed(mei, ana, period, title="Dropped"),
        "not agreed yet": proposed(mei, period, title="Proposed"),
        "not everyone may see it": agreed(mei, ana, period, title="Narrow", visibility="line"),
    }
    for goal in below.values():
        serves(mei, goal, high)
    check_in(by=mei, goal=below[""], value=Decimal("0.8"), confidence=Decimal("0.8"))
    close_goal(by=mei, goal=fresh(below["it was dropped"]), outcome="dropped", words="Overtaken.")
    rows, _more = serving(mei, high)
    assert {one.left_out: one.seen.goal for one in rows} == below
    assert fresh(high).done_percent == Decimal(50)
    for name in ("goal", "working"):
        answer = company.client("mei").get(reverse(f"goals:{name}", args=[high.pk]))
        page = answer.content.decode()
        assert page.count("does not count:") == 3
        assert ">Said last<" not in page
        assert "by what was said up to" not in page


def test_a_circle_is_refused_and_shown(company, chain):
    mei, ana = company.viewer("mei"), company.viewer("ana")
    serves(mei, chain["low"], chain["middle"])
    serves(ana, chain["middle"], chain["high"])
    with pytest.raises(Refused, match="High → Low → Middle → High"):
        serves(ana, chain["high"], chain["low"])
    with pytest.raises(Refused, match="itself"):
        serves(ana, chain["high"], chain["high"])


def test_shares_are_never_more_than_the_goal(company, chain):
    mei = company.viewer("mei")
    serves(mei, chain["low"], chain["middle"], 70)
    with pytest.raises(Refused, match="110%"):
        serves(mei, chain["low"], chain["high"], 40)
    serves(mei, chain["low"], chain["middle"], 60)
    serves(mei, chain["low"], chain["high"], 40)
    for share in (0, 101, -1):
        with pytest.raises(Refused, match="above 0"):
            serves(mei, chain["low"], chain["high"], share)


def test_a_responsibility_is_one_of_the_owner_s_post(company, period):
    ana = company.viewer("ana")
    goal = agreed(company.viewer("tomas"), ana, period)
    duties = Responsibility.objects.on(company.today)
    post = company.positions["PLAT-IMPORT"]
    own = duties.filter(position=post)[0]
    other = duties.exclude(position=post)[0]
    serves(company.viewer("tomas"), goal, own, 50)
    with pytest.raises(Refused, match="no responsibility"):
        serves(company.viewer("tomas"), goal, other, 10)


def test_a_responsibility_that_a_goal_serves_keeps_its_row_or_the_change_is_refused(
    company, period
):
    ana = company.viewer("ana")
    post = company.positions["PLAT-IMPORT"]
    posts.set_responsibilities(
        by=ana, position=post, duties=[Duty("A", "", 60), Duty("B", "", 40)], on=company.today
    )
    served = Responsibility.objects.get(position=post, title="A")
    serves(company.viewer("tomas"), agreed(company.viewer("tomas"), ana, period), served, 50)
    anew = {"by": ana, "position": post, "on": company.today}
    posts.set_responsibilities(duties=[Duty("A", "Better", 100)], **anew)
    served.refresh_from_db()
    assert (served.standard, served.weight_percent) == ("Better", 100)
    with pytest.raises(Refused, match="“A” is in use from that day on") as refusal:
        posts.set_responsibilities(duties=[Duty("B", "", 100)], **anew)
    assert refusal.value.reasons[0][0] == "on"


def test_an_import_takes_away_no_responsibility_that_a_goal_serves(company, period):
    post, tomas = company.positions["PLAT-IMPORT"], company.viewer("tomas")
    served = Responsibility.objects.on(company.today).filter(position=post)[0]
    serves(tomas, agreed(tomas, company.viewer("ana"), period), served, 50)
    writes = Writes(removed=[served])
    summary = Summary(1, "Responsibilities", 0, 0, 1)
    with pytest.raises(Refused, match=f"{post.title} is in use"):
        carry_out(
            by=company.viewer("ingrid"), writes=writes, summary=summary, report=lambda *_: None
        )


def test_a_draft_of_somebody_is_not_served(company, period, chain):
    draft = drafted(company.viewer("mei"), period, title="Only an idea")
    with pytest.raises(Refused, match="proposed or agreed"):
        serves(company.viewer("mei"), chain["low"], draft)


def test_only_the_two_sides_say_what_a_goal_serves(company, chain):
    with pytest.raises(PermissionDenied):
        serves(company.viewer("kofi"), chain["low"], chain["high"])
    serves(company.viewer("ana"), chain["low"], chain["high"])


def test_a_step_that_may_not_be_seen_is_a_step_without_words(company, period, chain):
    ana, leo = company.viewer("ana"), company.viewer("leo")
    hidden = agreed(ana, leo, period, title="Between the two", visibility="private")
    serves(ana, chain["middle"], hidden)
    above = upwards(company.viewer("mei"), chain["middle"])
    assert above.thread[0].goal is None
    assert above.served[0].is_hidden
    below, more = serving(leo, hidden)
    assert (len(below), more) == (1, 0)


def test_of_the_goals_below_only_those_are_counted_that_are_seen(company, period, chain):
    mei, ana = company.viewer("mei"), company.viewer("ana")
    hidden = agreed(mei, ana, period, title="Of my own", visibility="private")
    serves(mei, hidden, chain["high"])
    assert serving(company.viewer("yusuf"), chain["high"]) == ([], 0)
    below, more = serving(ana, chain["high"])
    assert ([one.seen.goal.title for one in below], more) == (["Of my own"], 0)


def test_goals_that_are_seen_are_shown_after_many_that_are_not(company, period, chain):
    mei, ana = company.viewer("mei"), company.viewer("ana")
    hidden = agreed(mei, ana, period, title="Of my own", visibility="private")
    serves(mei, hidden, chain["high"])
    serves(mei, chain["low"], chain["high"], 50)
    link, many = hidden.contributions.get(), 2 * MOST_SHOWN
    rows = Goal.objects.filter(pk=hidden.pk).values()[0] | {"id": None}
    more = Goal.objects.bulk_create(Goal(**rows) for _one in range(many))
    Contribution.objects.bulk_create(
        Contribution(
            goal=one, parent=chain["high"], parent_version=1, share_percent=100,
            confirmed_by=link.confirmed_by, confirmed_on=link.confirmed_on,
        )
        for one in more
    )  # fmt: skip
    below, left = serving(company.viewer("yusuf"), chain["high"])
    assert ([one.seen.goal.title for one in below], left) == (["Low"], 0)
    below, left = serving(ana, chain["high"])
    assert (len(below), left) == (MOST_SHOWN, many + 2 - MOST_SHOWN)


def test_an_objective_whose_strategy_has_ended_is_taken_back_and_not_confirmed(company, chain):
    mei = company.viewer("mei")
    serves(mei, chain["low"], objective())
    Strategy.objects.update(stage="superseded")
    link = chain["low"].contributions.get()
    assert upwards(mei, chain["low"]).served[0].is_stale
    assert [one.goal for one in goals_at_hand(mei).stale] == [chain["low"]]
    assert list(goals_wanted(mei, Wanted(state="stale"))) == [chain["low"]]
    text = company.client("mei").get(reverse("goals:goal", args=[chain["low"].pk])).content.decode()
    assert "Take it back" in text
    assert "Confirm or change" not in text
    with pytest.raises(Refused, match="holds no more"):
        confirm_contribution(by=mei, contribution=link)
    assert "has changed" in company.client("mei").get(reverse("home")).content.decode()


def test_one_stale_link_among_several_is_found(company, chain):
    mei, ana = company.viewer("mei"), company.viewer("ana")
    serves(mei, chain["low"], chain["middle"], 50)
    serves(mei, chain["low"], chain["high"], 50)
    close_goal(by=ana, goal=chain["high"], outcome="done")
    assert list(goals_wanted(mei, Wanted(state="stale"))) == [chain["low"]]


def test_the_ledger_tells_what_is_served_in_the_reader_s_language(company, chain):
    mei = company.viewer("mei")
    with translation.override("de"):
        serves(mei, chain["low"], objective(), 30)
        serves(mei, chain["low"], chain["middle"], 30)
    said = [event_of(one) for one in Record.objects.filter(kind="goals.ContributionSet")]
    assert [one.serves for one in said if one] == [
        f"objective:{objective().title}",
        f"parent:{chain['middle'].pk}",
    ]
    assert f"serves goal {chain['middle'].pk} with 30%" in said[1].sentence()
    assert f"serves the objective “{objective().title}” with 30%" in said[0].sentence()
