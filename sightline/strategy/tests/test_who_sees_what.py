"""What holds or has held is for all who work here; a draft is for those who write it."""

import pytest

from sightline.strategy import policies
from sightline.strategy.actions import strategies
from sightline.strategy.models import Cause, Commitment, Objective, Perspective, Strategy
from sightline.strategy.queries import strategies as queries
from sightline.strategy.queries.commitments import commitment_seen_by

pytestmark = pytest.mark.django_db

WORK_HERE = ["tomas", "ana", "mei", "yusuf", "ruth", "fatima", "ingrid", "nkechi", "joao"]
OUTSIDE = ["samuel", "priya"]


@pytest.mark.parametrize("who", WORK_HERE)
def test_all_who_work_here_see_what_holds(company, strategy, objective, who):
    viewer = company.viewer(who)
    assert policies.may_read_strategy(viewer)
    assert queries.strategy_in_force(viewer) == strategy
    assert queries.objective_seen_by(viewer, objective.pk) == objective
    assert commitment_seen_by(viewer, Commitment.objects.all()[0].pk)


@pytest.mark.parametrize("who", OUTSIDE)
def test_who_does_not_work_here_sees_nothing(company, strategy, objective, who):
    viewer = company.viewer(who)
    assert "those who work here" in policies.may_read_strategy(viewer).reason
    assert queries.strategy_in_force(viewer) is None
    assert queries.objective_seen_by(viewer, objective.pk) is None
    assert queries.objectives_of(viewer, strategy) == []
    assert queries.found_objectives(viewer, "order") == []
    assert commitment_seen_by(viewer, Commitment.objects.all()[0].pk) is None
    assert queries.perspective_seen_by(viewer, Perspective.objects.all()[0].pk) is None
    assert queries.cause_seen_by(viewer, Cause.objects.all()[0].pk) is None


@pytest.mark.parametrize("who", [*WORK_HERE, *OUTSIDE, "leo"])
def test_a_draft_is_for_its_writers_and_the_owners_of_its_objectives(company, draft, pair, who):
    viewer, may = company.viewer(who), who in {"nkechi", "ingrid", "leo"}
    assert (queries.strategy_seen_by(viewer, draft.pk) is not None) == may
    assert (queries.objective_seen_by(viewer, pair[0].pk) is not None) == may
    assert (queries.perspective_seen_by(viewer, pair[0].perspective_id) is not None) == may


def test_an_owner_sees_a_draft_and_does_not_write_it(company, draft):
    leo = company.viewer("leo")
    assert "write the strategy" in policies.may_change_strategy(leo, draft).reason
    assert "write the strategy" in policies.may_draft_strategy(leo).reason


def test_what_was_superseded_stays_to_be_read(company, strategy, draft, head):
    strategies.bring_into_force(by=head, strategy=draft)
    tomas = company.viewer("tomas")
    stages = {one.stage for one in queries.strategies_seen_by(tomas)}
    assert stages == {Strategy.Stage.IN_FORCE, Strategy.Stage.SUPERSEDED}


def test_targets_follow_the_stage_of_the_strategy(company, strategy, draft, head):
    ingrid, tomas = company.viewer("ingrid"), company.viewer("tomas")
    assert policies.may_set_measures(ingrid, strategy)
    assert "set measures" in policies.may_set_measures(tomas, strategy).reason
    strategies.bring_into_force(by=head, strategy=draft)
    strategy.refresh_from_db()
    assert "kept as it was" in policies.may_set_measures(ingrid, strategy).reason


def test_an_owner_who_has_left_is_not_named(company, objective, head):
    Objective.objects.filter(pk=objective.pk).update(owner=company.rui)
    seen_by = {
        who: queries.objective_seen_by(company.viewer(who), objective.pk).owner_seen
        for who in ("tomas", "nkechi")
    }
    assert seen_by == {"tomas": False, "nkechi": True}


def test_objectives_are_found_by_all_the_words_and_by_code(company, objective, pair):
    tomas = company.viewer("tomas")
    assert queries.found_objectives(tomas, "WAIT order") == [objective]
    assert queries.found_objectives(tomas, objective.code) == [objective]
    assert queries.found_objectives(tomas, "order nonsense") == []
    assert queries.found_objectives(company.viewer("nkechi"), "For Shops") == []


def test_the_map_holds_everything_in_its_order(company, strategy):
    tomas = company.viewer("tomas")
    shown = queries.map_of(tomas, strategy, tomas.today)
    assert [one.objective for one in shown.objectives] == queries.objectives_of(tomas, strategy)
    assert sum(one.objective.intended_share_percent for one in shown.objectives) == 100
    drawn = {(one.objective.pk, driven.pk) for one in shown.objectives for driven in one.drives}
    assert drawn == {(cause.from_objective_id, cause.to_objective_id) for cause in shown.causes}
    assert drawn == set(Cause.objects.values_list("from_objective", "to_objective"))


def test_an_objective_knows_what_is_around_it(objective):
    driven_by, drives = queries.causes_around(objective)
    assert [cause.from_objective.title for cause in driven_by] == ["Leads who coach"]
    assert [cause.to_objective.title for cause in drives] == ["Shops send us other shops"]
