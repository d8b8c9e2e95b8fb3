"""Who is told of a decision, and in which words. Each is told once of each act, by a job.

Nobody is told what he may not see: the person hears of nothing before it is passed to him.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from sightline.decisions import policies
from sightline.decisions.events import (
    AboutDecision,
    DecisionApproved,
    DecisionCarriedOut,
    DecisionChecked,
    DecisionHindered,
    DecisionPassed,
    DecisionProposed,
    DecisionRejected,
    DecisionReplied,
    DecisionSentBack,
    DecisionWithdrawn,
)
from sightline.decisions.models import Decision
from sightline.foundation.core.dates import today
from sightline.foundation.ledger.models import Record
from sightline.foundation.ledger.queries import event_of, record_numbered
from sightline.foundation.notices.actions import settle
from sightline.foundation.notices.notify import notify
from sightline.foundation.ui.words import day as in_words
from sightline.people.models import Employee

YOURS, WAITING, COURSE = "decisions.yours", "decisions.waiting", "decisions.course"


@dataclass(frozen=True, slots=True)
class Word:
    """Something to say to somebody."""

    to: Employee
    kind: str
    say: Callable[[], str]
    asks: bool = False
    """Whether it asks for something, which the next step answers or takes away."""


def tell_of(record_id: int) -> int:
    """Tell everybody whom a recorded act concerns, the actor left out; tells how many."""
    record = record_numbered(record_id)
    event = event_of(record) if record else None
    if record is None or not isinstance(event, AboutDecision):
        return 0
    rows = Decision.objects.select_related("employee__account", "proposer__account")
    decision = rows.filter(pk=event.decision_id).first()
    if decision is None:
        return 0
    _settle(decision, record)
    words = [word for word in words_about(event, decision) if word.to.ref != record.actor]
    return sum(_tell(word, decision, record) for word in words)


def _settle(decision: Decision, record: Record) -> None:
    """Whatever was asked about a decision before this step is answered, or not wanted now."""
    asked = [*_hr_of(decision), *_approvers_of(decision), decision.proposer, decision.employee]
    accounts = {one.account for one in asked if one.account is not None}
    settle(keys=[_waits(decision)], accounts=accounts, before=record.pk)


def _waits(decision: Decision) -> str:
    return f"decision:{decision.pk}:waits"


def _tell(word: Word, decision: Decision, record: Record) -> bool:
    if word.to.account is None:
        return False
    notice = notify(
        account=word.to.account,
        kind=word.kind,
        sentence=word.say,
        url=reverse("decisions:decision", args=[decision.pk]),
        key=f"{_waits(decision)}:{record.pk}" if word.asks else f"record:{record.pk}",
    )
    return notice is not None


Sentence = Callable[[], str]

TO_PROPOSER: dict[type[AboutDecision], tuple[str, Sentence]] = {
    DecisionChecked: (COURSE, lambda: _("HR checked your proposal about %(name)s.")),
    DecisionReplied: (WAITING, lambda: _("%(name)s replied to your proposal.")),
    DecisionApproved: (COURSE, lambda: _("Your proposal about %(name)s was approved.")),
    DecisionSentBack: (WAITING, lambda: _("Your proposal about %(name)s was sent back.")),
    DecisionRejected: (COURSE, lambda: _("Your proposal about %(name)s was rejected.")),
    DecisionWithdrawn: (COURSE, lambda: _("Your proposal about %(name)s was withdrawn.")),
    DecisionCarriedOut: (COURSE, lambda: _("The decision about %(name)s was carried out.")),
}
TO_PERSON: dict[type[AboutDecision], Sentence] = {
    DecisionPassed: lambda: _("A proposal about you is open to you; you may reply."),
    DecisionApproved: lambda: _("A decision about you was approved; it holds from %(day)s."),
    DecisionRejected: lambda: _("A proposal about you was rejected."),
    DecisionWithdrawn: lambda: _("A proposal about you was withdrawn."),
    DecisionCarriedOut: lambda: _("A decision about you was carried out."),
}
TO_APPROVERS: dict[type[AboutDecision], Sentence] = {
    DecisionPassed: lambda: _("A proposal about %(name)s will need a verdict."),
    DecisionReplied: lambda: _("%(name)s replied; the proposal waits for a verdict."),
}
TO_HR: dict[type[AboutDecision], Sentence] = {
    DecisionProposed: lambda: _("A proposal about %(name)s waits for its checks."),
    DecisionHindered: lambda: _("The decision about %(name)s could not be carried out."),
}


def words_about(event: AboutDecision, decision: Decision) -> Iterator[Word]:
    """Who hears what about an act; the person of nothing that was never passed to him."""
    act, name = type(event), decision.employee.name

    def word(to: Employee, kind: str, sentence: Sentence) -> Word:
        told = {"name": name}
        return Word(
            to,
            kind,
            lambda: sentence() % {**told, "day": in_words(decision.due_on, "long")},
            asks=kind == WAITING or act is DecisionPassed,
        )

    if act in TO_PROPOSER:
        yield word(decision.proposer, *TO_PROPOSER[act])
    if act in TO_PERSON and event.about:
        yield word(decision.employee, YOURS, TO_PERSON[act])
    if act in TO_APPROVERS:
        for reader in _approvers_of(decision):
            yield word(reader, WAITING, TO_APPROVERS[act])
    if act in TO_HR:
        for reader in _hr_of(decision):
            yield word(reader, WAITING, TO_HR[act])


def _hr_of(decision: Decision) -> list[Employee]:
    rows = Employee.objects.filter(pk__in=policies.hr_of(decision, today()))
    return list(rows.exclude(pk=decision.employee_id).select_related("account"))


def _approvers_of(decision: Decision) -> list[Employee]:
    return list(policies.who_could_approve(decision, today()).select_related("account"))
