"""Who is told when a unit offers to take something on, and when it is agreed or passed back."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from sightline.foundation.ledger.queries import event_of, record_numbered
from sightline.foundation.notices.notify import notify
from sightline.people.models import Employee, Role, RoleGrant
from sightline.strategy.events import (
    AboutCommitment,
    CommitmentAgreed,
    CommitmentPassedBack,
    CommitmentProposed,
)
from sightline.strategy.models import CommitmentStep

KIND = "strategy.commitments"
STALE = timedelta(days=30)
"""A step of longer ago is history being entered, not news."""


def tell_of(record_id: int) -> int:
    """Tell those whom a step of a commitment concerns, the actor left out; tells how many.

    Safe to do twice: each person is told once of each record.
    """
    record = record_numbered(record_id)
    event = event_of(record) if record else None
    if record is None or not isinstance(event, AboutCommitment):
        return 0
    steps = CommitmentStep.objects.select_related("commitment")
    step = steps.filter(pk=event.step_id, commitment=event.commitment_id).first()
    if step is None or step.on < record.at.date() - STALE:
        return 0
    told = 0
    for person in _concerned(event, step):
        if person.account is None or person.ref == record.actor:
            continue
        notice = notify(
            account=person.account,
            kind=KIND,
            sentence=_sentence(event),
            url=reverse("strategy:unit", args=[step.commitment.unit_id]),
            key=f"record:{record.pk}",
        )
        told += notice is not None
    return told


def _concerned(event: AboutCommitment, step: CommitmentStep) -> Iterable[Employee]:
    """Those who can agree to an offer; once it is answered, the leads of the unit.

    An offer that a lead takes back himself is told to those who had it to answer.
    """
    grants = RoleGrant.objects.on(step.on)
    leads = grants.filter(role=Role.UNIT_LEAD, unit=step.commitment.unit_id)
    to_executives = isinstance(event, CommitmentProposed) or (
        isinstance(event, CommitmentPassedBack) and leads.filter(employee=step.by_id).exists()
    )
    held = leads
    if to_executives:
        held = grants.filter(role=Role.EXECUTIVE).exclude(employee__in=leads.values("employee"))
    return Employee.objects.filter(pk__in=held.values("employee")).select_related("account")


def _sentence(event: AboutCommitment) -> Callable[[], str]:
    def say() -> str:
        if isinstance(event, CommitmentProposed):
            words = _("%(unit)s offers %(share)s %% of its effort for “%(objective)s”")
        elif isinstance(event, CommitmentAgreed):
            words = _("%(share)s %% of the effort of %(unit)s for “%(objective)s” is agreed")
        else:
            words = _("The offer of %(unit)s for “%(objective)s” was passed back")
        return words % event.words

    return say
