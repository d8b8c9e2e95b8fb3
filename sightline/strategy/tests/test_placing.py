"""Objectives moved on the map: the rule, and the acts of the map's page."""

import re

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as some

from sightline.foundation.core.errors import Refused
from sightline.foundation.ledger.models import Record
from sightline.strategy.actions import objectives, placing, undoing
from sightline.strategy.actions.placing import Placed
from sightline.strategy.models import Cause, Objective, Perspective
from sightline.strategy.rules.placing import Spot, Way, moved, spot_of, stepped

ROWS = [[1, 2, 3], [], [4]]
TABLE = [
    (1, Way.EARLIER, None),
    (2, Way.EARLIER, Spot(0, 0)),
    (3, Way.LATER, None),
    (2, Way.LATER, Spot(0, 2)),
    (1, Way.UP, None),
    (4, Way.DOWN, None),
    (3, Way.DOWN, Spot(1, 0)),
    (4, Way.UP, Spot(1, 0)),
]


@pytest.mark.parametrize(("key", "way", "there"), TABLE)
def test_a_step_leads_to_the_next_place_or_nowhere(key, way, there):
    assert stepped(ROWS, key, way) == there


@given(some.lists(some.integers(0, 4), min_size=1, max_size=5), some.data())
def test_whatever_is_moved_all_stand_once_and_the_others_keep_their_order(sizes, draw):
    keys = iter(range(100))
    rows = [[next(keys) for _n in range(size)] for size in sizes]
    every = [key for row in rows for key in row]
    if not every:
        return
    key = draw.draw(some.sampled_from(every))
    row = draw.draw(some.integers(0, len(rows) - 1))
    after = moved(rows, key, Spot(row, draw.draw(some.integers(0, 6))))
    assert sorted(one for here in after for one in here) == every
    assert spot_of(after, key).row == row
    others = [[one for one in here if one != key] for here in after]
    assert others == [[one for one in here if one != key] for here in rows]


@pytest.fixture
def wide(draft, head, company):
    """The draft with three objectives in its upper perspective: A, "For Shops", B."""
    upper = Perspective.objects.get(strategy=draft, name="Shops")
    for title in "AB":
        objectives.add_objective(
            by=head, perspective=upper, title=title, description="", owner=company.leo
        )
    return draft


def titles(strategy):
    rows = Perspective.objects.filter(strategy=strategy)
    return [
        list(Objective.objects.filter(perspective=row).values_list("title", flat=True))
        for row in rows
    ]


def titled(strategy, title):
    return Objective.objects.get(strategy=strategy, title=title)


@pytest.mark.django_db
def test_a_step_moves_an_objective_within_and_between_perspectives(wide, head, last_sentence):
    assert titles(wide) == [["For Shops", "A", "B"], ["For Us"]]
    placing.step_objective(by=head, objective=titled(wide, "B"), way=Way.EARLIER)
    assert titles(wide) == [["For Shops", "B", "A"], ["For Us"]]
    placing.step_objective(by=head, objective=titled(wide, "B"), way=Way.DOWN)
    assert titles(wide) == [["For Shops", "A"], ["For Us", "B"]]
    assert last_sentence() == "moved the objective O4, B, to place 2 of Us"


@pytest.mark.django_db
def test_the_edge_of_the_map_is_told(wide, head):
    first = titled(wide, "For Shops")
    for way, words in ((Way.EARLIER, "first"), (Way.UP, "highest")):
        with pytest.raises(Refused, match=words):
            placing.step_objective(by=head, objective=first, way=way)
    placing.step_objective(by=head, objective=titled(wide, "B"), way=Way.DOWN)
    for way, words in ((Way.LATER, "last"), (Way.DOWN, "lowest")):
        with pytest.raises(Refused, match=words):
            placing.step_objective(by=head, objective=titled(wide, "B"), way=way)


@pytest.mark.django_db
def test_an_objective_is_put_before_another_and_to_the_end_when_that_one_is_gone(wide, head):
    upper = Perspective.objects.get(strategy=wide, name="Shops")
    first, last, below = (titled(wide, title) for title in ("For Shops", "B", "For Us"))
    placing.place_objective(by=head, objective=last, perspective=upper, before=first)
    assert titles(wide)[0] == ["B", "For Shops", "A"]
    placing.place_objective(by=head, objective=last, perspective=upper, before=below)
    assert titles(wide)[0] == ["For Shops", "A", "B"]
    told = Record.objects.count()
    placing.place_objective(by=head, objective=last, perspective=upper)
    assert Record.objects.count() == told, "it stands there already"


