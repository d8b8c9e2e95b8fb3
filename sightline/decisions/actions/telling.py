"""Who is told of a decision, and in which words. Each is told once of each act, by a job.

Nobody is told what he may not see: the person hears of nothing before it is passed to him.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
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
from sightline.decisions.models import Decision, Passing
from sightline.foundation.ledger.models import Record
from sightline.foundation.ledger.queries import event_of, record_numbered
from sightline.foundation.notices.notify import notify
from sightline.foundation.ui.words import day as in_words
from sightline.people.models import Employee
from sightline.people.viewer import viewer_as

YOURS, WAITING, COURSE = "decisions.yours", "decisions.waiting", "decisions.course"


@dataclass(frozen=True, slots=True)
class Word:
    """Something to say to somebody."""

    to: Employee
    kind: str
    say: Callable[[], str]


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
    words = [word for word in words_about(event, decision) if word.to.ref != record.actor]
    return sum(_tell(word, decision, record) for word in words)


def _tell(word: Word, decision: Decision, record: Record) -> bool:
    if word.to.account is None:
        return False
    notice = notify(
        account=word.to.account,
        kind=word.kind,
        sentence=word.say,
        url=reverse("decisions:decision", args=[decision.pk]),
        key=f"record:{record.pk}",
    )
    return notice is not None


def words_about(event: AboutDecision, decision: Decision) -> Iterator[Word]:
    """Who hears what about an act."""
    person, proposer = decision.employee, decision.proposer
    told = {"name": person.name}

    def say(sentence: Callable[[], str]) -> Callable[[], str]:
        return lambda: sentence() % {**told, "day": in_words(decision.due_on, "long")}

    if isinstance(event, DecisionProposed):
        yield from _to(
            _hr_of(decision),
            WAITING,
            say(lambda: _("A proposal about %(name)s waits for its checks.")),
        )
    elif isinstance(event, DecisionChecked):
        yield Word(proposer, COURSE, say(lambda: _("HR checked your proposal about %(name)s.")))
    elif isinstance(event, DecisionPassed):
        yield Word(person, YOURS, lambda: _("A proposal about you is open to you; you may reply."))
        yield from _to(
            _approvers_of(decision),
            WAITING,
            say(lambda: _("A proposal about %(name)s will need your verdict.")),
        )
    elif isinstance(event, DecisionReplied):
        yield from _to(
            [proposer, *_approvers_of(decision)],
            WAITING,
            say(lambda: _("%(name)s replied to the proposal.")),
        )
    elif isinstance(event, DecisionApproved):
        yield Word(person, YOURS, say(lambda: _("A decision about you holds from %(day)s.")))
        yield Word(proposer, COURSE, say(lambda: _("Your proposal about %(name)s was approved.")))
    elif isinstance(event, DecisionSentBack):
        yield Word(proposer, WAITING, say(lambda: _("Your proposal about %(name)s was sent back.")))
    elif isinstance(event, DecisionRejected):
        yield Word(person, YOURS, lambda: _("A proposal about you was rejected."))
        yield Word(proposer, COURSE, say(lambda: _("Your proposal about %(name)s was rejected.")))
    elif isinstance(event, DecisionWithdrawn):
        if _was_passed(decision):
            yield Word(person, YOURS, lambda: _("A proposal about you was withdrawn."))
        yield Word(proposer, COURSE, say(lambda: _("The proposal about %(name)s was withdrawn.")))
    elif isinstance(event, DecisionCarriedOut):
        yield Word(person, YOURS, lambda: _("A decision about you was carried out."))
        yield Word(proposer, COURSE, say(lambda: _("The decision about %(name)s was carried out.")))
    elif isinstance(event, DecisionHindered):
        yield from _to(
            _hr_of(decision),
            WAITING,
            say(lambda: _("The decision about %(name)s could not be carried out on its day.")),
        )


def _to(readers: Iterable[Employee], kind: str, say: Callable[[], str]) -> Iterator[Word]:
    for reader in readers:
        yield Word(reader, kind, say)


def _was_passed(decision: Decision) -> bool:
    return Passing.objects.filter(proposal__decision=decision).exists()


def _hr_of(decision: Decision) -> list[Employee]:
    viewer = viewer_as(decision.proposer)
    if viewer is None:
        return []
    rows = Employee.objects.filter(pk__in=policies.hr_of(decision, viewer))
    return list(rows.exclude(pk=decision.employee_id).select_related("account"))


def _approvers_of(decision: Decision) -> list[Employee]:
    viewer = viewer_as(decision.proposer)
    if viewer is None:
        return []
    return list(policies.who_could_approve(decision, viewer).select_related("account"))
