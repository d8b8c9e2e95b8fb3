"""The trace: what a walk along every way finds, worked out at once."""

from __future__ import annotations

from math import fsum

import pytest
from hypothesis import given
from hypothesis import strategies as some

from sightline.goals.rules import trace
from sightline.goals.rules.trace import Link, Planned, Post

OBJECTIVES = (101, 102, 103)


@some.composite
def graphs(draw) -> list[Link]:
    """Links without circles: goals serve goals of a higher number, or objectives."""
    links = []
    for goal in range(1, draw(some.integers(1, 12))):
        ends = draw(some.sets(some.sampled_from([*range(goal + 1, 14), *OBJECTIVES]), max_size=4))
        for end in sorted(ends):
            share = draw(some.floats(0.001, 1)) / len(ends)
            to = {"objective": end} if end in OBJECTIVES else {"parent": end}
            links.append(Link(goal, share, **to))
    return links


def walked(links: list[Link], goal: int) -> dict[int, float]:
    """The trace of one goal by following every way upwards."""
    found: dict[int, float] = {}
    for link in (one for one in links if one.goal == goal):
        above = {link.objective: 1.0} if link.objective else walked(links, link.parent)
        for objective, share in above.items():
            found[objective] = found.get(objective, 0.0) + link.share * share
    return found


@given(graphs())
def test_a_trace_is_what_a_walk_along_every_way_finds_and_counts_nothing_twice(links):
    traces = trace.traced(links)
    for goal in range(1, 14):
        assert traces.of(goal) == pytest.approx(walked(links, goal), abs=1e-12)
        assert fsum(traces.of(goal).values()) <= 1 + 1e-9
    assert traces.reaching() == [goal for goal in range(1, 14) if walked(links, goal)]


plans = some.lists(
    some.builds(Planned, some.integers(1, 5), some.integers(1, 16), some.integers(0, 100)),
    unique_by=lambda one: one[:2],
)
posts = some.lists(
    some.builds(Post, some.integers(1, 6), some.integers(1, 3), some.sampled_from([0.2, 0.5, 1])),
    unique_by=lambda one: one[:2],
)


@given(graphs(), plans, posts)
def test_the_effort_of_a_unit_is_that_of_its_people_by_capacity(links, plan, held):
    people = trace.efforts(plan, trace.traced(links))
    units = trace.by_unit(held, people)
    for unit in (1, 2, 3):
        made = [
            (one.capacity, mean_of(links, plan, one.person)) for one in held if one.unit == unit
        ]
        for objective in OBJECTIVES:
            parts = [capacity * mix.get(objective, 0.0) for capacity, mix in made]
            found = units.get(unit, trace.UnitShares({}, {}, {}))
            assert found.sums.get(objective, 0) == pytest.approx(fsum(parts))
            assert found.squares.get(objective, 0) == pytest.approx(fsum(p * p for p in parts))
            assert found.serving.get(objective, 0) == sum(part > 0 for part in parts)


def mean_of(links: list[Link], plan: list[Planned], person: int) -> dict[int, float]:
    """Where one person's effort goes, goal by goal."""
    own = [one for one in plan if one.person == person]
    total = fsum(one.weight for one in own)
    found: dict[int, float] = {}
    for one in own if total else []:
        for objective, share in walked(links, one.goal).items():
            found[objective] = found.get(objective, 0.0) + one.weight / total * share
    return found


def test_what_serves_a_responsibility_leads_to_no_objective():
    traces = trace.traced([Link(1, 0.6), Link(1, 0.4, objective=7)])
    assert traces.of(1) == {7: 0.4}
    assert traces.of(2) == {}


def test_whoever_has_no_plan_or_one_without_weight_leads_nowhere():
    traces = trace.traced([Link(1, 1.0, objective=7)])
    people = trace.efforts([Planned(5, 1, 0)], traces)
    assert people.of(5) == {}
    assert people.of(6) == {}
    assert trace.by_unit([], people) == {}


def test_a_circle_that_should_not_be_ends_all_the_same():
    found = trace.traced(
        [Link(1, 0.5, parent=2), Link(2, 0.5, parent=1), Link(2, 0.5, objective=7)]
    )
    assert found.of(2)[7] == pytest.approx(0.625)
