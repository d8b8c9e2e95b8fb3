"""Those whom an offer of a unit concerns are told of each step, once, and never the actor."""

from decimal import Decimal

import pytest

from sightline.foundation.ledger.models import Record
from sightline.foundation.notices.models import Notice
from sightline.people.actions.roles import grant_role
from sightline.people.models import Role
from sightline.strategy.actions import commitments
from sightline.strategy.actions.telling import STALE, tell_of
from sightline.strategy.models import CommitmentStep

pytestmark = pytest.mark.django_db


@pytest.fixture
def offered(company, objective):
    return commitments.propose_commitment(
        by=company.viewer("ana"),
        unit=company.units["PLAT"],
        objective=objective,
        share_percent=Decimal(40),
    )


def told(after=None):
    """What is told of the last record, and to whom, by a job that runs once more than it should."""
    last = Record.objects.order_by("-pk").first().pk
    Notice.objects.all().delete()
    tell_of(last)
    tell_of(last)
    return [(one.account.employee.first_name, str(one.sentence)) for one in Notice.objects.all()]


def test_executives_are_told_of_an_offer(offered):
    assert [name for name, _words in told()] == ["Nkechi"]
    assert told()[0][1].startswith("Platform offers 40% of its effort")


def test_an_executive_who_leads_the_unit_is_not_asked_to_agree(company, objective):
    ingrid = company.viewer("ingrid")
    grant_role(by=ingrid, employee=company.leo, role=Role.EXECUTIVE, on=company.today)
    unit = company.units["LARK"]
    said = {"unit": unit, "objective": objective, "share_percent": Decimal(10)}
    commitments.propose_commitment(by=company.viewer("nkechi"), **said)
    assert [name for name, _words in told()] == ["Leo"]


def test_what_is_told_is_the_step_of_the_record_and_not_the_latest(company, offered):
    offer = Record.objects.order_by("-pk").first().pk
    head = company.viewer("nkechi")
    commitments.pass_back_commitment(by=head, commitment=offered, reason="Too little.")
    Notice.objects.all().delete()
    CommitmentStep.objects.filter(act="proposed").update(on=company.today - 2 * STALE)
    assert tell_of(offer) == 0


def test_the_lead_is_told_that_it_is_agreed(company, offered):
    commitments.agree_commitment(by=company.viewer("nkechi"), commitment=offered)
    assert [name for name, _words in told()] == ["Ana"]


def test_the_lead_is_told_that_it_came_back(company, offered):
    head = company.viewer("nkechi")
    commitments.pass_back_commitment(by=head, commitment=offered, reason="Too little.")
    assert [name for name, _words in told()] == ["Ana"]
    assert "was passed back" in told()[0][1]


def test_an_offer_taken_back_by_its_lead_is_told_to_those_who_had_it_to_answer(company, offered):
    ana = company.viewer("ana")
    commitments.pass_back_commitment(by=ana, commitment=offered, reason="Not yet.")
    assert [name for name, _words in told()] == ["Nkechi"]


def test_of_anything_else_nobody_is_told(company):
    assert tell_of(0) == 0
    assert tell_of(Record.objects.order_by("pk").first().pk) == 0


def test_an_offer_that_was_answered_waits_for_nobody(company, offered):
    for record in (Record.objects.order_by("-pk").first(),) * 2:
        tell_of(record.pk)
    mine = Notice.objects.filter(account=company.account("nkechi"), sentence__contains="offers")
    assert mine.filter(read_at=None).count() == 1
    head = company.viewer("nkechi")
    commitments.pass_back_commitment(by=head, commitment=offered, reason="Too little.")
    tell_of(Record.objects.order_by("-pk").first().pk)
    assert mine.get().is_read
