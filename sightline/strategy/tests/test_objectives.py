"""Perspectives, objectives, shares and causes: written while the strategy is a draft."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from sightline.foundation.core.errors import Refused
from sightline.foundation.core.spans import FOREVER
from sightline.foundation.ledger.models import Record
from sightline.people.models import Employment
from sightline.strategy.actions import measures, objectives
from sightline.strategy.actions.measures import MeasureFacts
from sightline.strategy.models import Cause, Measure, Objective, Perspective, Target
from sightline.strategy.queries import open_ends

pytestmark = pytest.mark.django_db


@pytest.fixture
def upper(pair):
    return pair[0]


@pytest.fixture
def lower(pair):
    return pair[1]


def test_a_perspective_stands_below_those_that_there_are(draft, head, last_sentence):
    made = objectives.add_perspective(by=head, strategy=draft, name="Money", hue=3)
    assert list(Perspective.objects.filter(strategy=draft))[-1] == made
    assert last_sentence() == "wrote the perspective Money"


def test_a_name_of_a_perspective_is_taken_once(draft, head):
    with pytest.raises(Refused, match="of this name") as refused:
        objectives.add_perspective(by=head, strategy=draft, name="Shops", hue=3)
    assert refused.value.reasons[0][0] == "name"


def test_eight_perspectives_are_the_most(draft, head):
    for number in range(3, 9):
        objectives.add_perspective(by=head, strategy=draft, name=f"View {number}", hue=number)
    with pytest.raises(Refused, match="Eight"):
        objectives.add_perspective(by=head, strategy=draft, name="View 9", hue=1)


def test_a_perspective_moves_up_and_is_renamed(draft, head):
    last = Perspective.objects.get(strategy=draft, name="Us")
    objectives.change_perspective(by=head, perspective=last, name="People", hue=8, position=1)
    names = [(one.name, one.hue) for one in Perspective.objects.filter(strategy=draft)]
    assert names == [("People", 8), ("Shops", 1)]


def test_a_perspective_with_objectives_in_it_stays(draft, head, last_sentence):
    held = Perspective.objects.get(strategy=draft, name="Us")
    with pytest.raises(Refused, match="Objectives stand in it"):
        objectives.remove_perspective(by=head, perspective=held)
    empty = objectives.add_perspective(by=head, strategy=draft, name="Money", hue=3)
    objectives.remove_perspective(by=head, perspective=empty)
    assert last_sentence() == "removed the perspective Money"


def test_what_somebody_has_just_removed_is_told(draft, head):
    empty = objectives.add_perspective(by=head, strategy=draft, name="Money", hue=3)
    stale = Perspective.objects.get(pk=empty.pk)
    objectives.remove_perspective(by=head, perspective=empty)
    with pytest.raises(Refused, match="no longer there"):
        objectives.remove_perspective(by=head, perspective=stale)


def test_codes_count_up_and_are_not_given_again_while_later_ones_stand(
    draft, pair, head, company, last_sentence
):
    assert [one.code for one in pair] == ["O1", "O2"]
    objectives.remove_objective(by=head, objective=pair[0])
    made = objectives.add_objective(
        by=head, perspective=pair[1].perspective, title="T", description="", owner=company.ana
    )
    assert made.code == "O3"
    assert last_sentence() == "wrote the objective O3, T"


def test_an_objective_is_reworded_and_moved(draft, upper, lower, head, company):
    objectives.change_objective(
        by=head,
        objective=upper,
        perspective=lower.perspective,
        title="Another",
        description="What",
        owner=company.ana,
        theme="",
    )
    upper.refresh_from_db()
    assert (upper.title, upper.owner, upper.perspective) == (
        "Another",
        company.ana,
        lower.perspective,
    )
    assert upper.place == lower.place + 1
    records = Record.objects.count()
    objectives.change_objective(
        by=head,
        objective=upper,
        perspective=upper.perspective,
        title="Another",
        description="What",
        owner=company.ana,
        theme="",
    )
    assert Record.objects.count() == records


def test_objectives_of_one_theme_say_it_alike(upper, lower, head, company):
    said = {"title": "T", "description": "", "owner": company.ana}
    for one, theme in ((upper, "Trusted by  shops "), (lower, "TRUSTED by shops")):
        objectives.change_objective(
            by=head, objective=one, perspective=one.perspective, **said, theme=theme
        )
    rows = Objective.objects.filter(strategy=upper.strategy)
    assert [one.theme for one in rows] == ["Trusted by shops", "Trusted by shops"]


def test_it_does_not_move_into_another_strategy(draft, upper, objective, head, company):
    with pytest.raises(Refused, match="another strategy"):
        objectives.change_objective(
            by=head,
            objective=upper,
            perspective=objective.perspective,
            title="X",
            description="",
            owner=company.ana,
            theme="",
        )


def test_an_owner_follows_an_owner_while_it_is_in_force(objective, head, company):
    objectives.hand_over_objective(by=head, objective=objective, owner=company.ana)
    assert Objective.objects.get(pk=objective.pk).owner == company.ana
    records = Record.objects.count()
    objectives.hand_over_objective(by=head, objective=objective, owner=company.ana)
    assert Record.objects.count() == records


def test_who_has_left_is_given_no_objective(objective, upper, head, company):
    with pytest.raises(Refused, match="does not work here") as refusal:
        objectives.hand_over_objective(by=head, objective=objective, owner=company.rui)
    assert refusal.value.reasons[0][0] == "owner"
    said = {"title": "New", "description": "", "owner": company.rui}
    with pytest.raises(Refused, match="does not work here"):
        objectives.add_objective(by=head, perspective=upper.perspective, **said)
    said |= {"theme": "", "perspective": upper.perspective}
    with pytest.raises(Refused, match="does not work here"):
        objectives.change_objective(by=head, objective=upper, **said)


def test_an_objective_whose_owner_has_left_waits_for_executives(objective, company, head):
    assert not open_ends.ownerless(head).exists()
    Objective.objects.filter(pk=objective.pk).update(owner=company.rui)
    assert list(open_ends.ownerless(head)) == [objective]
    assert not open_ends.ownerless(company.viewer("ana")).exists()
    assert "Give an objective an owner" in company.client("nkechi").get("/").content.decode()


def test_of_an_owner_who_starts_later_nobody_is_asked(objective, company, head):
    Employment.objects.filter(employee=company.rui).update(
        from_on=company.today + timedelta(days=20), until_on=FOREVER
    )
    objectives.hand_over_objective(by=head, objective=objective, owner=company.rui)
    assert not open_ends.ownerless(head).exists()


def test_the_owner_does_not_hand_it_over_himself(objective, company):
    with pytest.raises(PermissionDenied, match="set measures, targets and owners"):
        objectives.hand_over_objective(
            by=company.viewer("leo"), objective=objective, owner=company.ana
        )


def test_an_objective_goes_with_all_that_hangs_on_it(draft, upper, lower, head, last_sentence):
    objectives.draw_cause(by=head, from_objective=lower, to_objective=upper)
    facts = MeasureFacts("Orders", "up", "lag", draft.from_on, baseline=Decimal(1))
    measure = measures.add_measure(by=head, objective=upper, facts=facts)
    measures.set_targets(by=head, measure=measure, targets={draft.until_on: Decimal(2)})
    objectives.remove_objective(by=head, objective=upper)
    assert not Cause.objects.filter(from_objective=lower).exists()
    assert not Measure.objects.filter(pk=measure.pk).exists()
    assert not Target.objects.filter(measure=measure.pk).exists()
    assert last_sentence() == "removed the objective O1, For Shops"


def test_shares_are_set_all_at_once(draft, upper, lower, head, last_sentence):
    shares = {upper: Decimal(70), lower: Decimal(30)}
    objectives.set_shares(by=head, strategy=draft, shares=shares)
    known = Objective.objects.filter(strategy=draft)
    assert [one.intended_share_percent for one in known] == [70, 30]
    assert last_sentence() == "shared the effort out over the objectives of The next one"


@pytest.mark.parametrize(
    ("shares", "words"),
    [((70, 20), "add up to 90%"), ((70, 31), "add up to 101%"), ((120, -20), "between 0 and")],
)
def test_shares_that_are_no_whole_are_refused(draft, pair, head, shares, words):
    given = dict(zip(pair, map(Decimal, shares), strict=True))
    with pytest.raises(Refused, match=words):
        objectives.set_shares(by=head, strategy=draft, shares=given)
    assert {one.intended_share_percent for one in Objective.objects.filter(strategy=draft)} == {50}


def test_every_objective_gets_a_share_and_no_other(draft, upper, lower, objective, head):
    for given in ({upper: Decimal(100)}, dict.fromkeys([upper, lower, objective], Decimal(20))):
        with pytest.raises(Refused, match="every objective"):
            objectives.set_shares(by=head, strategy=draft, shares=given)


def test_a_cause_is_drawn_and_taken_back(draft, upper, lower, head, last_sentence):
    cause = objectives.draw_cause(by=head, from_objective=lower, to_objective=upper)
    assert last_sentence() == "drew that “For Us” drives “For Shops”"
    objectives.remove_cause(by=head, cause=cause)
    assert last_sentence() == "took back that “For Us” drives “For Shops”"
    assert not Cause.objects.filter(from_objective=lower).exists()


def test_a_circle_is_refused_and_shown(draft, upper, lower, head):
    objectives.draw_cause(by=head, from_objective=lower, to_objective=upper)
    with pytest.raises(Refused, match="circle: For Shops → For Us → For Shops") as refused:
        objectives.draw_cause(by=head, from_objective=upper, to_objective=lower)
    assert refused.value.reasons[0][0] == "to_objective"


def test_a_cause_is_drawn_once_between_two_of_one_strategy(draft, upper, lower, objective, head):
    with pytest.raises(Refused, match="does not drive itself"):
        objectives.draw_cause(by=head, from_objective=upper, to_objective=upper)
    with pytest.raises(Refused, match="belong to one strategy"):
        objectives.draw_cause(by=head, from_objective=upper, to_objective=objective)
    objectives.draw_cause(by=head, from_objective=lower, to_objective=upper)
    with pytest.raises(Refused, match="drawn already"):
        objectives.draw_cause(by=head, from_objective=lower, to_objective=upper)


def test_nothing_of_the_strategy_in_force_is_rewritten(strategy, objective, head):
    view, other = objective.perspective, Objective.objects.exclude(pk=objective.pk)[0]
    cause = Cause.objects.all()[0]
    tries = [
        lambda: objectives.add_perspective(by=head, strategy=strategy, name="X", hue=1),
        lambda: objectives.change_perspective(
            by=head, perspective=view, name="X", hue=1, position=1
        ),
        lambda: objectives.remove_perspective(by=head, perspective=view),
        lambda: objectives.add_objective(
            by=head, perspective=view, title="X", description="", owner=head.employee
        ),
        lambda: objectives.remove_objective(by=head, objective=objective),
        lambda: objectives.set_shares(by=head, strategy=strategy, shares={}),
        lambda: objectives.draw_cause(by=head, from_objective=objective, to_objective=other),
        lambda: objectives.remove_cause(by=head, cause=cause),
    ]
    for change in tries:
        with pytest.raises(PermissionDenied, match="no draft any more"):
            change()
