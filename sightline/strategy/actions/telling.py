"""Who is told of what units take on, of their parts of targets, and that he is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from sightline.foundation.identity.models import Account
from sightline.foundation.ledger.models import Record
from sightline.foundation.ledger.queries import event_of, record_numbered
from sightline.foundation.notices.actions import settle
from sightline.foundation.notices.notify import notify
from sightline.people.models import Employee, Role, RoleGrant
from sightline.strategy.actions.weighings import asked_by
from sightline.strategy.events import (
    AboutCommitment,
    CommitmentAgreed,
    CommitmentPassedBack,
    CommitmentProposed,
    StrategyBroughtIntoForce,
    TargetSplit,
    WeighingAsked,
)
from sightline.strategy.models import (
    Commitment,
    CommitmentStep,
    Measure,
    Strategy,
    Weighing,
    WeighingAnswer,
)
from sightline.strategy.queries.versions import compared

KIND = "strategy.commitments"
CHANGES = "strategy.changes"
STALE = timedelta(days=30)
"""What was done longer ago is history being entered, not news."""


def tell_of(record_id: int) -> int:
    """Tell those whom a step of a commitment concerns, the actor left out; tells how many.

    Safe to do twice: each person is told once of each record.
    """
    record = record_numbered(record_id)
    event = event_of(record) if record else None
    if record is None or not isinstance(event, AboutCommitment):
        return 0
    steps = CommitmentStep.objects.select_related("commitment__objective")
    step = steps.filter(pk=event.step_id, commitment=event.commitment_id).first()
    if step is not None:
        _settle(step.commitment, record)
    if step is None or step.on < record.at.date() - STALE:
        return 0
    told, asks = 0, isinstance(event, CommitmentProposed)
    for person in _concerned(event, step):
        if person.account is None or person.ref == record.actor:
            continue
        notice = notify(
            account=person.account,
            kind=KIND,
            sentence=_sentence(event),
            url=reverse("strategy:unit", args=[step.commitment.unit_id]),
            key=f"{_answer(step.commitment)}:{record.pk}" if asks else f"record:{record.pk}",
        )
        told += notice is not None
    return told


def _settle(commitment: Commitment, record: Record) -> None:
    """An offer that was answered, taken back or made anew waits for nobody as it was."""
    heads = RoleGrant.objects.on(record.at.date()).filter(role=Role.EXECUTIVE)
    accounts = Account.objects.filter(employee__in=heads.values("employee"))
    settle(keys=[_answer(commitment)], accounts=accounts, before=record.pk)


def _answer(commitment: Commitment) -> str:
    """The same for a unit and an objective through all versions of a strategy."""
    return f"commitment:{commitment.unit_id}-{commitment.objective.line}:answer"


def tell_of_shares(record_id: int) -> int:
    """Tell the leads of the units whose part of a target changed; tells how many.

    Of a draft nobody is told: it may not be seen. Nor of what was shared out long ago, or of a
    target whose day has passed.
    """
    record = record_numbered(record_id)
    event = event_of(record) if record else None
    if record is None or not isinstance(event, TargetSplit):
        return 0
    day = record.at.date()
    measure = Measure.objects.filter(pk=event.measure_id, objective__strategy__stage="in_force")
    is_old = date.fromisoformat(event.on) < day - STALE
    if is_old or date.fromisoformat(event.due_on) < day or not measure.exists():
        return 0
    grants = RoleGrant.objects.on(day).filter(role=Role.UNIT_LEAD, unit__in=event.changed_units)
    told = 0
    for grant in grants.select_related("employee__account", "unit").order_by("unit"):
        person = grant.employee
        if person.account is None or person.ref == record.actor:
            continue
        notice = notify(
            account=person.account,
            kind=KIND,
            sentence=_share_sentence(event, grant.unit.name if grant.unit else ""),
            url=reverse("strategy:unit", args=[grant.unit_id]),
            key=f"record:{record.pk}:{grant.unit_id}",
        )
        told += notice is not None
    return told


def tell_of_version(record_id: int) -> int:
    """Tell the leads of units whose commitments ended, since their objectives are gone.

    Of those that were passed back they are told by `tell_of`. Tells how many.
    """
    record = record_numbered(record_id)
    event = event_of(record) if record else None
    if record is None or not isinstance(event, StrategyBroughtIntoForce):
        return 0
    known = Strategy.objects.in_bulk([event.strategy_id, event.superseded_id])
    if event.superseded_id not in known:
        return 0
    rows = compared(known[event.superseded_id], known[event.strategy_id])
    gone = [one.old.key for one in rows if one.old is not None and one.new is None]
    ended = Commitment.objects.filter(objective__in=gone).select_related("objective")
    settle(keys=[_answer(one) for one in ended], before=record.pk)
    units = ended.values("unit")
    grants = RoleGrant.objects.on(record.at.date()).filter(role=Role.UNIT_LEAD, unit__in=units)
    told = 0
    for grant in grants.select_related("employee__account", "unit").order_by("unit"):
        person = grant.employee
        if person.account is None or person.ref == record.actor:
            continue
        notice = notify(
            account=person.account,
            kind=KIND,
            sentence=_version_sentence(event, grant.unit.name if grant.unit else ""),
            url=reverse("strategy:unit", args=[grant.unit_id]),
            key=f"record:{record.pk}:{grant.unit_id}",
        )
        told += notice is not None
    return told


def _version_sentence(event: StrategyBroughtIntoForce, unit: str) -> Callable[[], str]:
    def say() -> str:
        words = _("%(strategy)s is in force; objectives that %(unit)s took on are gone")
        return words % {"strategy": event.name, "unit": unit}

    return say


def tell_of_question(record_id: int) -> int:
    """Tell somebody that he is asked, unless he asked himself or it was closed; tells how many."""
    record = record_numbered(record_id)
    event = event_of(record) if record else None
    if record is None or not isinstance(event, WeighingAsked) or event.subject == record.actor:
        return 0
    asked = WeighingAnswer.objects.filter(
        weighing=event.weighing_id,
        weighing__stage=Weighing.Stage.OPEN,
        employee=event.employee_id,
        employee__account__isnull=False,
    ).select_related("employee__account")
    notices = [
        notify(
            account=one.employee.account,
            kind=CHANGES,
            sentence=lambda: (
                _("You are asked how the effort of %s is to be shared out.") % event.name
            ),
            url=reverse("strategy:weighing", args=[event.weighing_id]),
            key=f"{asked_by(event.weighing_id)}:{record.pk}",
        )
        for one in asked
        if one.employee.account
    ]
    return sum(one is not None for one in notices)


def _share_sentence(event: TargetSplit, unit: str) -> Callable[[], str]:
    def say() -> str:
        words = _("The part of %(unit)s in the target of “%(measure)s” was set anew")
        return words % {"unit": unit, "measure": event.name}

    return say


def _concerned(event: AboutCommitment, step: CommitmentStep) -> Iterable[Employee]:
    """Those who can agree to an offer; once it is answered, the leads of the unit.

    An offer that a lead takes back himself is told to those who had it to answer.
    """
    grants = RoleGrant.objects.on(step.on)
    leads = grants.filter(role=Role.UNIT_LEAD, unit=step.commitment.unit_id)
    to_executives = isinstance(event, CommitmentProposed) or (
        isinstance(event, CommitmentPassedBack)
        and leads.filter(employee=step.by_id).exists()
        and step.share_percent != step.commitment.agreed_percent
    )
    held = leads
    if to_executives:
        held = grants.filter(role=Role.EXECUTIVE).exclude(employee__in=leads.values("employee"))
    return Employee.objects.filter(pk__in=held.values("employee")).select_related("account")


def _sentence(event: AboutCommitment) -> Callable[[], str]:
    def say() -> str:
        if isinstance(event, CommitmentProposed):
            words = _("%(unit)s offers %(share)s%% of its effort for “%(objective)s”")
        elif isinstance(event, CommitmentAgreed):
            words = _("%(share)s%% of the effort of %(unit)s for “%(objective)s” is agreed")
        else:
            words = _("The offer of %(unit)s for “%(objective)s” was passed back")
        return words % event.words

    return say
