"""Writing a proposal: begun, written, resting on picked records."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from sightline.decisions import policies
from sightline.decisions.actions.holding import hold, note_writing
from sightline.decisions.events import (
    DecisionBegun,
    EvidenceDropped,
    EvidencePicked,
    ProposalWritten,
)
from sightline.decisions.models import Decision, Evidence, Proposal
from sightline.decisions.queries.evidence import pickable
from sightline.decisions.rules import kinds
from sightline.foundation.access.decisions import require
from sightline.foundation.core.dates import now
from sightline.foundation.core.errors import Refused
from sightline.foundation.ledger.record import record
from sightline.people.models import Employee, Position
from sightline.people.viewer import Viewer

MOST_EVIDENCE = 40
"""How many records one proposal may rest on; more is not read."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What is proposed: grounds in words, the day, and what changes."""

    grounds: str
    on: date
    position: Position | None = None
    manager: Employee | None = None
    amount: Decimal | None = None
    currency: str = ""


@transaction.atomic
def begin_decision(*, by: Viewer, employee: Employee, kind: str) -> Decision:
    """Begin a draft about somebody; read by its proposer alone until it is sent."""
    require(policies.may_propose(by, employee))
    if kind not in kinds.OPEN:
        raise Refused(_("This kind of decision cannot be proposed yet."), field="kind")
    moment, on = now(), by.today + timedelta(days=30)
    decision = Decision.objects.create(
        kind=kind,
        employee=employee,
        proposer=by.employee,
        due_on=on,
        begun_at=moment,
        changed_at=moment,
    )
    Proposal.objects.create(decision=decision, on=on)
    record(DecisionBegun(decision.pk, 1), by=by)
    return decision


@transaction.atomic
def write_proposal(*, by: Viewer, decision: Decision, terms: Terms) -> Proposal:
    """Write down what is proposed, as often as one likes before it is sent."""
    require(policies.may_write(by, decision))
    proposal = hold(decision)
    require(policies.may_write(by, decision))
    _refuse_terms_that_do_not_fit(decision, terms)
    proposal.grounds, proposal.on = terms.grounds, terms.on
    proposal.position = terms.position if decision.kind in kinds.CHANGES_POST else None
    proposal.manager = terms.manager if decision.kind in kinds.CHANGES_POST else None
    proposal.amount = terms.amount
    proposal.currency = terms.currency if terms.amount is not None else ""
    proposal.save()
    note_writing(proposal)
    record(ProposalWritten(decision.pk, proposal.number), by=by)
    return proposal


def _refuse_terms_that_do_not_fit(decision: Decision, terms: Terms) -> None:
    wrong = []
    if terms.amount is not None and terms.amount <= 0:
        wrong.append(("amount", _("Give an amount of more than nothing, or none.")))
    if terms.amount is not None and not terms.currency:
        wrong.append(("currency", _("Say in which currency.")))
    if terms.manager and terms.manager.pk == decision.employee_id:
        wrong.append(("manager", _("Nobody reports to themselves.")))
    if wrong:
        raise Refused.all(wrong)


@transaction.atomic
def pick_evidence(*, by: Viewer, decision: Decision, records: Collection[int]) -> list[Evidence]:
    """Let the proposal rest on records about the person that the proposer may see."""
    require(policies.may_write(by, decision))
    proposal = hold(decision)
    require(policies.may_write(by, decision))
    known = set(Evidence.objects.filter(proposal=proposal).values_list("record", flat=True))
    found = pickable(by, decision.employee, only=set(records) - known)
    if set(records) - known - {one.record.pk for one in found}:
        raise Refused(_("One of these records is not there for you. Look at the list again."))
    if len(known) + len(found) > MOST_EVIDENCE:
        raise Refused(
            _("A proposal rests on %d records at most. Pick those that say most.") % MOST_EVIDENCE
        )
    last = Evidence.objects.filter(proposal=proposal).aggregate(last=Max("place"))["last"] or 0
    picked = [
        Evidence(
            proposal=proposal,
            record=one.record,
            commitment=bytes(one.record.commitment),
            leaf=one.leaf,
            sentence=one.sentence[:500],
            kind=one.source.key,
            happened_on=one.happened_on,
            place=last + number,
        )
        for number, one in enumerate(reversed(found), start=1)
    ]
    Evidence.objects.bulk_create(picked)
    note_writing(proposal)
    numbers = tuple(one.record_id for one in picked)
    record(EvidencePicked(decision.pk, proposal.number, records=numbers), by=by)
    return picked


@transaction.atomic
def drop_evidence(*, by: Viewer, decision: Decision, evidence: Evidence) -> None:
    """Take a record from the evidence of a draft."""
    require(policies.may_write(by, decision))
    proposal = hold(decision)
    require(policies.may_write(by, decision))
    if evidence.proposal_id != proposal.pk:
        raise Refused(_("This evidence belongs to a version that was sent; it stands."))
    number = evidence.record_id
    evidence.delete()
    note_writing(proposal)
    record(EvidenceDropped(decision.pk, proposal.number, records=(number,)), by=by)