@pytest.mark.django_db
def test_a_perspective_of_another_strategy_takes_nothing(wide, head, strategy):
    other = Perspective.objects.filter(strategy=strategy).first()
    with pytest.raises(Refused, match="another strategy"):
        placing.place_objective(by=head, objective=titled(wide, "A"), perspective=other)


@pytest.mark.django_db
def test_what_holds_is_not_moved_and_others_move_nothing(wide, head, objective, company):
    with pytest.raises(PermissionDenied):
        placing.step_objective(by=head, objective=objective, way=Way.DOWN)
    for act in (
        lambda: placing.step_objective(
            by=company.viewer("leo"), objective=titled(wide, "A"), way=Way.LATER
        ),
        lambda: placing.put_back(
            by=company.viewer("leo"), objective=titled(wide, "A"), placed=Placed((1, 1), (1, 1))
        ),
    ):
        with pytest.raises(PermissionDenied):
            act()


# ── Taken back ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.django_db
def test_a_move_is_taken_back_unless_it_was_moved_again(wide, head):
    one = titled(wide, "B")
    act = undoing.placed(one, placing.step_objective(by=head, objective=one, way=Way.DOWN))
    undoing.take_back(by=head, strategy=wide, act=act)
    assert titles(wide) == [["For Shops", "A", "B"], ["For Us"]]
    with pytest.raises(Refused, match="moved again since"):
        undoing.take_back(by=head, strategy=wide, act=act)


@pytest.mark.django_db
def test_a_title_is_taken_back_unless_it_was_renamed_again(wide, head):
    one = titled(wide, "B")
    former = placing.rename_objective(by=head, objective=one, title="C")
    act = undoing.renamed(one, former)
    undoing.take_back(by=head, strategy=wide, act=act)
    assert titled(wide, "B")
    with pytest.raises(Refused, match="renamed again since"):
        undoing.take_back(by=head, strategy=wide, act=act)


@pytest.mark.django_db
def test_an_added_objective_goes_again_unless_it_was_worked_on(wide, head, pair):
    one = titled(wide, "B")
    act = undoing.added(one)
    cause = objectives.draw_cause(by=head, from_objective=one, to_objective=pair[0])
    with pytest.raises(Refused, match="worked on since"):
        undoing.take_back(by=head, strategy=wide, act=act)
    objectives.remove_cause(by=head, cause=cause)
    Objective.objects.filter(pk=one.pk).update(theme="Growth")
    with pytest.raises(Refused, match="worked on since"):
        undoing.take_back(by=head, strategy=wide, act=act)
    Objective.objects.filter(pk=one.pk).update(theme="")
    undoing.take_back(by=head, strategy=wide, act=act)
    with pytest.raises(Refused, match="no longer there"):
        undoing.take_back(by=head, strategy=wide, act=act)


@pytest.mark.django_db
def test_links_are_taken_back_both_ways(wide, head, pair):
    cause = objectives.draw_cause(by=head, from_objective=pair[1], to_objective=pair[0])
    act = undoing.drawn(cause)
    undoing.take_back(by=head, strategy=wide, act=act)
    assert not Cause.objects.filter(from_objective=pair[1]).exists()
    with pytest.raises(Refused, match="link is no longer there"):
        undoing.take_back(by=head, strategy=wide, act=act)
    undoing.take_back(by=head, strategy=wide, act=undoing.undrawn(pair[1], pair[0]))
    assert Cause.objects.filter(from_objective=pair[1], to_objective=pair[0]).exists()


# ── The page ─────────────────────────────────────────────────────────────────────────────────


def send(company, address, *args, part=True, who="ingrid", **said):
    headers = {"HX-Request": "true"} if part else {}
    url = reverse(f"strategy:{address}", args=args)
    return company.client(who).post(url, {"sent": "1"} | said, headers=headers)


