from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.foundation.core.spans import FOREVER, Span
from sightline.people.rules.lines import Edge, edges_upwards, find_circle, lines_above
from sightline.people.rules.names import folded, search_key, sort_key
from sightline.people.rules.posts import fullest_day_percent, weights_fault
from sightline.people.rules.succession import turns_of_followers

D = [date(2026, month, 1) for month in range(1, 13)]
EVER = Span(date.min, FOREVER)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tomás  SILVA", "tomas silva"),
        ("Øyvind Łukasz", "oyvind lukasz"),
        ("İpek Æther", "ipek aether"),
        ("ليلى حداد", "ليلى حداد"),
        ("", ""),
    ],
)
def test_names_are_found_without_case_and_accents(text, expected):
    assert folded(text) == expected


def test_a_search_key_never_outgrows_its_column():
    assert len(search_key("x" * 800, "y" * 800)) == 900


@pytest.mark.parametrize(
    ("name", "family", "expected"),
    [
        ("Tomás Silva", "", "silva tomas silva"),
        ("Chen Mei", "Chen", "chen chen mei"),
        ("Plato", "", "plato plato"),
        ("", "", ""),
    ],
)
def test_names_are_sorted_by_the_family(name, family, expected):
    assert sort_key(name, family) == expected


@pytest.mark.parametrize(
    ("weights", "fault"),
    [([], None), ([100], None), ([40, 60], None), ([40, 50], 90), ([101], 101)],
)
def test_weights_add_up_to_a_hundred_or_their_sum_is_told(weights, fault):
    assert weights_fault(weights) == fault


@pytest.mark.parametrize(
    ("shares", "fullest"),
    [
        ([], 0),
        ([(Span(D[0], D[2]), 60), (Span(D[1], D[3]), 60)], 120),
        ([(Span(D[0], D[1]), 60), (Span(D[1], D[2]), 60)], 60),
        ([(Span(D[6]), 100)], 0),
    ],
)
def test_the_fullest_day_of_a_post(shares, fullest):
    assert fullest_day_percent(shares, Span(D[0], D[5])) == fullest


def test_lines_hold_only_while_all_their_steps_hold():
    edges = [Edge(1, 2, Span(D[0], D[6])), Edge(1, 3, Span(D[6])), Edge(2, 4, Span(D[3]))]
    found = {
        (line.above, line.depth, line.span) for line in lines_above(1, edges_upwards(edges), EVER)
    }
    assert found == {
        (2, 1, Span(D[0], D[6])),
        (4, 2, Span(D[3], D[6])),
        (3, 1, Span(D[6])),
    }


def test_a_line_that_goes_on_is_one_line():
    edges = [Edge(1, 2, Span(D[0], D[6])), Edge(1, 2, Span(D[6]))]
    (line,) = lines_above(1, edges_upwards(edges), EVER)
    assert line.span == Span(D[0])


def test_a_circle_is_found_and_its_path_told():
    edges = [Edge(1, 2, EVER), Edge(2, 3, Span(D[2], D[4])), Edge(3, 1, Span(D[3]))]
    assert find_circle(edges, [1], EVER) == [1, 2, 3, 1]


def test_no_circle_when_the_steps_never_meet_on_a_day():
    edges = [Edge(1, 2, Span(D[0], D[3])), Edge(2, 1, Span(D[3]))]
    assert find_circle(edges, [1, 2], EVER) is None


people = st.integers(1, 7)
histories = st.dictionaries(
    people, st.lists(st.tuples(st.integers(0, 11), st.none() | people), max_size=4), max_size=7
)


def edges_of(history):
    edges = []
    for below, changes in history.items():
        known = sorted(dict(changes).items())
        ends = [D[month] for month, _above in known[1:]] + [FOREVER]
        for (month, above), end in zip(known, ends, strict=False):
            if above and above != below:
                edges.append(Edge(below, above, Span(D[month], end)))
    return edges


def walk(below, day, edges):
    """The line above somebody on a day, step by step; None for a circle."""
    path, node = [], below
    while True:
        over = [edge.above for edge in edges if edge.below == node and day in edge.span]
        if not over:
            return path
        (node,) = over
        if node in path or node == below:
            return None
        path.append(node)


@given(histories, people, st.integers(0, 400))
def test_lines_are_what_a_walk_finds_on_any_day(history, below, offset):
    edges = edges_of(history)
    day = D[0] + timedelta(days=offset)
    if find_circle(edges, [below], EVER):
        return
    lines = lines_above(below, edges_upwards(edges), EVER)
    on_day = sorted((line.depth, line.above) for line in lines if day in line.span)
    assert [above for _depth, above in on_day] == walk(below, day, edges)


@given(histories)
def test_a_circle_is_told_exactly_when_a_walk_never_ends(history):
    edges = edges_of(history)
    days = {edge.span.start for edge in edges}
    endless = any(walk(node, day, edges) is None for node in history for day in days)
    path = find_circle(edges, list(history), EVER)
    assert (path is not None) == endless
    if path:
        assert path[0] == path[-1]


UNTIL_MARCH, FROM_MARCH = Span(D[0], D[2]), Span(D[2])


@pytest.mark.parametrize(
    ("above", "turns"),
    [
        ([(EVER, "leo")], [(D[1], "leo")]),
        ([(UNTIL_MARCH, "leo"), (FROM_MARCH, "vera")], [(D[1], "leo"), (D[2], "vera")]),
        ([(UNTIL_MARCH, "leo"), (FROM_MARCH, "leo")], [(D[1], "leo")]),
        ([(UNTIL_MARCH, None), (FROM_MARCH, "vera")], [(D[1], "vera")]),
        ([(UNTIL_MARCH, "leo"), (FROM_MARCH, "ana")], [(D[1], "leo")]),
        ([(UNTIL_MARCH, "leo"), (Span(D[5]), "vera")], [(D[1], "leo")]),
        ([(EVER, "ana")], []),
        ([], []),
    ],
)
def test_whoever_was_above_a_leaver_follows_him_but_never_oneself(above, turns):
    assert turns_of_followers(Span(D[1], D[5]), above, out=["ana"]) == turns
