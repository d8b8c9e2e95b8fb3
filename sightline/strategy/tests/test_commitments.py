"""A unit offers a share of its effort; an executive agrees or passes it back."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from sightline.foundation.core.errors import Refused
from sightline.people.actions.roles import end_role, grant_role
from sightline.people.models import Role, RoleGrant, Unit
from sightline.strategy.actions import commitments, strategies
from sightline.strategy.models import Commitment, Objective
from sightline.strategy.queries import open_ends
from sightline.strategy.queries.commitments import charter_of, charters_of, commitments_to, waiting

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(company):
    return company.viewer("ana")


@pytest.fixture
def plat(company):
    return company.units["PLAT"]


@pytest.fixture
def offered(ana, plat, objective):
    return commitments.propose_commitment(
        by=ana, unit=plat, objective=objective, share_percent=Decimal(40), note="Two of five."
    )


def coaching():
    return Objective.objects.get(title__startswith="Leads who coach")


def test_an_offer_is_proposed_then_agreed(offered, head, last_sentence):
    assert (offered.stage, offered.claimed_percent) == ("proposed", 40)
    commitments.agree_commitment(by=head, commitment=offered)
    offered.refresh_from_db()
    assert (offered.stage, offered.agreed_percent) == ("agreed", 40)
    steps = [(step.act, step.by.name) for step in offered.steps.all()]
    assert steps == [("proposed", "Ana Ribeiro"), ("agreed", "Nkechi Obi")]
    assert last_sentence().startswith("agreed to 40% of the effort of Platform for “No lost")


def test_an_offer_is_passed_back_with_a_reason_and_made_anew(
    offered, head, ana, plat, objective, last_sentence
):
    with pytest.raises(Refused, match="Say why"):
        commitments.pass_back_commitment(by=head, commitment=offered, reason=" ")
    commitments.pass_back_commitment(by=head, commitment=offered, reason="Too little.")
    assert last_sentence().startswith("passed back 40%")
    assert list(open_ends.passed_back_to(ana)) != []
    again = commitments.propose_commitment(
        by=ana, unit=plat, objective=objective, share_percent=Decimal(60)
    )
    assert again == offered
    assert again.stage == "proposed"
    assert last_sentence().startswith("proposed 60%")
    notes = [step.note for step in again.steps.all()]
    assert notes == ["Two of five.", "Too little.", ""]


def test_what_was_agreed_holds_until_another_share_is(offered, head, ana, plat, objective):
    commitments.agree_commitment(by=head, commitment=offered)
    again = commitments.propose_commitment(
        by=ana, unit=plat, objective=objective, share_percent=Decimal(50)
    )
    assert (again.agreed_percent, again.claimed_percent) == (40, 50)
    commitments.pass_back_commitment(by=head, commitment=again, reason="Not now.")
    again.refresh_from_db()
    assert (again.agreed_percent, again.claimed_percent) == (40, 40)


def test_a_unit_never_takes_on_more_than_its_whole_effort(offered, ana, plat):
    with pytest.raises(Refused, match=r"take on 110% .* has 100%") as refused:
        commitments.propose_commitment(
            by=ana, unit=plat, objective=coaching(), share_percent=Decimal(70)
        )
    assert refused.value.reasons[0][0] == "share_percent"


def test_effort_that_is_agreed_is_not_offered_twice_while_less_is_only_proposed(
    offered, head, ana, plat, objective
):
    commitments.agree_commitment(by=head, commitment=offered)
    commitments.propose_commitment(
        by=ana, unit=plat, objective=objective, share_percent=Decimal(10)
    )
    with pytest.raises(Refused, match="take on 110%"):
        commitments.propose_commitment(
            by=ana, unit=plat, objective=coaching(), share_percent=Decimal(70)
        )


@pytest.mark.parametrize("share", ["0", "-5", "100.01"])
def test_a_share_lies_above_nothing_and_up_to_a_hundred(ana, plat, objective, share):
    with pytest.raises(Refused, match="above 0"):
        commitments.propose_commitment(
            by=ana, unit=plat, objective=objective, share_percent=Decimal(share)
        )


def test_only_a_strategy_in_force_is_taken_on(ana, plat, pair, head):
    with pytest.raises(Refused, match="in force is taken on"):
        commitments.propose_commitment(
            by=ana, unit=plat, objective=pair[0], share_percent=Decimal(10)
        )


def test_a_unit_that_stands_no_more_takes_nothing_on(ana, plat, objective):
    Unit.objects.filter(pk=plat.pk).update(until_on=ana.today)
    with pytest.raises(Refused, match="Platform does not stand today"):
        commitments.propose_commitment(
            by=ana, unit=plat, objective=objective, share_percent=Decimal(10)
        )


def test_an_answer_is_given_once(offered, head):
    commitments.agree_commitment(by=head, commitment=offered)
    with pytest.raises(Refused, match="Nothing is proposed"):
        commitments.agree_commitment(by=head, commitment=offered)
    with pytest.raises(Refused, match="Nothing is proposed"):
        commitments.pass_back_commitment(by=head, commitment=offered, reason="Late.")


@pytest.mark.parametrize("who", ["leo", "tomas", "ingrid", "nkechi"])
def test_only_the_lead_of_the_unit_offers(company, plat, objective, who):
    with pytest.raises(PermissionDenied, match="lead of the unit proposes"):
        commitments.propose_commitment(
            by=company.viewer(who), unit=plat, objective=objective, share_percent=Decimal(10)
        )


@pytest.mark.parametrize("who", ["ana", "leo", "ingrid"])
def test_only_an_executive_agrees(company, offered, who):
    with pytest.raises(PermissionDenied, match="executive agrees"):
        commitments.agree_commitment(by=company.viewer(who), commitment=offered)


def test_nobody_agrees_with_himself(company, head, objective):
    own = commitments.propose_commitment(
        by=head, unit=company.units["LARK"], objective=objective, share_percent=Decimal(10)
    )
    with pytest.raises(PermissionDenied, match="another executive"):
        commitments.agree_commitment(by=head, commitment=own)
    assert not open_ends.proposals_for(head).filter(pk=own.pk).exists()
    grant_role(
        by=company.viewer("ingrid"), employee=company.leo, role=Role.EXECUTIVE, on=head.today
    )
    commitments.agree_commitment(by=company.viewer("leo"), commitment=own)
    assert Commitment.objects.get(pk=own.pk).stage == "agreed"


def test_who_offered_as_lead_does_not_agree_as_executive_later(company, head, offered, plat):
    ingrid = company.viewer("ingrid")
    grant_role(by=ingrid, employee=company.ana, role=Role.EXECUTIVE, on=head.today)
    lead = RoleGrant.objects.on(head.today).get(role=Role.UNIT_LEAD, unit=plat)
    end_role(by=ingrid, grant=lead, on=head.today)
    with pytest.raises(PermissionDenied, match="offered it yourself"):
        commitments.agree_commitment(by=company.viewer("ana"), commitment=offered)
    assert not open_ends.proposals_for(company.viewer("ana")).exists()
    commitments.agree_commitment(by=head, commitment=offered)


def test_the_lead_takes_an_offer_back(company, offered, ana):
    with pytest.raises(PermissionDenied, match="pass a proposal back"):
        commitments.pass_back_commitment(by=company.viewer("leo"), commitment=offered, reason="No.")
    commitments.pass_back_commitment(by=ana, commitment=offered, reason="I was too quick.")
    assert not open_ends.passed_back_to(ana).filter(pk=offered.pk).exists()


def test_a_charter_tells_what_is_claimed_and_what_is_kept(offered, ana, plat, strategy):
    charter = charter_of(ana, plat, strategy)
    passed_back = next(one for one in charter.commitments if one.commitment != offered)
    assert (charter.claimed_percent, charter.left_percent) == (40, 60)
    assert "out of reach" in passed_back.said.note
    assert passed_back.days == 9


def test_the_longest_waiting_stands_first(offered, head, company, strategy, objective):
    care, leads = company.units["CARE"], coaching()
    commitments.propose_commitment(
        by=company.viewer("amara"), unit=care, objective=leads, share_percent=Decimal(10)
    )
    offered.steps.update(on=head.today - timedelta(days=3))
    charters = charters_of(head, strategy)
    assert [one.commitment.unit_id for one in waiting(charters)] == [offered.unit_id, care.pk]
    assert [one.unit_id for one in open_ends.proposals_for(head)] == [offered.unit_id, care.pk]


def test_a_lead_finds_her_unit_before_it_has_taken_anything_on(company, strategy):
    amara, care = company.viewer("amara"), company.units["CARE"]
    assert [one.commitments for one in charters_of(amara, strategy) if one.unit == care] == [[]]
    assert care not in [one.unit for one in charters_of(company.viewer("tomas"), strategy)]


def test_an_objective_tells_who_has_taken_it_on(offered, objective, company):
    told = commitments_to(company.viewer("tomas"), objective)
    assert {one.commitment.unit.code for one in told} == {"TECH", "PLAT"}


def test_proposals_wait_for_executives_and_no_longer_than_the_strategy(
    offered, company, head, draft
):
    assert not open_ends.proposals_for(company.viewer("ingrid")).exists()
    assert list(open_ends.proposals_for(head)) == [offered]
    strategies.bring_into_force(by=head, strategy=draft)
    assert not open_ends.proposals_for(head).exists()