def text(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def undo_address(answer):
    found = re.search(r'action="([^"]+undoing/\?act=[^"]+)"', answer.content.decode())
    assert found
    return found.group(1)


@pytest.mark.django_db
def test_one_small_request_moves_and_draws_the_map_anew(wide, company):
    one = titled(wide, "A")
    answer = send(company, "place", one.pk, way="down")
    assert answer.status_code == 200
    assert "<html" not in answer.content.decode()
    assert "“A” is number 2 of Us" in text(answer)
    assert f'id="box-wide-{one.pk}"' in answer.content.decode()
    back = company.client("ingrid").post(undo_address(answer))
    assert back.url == reverse("strategy:strategy", args=[wide.pk]) + f"?at={one.pk}"
    assert titles(wide)[0] == ["For Shops", "A", "B"]


@pytest.mark.django_db
def test_without_scripts_an_act_leads_back_to_the_map(wide, company):
    one, upper = titled(wide, "For Us"), Perspective.objects.get(strategy=wide, name="Shops")
    before = titled(wide, "A")
    answer = send(company, "place", one.pk, part=False, perspective=upper.pk, before=before.pk)
    assert answer.url == reverse("strategy:strategy", args=[wide.pk]) + f"?at={one.pk}#desk"
    assert titles(wide)[0] == ["For Shops", "For Us", "A", "B"]
    page = company.client("ingrid").get(answer.url.split("#")[0])
    assert 'aria-current="true"' in page.content.decode()
    assert page.status_code == 200


@pytest.mark.django_db
def test_what_leads_nowhere_is_said_and_nothing_moves(wide, company):
    one = titled(wide, "For Shops")
    for part in (True, False):
        answer = send(company, "place", one.pk, part=part, way="up")
        assert answer.status_code == 422
        assert "highest perspective" in text(answer)
        for said in ({}, {"way": "sideways"}, {"perspective": "99999999"}):
            assert send(company, "place", one.pk, part=part, **said).status_code == 422
    assert titles(wide)[0][0] == "For Shops"


@pytest.mark.django_db
def test_a_title_is_changed_in_place_and_another_tab_is_told(wide, company):
    one = titled(wide, "A")
    page = company.client("ingrid").get(
        reverse("strategy:strategy", args=[wide.pk]) + f"?at={one.pk}"
    )
    stood = re.search(r'name="stands" value="(\w+)"', page.content.decode()).group(1)
    assert send(company, "rename", one.pk, title="Better", stands=stood).status_code == 200
    answer = send(company, "rename", one.pk, title="Worse", stands=stood)
    assert answer.status_code == 422
    assert "changed while your page was open" in text(answer)
    assert 'value="Worse"' in answer.content.decode()
    assert send(company, "rename", one.pk, title="").status_code == 422
    assert titled(wide, "Better").pk == one.pk


@pytest.mark.django_db
def test_a_circle_is_refused_beside_the_field_and_shown(wide, company, pair):
    upper, lower = pair[0], pair[-1]
    answer = send(company, "connect", lower.pk, to_objective=upper.pk)
    assert "“For Us” drives “For Shops” now" in text(answer)
    answer = send(company, "connect", upper.pk, to_objective=lower.pk)
    assert answer.status_code == 422
    assert "For Shops → For Us → For Shops" in text(answer)
    cause = Cause.objects.get(from_objective=lower)
    answer = send(company, "disconnect", cause.pk, at=upper.pk)
    assert "drives “For Shops” no more" in text(answer)
    assert f'{reverse("strategy:rename", args=[upper.pk])}"' in answer.content.decode()
    assert send(company, "disconnect", cause.pk).status_code == 404


@pytest.mark.django_db
def test_an_objective_is_added_to_a_perspective(wide, company):
    view = Perspective.objects.get(strategy=wide, name="Us")
    page = company.client("ingrid").get(
        reverse("strategy:strategy", args=[wide.pk]) + f"?add={view.pk}"
    )
    assert "New in Us" in text(page)
    said = {"title": "Learn", "owner": company.leo.pk}
    answer = send(company, "add", view.pk, **said)
    assert titles(wide)[1] == ["For Us", "Learn"]
    company.client("ingrid").post(undo_address(answer))
    assert titles(wide)[1] == ["For Us"]
    answer = send(company, "add", view.pk, title="", owner=company.leo.pk)
    assert answer.status_code == 422
    assert "New in Us" in text(answer)


@pytest.mark.django_db
def test_an_undo_that_nobody_signed_and_one_too_late_are_told(wide, company):
    url = reverse("strategy:undo", args=[wide.pk])
    forged = company.client("ingrid").post(url + "?act=forged", follow=True)
    assert "can no longer be undone" in text(forged)
    answer = send(company, "place", titled(wide, "A").pk, way="down")
    client = company.client("ingrid")
    client.post(undo_address(answer))
    late = client.post(undo_address(answer), follow=True)
    assert "moved again since" in text(late)


@pytest.mark.django_db
def test_the_map_of_what_holds_leads_to_objectives_and_changes_nothing(company, objective):
    page = company.client("ingrid").get(reverse("strategy:current")).content.decode()
    assert "data-map" not in page
    assert reverse("strategy:objective", args=[objective.pk]) in page
    for who, status in (("ingrid", 403), ("tomas", 403), ("samuel", 404)):
        assert send(company, "place", objective.pk, who=who, way="down").status_code == status
