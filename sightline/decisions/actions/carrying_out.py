"""Approved decisions take effect on their day: a new post, a new pay, an award.

All that one decision changes, and that it was carried out, is one transaction: a worker killed in
the midst of it leaves nothing behind, and whoever comes next finds it either done or not begun.
"""

from __future__ import annotations

from dataclasses import fields

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from sightline.decisions import policies
from sightline.decisions.actions.holding import go_to, hold
from sightline.decisions.events import DecisionCarriedOut, DecisionHindered
from sightline.decisions.models import Award, Decision, Execution, Hindrance, Kind, Proposal
from sightline.decisions.rules import kinds, stages
from sightline.foundation.access.decisions import require
from sightline.foundation.core.dates import now, today
from sightline.foundation.core.errors import Refused
from sightline.foundation.ledger.events import Actor, House
from sightline.foundation.ledger.record import record
from sightline.people.actions.assignments import move
from sightline.people.actions.pay import set_pay
from sightline.people.models import Assignment, Employee, Pay
from sightline.people.viewer import Viewer, viewer_as


class Errand(Viewer):
    """The house, acting for whoever checked a decision; the ledger names both."""

    __slots__ = ()

    @property
    def actor_ref(self) -> str:
        return "house"

    @property
    def on_behalf_of(self) -> str:
        """For whom the house acts."""
        return self.employee.ref


def errand_for(viewer: Viewer) -> Errand:
    """The house with the rights of a viewer, on the day that it is for the house."""
    facts = {one.name: getattr(viewer, one.name) for one in fields(viewer)}
    return Errand(**(facts | {"today": today()}))


def due_ids() -> list[int]:
    """Approved decisions whose day has come."""
    due = Decision.objects.filter(stage=stages.APPROVED, due_on__lte=today())
    return list(due.order_by("due_on", "pk").values_list("pk", flat=True))


def carry_out_when_due(decision_id: int) -> bool:
    """Carry out one decision if its day has come, for who checked it; says whether it was done.

    Safe to do twice. What stands in the way is noted, told to HR, and tried again the next day.
    """
    decision = Decision.objects.select_related("employee").filter(pk=decision_id).first()
    if decision is None or decision.stage != stages.APPROVED or decision.due_on > today():
        return False
    try:
        carry_out(by=_for_who_checked(decision), decision=decision)
    except (Refused, PermissionDenied) as obstacle:
        note_hindrance(by=House(), decision=decision, sentence=str(obstacle))
        return False
    return True


def _for_who_checked(decision: Decision) -> Viewer:
    checked = decision.proposals.filter(checking__isnull=False).order_by("-number").first()
    viewer = viewer_as(checked.checking.by) if checked else None
    if viewer is None:
        raise Refused(_("Who checked this no longer works here; HR carries it out by hand."))
    return errand_for(viewer)


@transaction.atomic
def carry_out(*, by: Viewer, decision: Decision) -> Execution:
    """Make the change that was approved. Refused before its day, or when it was done already."""
    require(policies.may_check(by, decision))
    proposal = hold(decision)
    if decision.stage == stages.APPROVED and decision.due_on > by.today:
        raise Refused(_("It is carried out on its day, not before."))
    go_to(decision, stages.CARRIED_OUT)
    execution = Execution.objects.create(
        decision=decision,
        at=now(),
        on_behalf_of=by.employee,
        assignment=_new_post(by, proposal),
        pay=_new_pay(by, proposal),
    )
    _award(proposal)
    on = proposal.on.isoformat()
    about = decision.employee.ref
    record(DecisionCarriedOut(decision.pk, proposal.number, about, on), by=by)
    return execution


def _new_post(by: Viewer, proposal: Proposal) -> Assignment | None:
    position, employee = policies.position_on_its_day(proposal), proposal.decision.employee
    if position is None or proposal.decision.kind not in kinds.CHANGES_POST:
        return None
    return move(
        by=by,
        employee=employee,
        position=position,
        manager=proposal.manager or _manager_of(employee, proposal),
        on=proposal.on,
        reason=reason_of(proposal),
    )


def _manager_of(employee: Employee, proposal: Proposal) -> Employee | None:
    held = Assignment.objects.on(proposal.on).filter(employee=employee)
    row = held.select_related("manager").first()
    return row.manager if row else None


def _new_pay(by: Viewer, proposal: Proposal) -> Pay | None:
    if proposal.amount is None or proposal.decision.kind not in kinds.CHANGES_PAY:
        return None
    return set_pay(
        by=by,
        employee=proposal.decision.employee,
        amount=proposal.amount,
        currency=proposal.currency,
        on=proposal.on,
        reason=reason_of(proposal),
    )


def _award(proposal: Proposal) -> None:
    if proposal.amount is None or proposal.decision.kind not in kinds.GIVES_AWARD:
        return
    Award.objects.create(
        decision=proposal.decision,
        employee=proposal.decision.employee,
        amount=proposal.amount,
        currency=proposal.currency,
        on=proposal.on,
    )


def reason_of(proposal: Proposal) -> str:
    """What stands in the person's file as the reason of the change."""
    words = _("%(kind)s, decision %(number)d")
    return words % {
        "kind": Kind(proposal.decision.kind).label,
        "number": proposal.decision_id,
    }


@transaction.atomic
def note_hindrance(*, by: Actor, decision: Decision, sentence: str) -> Hindrance | None:
    """Note why an approved decision could not be carried out; the same obstacle once only."""
    proposal = hold(decision)
    last = Hindrance.objects.filter(decision=decision).first()
    if decision.stage != stages.APPROVED or (last and last.sentence == sentence[:500]):
        return None
    hindrance = Hindrance.objects.create(decision=decision, at=now(), sentence=sentence[:500])
    about = decision.employee.ref
    record(DecisionHindered(decision.pk, proposal.number, about), by=by)
    return hindrance
