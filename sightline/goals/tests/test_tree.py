"""The tree of goals holds what one may see, level by level, and what was asked for with its way."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sightline.goals.actions.closings import close_goal
from sightline.goals.queries import tree as trees
from sightline.goals.queries.lists import Wanted, goals_wanted
from sightline.goals.queries.sight import objectives_for
from sightline.goals.queries.tree import Tree, branch_of, roots_of
from sightline.goals.tests.making import a_period, agreed, drafted, serves
from sightline.strategy.models import Objective

pytestmark = pytest.mark.django_db


@pytest.fixture
def objective(company):
    return Objective.objects.filter(strategy__stage="in_force").order_by("pk")[0]


@pytest.fixture
def chain(company, period, objective):
    """An objective, a goal of Platform, one of Ana, one of Mei: each serves the one before."""
    mei, ana, leo = (company.viewer(key) for key in ("mei", "ana", "leo"))
    unit = agreed(ana, leo, period, unit=company.units["PLAT"], title="Platform's")
    mid = agreed(ana, leo, period, title="Ana's")
    own = agreed(mei, ana, period, title="Mei's")
    serves(ana, unit, objective)
    serves(ana, mid, unit, 60)
    serves(mei, own, mid)
    return unit, mid, own


def tree_of(company, period, who="mei", **wanted):
    viewer = company.viewer(who)
    return Tree(viewer, period, Wanted(**wanted), objectives_for(viewer, period))


def titles(branch):
    return [node.seen.goal.title for node in branch.nodes]


def drawn(branch, depth=0):
    """All that stands open, as lines."""
    lines = []
    for node in branch.nodes if branch else ():
        lines.append((depth, node.seen.goal.title, node.fits))
        lines += drawn(node.branch, depth + 1)
    return lines


def root_of(tree, objective):
    return next(one for one in roots_of(tree) if one.objective == objective)


def test_a_small_tree_stands_open_from_the_objective_down(company, period, objective, chain):
    root = root_of(tree_of(company, period), objective)
    expected = [(0, "Platform's", True), (1, "Ana's", True), (2, "Mei's", True)]
    assert drawn(root.branch) == expected
    assert root.below == 1
    (node,) = root.branch.nodes
    assert (node.below, node.branch.nodes[0].share_percent) == (1, 60)


def test_a_large_one_is_opened_level_by_level(company, period, objective, chain, monkeypatch):
    monkeypatch.setattr(trees, "OPEN_FROM_THE_START", 2)
    tree = tree_of(company, period)
    assert all(one.branch is None for one in roots_of(tree))
    unit, mid, own = chain
    assert titles(branch_of(tree, objective)) == ["Platform's"]
    (node,) = branch_of(tree, unit).nodes
    assert (node.seen.goal, node.share_percent, node.below) == (mid, 60, 1)
    assert titles(branch_of(tree, own)) == []


def test_a_goal_that_serves_two_stands_under_both_and_is_open_under_one(
    company, period, objective, chain
):
    mid = chain[1]
    other = Objective.objects.filter(strategy=objective.strategy).order_by("pk")[1]
    serves(company.viewer("ana"), mid, other, 40)
    roots = roots_of(tree_of(company, period))
    lines = [line for root in roots for line in drawn(root.branch)]
    assert [title for _depth, title, _fits in lines].count("Ana's") == 2
    assert [title for _depth, title, _fits in lines].count("Mei's") == 1


def test_what_serves_nothing_that_one_may_see_stands_apart(company, period, objective, chain):
    mei, ana = company.viewer("mei"), company.viewer("ana")
    loose = agreed(mei, ana, period, title="Loose")
    hidden = agreed(ana, company.viewer("leo"), period, title="Hidden", visibility="private")
    below = agreed(mei, ana, period, title="Under what is hidden")
    serves(ana, below, hidden)
    (apart,) = (one for one in roots_of(tree_of(company, period, "tomas")) if not one.objective)
    assert {line[1] for line in drawn(apart.branch)} == {loose.title, below.title}
    assert "Hidden" not in str([drawn(one.branch) for one in roots_of(tree_of(company, period))])
    seen_by_ana = roots_of(tree_of(company, period, "ana"))
    assert (1, below.title, True) in drawn(seen_by_ana[-1].branch)


def test_only_the_author_finds_a_draft_in_it(company, period, objective, chain):
    draft = drafted(company.viewer("mei"), period, title="Not said yet")
    serves(company.viewer("mei"), draft, chain[0])
    tree = tree_of(company, period, "mei")
    assert draft.title in titles(branch_of(tree, chain[0]))
    other = tree_of(company, period, "tomas")
    assert titles(branch_of(other, chain[0])) == ["Ana's"]
    (node,) = branch_of(other, objective).nodes
    assert node.below == 1


def test_what_was_asked_for_stands_with_the_way_to_it(company, period, objective, chain):
    tree = tree_of(company, period, words="Mei's")
    expected = [(0, "Platform's", False), (1, "Ana's", False), (2, "Mei's", True)]
    assert drawn(root_of(tree, objective).branch) == expected
    (one, *others) = roots_of(tree_of(company, period, objective_id=objective.pk))
    assert (one.objective, others) == (objective, [])
    assert not tree.is_cut
    assert roots_of(tree_of(company, period, words="no such words")) == []
    everything = roots_of(tree_of(company, period))
    assert [one.below for one in everything].count(0) == len(everything) - 1


def test_of_a_unit_the_goals_of_its_people_and_their_way(company, period, objective, chain):
    tree = tree_of(company, period, unit_id=company.units["PLAT"].pk)
    assert all(line[2] for line in drawn(root_of(tree, objective).branch))
    other = tree_of(company, period, unit_id=company.units["CARE"].pk)
    assert roots_of(other) == []


def test_what_has_closed_is_marked_and_stands_last(company, period, objective, chain):
    unit, mid, _own = chain
    ana = company.viewer("ana")
    second = agreed(ana, company.viewer("leo"), period, title="Second", weight_percent=5)
    serves(ana, second, unit)
    close_goal(by=ana, goal=mid, outcome="dropped", words="Nobody asks for it.")
    nodes = branch_of(tree_of(company, period), unit).nodes
    assert [(one.seen.goal.title, one.seen.status) for one in nodes] == [
        ("Second", "no_data"),
        ("Ana's", "dropped"),
    ]
    page = company.client("mei").get(reverse("goals:tree"), {"period": period.pk})
    assert "Dropped" in page.content.decode()


def test_other_periods_are_left_out_and_longer_ones_around_it_are_not(company, period, chain):
    year = a_period(company, name="All the year", kind="year")
    past = a_period(
        company,
        name="Before",
        from_on=period.from_on - timedelta(days=200),
        until_on=period.from_on,
    )
    mei, ana = company.viewer("mei"), company.viewer("ana")
    agreed(mei, ana, year, title="Of the year")
    gone = agreed(mei, ana, past, title="Of the past")
    told = [line[1] for root in roots_of(tree_of(company, period)) for line in drawn(root.branch)]
    assert "Of the year" in told
    assert gone.title not in told


def test_a_branch_comes_page_by_page(company, period, chain, monkeypatch):
    monkeypatch.setattr(trees, "SIDE_BY_SIDE", 2)
    mei, ana = company.viewer("mei"), company.viewer("ana")
    for number in range(4):
        serves(mei, agreed(mei, ana, period, title=f"M{number}", weight_percent=5), chain[0])
    tree, found, after = tree_of(company, period), [], ""
    for _page in range(3):
        branch = branch_of(tree, chain[0], after)
        found += titles(branch)
        after = branch.next
    assert sorted(found) == ["Ana's", "M0", "M1", "M2", "M3"]
    assert after == ""


def test_it_takes_as_many_queries_for_many_goals_as_for_few(company, period, chain, objective):
    def asked():
        with CaptureQueriesContext(connection) as found:
            roots_of(tree_of(company, period))
            branch_of(tree_of(company, period), chain[0])
        return len(found)

    before, mei, ana = asked(), company.viewer("mei"), company.viewer("ana")
    for number in range(12):
        one = agreed(mei, ana, period, title=f"More {number}", weight_percent=5)
        serves(mei, one, chain[number % 3])
    assert asked() <= before


def test_a_deep_one_is_drawn_to_its_end(company, period, objective, chain):
    mei, ana, above = company.viewer("mei"), company.viewer("ana"), chain[-1]
    for level in range(6):
        one = agreed(mei, ana, period, title=f"Level {level}", weight_percent=5)
        serves(mei, one, above)
        above = one
    depths = [line[0] for line in drawn(root_of(tree_of(company, period), objective).branch)]
    assert max(depths) == 8


def test_the_page_its_branches_and_their_addresses_without_scripts(
    company, period, objective, chain, monkeypatch
):
    monkeypatch.setattr(trees, "OPEN_FROM_THE_START", 0)
    client, unit = company.client("mei"), chain[0]
    page = client.get(reverse("goals:tree")).content.decode()
    assert f"under=objective-{objective.pk}" in page
    assert "<noscript>" in page
    part = client.get(reverse("goals:branch"), {"under": f"objective-{objective.pk}"})
    assert unit.title.replace("'", "&#x27;") in part.content.decode()
    assert "<html" not in part.content.decode()
    from_there = client.get(reverse("goals:tree"), {"under": f"goal-{unit.pk}"}).content.decode()
    assert "Ana&#x27;s" in from_there
    assert client.get(reverse("goals:tree"), {"under": "nothing"}).status_code == 200
    for wrong in ("goal-0", "goal-x", "objective-0", "goal-99999999999999999999", "", "x"):
        assert client.get(reverse("goals:tree"), {"under": wrong}).status_code == 404
    assert client.get(reverse("goals:branch"), {"period": "0"}).status_code == 404
    assert client.get(reverse("goals:tree"), {"period": "0"}).status_code == 200


def test_the_list_knows_what_leads_to_an_objective_through_others(
    company, period, objective, chain
):
    mei = company.viewer("mei")
    loose = agreed(mei, company.viewer("ana"), period, title="Loose")
    rows = goals_wanted(mei, Wanted(scope="all", objective_id=objective.pk))
    assert set(chain) <= set(rows)
    assert loose not in rows
    unit = goals_wanted(mei, Wanted(scope="all", unit_id=company.units["PLAT"].pk))
    assert set(chain) <= set(unit)


def test_of_more_goals_than_a_tree_holds_the_latest_are_drawn(
    company, period, chain, objective, monkeypatch
):
    monkeypatch.setattr(trees, "MOST_FITTING", 1)
    tree = tree_of(company, period, state="running")
    assert tree.is_cut
    page = company.client("mei").get(reverse("goals:tree"), {"state": "running"})
    assert "Narrow it further" in page.content.decode()
