"""Who is told when levels are judged and plans move on, and in which words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from sightline.development import rules
from sightline.development.events import (
    AboutPlan,
    LevelsShown,
    PlanAgreed,
    PlanChanged,
    PlanClosed,
    PlanProposed,
)
from sightline.development.models import Plan, ShownLevel
from sightline.development.queries.plans import manager_of
from sightline.foundation.core.dates import today
from sightline.foundation.ledger.events import Event
from sightline.foundation.ledger.queries import event_of, record_numbered
from sightline.foundation.notices.notify import notify
from sightline.people.events import AboutEmployee
from sightline.people.models import Employee

KIND = "development.growth"
STALE = timedelta(days=30)
"""What was judged longer ago than this is history being entered, not news."""


@dataclass(frozen=True, slots=True)
class Word:
    """Something to say to somebody, and where it leads."""

    to: Employee | None
    say: Callable[[], str]
    url: str


def is_news(event: Event, on: date) -> bool:
    """Whether an event is worth a notice. Reviews tell of themselves, drafts of nothing."""
    if isinstance(event, LevelsShown):
        judged = date.fromisoformat(event.on)
        return event.source == rules.MANAGER and judged >= on - STALE
    if isinstance(event, PlanAgreed):
        return event.by_all
    return isinstance(event, PlanProposed | PlanChanged | PlanClosed)


def tell_of(record_id: int) -> int:
    """Tell everybody whom a recorded event concerns, the actor left out; tells how many.

    Safe to do twice: each person is told once of each record.
    """
    record = record_numbered(record_id)
    event = event_of(record) if record else None
    if record is None or not isinstance(event, AboutEmployee):
        return 0
    employee = Employee.objects.select_related("account").filter(pk=event.employee_id).first()
    if employee is None:
        return 0
    told = 0
    for word in _words_about(event, employee):
        if word.to and word.to.account and word.to.ref != record.actor:
            key = f"record:{record.pk}"
            account = word.to.account
            notice = notify(account=account, kind=KIND, sentence=word.say, url=word.url, key=key)
            told += notice is not None
    return told


def _words_about(event: AboutEmployee, employee: Employee) -> Iterator[Word]:
    name = employee.name
    if isinstance(event, LevelsShown):
        url = reverse("development:gaps", args=[employee.pk])
        judge = _judge_of(event)
        yield Word(employee, lambda: _("%s judged which levels you show.") % judge, url)
    elif isinstance(event, AboutPlan):
        plan = Plan.objects.filter(pk=event.plan_id).exclude(stage=Plan.Stage.DRAFT).first()
        if plan is None:
            return
        url = reverse("development:plan", args=[plan.pk])
        yield Word(employee, lambda: _own(event), url)
        yield Word(manager_of(employee, today()), lambda: _of_report(event) % name, url)


def _judge_of(event: LevelsShown) -> str:
    """Who judged: a manager above, of whom a notice is given."""
    shown = ShownLevel.objects.filter(
        employee=event.employee_id, source=event.source, judged_on=event.on, origin=event.origin
    )
    last = shown.select_related("judged_by").order_by("pk").last()
    return last.judged_by.name if last and last.judged_by else _("Somebody above you")


def _own(event: AboutPlan) -> str:
    if isinstance(event, PlanProposed):
        return _("A development plan is proposed to you.")
    if isinstance(event, PlanAgreed):
        return _("Your development plan was agreed to.")
    if isinstance(event, PlanChanged):
        return _("Your development plan was changed and waits for your word.")
    return _("Your development plan was closed.")


def _of_report(event: AboutPlan) -> str:
    if isinstance(event, PlanProposed):
        return _("%s proposes a development plan.")
    if isinstance(event, PlanAgreed):
        return _("%s agreed to the development plan.")
    if isinstance(event, PlanChanged):
        return _("%s changed the development plan; it waits for your word.")
    return _("%s closed the development plan.")
